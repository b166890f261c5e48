"""Shows a user's words as they are, where Qt would read signs of its own into them."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as TextQt
from PySide6.QtWidgets import QMessageBox, QWidget

from camviewer.ui.style import translated


def in_button(words: str) -> str:
    """For buttons and menu entries, where a single ``&`` underlines the letter behind it."""
    return words.replace("&", "&&")


def in_title(words: str) -> str:
    """For the title of a window, where ``[*]`` stands for "modified"."""
    return words.replace("[*]", "[*][*]")


def in_tip(words: str) -> str:
    """For tool tips, which are read as HTML as soon as they look like it."""
    if not TextQt.mightBeRichText(words):
        return words
    return f"<span style='white-space: pre-wrap'>{escape(words)}</span>"


def confirmed(parent: QWidget, title: str, question: str) -> bool:
    """Asks a question of yes or no."""
    box = _box(QMessageBox.Icon.Question, parent, title, question)
    box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
    return box.exec() == QMessageBox.StandardButton.Yes


def warn(parent: QWidget, title: str, words: str) -> None:
    """Says that something did not work."""
    _box(QMessageBox.Icon.Warning, parent, title, translated(words)).exec()


def _box(icon: QMessageBox.Icon, parent: QWidget, title: str, words: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setIcon(icon)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(words)
    return box
