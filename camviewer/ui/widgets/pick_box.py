"""Looks like a combo box and opens a list to search and to pick one or several things from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QHideEvent,
    QIcon,
    QPixmap,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QFrame, QListView, QWidget

from camviewer.engine.results.messages import LayerInfo, Verdict
from camviewer.ui.style import tr
from camviewer.ui.style.theme import icon
from camviewer.ui.style.wording import grid_words, score_words, shown_first
from camviewer.ui.widgets.plain_text import in_tip
from camviewer.ui.widgets.quiet_combo import PopupCombo
from camviewer.ui.widgets.search_popup import SearchPopup

_KEY = Qt.ItemDataRole.UserRole + 1
_TICKED = Qt.ItemDataRole.UserRole + 2
_ROW_HEIGHT = 28
_ICON = 16
_SIZE = QSize(340, 360)
_NAMED = 2
"""Maximum number of things that the box names; of more it shows the count."""
# The theme rounds each row and its tick apart from it: here they are one line.
_ROW_STYLE = "QListView::item { border-radius: 4px; padding: 0 6px; }"


@dataclass(frozen=True)
class PickItem:
    """Something that can be picked.

    Attributes:
        key: what it is called in the value.
        title: on screen.
        detail: behind the title, in the list only.
    """

    key: str
    title: str
    detail: str = ""


def class_items(labels: Sequence[str], verdict: Verdict | None) -> tuple[PickItem, ...]:
    """The classes to pick from, the most probable first once the model has spoken."""
    if verdict is None:
        return tuple(PickItem(str(index), label) for index, label in enumerate(labels))
    return tuple(
        PickItem(str(index), labels[index], score_words(verdict, index))
        for index in shown_first(verdict, len(labels))
    )


def layer_items(layers: Sequence[LayerInfo]) -> tuple[PickItem, ...]:
    """The layers to pick from, in the network's order."""
    return tuple(PickItem(layer.name, layer.name, grid_words(layer.shape[1:])) for layer in layers)


class PickBox(PopupCombo):
    """Holds the keys of what was picked, with commas between them; empty is the automatic choice.

    Args:
        automatic: what is said when nothing is picked, for example ``Nearest classes``.
        several: whether more than one thing may be picked.
        parent: Qt's.
    """

    changed = Signal(str)
    """The new value; with several, once the list is closed."""

    def __init__(self, automatic: str, *, several: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._automatic = automatic
        self._items: dict[str, PickItem] = {}
        self._keys: tuple[str, ...] = ()
        self._popup = PickList(automatic, several=several, parent=self)
        self._popup.picked.connect(self._on_picked)
        self.setMinimumContentsLength(8)
        self.addItem(automatic)

    @property
    def value(self) -> str:
        """The keys, with commas between them."""
        return ", ".join(self._keys)

    @property
    def popup(self) -> PickList:
        """The list."""
        return self._popup

    def set_items(self, items: Sequence[PickItem]) -> None:
        """Takes what can be picked; what was picked stays."""
        self._items = {item.key: item for item in items}
        self._popup.set_items(items)
        self._show()

    def set_value(self, value: str) -> None:
        """Shows what is picked, without a signal."""
        self._keys = tuple(value.replace(",", " ").split())
        self._show()

    def showPopup(self) -> None:
        """Opens the list."""
        if self._items:
            self._popup.open_below(self, self._keys)

    def _on_picked(self, keys: tuple[str, ...]) -> None:
        if keys != self._keys:
            self._keys = keys
            self._show()
            self.changed.emit(self.value)

    def _show(self) -> None:
        titles = [self._items[key].title if key in self._items else key for key in self._keys]
        words = (
            ", ".join(titles)
            if len(titles) <= _NAMED
            else tr("{count} chosen").format(count=len(titles))
        )
        self.setItemText(0, words or self._automatic)
        self.setToolTip(in_tip("\n".join(titles)))


class PickList(SearchPopup):
    """A popup with a search field over a list, whose first row is the automatic choice."""

    picked = Signal(object)
    """A tuple of keys, in the order of the list; empty for the automatic choice."""

    def __init__(self, automatic: str, *, several: bool, parent: QWidget | None = None) -> None:
        self._list = QListView()
        super().__init__(
            self._list, Qt.ItemDataRole.DisplayRole, tr("Search"), tr("Nothing matches."), parent
        )
        self._automatic = automatic
        self._several = several
        self._model = QStandardItemModel(self)
        self.proxy.setSourceModel(self._model)
        self.take_with(Qt.Key.Key_Space)
        self._build()

    @property
    def view(self) -> QListView:
        """The list itself."""
        return self._list

    @property
    def keys(self) -> tuple[str, ...]:
        """What is ticked, in the order of the list."""
        ticked = [
            self._model.item(row).data(_KEY)
            for row in range(1, self._model.rowCount())
            if self._model.item(row).data(_TICKED)
        ]
        return tuple(ticked)

    def set_items(self, items: Sequence[PickItem]) -> None:
        """Takes what can be picked."""
        self._model.clear()
        for item in (PickItem("", self._automatic), *items):
            row = QStandardItem(f"{item.title}  {item.detail}".rstrip())
            row.setData(item.key, _KEY)
            row.setEditable(False)
            row.setSizeHint(QSize(0, _ROW_HEIGHT))
            row.setToolTip(in_tip(item.title))
            self._model.appendRow(row)

    def open_below(self, anchor: QWidget, keys: Sequence[str]) -> None:
        """Opens under a widget with these ticked, flush with its right edge and on the screen."""
        if self._several:
            for row in range(self._model.rowCount()):
                item = self._model.item(row)
                _tick(item, bool(item.data(_KEY)) and item.data(_KEY) in keys)
        self.search_field.clear()
        self._mark(keys[0] if keys else "")
        self.show_below(anchor, _SIZE)

    def hideEvent(self, event: QHideEvent) -> None:
        """Takes what is ticked, where several can be, once the list is closed."""
        super().hideEvent(event)
        if self._several:
            self.picked.emit(self.keys)

    def _build(self) -> None:
        self._list.setAccessibleName(tr("Choices"))
        self._list.setStyleSheet(_ROW_STYLE)
        self._list.setUniformItemSizes(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)

    def _mark(self, key: str) -> None:
        for row in range(self.proxy.rowCount()):
            index = self.proxy.index(row, 0)
            if index.data(_KEY) == key:
                self._list.setCurrentIndex(index)
                self._list.scrollTo(index, QListView.ScrollHint.PositionAtCenter)

    def take(self, index: QModelIndex) -> None:
        """Ticks a row, or picks it when only one may be picked."""
        if not index.isValid():
            return
        key = index.data(_KEY)
        if not self._several:
            self.close()
            self.picked.emit((key,) if key else ())
        elif key:
            item = self._model.itemFromIndex(self.proxy.mapToSource(index))
            _tick(item, not item.data(_TICKED))
        else:
            for row in range(1, self._model.rowCount()):
                _tick(self._model.item(row), False)
            self.close()


def _tick(item: QStandardItem, ticked: bool) -> None:
    """Marks a row as picked or not, for the eye and for a screen reader."""
    item.setData(ticked, _TICKED)
    if ticked:
        item.setIcon(icon("check", role="accent"))
    else:
        blank = QPixmap(_ICON, _ICON)
        blank.fill(Qt.GlobalColor.transparent)
        item.setIcon(QIcon(blank))
    item.setAccessibleText(tr("{text}, picked").format(text=item.text()) if ticked else item.text())
