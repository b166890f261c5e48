"""A page of help in a window of its own, which may stay open beside the work."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QFrame, QTextBrowser, QVBoxLayout, QWidget

_SIZE = QSize(680, 640)
_MARGIN = 28
_AFTER_TEXT = 8
_BEFORE_HEAD, _AFTER_HEAD = 16, 6
_LINE = 125


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
        _give_room(self.page.document())
        self.page.setAccessibleName(title)
        self.page.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.page.setStyleSheet("QTextBrowser { border: none; }")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)


def _give_room(document: QTextDocument) -> None:
    """Sets heads and paragraphs apart, which Markdown as Qt reads it does not."""
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        cursor.setPosition(block.position())
        form = block.blockFormat()
        if cursor.currentTable() is None:
            is_head = form.headingLevel() > 0
            form.setTopMargin(_BEFORE_HEAD if is_head and block.position() else 0)
            form.setBottomMargin(_AFTER_HEAD if is_head else _AFTER_TEXT)
            height = QTextBlockFormat.LineHeightTypes.ProportionalHeight
            form.setLineHeight(_LINE, height.value)
            cursor.setBlockFormat(form)
        block = block.next()
