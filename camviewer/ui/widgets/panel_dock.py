"""A dock with a quiet grip for a title bar, whose content is made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QDockWidget, QWidget

from camviewer.ui.style import theme, tr

_HEIGHT = 12
_GRIP = QSize(28, 3)


class PanelDock(QDockWidget):
    """Moves by its grip, floats by a double click on it, and hides by the View menu.

    Args:
        title: in the View menu, and of the window when it floats, in English: the name under which
            the dock is kept is made of it.
        parent: the main window.
    """

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(tr(title), parent)
        self._make_content: Callable[[], object] | None = None
        self.setObjectName(title.lower())
        self.setTitleBarWidget(_Grip(self))

    def fill(self, content: QWidget) -> None:
        """Holds this from now on."""
        self._make_content = None
        self.setWidget(content)

    def fill_when_shown(self, make_content: Callable[[], object]) -> None:
        """Calls a function, which must fill the dock, before it is first seen."""
        self._make_content = make_content

    def showEvent(self, event: QShowEvent) -> None:
        if self._make_content is not None:
            self._make_content()
        super().showEvent(event)


class _Grip(QWidget):
    """Leaves the mouse to the dock, which moves by it."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.setToolTip(
            tr("{title}: drag to move, double-click to float").format(title=dock.windowTitle())
        )
        theme.notifier().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(_GRIP.width() * 2, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), tokens.colour("panel"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour("line"))
        left = (self.width() - _GRIP.width()) / 2
        top = (self.height() - _GRIP.height()) / 2 + 1
        painter.drawRoundedRect(QRectF(left, top, _GRIP.width(), _GRIP.height()), 1.5, 1.5)
