"""Which method for this picture: maps side by side, best first by one measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.messages import Cost, MethodInfo
from camviewer.engine.render import Look
from camviewer.engine.trust.messages import MEASURES, Better, Comparison, RankedMethod
from camviewer.ui import theme
from camviewer.ui.map_thumbnail import map_thumbnail
from camviewer.ui.wording import duration

_THUMBNAIL = QSize(176, 120)
_CELL = QSize(206, 172)
_SCALE = (
    "Every map is drawn from 0 to its own highest value; only the order is measured. "
    "A click, or Enter, shows a map in the window."
)
_ENTRY = Qt.ItemDataRole.UserRole


class CompareDialog(QDialog):
    """Chooses methods and a measure, and shows the ranking while it is made.

    Signals:
        start_requested: (tuple of method ids, id of the measure).
        stop_requested: the ranking is not wanted any more.
        adopted: (Explanation) this map is to be shown in the window.
    """

    start_requested = Signal(object, str)
    stop_requested = Signal()
    adopted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Compare methods")
        self.resize(880, 640)
        self._levels: tuple[NDArray[np.uint8], ...] = ()
        self._look = Look()
        self._running = False
        self._comparison: Comparison | None = None
        self._measure = QComboBox(self)
        self._choice = QPushButton(self)
        self._menu = QMenu(self._choice)
        self._start = QPushButton("Compare", self)
        self._progress = QProgressBar(self)
        self._head = QLabel(self)
        self._list = QListWidget(self)
        self._adopt = QPushButton("Show in the window", self)
        self._build()

    @property
    def view(self) -> QListWidget:
        """The maps, best first."""
        return self._list

    @property
    def start_button(self) -> QPushButton:
        """Starts the comparison, and stops it while it runs."""
        return self._start

    @property
    def measure_box(self) -> QComboBox:
        """What the methods are ranked by."""
        return self._measure

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the methods that are compared."""
        return tuple(str(a.data()) for a in self._menu.actions() if a.isChecked() and a.data())

    def set_picture(self, levels: Sequence[NDArray[np.uint8]], name: str) -> None:
        """Takes the picture that the methods explain."""
        self._levels = tuple(levels)
        self.setWindowTitle(f"Compare methods — {name}")

    def set_look(self, look: Look) -> None:
        """Takes the colours of the window; every map keeps its own range."""
        self._look = replace(look, fixed_high=None, signed=False)

    def set_methods(self, methods: Sequence[tuple[MethodInfo, str]]) -> None:
        """Offers methods; those that are quick are chosen, those that are not defined are not."""
        if self._menu.actions():
            return
        for method, refusal in methods:
            action = QAction(method.title, self._menu)
            action.setCheckable(True)
            action.setData(method.id)
            action.setEnabled(not refusal)
            action.setChecked(not refusal and method.cost is not Cost.SLOW)
            action.setToolTip(refusal or method.summary)
            action.toggled.connect(self._count)
            self._menu.addAction(action)
        self._count()

    def show_comparison(self, comparison: Comparison) -> None:
        """Shows the ranking as far as it is."""
        self._comparison = comparison
        self._set_running(not comparison.finished)
        self._progress.setValue(round(1000 * comparison.share_done))
        current = self._current()
        self._list.clear()
        good = {Better.HIGHER: "high is good", Better.LOWER: "low is good"}
        explained = [e.explanation for e in comparison.ranked if e.explanation is not None]
        name = f"{explained[0].class_name}, " if explained else ""
        words = f"{name}by {comparison.measure_title} ({good.get(comparison.better, '')})"
        self._head.setText(words)
        for rank, entry in enumerate(comparison.ranked, start=1):
            item = self._item(rank, entry)
            self._list.addItem(item)
            if current is not None and entry.title == current.title:
                self._list.setCurrentItem(item)
        self._allow()

    def set_stopped(self) -> None:
        """The comparison was given up, or interrupted by another question to the model."""
        if self._running:
            self._set_running(False)
            self._head.setText(self._head.text() + " — stopped")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._list.hasFocus():
            self._on_adopt()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Closing gives the comparison up."""
        if self._running:
            self.stop_requested.emit()
        super().done(result)

    def _build(self) -> None:
        for identifier, (title, _) in MEASURES.items():
            self._measure.addItem(title, identifier)
        self._measure.setAccessibleName("Rank by")
        theme.style_combo(self._measure)
        self._choice.setMenu(self._menu)
        self._choice.setAccessibleName("Methods that are compared")
        self._menu.setToolTipsVisible(True)
        self._start.setProperty("kind", "primary")
        self._start.setDefault(True)
        self._start.clicked.connect(self._on_start)
        self._progress.setRange(0, 1000)
        self._progress.setTextVisible(False)
        self._progress.hide()
        self._head.setProperty("role", "muted")
        self._list.setViewMode(QListWidget.ViewMode.IconMode)
        self._list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._list.setMovement(QListWidget.Movement.Static)
        self._list.setIconSize(_THUMBNAIL)
        self._list.setGridSize(_CELL)
        self._list.setWordWrap(True)
        self._list.setUniformItemSizes(True)
        self._list.setAccessibleName("Maps, best first")
        self._list.itemClicked.connect(lambda _: self._on_click())
        self._list.currentItemChanged.connect(lambda *_: self._allow())
        self._adopt.clicked.connect(self._on_adopt)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(self._top_row())
        layout.addWidget(self._progress)
        layout.addWidget(self._head)
        layout.addWidget(self._list, 1)
        layout.addLayout(self._bottom_row())
        self._allow()

    def _top_row(self) -> QHBoxLayout:
        by = QLabel("Rank by", self)
        by.setProperty("role", "muted")
        by.setBuddy(self._measure)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (by, self._measure, self._choice):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._start)
        return row

    def _bottom_row(self) -> QHBoxLayout:
        hint = QLabel(_SCALE, self)
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        close = QPushButton("Close", self)
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(hint, 1)
        row.addWidget(self._adopt)
        row.addWidget(close)
        return row

    def _on_start(self) -> None:
        if self._running:
            self.stop_requested.emit()
            return
        self._list.clear()
        self._progress.setValue(0)
        self._set_running(True)
        self.start_requested.emit(self.chosen, str(self._measure.currentData()))

    def _on_click(self) -> None:
        """A click adopts a map, unless that would interrupt the comparison."""
        if not self._running:
            self._on_adopt()

    def _on_adopt(self) -> None:
        entry = self._current()
        if entry is not None and entry.explanation is not None:
            self.adopted.emit(entry.explanation)

    def _set_running(self, running: bool) -> None:
        self._running = running
        self._start.setText("Stop" if running else "Compare")
        self._progress.setVisible(running)
        self._measure.setEnabled(not running)
        self._choice.setEnabled(not running)

    def _count(self) -> None:
        count = len(self.chosen)
        self._choice.setText(f"{count} methods" if count != 1 else "1 method")
        self._start.setEnabled(count > 0)

    def _allow(self) -> None:
        entry = self._current()
        self._adopt.setEnabled(entry is not None and entry.explanation is not None)

    def _current(self) -> RankedMethod | None:
        entries = [item.data(_ENTRY) for item in self._list.selectedItems()]
        return entries[0] if entries and isinstance(entries[0], RankedMethod) else None

    def _item(self, rank: int, entry: RankedMethod) -> QListWidgetItem:
        score = "–" if entry.score is None else f"{entry.score:.3f}".replace("-", "\N{MINUS SIGN}")
        made = entry.explanation
        took = "" if made is None else f" · {duration(entry.milliseconds)}"
        item = QListWidgetItem(f"{rank}  {entry.title}\n{entry.problem or score + took}")
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
        tip = "Knows nothing of the picture" if not entry.problem else entry.problem
        item.setToolTip(tip if made is None else f"{made.method.summary}\nLayer {made.layer.name}")
        return item
