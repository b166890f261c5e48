"""The column at the left of the gallery: matrix, pairs or classes, wrong reasons, mean maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from camviewer.engine.render import Look
from camviewer.ui.review.class_lists import CountList, PairList, ReasonList
from camviewer.ui.review.host import RunFacts
from camviewer.ui.review.matrix_view import MatrixView
from camviewer.ui.review.mean_page import MeanPage
from camviewer.ui.style import mark, tr
from camviewer.ui.widgets import Segmented

if TYPE_CHECKING:
    from camviewer.ui.review.queries import Summary

_MATRIX, _PAIRS, _CLASSES, _REASONS, _MEANS = "matrix", "pairs", "classes", "reasons", "means"
_CHOICES = (
    (_MATRIX, mark("Matrix")),
    (_PAIRS, mark("Pairs")),
    (_CLASSES, mark("Classes")),
    (_REASONS, mark("Reasons")),
    (_MEANS, mark("Means")),
)
_WITH_TRUTH = {_MATRIX, _PAIRS, _REASONS}


class Overview(QWidget):
    """Ways into the pictures.

    Attributes:
        choice: which of them is shown.
        matrix: true class by predicted class.
        pairs: the most confused ones.
        classes: predicted classes with counts.
        reasons: classes that are right for a wrong reason.
        means: the mean map of a class.

    Signals:
        page_changed: another one is shown.
    """

    page_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = Segmented(
            [(page, tr(words)) for page, words in _CHOICES], tr("Overview"), self
        )
        self._stack = QStackedWidget(self)
        self.matrix = MatrixView(self._stack)
        self.pairs = PairList(self._stack)
        self.classes = CountList(self._stack)
        self.reasons = ReasonList(self._stack)
        self.means = MeanPage(self._stack)
        self.shares = Segmented(((True, tr("Shares")), (False, tr("Counts"))), tr("Numbers"), self)
        self._hint = QLabel(self)
        self._facts: RunFacts | None = None
        self._summary: Summary | None = None
        self._look = Look()
        self._stale: set[str] = set()
        """Pages that do not show what was counted last; each takes it when it is turned to."""
        self._build()

    def clear(self) -> None:
        """Another run is counted; the numbers of the one before are not its."""
        self._summary = None
        self._stale.clear()
        self.matrix.show_matrix(None, (), shares=True)
        for table in (self.pairs, self.classes, self.reasons):
            table.clear()

    def show_summary(self, facts: RunFacts, summary: Summary, look: Look) -> None:
        """Shows what was counted."""
        first = self._facts is None or self._facts.path != facts.path
        self._facts, self._summary, self._look = facts, summary, look
        self._stale = {name for name, _ in _CHOICES}
        for name, _ in _CHOICES:
            fits = name == _MEANS or (name in _WITH_TRUTH) == facts.has_truth
            self.choice.set_choice_shown(name, fits)
        if first or (self.choice.value in _WITH_TRUTH and not facts.has_truth):
            self.choice.set_value(_MATRIX if facts.has_truth else _CLASSES)
        self._turn()

    @property
    def shows_means(self) -> bool:
        """Whether mean maps are in sight."""
        return self.choice.value == _MEANS

    def show_means(self, index: int) -> None:
        """Shows the mean map of a class."""
        self.choice.set_value(_MEANS)
        self._turn()
        self.means.choose(index)

    def _show_matrix(self) -> None:
        if self._facts is not None and self._summary is not None:
            shares = bool(self.shares.value)
            self.matrix.show_matrix(self._summary.matrix, self._facts.labels, shares=shares)

    def _fill(self, page: str) -> None:
        facts, summary = self._facts, self._summary
        if page not in self._stale or facts is None or summary is None:
            return
        self._stale.discard(page)
        if page == _MATRIX:
            self._show_matrix()
        elif page == _PAIRS:
            self.pairs.show_pairs(summary.matrix.pairs if summary.matrix else (), facts.labels)
        elif page == _CLASSES:
            self.classes.show_counts(summary.counts, facts.labels)
        elif page == _REASONS:
            self.reasons.show_reasons(summary.reasons, facts.labels)
        else:
            classes = [one.index for one in summary.counts]
            self.means.show_classes(classes, facts, self._look)

    def _turn(self) -> None:
        page = str(self.choice.value)
        self._fill(page)
        names = [name for name, _ in _CHOICES]
        self._stack.setCurrentIndex(names.index(page))
        self.shares.setVisible(page == _MATRIX)
        self._hint.setText(self._hint_of(page))
        self._hint.setVisible(bool(self._hint.text()))
        self.page_changed.emit()

    def _hint_of(self, page: str) -> str:
        if page == _MATRIX:
            return tr("A cell, a row or a column shows its pictures. Ctrl and the wheel zoom.")
        if page == _REASONS:
            none = self._summary is not None and not self._summary.reasons
            found = (
                tr("No picture is right for a wrong reason.")
                if none
                else tr("Shares of the right pictures of each class.")
            )
            heads = tr(
                "Outside: most evidence outside the object. Border: in the map's outermost cells. "
                "Corner: the peak lies in the same corner again and again."
            )
            return f"{found} {heads}"
        return ""

    def _build(self) -> None:
        self._hint.setProperty("role", "hint")
        self._hint.setWordWrap(True)
        for page in (self.matrix, self.pairs, self.classes, self.reasons, self.means):
            self._stack.addWidget(page)
        foot = QHBoxLayout()
        foot.addWidget(self.shares)
        foot.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 8, 12)
        layout.setSpacing(8)
        layout.addWidget(self.choice)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._hint)
        layout.addLayout(foot)
        self.choice.chosen.connect(lambda _: self._turn())
        self.shares.chosen.connect(lambda _: self._show_matrix())
