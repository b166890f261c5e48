"""The column at the window's right: classes, controls, and the buttons Copy and Save."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

SIDE_WIDTH = 304


class SideColumn(QWidget):
    """Where the screen is too low, the list of classes gets shorter, then the rest scrolls.

    Args:
        above: gets shorter first.
        below: keeps its height.
        foot: always stays in view.
        parent: Qt's.
    """

    def __init__(self, above: QWidget, below: QWidget, foot: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        content = _TwoParts(above, below, self)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll, 1)
        outer.addWidget(foot)
        self.setMinimumWidth(SIDE_WIDTH)


class _TwoParts(QWidget):
    """The upper part gives way to the lower one, as far as it can.

    Qt's own layouts take the height that wrapped words would like to have for the least that they
    can do with, so that a list beside them never gets shorter.
    """

    def __init__(self, above: QWidget, below: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._above, self._below = above, below
        for part in (above, below):
            part.setParent(self)
            part.installEventFilter(self)

    def minimumSizeHint(self) -> QSize:
        parts, width = (self._above, self._below), self.width()
        least = max(part.minimumSizeHint().width() for part in parts)
        return QSize(least, sum(_least_height(part, width) for part in parts))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()
        self._lay_out()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A part that wants another height asks for it with this event."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._lay_out()
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        width, room = self.width(), self.height() - _least_height(self._below, self.width())
        wanted = self._above.heightForWidth(width)
        wanted = wanted if wanted > 0 else self._above.sizeHint().height()
        height = max(min(wanted, room), _least_height(self._above, width))
        self._above.setGeometry(0, 0, width, height)
        self._below.setGeometry(0, height, width, self.height() - height)


def _least_height(part: QWidget, width: int) -> int:
    layout = part.layout()
    if layout is None or not layout.hasHeightForWidth():
        return part.minimumSizeHint().height()
    return layout.totalMinimumHeightForWidth(width)
