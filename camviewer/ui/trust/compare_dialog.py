"""Which method for this picture: maps side by side, best first by one measure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.render.look import Look
from camviewer.engine.results.messages import Cost, MethodInfo
from camviewer.engine.trust.messages import MEASURES, Better, Comparison
from camviewer.engine.trust.words import MEASURE_WORDS
from camviewer.ui.style import mark, subject_words, theme, tr, translated
from camviewer.ui.trust.ranked_maps import RankedMaps
from camviewer.ui.widgets.plain_text import in_button, in_tip, in_title
from camviewer.ui.widgets.share_bar import ShareBar
from camviewer.ui.widgets.tick_menu import TickMenu

_SCALE = mark(
    "Every map is drawn from 0 to its own highest value; only the order is "
    "measured. A click, or Enter, shows a map in the window."
)
_STABILITY = "stability"
_JUDGED = mark(
    "A random map and a centred blob are ranked among them: what does not beat both says little."
)
_STEADY = mark(
    "A random map and a centred blob are ranked among them; they ignore the picture, so that being "
    "steady is no merit of theirs."
)
_QUESTION = mark("Which method fits this picture?")


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
        self.setWindowTitle(tr("Compare methods"))
        self.resize(880, 640)
        self._running = False
        self._measure = QComboBox(self)
        self._choice = QPushButton(self)
        self._menu = TickMenu(self._choice)
        self._start = QPushButton(tr("Compare"), self)
        self._progress = ShareBar(tr("Progress"), self)
        self._head = QLabel(self)
        self._head.setTextFormat(Qt.TextFormat.PlainText)
        self._maps = RankedMaps(self)
        self._adopt = QPushButton(tr("Show in the window"), self)
        self._build()

    @property
    def view(self) -> QListWidget:
        """The maps, best first."""
        return self._maps.view

    @property
    def said(self) -> str:
        """What stands in place of the maps while there are none."""
        return self._maps.said

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
        self._maps.set_picture(levels)
        self.setWindowTitle(in_title(tr("Compare methods — {name}").format(name=name)))

    def set_look(self, look: Look) -> None:
        """Takes the colours of the window; every map keeps its own range."""
        self._maps.set_look(look)

    def set_methods(self, methods: Sequence[tuple[MethodInfo, str]]) -> None:
        """Offers methods; those that are quick are chosen, those that are not defined are not."""
        if self._menu.actions():
            return
        for method, refusal in methods:
            action = QAction(in_button(method.title), self._menu)
            action.setCheckable(True)
            action.setData(method.id)
            action.setEnabled(not refusal)
            # A channel that the user picks says nothing of a class, so it is not ranked.
            ranks = method.cost is not Cost.SLOW and not method.channel_option
            action.setChecked(not refusal and ranks)
            action.setToolTip(in_tip(translated(refusal or method.summary)))
            action.toggled.connect(self._count)
            self._menu.addAction(action)
        self._count()

    def show_comparison(self, comparison: Comparison) -> None:
        """Shows the ranking as far as it is."""
        self._set_running(not comparison.finished)
        self._progress.show_share(comparison.share_done)
        good = {Better.HIGHER: tr("high is good"), Better.LOWER: tr("low is good")}
        explained = [e.explanation for e in comparison.ranked if e.explanation is not None]
        words = tr("by {measure} ({good})").format(
            measure=translated(comparison.measure_title), good=good.get(comparison.better, "")
        )
        self._head.setText(f"{subject_words(explained[0])}, {words}" if explained else words)
        self._maps.show_ranking(comparison.ranked)
        self._invite()
        self._allow()

    def set_stopped(self) -> None:
        """The comparison was given up, or interrupted by another question to the model."""
        if self._running:
            self._set_running(False)
            self._head.setText(tr("{words} — stopped").format(words=self._head.text()))
            self._invite()

    def done(self, result: int) -> None:
        """Closing gives the comparison up."""
        if self._running:
            self.stop_requested.emit()
        super().done(result)

    def _build(self) -> None:
        for row, (identifier, (title, _)) in enumerate(MEASURES.items()):
            self._measure.addItem(translated(title), identifier)
            tip = MEASURE_WORDS[identifier]
            self._measure.setItemData(row, tip, Qt.ItemDataRole.ToolTipRole)
        self._measure.currentIndexChanged.connect(self._invite)
        self._measure.setAccessibleName(tr("Rank by"))
        theme.style_combo(self._measure)
        self._choice.setMenu(self._menu)
        self._choice.setAccessibleName(tr("Methods that are compared"))
        self._menu.setToolTipsVisible(True)
        self._start.setProperty("kind", "primary")
        self._start.setDefault(True)
        self._start.clicked.connect(self._on_start)
        self._progress.hide()
        self._head.setProperty("role", "muted")
        self._maps.clicked.connect(self._on_click)
        self._maps.entered.connect(self._on_adopt)
        self._maps.current_changed.connect(self._allow)
        self._adopt.clicked.connect(self._on_adopt)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(self._top_row())
        layout.addWidget(self._progress)
        layout.addWidget(self._head)
        layout.addWidget(self._maps, 1)
        layout.addLayout(self._bottom_row())
        self._invite()
        self._allow()

    def _top_row(self) -> QHBoxLayout:
        by = QLabel(tr("Rank by"), self)
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
        hint = QLabel(tr(_SCALE), self)
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        close = QPushButton(tr("Close"), self)
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
        self._maps.clear()
        self._progress.show_share(0.0)
        self._set_running(True)
        self._invite()
        self.start_requested.emit(self.chosen, str(self._measure.currentData()))

    def _on_click(self) -> None:
        """A click adopts a map, unless that would interrupt the comparison."""
        if not self._running:
            self._on_adopt()

    def _on_adopt(self) -> None:
        entry = self._maps.current
        if entry is not None and entry.explanation is not None:
            self.adopted.emit(entry.explanation)

    def _set_running(self, running: bool) -> None:
        self._running = running
        self._start.setText(tr("Stop") if running else tr("Compare"))
        self._start.setProperty("kind", "" if running else "primary")
        theme.restyle(self._start)
        self._progress.setVisible(running)
        self._measure.setEnabled(not running)
        self._choice.setEnabled(not running)

    def _count(self) -> None:
        count = len(self.chosen)
        self._choice.setText(tr("{n} method(s)", "", count))
        self._start.setEnabled(count > 0)
        self._invite()

    def _invite(self) -> None:
        """Says, while there is no map, what the button does and what the measure is about."""
        self._head.setVisible(bool(self._head.text()))
        count = len(self.chosen)
        if self._running:
            self._maps.say(tr("Making the first map…"))
        elif count:
            measure = str(self._measure.currentData())
            makes = tr("Makes a map with each of {n} method(s) and ranks them.", "", count)
            verdict = tr(_STEADY if measure == _STABILITY else _JUDGED)
            words = (makes, translated(MEASURE_WORDS[measure]), verdict)
            self._maps.say(tr(_QUESTION), " ".join(words))
        else:
            self._maps.say(tr(_QUESTION), tr("Choose at least one method above."))

    def _allow(self) -> None:
        entry = self._maps.current
        self._adopt.setEnabled(entry is not None and entry.explanation is not None)
