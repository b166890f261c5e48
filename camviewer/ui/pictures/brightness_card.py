"""The card that says which values the eye sees from black to white."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from camviewer.ui.canvas import shadow
from camviewer.ui.style import mark, range_words, theme, tr, translated
from camviewer.ui.widgets.form_rows import FormRows
from camviewer.ui.widgets.histogram import HistogramView

if TYPE_CHECKING:
    from camviewer.engine.picture.value_histogram import ValueHistogram

_WIDTH = 320
_EDGE = 16
_SIDE = 14
_ABOVE_BAR = 62
"""Distances from the left and from the bottom of the area, in pixels."""
_GAMMAS = 20
"""Steps of the slider on either side of the middle."""
_CUSTOM = mark("Own values")
_FOR_THE_EYE = mark("For the eye alone: what the model is fed, and its verdict, stay.")


class BrightnessCard(QWidget):
    """A histogram with the shown range, presets, gamma, and what is kept.

    Signals:
        range_dragged: (low, high) from black to white.
        preset_chosen: the name of a preset.
        gamma_chosen: brightness of the middle, 1 for none.
        inverted: whether black and white are exchanged.
        bands_typed: the bands to show, in words.
        kept: whether the window holds for the pictures to come.
        closed: the card is not wanted any more.
    """

    range_dragged = Signal(float, float)
    preset_chosen = Signal(str)
    gamma_chosen = Signal(float)
    inverted = Signal(bool)
    bands_typed = Signal(str)
    kept = Signal(bool)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.histogram = HistogramView(self)
        self.presets = QComboBox(self)
        self.gamma = QSlider(Qt.Orientation.Horizontal, self)
        self.invert = QCheckBox(tr("Invert"), self)
        self.keep = QCheckBox(tr("Keep for all pictures"), self)
        self.bands = QLineEdit(self)
        self._ends = QLabel(self)
        self._rows = FormRows(tr("BRIGHTNESS"), self._close_button())
        self._build()
        self.setAccessibleName(tr("Brightness"))
        theme.notifier().changed.connect(self.update)
        self.hide()

    @property
    def words(self) -> str:
        """The shown range as it is said."""
        return self._ends.text()

    def set_presets(self, names: Sequence[str]) -> None:
        """Offers these presets."""
        self.presets.blockSignals(True)
        self.presets.clear()
        for name in names:
            self.presets.addItem(translated(name), name)
        self.presets.addItem(tr(_CUSTOM), "")
        self.presets.blockSignals(False)

    def show_state(
        self,
        shown: ValueHistogram,
        *,
        preset: str,
        gamma: float,
        inverted: bool,
        bands: str | None,
    ) -> None:
        """Shows how the picture is seen, without a signal.

        Args:
            shown: its values with the range from black to white.
            preset: the name of the preset that holds; empty for own values.
            gamma: brightness of the middle.
            inverted: whether black and white are exchanged.
            bands: those that are shown; None where there is nothing to choose.
        """
        self.histogram.show_histogram(shown)
        unit = f" {shown.unit}" if shown.unit else ""
        self._ends.setText(
            tr("{numbers}{unit} from black to white").format(
                numbers=range_words(shown.range), unit=unit
            )
        )
        for control in (self.presets, self.gamma, self.invert, self.bands):
            control.blockSignals(True)
        self.presets.setCurrentIndex(self.presets.findData(preset))
        self.gamma.setValue(_step_of(gamma))
        self.invert.setChecked(inverted)
        if bands is not None and not self.bands.hasFocus():
            self.bands.setText(bands)
        for control in (self.presets, self.gamma, self.invert, self.bands):
            control.blockSignals(False)
        self._rows.set_row_visible(self.bands, bands is not None)
        self.adjustSize()

    def place_in(self, width: int, height: int) -> None:
        """Floats at the lower left of an area, above the bar at its bottom."""
        del width
        self.adjustSize()
        top = height - self.height() - _ABOVE_BAR + shadow.REACH
        self.move(_SIDE - shadow.REACH, max(top, _SIDE - shadow.REACH))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        shadow.draw_card(self)

    def _build(self) -> None:
        self.histogram.set_draggable(True)
        self.histogram.setToolTip(tr("Drag the ends, or what lies between them"))
        self.presets.setAccessibleName(tr("Preset"))
        theme.style_combo(self.presets)
        self.gamma.setRange(-_GAMMAS, _GAMMAS)
        self.gamma.setAccessibleName(tr("Gamma: brightness of the middle"))
        self.gamma.setToolTip(tr("Brightness of the middle; black and white stay"))
        self.bands.setAccessibleName(tr("Bands that are shown"))
        self.bands.setToolTip(tr("One band, or three as red, green and blue"))
        hint = QLabel(tr(_FOR_THE_EYE), self)
        for label in (self._ends, hint):
            label.setProperty("role", "hint")
            label.setWordWrap(True)
        switches = QHBoxLayout()
        switches.setSpacing(16)
        switches.addWidget(self.invert)
        switches.addWidget(self.keep)
        switches.addStretch(1)
        rows = self._rows
        rows.add_wide(self.histogram)
        rows.add_wide(self._ends)
        rows.add_row(tr("Preset"), self.presets, self.presets)
        rows.add_row(tr("Gamma"), self.gamma, self.gamma)
        rows.add_row(tr("Bands"), self.bands, self.bands)
        rows.set_row_visible(self.bands, False)
        layout = QVBoxLayout(self)
        edge = shadow.REACH + _EDGE
        layout.setContentsMargins(edge, edge, edge, edge)
        layout.setSpacing(8)
        layout.addLayout(rows)
        layout.addLayout(switches)
        layout.addWidget(hint)
        self.setFixedWidth(_WIDTH + 2 * shadow.REACH)
        self.histogram.range_dragged.connect(self.range_dragged)
        self.presets.activated.connect(self._choose_preset)
        self.gamma.valueChanged.connect(lambda step: self.gamma_chosen.emit(_gamma_of(step)))
        self.invert.toggled.connect(self.inverted)
        self.keep.toggled.connect(self.kept)
        self.bands.editingFinished.connect(lambda: self.bands_typed.emit(self.bands.text()))

    def _choose_preset(self, row: int) -> None:
        name = self.presets.itemData(row)
        if name:
            self.preset_chosen.emit(name)

    def _close_button(self) -> QToolButton:
        button = QToolButton(self)
        theme.set_icon(button, "x", "muted", 14)
        button.setToolTip(tr("Close (B)"))
        button.setAccessibleName(tr("Close"))
        button.setAutoRaise(True)
        button.clicked.connect(self.closed)
        return button


def _gamma_of(step: int) -> float:
    return float(2.0 ** (2.0 * step / _GAMMAS))


def _step_of(gamma: float) -> int:
    return round(log2(gamma) * _GAMMAS / 2.0)
