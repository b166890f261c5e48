"""Provides the modules of a network to a tree view, without an item for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import IntEnum

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from camviewer.engine.structure import NetworkParts, Part
from camviewer.ui.style import current_tokens, mark, tr, translated
from camviewer.ui.widgets import in_tip

_Index = QModelIndex | QPersistentModelIndex
_HEADS = (mark("Module"), mark("Output"), mark("Weights"))
_NOWHERE = QModelIndex()
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Role(IntEnum):
    """What a row holds beside its text."""

    PART = Qt.ItemDataRole.UserRole + 1
    SOUGHT = Qt.ItemDataRole.UserRole + 2
    TAPPED = Qt.ItemDataRole.UserRole + 3


def shape_words(shape: tuple[int, ...]) -> str:
    """Gives ``512 × 14 × 14``, as the tensor's own shape reads."""
    return " × ".join(str(size) for size in shape)


def count_words(count: int) -> str:
    """Gives ``864``, ``36.9 k`` or ``138 M``."""
    for size, unit in ((1_000_000, "M"), (1_000, "k")):
        if count >= size:
            return f"{count / size:.3g} {unit}"
    return str(count)


class PartsModel(QAbstractItemModel):
    """Name with printed form, output shape and number of parameters of each module."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[Part, ...] = ()
        self._children: dict[int, list[int]] = {}
        self._rows: list[int] = []
        self._places: dict[str, int] = {}
        self._tapped = ""

    @property
    def parts(self) -> tuple[Part, ...]:
        """The modules, the network itself first."""
        return self._parts

    def texts(self, column: int) -> Iterator[str]:
        """What stands in a column."""
        return (_texts(part)[column] for part in self._parts)

    def set_parts(self, network: NetworkParts) -> None:
        """Shows another network, or the same with other shapes."""
        self.beginResetModel()
        self._parts = network.parts
        self._children = {}
        self._rows = []
        for place, part in enumerate(network.parts):
            siblings = self._children.setdefault(part.parent, [])
            self._rows.append(len(siblings))
            siblings.append(place)
        self._places = {part.name: place for place, part in enumerate(network.parts)}
        self.endResetModel()

    def has_the_modules_of(self, network: NetworkParts) -> bool:
        """Whether only shapes differ, so that what is unfolded can stay."""
        ours = tuple((part.name, part.kind) for part in self._parts)
        return ours == tuple((part.name, part.kind) for part in network.parts)

    def set_shapes(self, network: NetworkParts) -> None:
        """Takes other shapes of the same modules."""
        self._parts = network.parts
        self._tell_all()

    def set_tapped(self, name: str) -> None:
        """Marks the layer that is tapped."""
        self._tapped = name
        self._tell_all()

    def index_of(self, name: str) -> QModelIndex:
        """The row of a module; nowhere when there is none of that name."""
        place = self._places.get(name)
        return _NOWHERE if place is None else self._at(place)

    def index(self, row: int, column: int, parent: _Index = _NOWHERE) -> QModelIndex:
        children = self._children.get(_place(parent), [])
        if 0 <= row < len(children) and 0 <= column < len(_HEADS):
            return self.createIndex(row, column, children[row])
        return QModelIndex()

    def parent(self, index: _Index) -> QModelIndex:  # type: ignore[override]
        if not index.isValid():
            return QModelIndex()
        above = self._parts[_place(index)].parent
        return QModelIndex() if above < 0 else self._at(above)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.column() > 0 else len(self._children.get(_place(parent), ()))

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        del parent
        return len(_HEADS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return tr(_HEADS[section])
            if role == Qt.ItemDataRole.TextAlignmentRole and section:
                return _RIGHT
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        part, column = self._parts[_place(index)], index.column()
        tapped = bool(part.name) and part.name == self._tapped
        say = _SAID.get(role)
        return None if say is None else say(part, column, tapped)

    def _at(self, place: int) -> QModelIndex:
        return self.createIndex(self._rows[place], 0, place)

    def _tell_all(self) -> None:
        self.layoutAboutToBeChanged.emit()
        self.layoutChanged.emit()


def _place(index: _Index) -> int:
    return int(index.internalId()) if index.isValid() else -1


def _texts(part: Part) -> tuple[str, str, str]:
    label = f"({part.own_name}): {part.printed}" if part.name else part.printed
    output = "" if part.output is None else shape_words(part.output)
    return label, output, count_words(part.parameters) if part.parameters else ""


def _tip(part: Part, *, tapped: bool) -> str:
    lines = [part.name or part.kind]
    if part.name:
        lines.append(part.printed)
    if part.output is not None:
        lines.append(tr("Puts out {shape}").format(shape=shape_words(part.output)))
    if part.parameters:
        lines.append(tr("{n} parameter(s)", "", part.parameters))
    lines.append(
        translated(part.reason) or (tr("Tapped") if tapped else tr("Click to tap this layer"))
    )
    return "\n".join(lines)


def _colour(part: Part, column: int, tapped: bool) -> QColor:
    quiet = column > 0 or part.grid is None
    return current_tokens().colour("accent" if tapped else "muted" if quiet else "text")


def _font(tapped: bool) -> QFont | None:
    if not tapped:
        return None
    bold = QFont()
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


_SAID: dict[int, Callable[[Part, int, bool], object]] = {
    Qt.ItemDataRole.DisplayRole: lambda part, column, _: _texts(part)[column],
    Qt.ItemDataRole.TextAlignmentRole: lambda _part, column, _: _RIGHT if column else None,
    Qt.ItemDataRole.ForegroundRole: _colour,
    Qt.ItemDataRole.FontRole: lambda _part, column, tapped: _font(tapped and column == 0),
    Qt.ItemDataRole.ToolTipRole: lambda part, _, tapped: in_tip(_tip(part, tapped=tapped)),
    Qt.ItemDataRole.AccessibleTextRole: lambda part, _column, _: ", ".join(
        text for text in (*_texts(part), translated(part.reason)) if text
    ),
    Role.PART: lambda part, _column, _: part,
    Role.SOUGHT: lambda part, _column, _: f"{part.name} {part.printed}",
    Role.TAPPED: lambda _part, _column, tapped: tapped,
}
