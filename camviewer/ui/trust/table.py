"""A table of measures: the map's number beside those of a random map and of a blob."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from camviewer.engine.trust import Better, Measure, Subject
from camviewer.ui.style import mark, percent, theme, tr, translated

_HEADS = ("", mark("Map"), mark("Random"), mark("Blob"))
_SHORT = {
    "deletion-blur": mark("Deletion, blur"),
    "insertion-blur": mark("Insertion, blur"),
    "deletion-mean": mark("Deletion, mean"),
    "insertion-mean": mark("Insertion, mean"),
    "deletion-black": mark("Deletion, black"),
    "insertion-black": mark("Insertion, black"),
    "increase": mark("More confident"),
}
"""Short names of measures; because the panel is narrow, the tool tip has the whole name."""
_GOOD = {Better.HIGHER: " ↑", Better.LOWER: " ↓", Better.NEITHER: ""}
_SAID = {
    Better.HIGHER: mark("High is good."),
    Better.LOWER: mark("Low is good."),
    Better.NEITHER: "",
}


def number(measure: Measure, subject: Subject) -> str:
    """Gives ``0.155``, ``12%`` or ``yes``; a dash for what was not measured."""
    value = measure.values.get(subject)
    if value is None:
        return "–"
    if measure.id == "increase":
        return tr("yes") if value else tr("no")
    if measure.percent:
        return percent(value) if value else "0%"
    return f"{value:.3f}".replace("-", "\N{MINUS SIGN}")


class TrustTable(QWidget):
    """Rows that are filled while measuring; a better number than both references is bold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Measures"))
        self._rows: dict[str, tuple[QLabel, ...]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        for column, words in enumerate(_HEADS):
            head = _label(tr(words), "hint", right=column > 0)
            self._grid.addWidget(head, 0, column)

    def show_measures(self, measures: Sequence[Measure]) -> None:
        """Shows these; none clears the table."""
        wanted = {measure.id for measure in measures}
        for identifier in [known for known in self._rows if known not in wanted]:
            for label in self._rows.pop(identifier):
                self._grid.removeWidget(label)
                label.deleteLater()
        for place, measure in enumerate(measures, start=1):
            labels = self._rows.get(measure.id)
            if labels is None:
                labels = self._rows[measure.id] = tuple(
                    _label("", "", right=column > 0) for column in range(len(_HEADS))
                )
            for column, label in enumerate(labels):
                self._grid.addWidget(label, place, column)
            self._fill(labels, measure)

    def words(self) -> list[list[str]]:
        """What stands in the table, row by row."""
        return [[label.text() for label in labels] for labels in self._rows.values()]

    def _fill(self, labels: tuple[QLabel, ...], measure: Measure) -> None:
        beats = measure.beats_references
        verdict = {
            True: tr("Better than both references."),
            False: tr("Not better than both."),
            None: "",
        }
        tip = " ".join(
            part
            for part in (
                translated(measure.title) + ".",
                translated(measure.hint) + ".",
                tr(_SAID[measure.better]),
                verdict[beats],
            )
            if part
        )
        if measure.spread is not None:
            low, high = (f"{end:.3f}" for end in measure.spread)
            tip += " " + tr("Random maps: {low} to {high}.").format(low=low, high=high)
        title = tr(_SHORT[measure.id]) if measure.id in _SHORT else translated(measure.title)
        texts = [title + _GOOD[measure.better]]
        texts += [number(measure, subject) for subject in Subject]
        for column, (label, text) in enumerate(zip(labels, texts, strict=True)):
            label.setText(text)
            label.setToolTip(tip)
            own = column == 1
            weight = QFont.Weight.DemiBold if own and beats else QFont.Weight.Normal
            label.setFont(theme.font(12, weight))
            role = "" if column <= 1 else "muted"
            if label.property("role") != role:
                label.setProperty("role", role)
                theme.restyle(label)
        labels[0].setAccessibleDescription(tip)


def _label(text: str, role: str, *, right: bool) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        label.setProperty("role", role)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
    return label
