"""Lists the architectures that have a checkpoint's tensors, each with what it says of a picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QVBoxLayout, QWidget

from camviewer.ui.style import tr
from camviewer.ui.work import Candidate

_INDENT = 24
"""Left of a verdict, in pixels: it stands under the name beside the button."""


class CandidateList(QWidget):
    """One button for each architecture, and under it the three most probable classes by it."""

    def __init__(self, candidates: Sequence[Candidate], parent: QWidget | None = None) -> None:
        """Lists ``candidates``, of which the first is chosen."""
        super().__init__(parent)
        self._candidates = tuple(candidates)
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for index, candidate in enumerate(self._candidates):
            button = QRadioButton(candidate.architecture, self)
            said = QLabel(candidate.verdict or tr("It does not run."), self)
            said.setProperty("role", "hint")
            said.setWordWrap(True)
            said.setTextFormat(Qt.TextFormat.PlainText)
            said.setContentsMargins(_INDENT, 0, 0, 6)
            button.setAccessibleDescription(said.text())
            self._group.addButton(button, index)
            layout.addWidget(button)
            layout.addWidget(said)
        if self._candidates:
            self._group.button(0).setChecked(True)

    @property
    def chosen(self) -> str:
        """The architecture that is chosen; empty when there is none."""
        index = self._group.checkedId()
        return self._candidates[index].architecture if index >= 0 else ""

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """(architecture, what it says of the picture) as listed."""
        return tuple((each.architecture, each.verdict) for each in self._candidates)

    def choose(self, architecture: str) -> None:
        """Chooses one of them."""
        names = [candidate.architecture for candidate in self._candidates]
        self._group.button(names.index(architecture)).setChecked(True)
