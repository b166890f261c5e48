"""Lists beside the gallery: confused pairs, predicted classes, and wrong reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from camviewer.ui.widgets import in_tip

if TYPE_CHECKING:
    from camviewer.engine.review import ClassCount, ClassReasons
    from camviewer.engine.review.confusion import ConfusedPair
    from camviewer.engine.review.reasons import Suspects

_Index = QModelIndex | QPersistentModelIndex
_NUMBER_WIDTH = 48
"""Least width of a column of numbers, in pixels."""
_PADDING = 20
"""What a column has beside its words, in pixels."""


@dataclass(frozen=True)
class Line:
    """A row of a list.

    Attributes:
        texts: what stands in its columns.
        values: what its columns stand for.
        tip: the whole of it.
    """

    texts: tuple[str, ...]
    values: tuple[object, ...]
    tip: str


class _Lines(QAbstractTableModel):
    def __init__(self, heads: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._heads = tuple(heads)
        self.lines: Sequence[Line] = ()

    def set_lines(self, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        del orientation
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return line.texts[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return in_tip(line.tip)
        return _alignment(column) if role == Qt.ItemDataRole.TextAlignmentRole else None


class ChoiceTable(QTreeView):
    """A table whose rows lead to pictures, by a click or Enter.

    Signals:
        chosen: what the row, and the column in it, stand for.

    Args:
        name: what a screen reader calls it.
        heads: of the columns; the first one takes the room that is left.
        parent: Qt's.
    """

    chosen = Signal(object)

    def __init__(self, name: str, heads: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = _Lines(heads, self)
        self.setModel(self._lines)
        self.setProperty("kind", "plain")
        self.setAccessibleName(name)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(36)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, len(heads)):
            words = header.fontMetrics().horizontalAdvance(heads[column]) + _PADDING
            header.resizeSection(column, max(words, _NUMBER_WIDTH))
        # Enter alone activates: a click is told by itself, wherever the system takes one for both.
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose_current)

    @property
    def lines(self) -> Sequence[Line]:
        """What is listed."""
        return self._lines.lines

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Lists other rows."""
        self._lines.set_lines(lines)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self._lines.lines[index.row()].values[index.column()])

    def _choose_current(self, index: QModelIndex) -> None:
        if self.hasFocus() and not self.underMouse():
            self._choose(index)


class PairList(ChoiceTable):
    """Confused pairs, the most frequent first; ``chosen`` has (true class, predicted class)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Most confused pairs", ("Taken for", "Pictures", "Share"), parent)

    def show_pairs(self, pairs: Sequence[ConfusedPair], labels: tuple[str, ...]) -> None:
        """Lists pairs."""
        self.set_lines(
            [
                Line(
                    (words, f"{pair.count:,}", f"{pair.share:.0%}"),
                    ((pair.truth, pair.predicted),) * 3,
                    f"{words}: {pair.count:,}, {pair.share:.0%} of the class",
                )
                for pair in pairs
                if (words := f"{labels[pair.truth]} → {labels[pair.predicted]}")
            ]
        )


class CountList(ChoiceTable):
    """Predicted classes with counts; ``chosen`` has the class."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Predicted classes", ("Class", "Pictures", "Mean p"), parent)

    def show_counts(self, counts: Sequence[ClassCount], labels: tuple[str, ...]) -> None:
        """Lists classes."""
        self.set_lines(
            [
                Line(
                    (labels[one.index], f"{one.count:,}", f"{one.confidence:.0%}"),
                    (one.index,) * 3,
                    f"{labels[one.index]}: {one.count:,}, {one.confidence:.0%} on average",
                )
                for one in counts
            ]
        )


class ReasonList(ChoiceTable):
    """Classes that are right for a wrong reason; ``chosen`` has (class, reason's name or "")."""

    def __init__(self, parent: QWidget | None = None) -> None:
        heads = ("Class", "Any", "Outside", "Border", "Corner")
        super().__init__("Right for the wrong reason", heads, parent)

    def show_reasons(self, reasons: Sequence[ClassReasons], labels: tuple[str, ...]) -> None:
        """Lists classes; a column that is known of none of them is left out."""
        self.setColumnHidden(2, all(one.outside.share is None for one in reasons))
        self.set_lines(
            [
                Line(
                    (
                        labels[one.index],
                        *map(_share, (one.any, one.outside, one.border, one.corner)),
                    ),
                    tuple((one.index, name) for name in ("", "", "outside", "border", "corner")),
                    f"{labels[one.index]}: {one.any.hits:,} of {one.right:,} right pictures for a "
                    "wrong reason",
                )
                for one in reasons
            ]
        )


def _share(suspects: Suspects) -> str:
    """A share in per cent; a dash where it is not known of any picture."""
    return "–" if suspects.share is None else f"{suspects.share:.0%}"


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
