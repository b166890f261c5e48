"""How much of a map is left as weights become random, step by step."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from camviewer.engine.trust import SanityCheck
from camviewer.engine.trust.sanity import SanityStep
from camviewer.ui.style import mark, theme, tr, translated

_HEADS = (mark("Random"), mark("Rank corr."), "SSIM")
_SHORT = {
    0.0: mark("Class weights"),
    0.25: mark("Upper quarter"),
    0.5: mark("Upper half"),
    0.75: mark("Three quarters"),
}


def _title(step: SanityStep) -> str:
    short = _SHORT.get(step.share)
    return translated(step.title) if short is None else tr(short)


class SanityTable(QWidget):
    """A row for each step; empty without a check."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Map with random weights"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        for column, words in enumerate(_HEADS):
            self._put(0, column, tr(words), "hint")
        self.hide()

    def show_check(self, check: SanityCheck | None) -> None:
        """Shows the steps that are known."""
        steps = () if check is None else check.steps
        for row, step in enumerate(steps, start=1):
            numbers = (step.rank_correlation, step.similarity)
            shown = [
                "–" if n is None else f"{n:.2f}".replace("-", "\N{MINUS SIGN}") for n in numbers
            ]
            for column, words in enumerate((_title(step), *shown)):
                self._put(row, column, words, "" if column < 2 else "muted")
        self.setVisible(bool(steps))

    def words(self) -> list[list[str]]:
        """What stands in the table, row by row."""
        rows = range(1, self._grid.rowCount())
        return [[self._label(row, column).text() for column in range(3)] for row in rows]

    def _label(self, row: int, column: int) -> QLabel:
        item = self._grid.itemAtPosition(row, column)
        found = None if item is None else item.widget()
        if isinstance(found, QLabel):
            return found
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFont(theme.font(12))
        side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
        label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(label, row, column)
        return label

    def _put(self, row: int, column: int, words: str, role: str) -> None:
        label = self._label(row, column)
        label.setText(words)
        if role:
            label.setProperty("role", role)
