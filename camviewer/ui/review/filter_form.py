"""Asks for a filter: right or wrong, a class, a number, words of the path, a judgement, a tag."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.assessments import Judgement, split_tags
from camviewer.ui.review.comparison_words import outcome_lines
from camviewer.ui.review.host import RunFacts
from camviewer.ui.review.judgement_marks import JUDGEMENTS
from camviewer.ui.style import column_words, mark, theme, tr, unit_words
from camviewer.ui.widgets import FormRows

if TYPE_CHECKING:
    from camviewer.engine.review import Filter

_ANY, _RIGHT, _WRONG, _REASON = "any", "right", "wrong", "reason"
_VERDICTS = (
    (_ANY, mark("Any")),
    (_RIGHT, mark("Right")),
    (_WRONG, mark("Wrong")),
    (_REASON, mark("Right for a wrong reason")),
)
_NOT_JUDGED = "not judged"
_JUDGEMENTS = (
    (_ANY, mark("Any")),
    (_NOT_JUDGED, mark("Not judged")),
    *((judgement.value, words.title) for judgement, words in JUDGEMENTS.items()),
)
_HAS, _HAS_NOT = "has", "has not"
_NOTES = ((_ANY, mark("Any")), (_HAS, mark("With a note")), (_HAS_NOT, mark("Without a note")))
_WIDTH = 380


class FilterForm(QFrame):
    """A small form that floats under its button; Enter applies what is filled in.

    Signals:
        wanted: (tuple of Filter) what is filled in.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("kind", "card")
        self.setAccessibleName(tr("Filter"))
        self._facts: RunFacts | None = None
        self._verdict = QComboBox(self)
        self._verdict.setObjectName("verdict")
        self._truth, self._said = QLineEdit(self), QLineEdit(self)
        self._low, self._high = QLineEdit(self), QLineEdit(self)
        self._column = QComboBox(self)
        self._from, self._to = QLineEdit(self), QLineEdit(self)
        self._path = QLineEdit(self)
        self._judgement, self._note = QComboBox(self), QComboBox(self)
        self._tag = QLineEdit(self)
        self._tags = QStringListModel(self)
        self._names = QStringListModel(self)
        self._problem = QLabel(self)
        self._build()

    def set_facts(self, facts: RunFacts) -> None:
        """Takes which classes and numbers there are."""
        self._facts = facts
        self._names.setStringList(list(facts.labels))
        chosen = self._column.currentData()
        self._column.clear()
        for name, unit in facts.columns:
            words = column_words(name)
            self._column.addItem(f"{words} ({unit_words(unit)})" if unit else words, name)
            self._column.setItemData(
                self._column.count() - 1, name, Qt.ItemDataRole.ToolTipRole
            )  # as files have it
        self._column.setCurrentIndex(max(self._column.findData(chosen), 0))
        self._offer_verdicts(facts)
        for widget, fits in (
            (self._verdict, facts.has_truth or facts.compared is not None),
            (self._truth, facts.has_truth),
        ):
            widget.setEnabled(fits)
            widget.setToolTip("" if fits else tr("This run has no true classes."))

    def _offer_verdicts(self, facts: RunFacts) -> None:
        """Offers right and wrong, and of two runs what became of the verdicts."""
        offered = self._verdict.count() - len(_VERDICTS)
        for _ in range(offered):
            self._verdict.removeItem(len(_VERDICTS))
        if facts.compared is not None:
            for words, _count, _total, chosen in outcome_lines(facts.compared.summary):
                self._verdict.addItem(words, chosen)

    def set_tags(self, tags: Sequence[str]) -> None:
        """Takes the tags that reviewers gave."""
        self._tags.setStringList(list(tags))

    def start(self) -> None:
        """Empties the form, and waits for words."""
        for box in (self._verdict, self._judgement, self._note):
            box.setCurrentIndex(0)
        for edit in self._edits:
            edit.clear()
        self._problem.hide()
        self._path.setFocus()

    def apply(self) -> None:
        """Hands out what is filled in, or says what is wrong with it."""
        try:
            filters = self._filters()
        except ValueError as error:
            self._problem.setText(str(error))
            self._problem.show()
            self.adjustSize()
            return
        self.hide()
        self.wanted.emit(tuple(filters))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.apply()
        else:
            super().keyPressEvent(event)

    @property
    def _edits(self) -> tuple[QLineEdit, ...]:
        return (
            self._truth, self._said, self._low, self._high, self._from, self._to, self._path,
            self._tag,
        )  # fmt: skip

    def _filters(self) -> list[Filter]:
        """What is filled in.

        Raises:
            ValueError: something of it is no number or no class.
        """
        from camviewer.engine.review import ClassRole, ForReason, OfClass  # noqa: PLC0415  (start-up)
        from camviewer.engine.review.filters import Between, Contains, Correct  # noqa: PLC0415  (start-up)
        from camviewer.engine.review.filters_of_two import FilterOfTwo  # noqa: PLC0415

        found: list[Filter] = []
        verdict = self._verdict.currentData()
        if isinstance(verdict, FilterOfTwo):
            found.append(verdict)
        elif verdict == _REASON:
            found.append(ForReason())
        elif verdict != _ANY:
            found.append(Correct(right=verdict == _RIGHT))
        for edit, role in ((self._truth, ClassRole.TRUTH), (self._said, ClassRole.PREDICTED)):
            if edit.text().strip():
                found.append(OfClass(role, self._class_named(edit.text().strip())))
        low, high = _share(self._low.text()), _share(self._high.text())
        if low is not None or high is not None:
            found.append(Between("predicted_probability", low, high, "p"))
        low, high = _number(self._from.text()), _number(self._to.text())
        if low is not None or high is not None:
            column = self._column.currentData()
            found.append(Between(column, low, high, column_words(column)))
        if self._path.text().strip():
            found.append(Contains(self._path.text().strip()))
        return found + self._filters_of_reviewers()

    def _filters_of_reviewers(self) -> list[Filter]:
        """What is filled in of judgement, tags and note."""
        from camviewer.engine.review.judgement_filters import (  # noqa: PLC0415  (start-up)
            Judged,
            Noted,
            Tagged,
        )

        found: list[Filter] = []
        judgement, note = self._judgement.currentData(), self._note.currentData()
        if judgement != _ANY:
            found.append(Judged(None if judgement == _NOT_JUDGED else Judgement(judgement)))
        found += [Tagged(tag) for tag in split_tags(self._tag.text())]
        if note != _ANY:
            found.append(Noted(note == _HAS))
        return found

    def _class_named(self, name: str) -> int:
        assert self._facts is not None  # noqa: S101
        labels = [label.casefold() for label in self._facts.labels]
        if name.casefold() not in labels:
            raise ValueError(
                tr("No class is called “{name}”. Choose one from the list.").format(name=name)
            )
        return labels.index(name.casefold())

    def _build(self) -> None:
        self.setFixedWidth(_WIDTH)
        for box, choices in (
            (self._verdict, _VERDICTS),
            (self._judgement, _JUDGEMENTS),
            (self._note, _NOTES),
        ):
            for value, words in choices:
                box.addItem(tr(words), value)
        for box in (self._verdict, self._column, self._judgement, self._note):
            theme.style_combo(box)
        for edit, names, any_words in (
            (self._truth, self._names, tr("Any class")),
            (self._said, self._names, tr("Any class")),
            (self._tag, self._tags, tr("Any tag")),
        ):
            completer = QCompleter(names, edit)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            edit.setCompleter(completer)
            edit.setPlaceholderText(any_words)
        rows = FormRows(tr("FILTER"))
        rows.add_row(tr("Verdict"), self._verdict, self._verdict)
        rows.add_row(tr("True class"), self._truth, self._truth)
        rows.add_row(tr("Said"), self._said, self._said)
        rows.add_row(
            tr("Probability"), _between(self._low, self._high, tr("Probability, %")), self._low
        )
        rows.add_row(tr("Number", "a column of numbers"), self._column, self._column)
        rows.add_row(
            "", _between(self._from, self._to, tr("Number", "a column of numbers")), self._from
        )
        rows.add_row(tr("Path has"), self._path, self._path)
        rows.add_row(tr("Judgement"), self._judgement, self._judgement)
        rows.add_row(tr("Tag"), self._tag, self._tag)
        rows.add_row(tr("Note"), self._note, self._note)
        for widget, name in (
            (self._verdict, tr("Verdict")),
            (self._truth, tr("True class")),
            (self._said, tr("Said")),
            (self._column, tr("Number", "a column of numbers")),
            (self._path, tr("Path has")),
            (self._judgement, tr("Judgement")),
            (self._tag, tr("Tag")),
            (self._note, tr("Note")),
        ):
            widget.setAccessibleName(name)
        self._low.setPlaceholderText(tr("from, %"))
        self._high.setPlaceholderText(tr("to, %"))
        self._problem.setProperty("role", "hint")
        self._problem.setWordWrap(True)
        self._problem.hide()
        apply = QPushButton(tr("Apply"), self)
        apply.setProperty("kind", "primary")
        apply.clicked.connect(self.apply)
        foot = QHBoxLayout()
        foot.addWidget(self._problem, 1)
        foot.addStretch()
        foot.addWidget(apply)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addLayout(rows)
        layout.addLayout(foot)


def _between(low: QLineEdit, high: QLineEdit, name: str) -> QHBoxLayout:
    low.setAccessibleName(tr("{name}, from").format(name=name))
    high.setAccessibleName(tr("{name}, to").format(name=name))
    low.setPlaceholderText(tr("from"))
    high.setPlaceholderText(tr("to", "between two numbers"))
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(low, 1)
    row.addWidget(high, 1)
    return row


def _number(words: str) -> float | None:
    words = words.strip().replace(",", ".")
    try:
        return float(words) if words else None
    except ValueError:
        raise ValueError(tr("“{words}” is no number.").format(words=words)) from None


def _share(words: str) -> float | None:
    """A probability of 0 to 1 from a percentage."""
    number = _number(words.strip().removesuffix("%"))
    return None if number is None else number / 100.0
