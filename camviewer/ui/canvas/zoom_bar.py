"""The small bar that floats over the picture: zoom, fit, peek."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from camviewer.ui.canvas import shadow
from camviewer.ui.style import theme

_PADDING = 3
_BUTTON = 28


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
        self.setAccessibleName("Zoom")
        row = QHBoxLayout(self)
        edge = shadow.REACH + _PADDING
        row.setContentsMargins(edge, edge, edge, edge)
        row.setSpacing(2)
        smaller = _button("zoom-out", "Zoom out (\N{MINUS SIGN})")
        smaller.clicked.connect(self.zoom_out_requested)
        self._percentage = _button("", "Actual size: one pixel is one of the screen (1)")
        self._percentage.setFixedWidth(56)
        self._percentage.clicked.connect(self.actual_size_requested)
        larger = _button("zoom-in", "Zoom in (+)")
        larger.clicked.connect(self.zoom_in_requested)
        whole = _button("maximize", "Fit the whole picture (0)")
        whole.clicked.connect(self.fit_requested)
        peek = _button("eye", "Hold to see the bare picture (Space)")
        peek.pressed.connect(lambda: self.peek_requested.emit(True))
        peek.released.connect(lambda: self.peek_requested.emit(False))
        region = _button("square-dashed", "Score a region (R)")
        region.clicked.connect(self.region_requested)
        groups = ((smaller, self._percentage, larger), (whole,), (peek, region))
        for index, group in enumerate(groups):
            if index:
                row.addSpacing(4)
                row.addWidget(_line())
                row.addSpacing(4)
            for button in group:
                row.addWidget(button)
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
        """Floats at the bottom of an area, in the middle."""
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


def _button(icon: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setToolTip(tip)
    button.setAccessibleName(tip.partition(" (")[0])
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setFixedSize(_BUTTON, _BUTTON)
    if icon:
        button.setIconSize(QSize(16, 16))
        theme.set_icon(button, icon, "muted")
    return button


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("kind", "line")
    line.setFixedSize(1, 16)
    return line
