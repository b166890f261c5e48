"""Asks whether the program is to end although something is at work."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget


def wants_to_quit(window: QWidget, title: str, words: str) -> bool:
    """Whether the user wants to; Cancel is what Enter and Esc choose."""
    answer = QMessageBox.question(
        window,
        title,
        words,
        QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel,
        QMessageBox.StandardButton.Cancel,
    )
    return answer == QMessageBox.StandardButton.Yes
