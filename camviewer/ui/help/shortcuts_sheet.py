"""Shows all keyboard shortcuts on one sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from camviewer.ui.style import tr

Entry = tuple[str, str, str]
"""Group, what it does, and the keys as the system writes them."""


class ShortcutsSheet(QDialog):
    """Two columns of groups; Escape or F1 closes it."""

    def __init__(self, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        columns = QHBoxLayout()
        columns.setSpacing(40)
        for groups in _two_columns(_grouped(entries)):
            column = QVBoxLayout()
            column.setSpacing(20)
            for name, rows in groups:
                column.addLayout(_group(name, rows))
            column.addStretch(1)
            columns.addLayout(column, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        # The style's own icon is of another family than the window's.
        buttons.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(20)
        layout.addLayout(columns)
        layout.addWidget(buttons)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lets the key that opened the sheet close it."""
        if event.key() == Qt.Key.Key_F1:
            self.reject()
        else:
            super().keyPressEvent(event)


def _grouped(entries: Sequence[Entry]) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for group, text, keys in entries:
        groups.setdefault(group, []).append((text, keys))
    return list(groups.items())


def _two_columns(
    groups: list[tuple[str, list[tuple[str, str]]]],
) -> tuple[list[tuple[str, list[tuple[str, str]]]], list[tuple[str, list[tuple[str, str]]]]]:
    """Parts the groups, in their order, where the columns come out most alike in height."""
    heights = [len(rows) + 2 for _, rows in groups]
    parts = range(len(groups) + 1)
    cut = min(parts, key=lambda at: abs(sum(heights[:at]) - sum(heights[at:])))
    return groups[:cut], groups[cut:]


def _group(name: str, rows: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    head = QLabel(name)
    head.setProperty("role", "head")
    grid.addWidget(head, 0, 0, 1, 2)
    for row, (text, keys) in enumerate(rows, start=1):
        cap = QLabel(keys)
        cap.setProperty("role", "key")
        grid.addWidget(QLabel(text), row, 0)
        grid.addWidget(cap, row, 1, Qt.AlignmentFlag.AlignRight)
    return grid
