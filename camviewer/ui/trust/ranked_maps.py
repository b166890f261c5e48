"""Shows maps beside each other, best first, and words while there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QWidget

from camviewer.engine.render import Look
from camviewer.engine.trust.messages import RankedMethod
from camviewer.ui.canvas.map_thumbnail import map_thumbnail
from camviewer.ui.style import duration, tr, translated
from camviewer.ui.widgets import Placeholder, in_tip

_THUMBNAIL = QSize(176, 120)
_LEAST_CELL, _LEAST_HEIGHT = 190, 164
_ENTRY = Qt.ItemDataRole.UserRole
_LIST_STYLE = "QListView { padding: 8px 0 0 0; }"


class RankedMaps(QStackedWidget):
    """A grid of thumbnails, each with its rank, method, score and time.

    Signals:
        current_changed: another map is marked, or none.
        clicked: the marked map was clicked.
        entered: Enter was pressed on the marked map.
    """

    current_changed = Signal()
    clicked = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._levels: tuple[NDArray[np.uint8], ...] = ()
        self._look = Look()
        self._empty = Placeholder("scale", self)
        self._list = _Grid(self)
        self._list.setAccessibleName(tr("Maps, best first"))
        self._list.itemClicked.connect(lambda _: self.clicked.emit())
        self._list.entered_on.connect(self.entered)
        self._list.currentItemChanged.connect(lambda *_: self.current_changed.emit())
        self.addWidget(self._empty)
        self.addWidget(self._list)

    @property
    def view(self) -> QListWidget:
        """The maps, best first."""
        return self._list

    @property
    def said(self) -> str:
        """What stands in place of the maps; empty when there are some."""
        return self._empty.words if self.currentWidget() is self._empty else ""

    @property
    def current(self) -> RankedMethod | None:
        """The marked map."""
        entries = [item.data(_ENTRY) for item in self._list.selectedItems()]
        return entries[0] if entries and isinstance(entries[0], RankedMethod) else None

    def set_picture(self, levels: Sequence[NDArray[np.uint8]]) -> None:
        """Takes the picture that the methods explain."""
        self._levels = tuple(levels)

    def set_look(self, look: Look) -> None:
        """Takes the colours of the window; every map keeps its own range."""
        self._look = replace(look, fixed_high=None, signed=False)

    def say(self, title: str, words: str = "") -> None:
        """Says this where the maps will be, until there are some."""
        self._empty.say(title, words)

    def clear(self) -> None:
        """Takes all maps away."""
        self._list.clear()
        self.setCurrentWidget(self._empty)

    def show_ranking(self, ranked: Sequence[RankedMethod]) -> None:
        """Shows these, best first; the marked one stays marked."""
        marked = self.current
        self._list.clear()
        for rank, entry in enumerate(ranked, start=1):
            item = self._item(rank, entry)
            self._list.addItem(item)
            if marked is not None and entry.title == marked.title:
                self._list.setCurrentItem(item)
        self.setCurrentWidget(self._list if ranked else self._empty)

    def _item(self, rank: int, entry: RankedMethod) -> QListWidgetItem:
        score = "–" if entry.score is None else f"{entry.score:.3f}".replace("-", "\N{MINUS SIGN}")
        made = entry.explanation
        took = "" if made is None else f" · {duration(entry.milliseconds)}"
        item = QListWidgetItem(
            f"{rank}  {translated(entry.title)}\n{translated(entry.problem) or score + took}"
        )
        picture = map_thumbnail(
            self._levels,
            None if made is None else made.heatmap,
            self._look,
            _THUMBNAIL,
            self.devicePixelRatioF(),
        )
        item.setIcon(QIcon(picture))
        item.setData(_ENTRY, entry)
        item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        tip = tr("Knows nothing of the picture") if not entry.problem else translated(entry.problem)
        item.setToolTip(
            tip
            if made is None
            else in_tip(
                tr("{summary}\nLayer {name}").format(
                    summary=translated(made.method.summary), name=made.layer.name
                )
            )
        )
        return item


class _Grid(QListWidget):
    """Thumbnails in as many columns and rows as there is room for, spread over both."""

    entered_on = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setMovement(QListWidget.Movement.Static)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(_THUMBNAIL)
        self.setWordWrap(True)
        self.setUniformItemSizes(True)
        self.setStyleSheet(_LIST_STYLE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # What Qt lays rows out in, which is narrower than the viewport by more than its bar.
        width = self.maximumViewportSize().width() - 1
        columns = max(width // _LEAST_CELL, 1)
        # Whole rows fill the height, so that no caption is cut at its lower edge.
        room = event.size().height()
        rows = max(room // _LEAST_HEIGHT, 1)
        self.setGridSize(QSize(width // columns, max(room // rows, _LEAST_HEIGHT)))
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_on.emit()
        else:
            super().keyPressEvent(event)
