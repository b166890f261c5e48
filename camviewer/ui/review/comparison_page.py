"""The column at the left of the gallery while two runs are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from camviewer.ui.review.class_lists import ChangeList, LeftOutList, OutcomeList
from camviewer.ui.review.compared_facts import ComparedFacts
from camviewer.ui.review.comparison_words import moved_words, outcome_lines, p_words, right_words
from camviewer.ui.review.host import RunFacts
from camviewer.ui.review.matrix_cells import ChangeCells
from camviewer.ui.review.matrix_view import MatrixView
from camviewer.ui.style import mark, method_words, theme, tr
from camviewer.ui.widgets import Segmented, in_tip

if TYPE_CHECKING:
    from camviewer.engine.review import ConfusionMatrix

_VERDICTS, _MATRIX, _PAIRS, _LEFT_OUT = "verdicts", "matrix", "pairs", mark("left out")
_CHOICES = (
    (_VERDICTS, mark("Verdicts")),
    (_MATRIX, mark("Matrix")),
    (_PAIRS, mark("Pairs")),
    (_LEFT_OUT, mark("Left out")),
)

_NO_CHANGE = mark("No verdict changed: of every picture in both runs, A and B say the same class.")


class ComparisonPage(QWidget):
    """Which runs are compared, what became of the verdicts, and ways into the pictures.

    Attributes:
        choice: which of the lists is shown.
        outcomes: changed, better, worse.
        matrix: what A said by what B said.
        pairs: the most frequent changes.
        left_out: pictures that are not compared.
        class_box: which maps are compared.
        end_button: shows the first run alone again.

    Signals:
        cell_chosen: (class of A or None, class of B or None).
        outcome_chosen: (Filter).
        class_wanted: (int or None) the class whose maps are to be compared.
        end_requested: the comparison is not wanted any more.
    """

    cell_chosen = Signal(object, object)
    outcome_chosen = Signal(object)
    class_wanted = Signal(object)
    end_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs = tuple((QLabel(self), QLabel(self)) for _ in "AB")
        """Name with accuracy, and model with method, of each."""
        self._test = QLabel(self)
        self._moved = QLabel(self)
        self.class_box = QComboBox(self)
        self.end_button = QPushButton(tr("End comparison"), self)
        self.choice = Segmented(
            [(page, tr(words)) for page, words in _CHOICES], tr("Comparison"), self
        )
        self._stack = QStackedWidget(self)
        self.outcomes = OutcomeList(self._stack)
        self.matrix = MatrixView(self._stack, ChangeCells)
        self.pairs = ChangeList(self._stack)
        self._no_pairs = QLabel(tr(_NO_CHANGE), self._stack)
        self.left_out = LeftOutList(self._stack)
        self.shares = Segmented(((False, tr("Counts")), (True, tr("Shares"))), tr("Numbers"), self)
        self._labels: tuple[str, ...] = ()
        self._changes: ConfusionMatrix | None = None
        self._build()

    @property
    def words(self) -> str:
        """What is said of both runs."""
        labels = (*(label for pair in self._runs for label in pair), self._test, self._moved)
        said = [label.text() for label in labels]
        return "\n".join((*said, *([self._no_pairs.text()] if self._no_pairs.isVisible() else [])))

    def show_facts(self, facts: RunFacts) -> None:
        """Shows what was counted of two runs; the matrix comes later."""
        assert facts.compared is not None  # noqa: S101
        found = facts.compared.summary
        accuracies = found.accuracies
        for number, name in enumerate(facts.compared.names):
            head, model = self._runs[number]
            right = "" if accuracies is None else "  " + right_words(accuracies[number])
            head.setText(f"{'AB'[number]}  {name.path.name}{right}")
            head.setToolTip(in_tip(str(name.path)))
            model.setText(f"{name.model}, {method_words(name.method)}")
        self._test.setVisible(found.p_value is not None)
        if found.p_value is not None:
            self._test.setText(tr("McNemar's exact test: {p}").format(p=p_words(found.p_value)))
            self._test.setToolTip(
                in_tip(
                    tr(
                        "How probable it is that better and worse differ at least so much by "
                        "chance, if both ways were equally likely (two-sided)."
                    )
                )
            )
        self._moved.setText(moved_words(found))
        self._offer_classes(facts.compared, facts.labels)
        self._labels, self._changes = facts.labels, None
        self.outcomes.show_outcomes(outcome_lines(found))
        self.left_out.show_left_out(facts.compared.left_out)
        self.choice.set_choice_shown(_LEFT_OUT, bool(facts.compared.left_out))
        self.choice.set_value(_VERDICTS)
        self.show_changes(None)
        self._turn()

    def show_changes(self, changes: ConfusionMatrix | None) -> None:
        """Shows which class became which."""
        self._changes = changes
        self.pairs.show_pairs(changes.pairs if changes else (), self._labels)
        unchanged = changes is not None and not changes.pairs
        self._no_pairs.setVisible(unchanged)
        self.pairs.setVisible(not unchanged)
        self._show_matrix()

    def _offer_classes(self, compared: ComparedFacts, labels: tuple[str, ...]) -> None:
        box = self.class_box
        box.clear()
        box.addItem(tr("True or predicted"), None)
        for index in compared.map_classes:
            box.addItem(labels[index], index)
        if compared.wanted is not None:
            box.setCurrentIndex(max(box.findData(compared.wanted), 0))

    def _show_matrix(self) -> None:
        self.matrix.show_matrix(self._changes, self._labels, shares=bool(self.shares.value))

    def _turn(self) -> None:
        names = [name for name, _ in _CHOICES]
        self._stack.setCurrentIndex(names.index(str(self.choice.value)))
        self.shares.setVisible(self.choice.value == _MATRIX)

    def _build(self) -> None:
        heads, models = zip(*self._runs, strict=True)
        for head in heads:
            head.setStyleSheet("font-weight: 600;")
        hints = (*models, self._moved, self._no_pairs)
        for label, role in (
            *((label, "body") for label in (*heads, self._test)),
            *((label, "hint") for label in hints),
        ):
            label.setProperty("role", role)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        for page in (self.outcomes, self.matrix, self._pairs_page(), self.left_out):
            self._stack.addWidget(page)
        foot = QHBoxLayout()
        foot.addWidget(self.shares)
        foot.addStretch()
        foot.addWidget(self.end_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 8, 12)
        layout.setSpacing(8)
        for head, model in self._runs:
            layout.addWidget(head)
            layout.addWidget(model)
        layout.addWidget(self._test)
        layout.addLayout(self._maps_row())
        layout.addWidget(self._moved)
        layout.addWidget(self.choice)
        layout.addWidget(self._stack, 1)
        layout.addLayout(foot)
        self.class_box.activated.connect(
            lambda _place: self.class_wanted.emit(self.class_box.currentData())
        )
        self.end_button.setToolTip(tr("Show run A alone"))
        self.end_button.clicked.connect(self.end_requested)
        self.choice.chosen.connect(lambda _: self._turn())
        self.shares.chosen.connect(lambda _: self._show_matrix())
        self.matrix.chosen.connect(self.cell_chosen)
        self.pairs.chosen.connect(lambda pair: self.cell_chosen.emit(*pair))
        self.outcomes.chosen.connect(self.outcome_chosen)

    def _pairs_page(self) -> QWidget:
        page = QWidget(self._stack)
        self._no_pairs.hide()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._no_pairs, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.pairs, 1)
        return page

    def _maps_row(self) -> QHBoxLayout:
        box, label = self.class_box, QLabel(tr("Maps of"), self)
        theme.style_combo(box)
        box.setAccessibleName(tr("Maps of"))
        box.setToolTip(
            tr("The class whose maps are compared, where both runs have them; the true one first")
        )
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        label.setProperty("role", "muted")
        label.setBuddy(box)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(box, 1)
        return row
