"""What the dialogs about a loaded model have in common: its statistics, and a line for messages."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from camviewer.engine.results import ModelInfo
from camviewer.engine.statistics import StatisticsCheck
from camviewer.ui.preprocessing.statistics_panel import StatisticsPanel


class ModelDialog(QDialog):
    """A dialog about a model, which is deleted when it is closed.

    A subclass makes ``statistics``, lays out the widgets, and says what a check means here.
    """

    statistics: StatisticsPanel

    def __init__(self, title: str, info: ModelInfo, parent: QWidget | None) -> None:
        """Makes an empty dialog.

        Args:
            title: of the window.
            info: the loaded model.
            parent: the window.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._info = info
        self._message = QLabel(self)
        self._message.setProperty("role", "hint")
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setWordWrap(True)

    @property
    def info(self) -> ModelInfo:
        """The model that is shown."""
        return self._info

    def show_check(self, check: StatisticsCheck) -> None:
        """Shows how the preprocessing in use fits what the network remembers."""
        raise NotImplementedError

    def show_failure(self, message: str, hint: str) -> None:
        """Says that something could not be saved or read."""
        self._message.setText(f"{message} {hint}".strip())
        self._message.show()
