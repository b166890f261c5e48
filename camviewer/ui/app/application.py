"""The application object: it hears of files that macOS hands to a program that is running."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """Says which files the system opens with the program.

    macOS starts no second process for a double click and names no files on the command line.

    Signals:
        asked: (list of Path) to be opened.
    """

    asked = Signal(list)

    def event(self, event: QEvent) -> bool:
        """Takes a file that is to be opened."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.asked.emit([Path(event.file())])
            return True
        return super().event(event)
