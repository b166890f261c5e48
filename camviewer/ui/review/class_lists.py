"""Lists beside the gallery: confused pairs, predicted classes, and wrong reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from camviewer.ui.style import mark, percent, tr, translated, whole
from camviewer.ui.widgets import in_tip

if TYPE_CHECKING:
    from camviewer.engine.batch.report.verdicts import Share
    from camviewer.engine.review import ClassCount, ClassReasons, Filter
    from camviewer.engine.review.confusion import ConfusedPair

_Index = QModelIndex | QPersistentModelIndex
_Thing = TypeVar("_Thing")
_NUMBER_WIDTH = 40
"""Least width of a column of numbers, in pixels."""
_PADDING, _SHARE_PADDING = 12, 22
"""What a column has beside its head, and beside its shares, in pixels."""
_HEAD_STYLE = (
    "QHeaderView::section { padding: 4px 8px 4px 2px; }"
    "QHeaderView::section:first { padding-left: 8px; }"
)

_REASON_WIDTH = 124
"""Width of a column of reasons, in pixels."""


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
        self._things: Sequence[Any] = ()
        self._line_of: Callable[[Any], Line] = lambda _: Line((), (), "")

    def show(self, things: Sequence[Any], line_of: Callable[[Any], Line]) -> None:
        self.beginResetModel()
        self._things, self._line_of = things, line_of
        self.endResetModel()

    def line(self, row: int) -> Line:
        return self._line_of(self._things[row])

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._things)

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
        line, column = self.line(index.row()), index.column()
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
        header.setStyleSheet(_HEAD_STYLE)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, len(heads)):
            words = header.fontMetrics().horizontalAdvance(heads[column]) + _PADDING
            share = self.fontMetrics().horizontalAdvance("100%") + _SHARE_PADDING
            header.resizeSection(column, max(words, share, _NUMBER_WIDTH))
        # Enter alone activates: a click is told by itself, wherever the system takes one for both.
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose_current)

    def show_things(self, things: Sequence[_Thing], line_of: Callable[[_Thing], Line]) -> None:
        """Lists other things; the words of a row are made when it is seen."""
        self._lines.show(things, line_of)

    def clear(self) -> None:
        """Lists nothing."""
        self._lines.show((), lambda _: Line((), (), ""))

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self._lines.line(index.row()).values[index.column()])

    def _choose_current(self, index: QModelIndex) -> None:
        if self.hasFocus() and not self.underMouse():
            self._choose(index)


class PairList(ChoiceTable):
    """Confused pairs, the most frequent first; ``chosen`` has (true class, predicted class).

    Attributes:
        title: what a screen reader calls the list.
        head: of the column of pairs.
        tip: the whole of a line.
    """

    title = mark("Most confused pairs")
    head = mark("Taken for")
    tip = mark("{words}: {count}, {share} of the class")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr(self.title), (tr(self.head), tr("Pictures"), tr("Share")), parent)

    def show_pairs(self, pairs: Sequence[ConfusedPair], labels: tuple[str, ...]) -> None:
        """Lists pairs."""

        def line(pair: ConfusedPair) -> Line:
            words = f"{labels[pair.truth]} → {labels[pair.predicted]}"
            texts = (words, whole(pair.count), f"{pair.share:.0%}")
            tip = tr(self.tip).format(words=words, count=texts[1], share=texts[2])
            return Line(texts, ((pair.truth, pair.predicted),) * 3, tip)

        self.show_things(pairs, line)


class ChangeList(PairList):
    """Changed verdicts, the most frequent first; ``chosen`` has (A's class, B's class)."""

    title = mark("Most frequent changes")
    head = mark("A said → B said")
    tip = mark("{words}: {count}, {share} of what A said to be so")


class CountList(ChoiceTable):
    """Predicted classes with counts; ``chosen`` has the class."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Predicted classes"), (tr("Class"), tr("Pictures"), tr("Mean p")), parent
        )

    def show_counts(self, counts: Sequence[ClassCount], labels: tuple[str, ...]) -> None:
        """Lists classes."""

        def line(one: ClassCount) -> Line:
            name, count = labels[one.index], whole(one.count)
            if one.confidence is None:
                return Line((name, count, "–"), (one.index,) * 3, f"{name}: {count}")
            sure = f"{one.confidence:.0%}"
            tip = tr("{name}: {count}, {sure} on average").format(name=name, count=count, sure=sure)
            return Line((name, count, sure), (one.index,) * 3, tip)

        self.show_things(counts, line)


class ReasonList(ChoiceTable):
    """Classes that are right for a wrong reason; ``chosen`` has (class, reason's name or "")."""

    def __init__(self, parent: QWidget | None = None) -> None:
        heads = (tr("Class"), tr("Any"), tr("Outside"), tr("Border"), tr("Corner"))
        super().__init__(tr("Classes that are right for a wrong reason"), heads, parent)

    def show_reasons(self, reasons: Sequence[ClassReasons], labels: tuple[str, ...]) -> None:
        """Lists classes; a reason without hits has no column, which leaves room for names."""
        for column, reason in enumerate(("outside", "border", "corner"), 2):
            self.setColumnHidden(column, not any(getattr(one, reason).hits for one in reasons))

        def line(one: ClassReasons) -> Line:
            shares = map(_share, (one.any, one.outside, one.border, one.corner))
            values = tuple((one.index, name) for name in ("", "", "outside", "border", "corner"))
            name = labels[one.index]
            tip = tr("{name}: {hits} of {right} right pictures for a wrong reason").format(
                name=name, hits=whole(one.any.hits), right=whole(one.right)
            )
            return Line((name, *shares), values, tip)

        self.show_things(reasons, line)


class OutcomeList(ChoiceTable):
    """How many verdicts changed, got better or worse; ``chosen`` has the filter that shows them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("What became of the verdicts"), (tr("Verdicts"), tr("Pictures"), tr("Share")), parent
        )

    def show_outcomes(self, outcomes: Sequence[tuple[str, int, int, Filter]]) -> None:
        """Lists outcomes.

        Args:
            outcomes: (words, pictures, of how many, filter) of each.
        """

        def line(one: tuple[str, int, int, Filter]) -> Line:
            words, count, total, chosen = one
            share = "–" if not total else percent(count / total) if count else "0%"
            tip = tr("{words}: {count} of {total} ({share})").format(
                words=words, count=whole(count), total=whole(total), share=share
            )
            return Line((words, whole(count), share), (chosen,) * 3, tip)

        self.show_things(outcomes, line)


class LeftOutList(ChoiceTable):
    """Pictures that are not compared, with the reason."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Pictures that are not compared"), (tr("Picture"), tr("Why")), parent)
        self.header().resizeSection(1, _REASON_WIDTH)

    def show_left_out(self, left_out: Sequence[tuple[str, str]]) -> None:
        """Lists (path, reason) of each."""
        self.show_things(
            left_out,
            lambda one: Line((one[0], translated(one[1])), one, f"{one[0]}: {translated(one[1])}"),
        )


def _share(share: Share) -> str:
    """A share in per cent; a dash where it is not known of any picture."""
    return "–" if share.value is None else f"{share.value:.0%}"


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
