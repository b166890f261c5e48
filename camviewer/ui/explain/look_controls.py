"""Sets how a map is shown: opacity, colours, signs, range and fading."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QImage, QPainter, QPainterPath, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QSlider,
    QWidget,
)

from camviewer.engine.render import COLORMAPS, SIGNED_COLORMAPS, Look
from camviewer.ui.style import tr
from camviewer.ui.widgets import FormRows, Segmented, make_bare
from camviewer.ui.widgets.number_field import DecimalBox

_SWATCH = QSize(56, 10)
_SWATCHES_AFTER_MS = 300
"""Delay in ms of the swatches; because the colormaps take time to import, and a map comes first."""


class LookControls(QWidget):
    """The section SHOW."""

    look_changed = Signal(object)
    """The Look as the user has just made it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = Look()
        self._map_high = 1.0
        self._has_swatches = False
        self._waits = False
        # It stands at the top, so that Tab comes to it first.
        self._fade = QCheckBox(tr("Fade weak values"), self)
        self._opacity = QSlider(Qt.Orientation.Horizontal, self)
        self._opacity_words = QLabel(self)
        self._colours = QComboBox(self)
        self._values = Segmented(
            [(False, tr("Positive")), (True, tr("Signed"))], tr("Values"), self
        )
        self._range = Segmented([(False, tr("Per map")), (True, tr("Fixed"))], tr("Range"), self)
        self._high = DecimalBox(self)
        self._soon = QTimer(self)
        self._build()
        self._connect()
        self.set_look(Look())

    @property
    def look(self) -> Look:
        """The look as the controls show it."""
        return self._look

    def set_look(self, look: Look) -> None:
        """Shows a look, without a signal."""
        self._look = look
        for control in (self._opacity, self._colours, self._high, self._fade):
            control.blockSignals(True)
        self._opacity.setValue(round(100 * look.opacity))
        self._opacity_words.setText(f"{round(100 * look.opacity)}%")
        self._values.set_value(look.signed)
        self._list_colours()
        self._range.set_value(look.fixed_high is not None)
        self._high.setVisible(look.fixed_high is not None)
        if look.fixed_high is not None:
            self._show_high(look.fixed_high)
        self._fade.setChecked(look.fade)
        for control in (self._opacity, self._colours, self._high, self._fade):
            control.blockSignals(False)

    def set_map_high(self, high: float) -> None:
        """Takes the largest value of the map on screen, where a fixed range begins."""
        self._map_high = high if high > 0.0 else 1.0

    def wait_with_swatches(self) -> None:
        """Leaves the colormaps without swatches until ``paint_swatches_soon`` is called."""
        self._waits = True

    def paint_swatches_soon(self) -> None:
        """Paints the swatches after a moment."""
        if not self._has_swatches:
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._waits:
            self.paint_swatches_soon()

    def _build(self) -> None:
        self._opacity.setRange(0, 100)
        self._opacity.setPageStep(10)
        self._opacity.setAccessibleName(tr("Opacity"))
        self._opacity_words.setProperty("role", "hint")
        self._opacity_words.setAlignment(
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )
        self._colours.setIconSize(_SWATCH)
        self._colours.setAccessibleName(tr("Colours"))
        self._colours.setMinimumContentsLength(8)
        self._high.setAccessibleName(tr("End of the fixed range"))
        self._high.setToolTip(tr("The value at the end of the colours"))
        self._high.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
        make_bare(self._high, width=62)
        rows = FormRows(tr("SHOW"), beside=self._fade)
        rows.add_row(tr("Opacity"), _beside(self._opacity, self._opacity_words), self._opacity)
        rows.add_row(tr("Colours"), self._colours, self._colours)
        rows.add_row(tr("Values"), self._values, self._values)
        rows.add_row(tr("Range"), _beside(self._range, self._high), self._range)
        self.setLayout(rows)
        self._opacity_words.setFixedWidth(
            self._opacity_words.fontMetrics().horizontalAdvance("100%") + 2
        )

    def _connect(self) -> None:
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SWATCHES_AFTER_MS)
        self._soon.timeout.connect(self._paint_swatches)
        self._opacity.valueChanged.connect(
            lambda value: self._change(replace(self._look, opacity=value / 100))
        )
        self._colours.currentTextChanged.connect(self._on_colours)
        self._values.chosen.connect(
            lambda signed: self._change(replace(self._look, signed=bool(signed)))
        )
        self._range.chosen.connect(
            lambda fixed: self._change(
                replace(self._look, fixed_high=self._map_high if fixed else None)
            )
        )
        self._high.valueChanged.connect(
            lambda value: self._change(replace(self._look, fixed_high=value))
        )
        self._fade.toggled.connect(lambda on: self._change(replace(self._look, fade=on)))

    def _change(self, look: Look) -> None:
        self.set_look(look)
        self.look_changed.emit(look)

    def _on_colours(self, name: str) -> None:
        if self._look.signed:
            self._change(replace(self._look, signed_colormap=name))
        else:
            self._change(replace(self._look, colormap=name))

    def _list_colours(self) -> None:
        """Lists the colormaps for positive or for signed values, whichever are shown."""
        names = SIGNED_COLORMAPS if self._look.signed else COLORMAPS
        if self._colours.count() == 0 or self._colours.itemText(0) != names[0]:
            self._colours.clear()
            self._colours.addItems(list(names))
            if self._has_swatches:
                self._paint_swatches()
        self._colours.setCurrentText(self._look.active_colormap)

    def _show_high(self, high: float) -> None:
        """Shows the end of the range with three or four significant digits."""
        decimals = 1 if high >= 100 else 2 if high >= 1 else 4 if high >= 0.01 else 8
        self._high.setDecimals(decimals)
        self._high.setRange(10.0**-decimals, 1e9)
        self._high.setValue(high)

    def _paint_swatches(self) -> None:
        self._has_swatches = True
        for row in range(self._colours.count()):
            self._colours.setItemIcon(row, _swatch(self._colours.itemText(row)))


def _swatch(name: str) -> QIcon:
    """A colormap as a small strip with round corners."""
    import numpy as np  # noqa: PLC0415  (start-up)

    from camviewer.engine.render import colormap_table  # noqa: PLC0415  (start-up)

    strip = np.ascontiguousarray(colormap_table(name)[None])
    colours = QImage(strip.data, 256, 1, 3 * 256, QImage.Format.Format_RGB888)
    swatch = QIcon()
    for ratio in (1.0, 2.0, 3.0):
        pixmap = QPixmap(_SWATCH * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(pixmap.rect()), 2 * ratio, 2 * ratio)
        painter.setClipPath(clip)
        painter.drawImage(pixmap.rect(), colours)
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        # Selected too, or Fusion would tint the strip in the list that drops down.
        swatch.addPixmap(pixmap, QIcon.Mode.Normal)
        swatch.addPixmap(pixmap, QIcon.Mode.Selected)
    return swatch


def _beside(first: QWidget, second: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(first, 1)
    row.addWidget(second, 0)
    return row
