"""The small bar that floats over the picture: zoom, fit, peek."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from camviewer.ui.canvas import shadow
from camviewer.ui.style import theme, tr
from camviewer.ui.widgets.icon_button import icon_button

_PADDING = 3
_SIDE = 8
"""Minimum distance of the bar from the sides of its area, in pixels."""


class ZoomBar(QWidget):
    """Asks for another zoom, for the whole picture, or for the bare picture while held."""

    zoom_out_requested = Signal()
    zoom_in_requested = Signal()
    actual_size_requested = Signal()
    fit_requested = Signal()
    peek_requested = Signal(bool)
    region_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Zoom"))
        row = QHBoxLayout(self)
        edge = shadow.REACH + _PADDING
        row.setContentsMargins(edge, edge, edge, edge)
        row.setSpacing(2)
        smaller = icon_button("zoom-out", tr("Zoom out (−)"))
        smaller.clicked.connect(self.zoom_out_requested)
        self._percentage = icon_button("", tr("Actual size: one pixel is one of the screen (1)"))
        self._percentage.setFixedWidth(56)
        self._percentage.clicked.connect(self.actual_size_requested)
        larger = icon_button("zoom-in", tr("Zoom in (+)"))
        larger.clicked.connect(self.zoom_in_requested)
        whole = icon_button("maximize", tr("Fit the whole picture (0)"))
        whole.clicked.connect(self.fit_requested)
        peek = icon_button("eye", tr("Hold to see the bare picture (Space)"))
        peek.pressed.connect(lambda: self.peek_requested.emit(True))
        peek.released.connect(lambda: self.peek_requested.emit(False))
        region = icon_button("square-dashed", tr("Score a region (R)"))
        region.clicked.connect(self.region_requested)
        self._groups = (
            _group(smaller, self._percentage, larger),
            _group(_line(), whole),
            _group(_line(), peek, region),
        )
        for group in self._groups:
            row.addWidget(group)
        self.set_zoom(1.0)
        theme.notifier().changed.connect(self.update)

    @property
    def words(self) -> str:
        """The zoom as it is shown."""
        return self._percentage.text()

    def set_zoom(self, zoom: float) -> None:
        """Shows a zoom, in screen pixels per pixel of the picture."""
        percent = zoom * 100
        self._percentage.setText(f"{percent:.1f}%" if percent < 9.95 else f"{percent:.0f}%")

    def place_in(self, width: int, height: int) -> None:
        """Floats at the bottom of an area, in the middle; leaves out what has no room there."""
        for group in self._groups:
            group.show()
        for group in reversed(self._groups[1:]):
            if self.sizeHint().width() - 2 * shadow.REACH > width - 2 * _SIDE:
                group.hide()
        size = self.sizeHint()
        self.setGeometry(
            (width - size.width()) // 2,
            height - size.height() - 14 + shadow.REACH,
            size.width(),
            size.height(),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        shadow.draw_card(self)


def _group(*widgets: QWidget) -> QWidget:
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(2)
    for widget in widgets:
        if isinstance(widget, QFrame):
            row.addSpacing(2)
        row.addWidget(widget)
        if isinstance(widget, QFrame):
            row.addSpacing(4)
    return group


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("kind", "line")
    line.setFixedSize(1, 16)
    return line
