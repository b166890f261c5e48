"""A page of help in a window of its own, which may stay open beside the work."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QTextBrowser, QVBoxLayout, QWidget

_SIZE = QSize(680, 640)
_MARGIN = 28


class HelpPage(QDialog):
    """Shows a text in Markdown.

    Args:
        title: of the window.
        text: Markdown.
        parent: whose look it shares.
    """

    def __init__(self, title: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(_SIZE)
        self.page = QTextBrowser(self)
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        self.page.setOpenLinks(False)  # nothing leaves this computer
        self.page.document().setDocumentMargin(_MARGIN)
        self.page.setMarkdown(text)
        self.page.setAccessibleName(title)
        self.page.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
