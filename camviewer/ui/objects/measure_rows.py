"""Shows a few numbers, each beside what it means."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from camviewer.ui.style import theme

_NUMBER_WIDTH = 52


class MeasureRows(QWidget):
    """A column of large numbers, and sentences beside them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, _NUMBER_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self._labels: list[tuple[QLabel, QLabel]] = []

    @property
    def words(self) -> str:
        """The rows as text; empty while they are hidden."""
        if self.isHidden():
            return ""
        return "\n".join(f"{number.text()} {meaning.text()}" for number, meaning in self._labels)

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Shows (number, what it means) in each row."""
        while len(self._labels) < len(rows):
            self._add_row()
        for (number, meaning), (shown, said) in zip(self._labels, rows, strict=True):
            number.setText(shown)
            meaning.setText(said)

    def _add_row(self) -> None:
        number, meaning = QLabel(self), QLabel(self)
        number.setFont(theme.font(15, QFont.Weight.DemiBold))
        meaning.setProperty("role", "hint")
        meaning.setWordWrap(True)
        row = len(self._labels)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(number, row, 0, top)
        self._grid.addWidget(meaning, row, 1, top)
        self._labels.append((number, meaning))
