"""Shows a run while it goes on, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.results import PictureFailed, RunEnded, RunEvent, RunProgress
from camviewer.engine.support import Failed, Paused
from camviewer.ui.style import duration, tr, translated, whole
from camviewer.ui.widgets import FormRows, Placeholder, in_tip
from camviewer.ui.widgets.progress_head import ProgressHead

_PICTURE_WIDTH = 220
_LISTED = 1000
"""Maximum number of failures that are listed; all of them are in the table of the run."""


class RunPage(QWidget):
    """Progress line, rate, remaining time, and the pictures that could not be explained."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = ProgressHead(tr("Progress of the run"), self)
        self._facts = {
            name: QLabel(self)
            for name in (tr("Pictures"), tr("Model"), tr("Method"), tr("Results in"))
        }
        self._failures_head = QLabel(self)
        self._failures = QTreeWidget(self)
        self._none = Placeholder("", self)
        self._failed = 0
        self._build()
        self.clear()

    @property
    def title(self) -> str:
        """The line that says what is going on."""
        return self._head.title

    @property
    def remaining(self) -> str:
        """The line with rate and remaining time."""
        return self._head.words

    @property
    def failure_list(self) -> QTreeWidget:
        """The pictures that could not be explained, with the reasons."""
        return self._failures

    def clear(self) -> None:
        """Makes ready for another run."""
        self._failures.clear()
        self._failed = 0
        self._show_failures()
        self._head.begin(tr("Loading the model and listing the pictures…"))

    def show_facts(self, pictures: str, model: str, method: str, run: Path) -> None:
        """Says what the run is."""
        for label, words in zip(
            self._facts.values(), (pictures, model, method, str(run)), strict=True
        ):
            label.setText(words)
            label.setToolTip(in_tip(words))

    def show_failures(self, failures: Sequence[tuple[str, str]]) -> None:
        """Lists the pictures that could not be explained before."""
        self._failures.clear()
        self._failed = 0
        for path, error in failures:
            self._list_failure(path, error)
        self._show_failures()

    def take(self, event: RunEvent) -> None:
        """Shows an event."""
        match event:
            case RunProgress():
                self._show_progress(event)
            case PictureFailed(path, error):
                self._list_failure(path, error)
                self._show_failures()
            case Paused(paused):
                self._show_paused(paused=paused)
            case RunEnded():
                self._show_end(event)
            case Failed():
                self.end(tr("The run could not go on"), "")

    def end(self, title: str, words: str) -> None:
        """Says how it ended."""
        self._head.end(title, words)

    # -- what happens --------------------------------------------------------------------------

    def _show_progress(self, now: RunProgress) -> None:
        words = []
        if now.rate is not None and now.seconds_left is not None:
            words = [
                tr("{rate} pictures a second").format(rate=f"{now.rate:.3g}"),
                tr("{time} left").format(time=_left(now.seconds_left)),
            ]
        self._head.show_share(now.done / max(now.total, 1))
        title = tr("{done} of {count} pictures").format(
            done=whole(now.done), count=whole(now.total)
        )
        self._head.say(title, " · ".join(words))

    def _show_paused(self, *, paused: bool) -> None:
        if paused:
            self._head.pause(self._head.title)
        else:
            self._head.resume()

    def _show_end(self, ended: RunEnded) -> None:
        done, count = whole(ended.pictures_done), whole(ended.pictures)
        if ended.stopped:
            words = tr(
                "The rows of {done} of {count} pictures are written; it can go on from there."
            )
            self.end(tr("Stopped"), words.format(done=done, count=count))
        elif ended.elsewhere:
            words = tr("{done} of {count} pictures are done").format(done=done, count=count)
            self.end(words, tr("The others are at work in other processes."))
        else:
            self.end(tr("{n} picture(s) are in the table", "", ended.pictures_done), "")

    def _list_failure(self, path: str, error: str) -> None:
        self._failed += 1
        if self._failed > _LISTED:
            return
        error = translated(error)
        item = QTreeWidgetItem([path, error])
        item.setToolTip(0, in_tip(path))
        item.setToolTip(1, in_tip(error))
        self._failures.addTopLevelItem(item)

    def _show_failures(self) -> None:
        words = tr("PICTURES THAT COULD NOT BE EXPLAINED")
        self._failures_head.setText(f"{words}: {whole(self._failed)}" if self._failed else words)
        self._failures.setVisible(self._failed > 0)
        self._none.setVisible(self._failed == 0)

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._failures_head.setProperty("role", "head")
        for label in self._facts.values():
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._none.say(tr("None so far"))
        self._failures.setHeaderLabels([tr("Picture"), tr("Reason")])
        self._failures.setRootIsDecorated(False)
        self._failures.setUniformRowHeights(True)
        self._failures.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._failures.setAccessibleName(tr("Pictures that could not be explained"))
        self._failures.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._failures.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self._failures.header().resizeSection(0, _PICTURE_WIDTH)
        facts = FormRows(tr("RUN"))
        for name, label in self._facts.items():
            facts.add_row(name, label, label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._head)
        layout.addSpacing(12)
        layout.addLayout(facts)
        layout.addSpacing(12)
        layout.addWidget(self._failures_head)
        layout.addWidget(self._failures, 1)
        layout.addWidget(self._none, 1)


def _left(seconds: float) -> str:
    if seconds >= 5400:
        return f"{seconds / 3600:.1f} h"
    return duration(1000 * max(seconds, 1))
