"""Lays out a panel's rows: a label in a column of fixed width, a control at its right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLayout, QWidget

LABEL_WIDTH = 76
_ABOVE_TEXT = 8
"""Pixels above the first line of a field of text."""


class FormRows(QGridLayout):
    """Rows of label and control, with a section head above and hints between."""

    def __init__(self, head: str, beside: QWidget | None = None) -> None:
        """Begins with a head.

        Args:
            head: of the section.
            beside: stands at the right of the head.
        """
        super().__init__()
        self._labels: dict[QWidget, QLabel] = {}
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(8)
        self.setVerticalSpacing(8)
        self.setColumnMinimumWidth(0, LABEL_WIDTH)
        self.setColumnStretch(1, 1)
        label = QLabel(head)
        label.setProperty("role", "head")
        self.addWidget(label, 0, 0, 1, 1 if beside else 2)
        if beside is not None:
            self.addWidget(beside, 0, 1, Qt.AlignmentFlag.AlignRight)

    def add_row(self, text: str, control: QWidget | QLayout, buddy: QWidget) -> None:
        """Adds a control with its label; the label names ``buddy`` to a screen reader.

        The label stands in the middle of the control, or at the first line of one that grows.
        """
        row = self.rowCount()
        label = QLabel(text)
        label.setProperty("role", "muted")
        label.setBuddy(buddy)
        grows = isinstance(control, QWidget) and bool(
            control.sizePolicy().expandingDirections() & Qt.Orientation.Vertical
        )
        if grows:
            label.setContentsMargins(0, _ABOVE_TEXT, 0, 0)
        middle, top = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignTop
        self.addWidget(label, row, 0, top if grows else middle)
        self._add(control, row, 1, 1)
        self._labels[buddy] = label

    def set_row_visible(self, buddy: QWidget, visible: bool) -> None:
        """Shows or hides a control with its label."""
        buddy.setVisible(visible)
        self._labels[buddy].setVisible(visible)

    def add_control(self, control: QWidget) -> None:
        """Adds a control that says itself what it is, under the others."""
        self.addWidget(control, self.rowCount(), 1)

    def add_wide(self, widget: QWidget) -> None:
        """Adds something over the whole width."""
        self.addWidget(widget, self.rowCount(), 0, 1, 2)

    def _add(self, control: QWidget | QLayout, row: int, column: int, span: int) -> None:
        if isinstance(control, QWidget):
            self.addWidget(control, row, column, 1, span)
        else:
            self.addLayout(control, row, column, 1, span)
