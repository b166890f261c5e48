"""One window with a large run in Review, in a process of its own.

``python -m benchmarks.review_probe RUN PAGES`` prints one line of JSON: of each thing that is done,
the time until the rows are there, and the longest wait of the GUI thread.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from camviewer.engine.review import ClassRole, Filter, OfClass
from camviewer.engine.review.filters import Contains, Correct
from camviewer.engine.support import start_log
from camviewer.ui.app import make_application, open_window
from camviewer.ui.review import ReviewControl
from camviewer.ui.review.gallery import GalleryView
from camviewer.ui.window import MainWindow

_PATIENCE = 120.0
"""Seconds until a probe gives up."""
_QUIET_MS = 400
"""Time after each action in which what it began comes to rest; its freezes count."""
_PAGE_MS = 5
"""Interval between two pages: shorter than a held key repeats."""
SHOWN_EVERY = 100
"""Pages after which rows that came meanwhile are shown."""
_LOOKED_AT = 50
"""Pages that are looked at, until all their thumbnails are there: more than are kept in memory,
which is full by then."""


@dataclass(frozen=True)
class Step:
    """One thing that was done.

    Attributes:
        name: of it.
        ready_ms: until what was asked for is there.
        freeze_ms: longest wait of a timer of 1 ms from then until everything rests.
    """

    name: str
    ready_ms: float
    freeze_ms: float


class Clock:
    """Ticks every millisecond, as far as the GUI thread lets it."""

    def __init__(self) -> None:
        self._since = QElapsedTimer()
        self._since.start()
        self._ticks: list[float] = []
        self._beat = QTimer()
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(lambda: self._ticks.append(self.now()))
        self._beat.start(1)

    def now(self) -> float:
        """Milliseconds."""
        return self._since.nsecsElapsed() / 1e6

    @contextmanager
    def watching(self) -> Iterator[list[float]]:
        """Gives a list that has the longest wait in milliseconds afterwards."""
        self._ticks = [self.now()]
        found: list[float] = []
        yield found
        ticks = [*self._ticks, self.now()]
        found.append(max(after - before for before, after in pairwise(ticks)))


def turn(milliseconds: float) -> None:
    """Lets the event loop run for so long, waiting as the program does."""
    loop = QEventLoop()
    QTimer.singleShot(round(milliseconds), loop.quit)
    loop.exec()


def until(there: Callable[[], bool]) -> None:
    """Lets the event loop run until something is there."""
    end = monotonic() + _PATIENCE
    while not there():
        turn(2)
        if monotonic() > end:
            raise SystemExit("gave up")


def resident_megabytes() -> float:
    """Memory of this process that is resident, by Linux."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def review_of(window: MainWindow) -> ReviewControl:
    """The review, which is made by then."""
    review = window.workplaces.review
    assert review is not None
    return review


def main() -> None:
    run, pages = Path(sys.argv[1]), int(sys.argv[2])
    start_log()
    app = make_application()
    window = open_window([])
    window.resize(1280, 800)
    window.show()
    until(lambda: window.exploration.models.info is not None)
    clock, steps = Clock(), []

    def step(name: str, do: Callable[[], object], there: Callable[[], bool]) -> None:
        with clock.watching() as freeze:
            began = clock.now()
            do()
            until(there)
            ready = clock.now() - began
            turn(_QUIET_MS)
        steps.append(Step(name, ready, freeze[0]))

    workplaces = window.workplaces
    step("make Review while idle", lambda: None, lambda: workplaces.review is not None)
    step("first show of Review", workplaces.show_review, lambda: workplaces.shows_review)
    parts = review_of(window).workplace
    cards = parts.gallery.cards
    step("open the run", lambda: workplaces.open_run(run), lambda: cards.rowCount() > 0)
    for name, do in _views(window):
        shown: list[bool] = []
        kept = cards.modelReset.connect(lambda shown=shown: shown.append(True))
        step(name, do, lambda shown=shown: bool(shown))
        cards.modelReset.disconnect(kept)
    overview = parts.overview
    for page in ("pairs", "reasons", "means", "matrix"):
        button = overview.choice.segment(page)
        step(
            f"turn to {page}",
            lambda button=button: QTest.mouseClick(button, Qt.MouseButton.LeftButton),
            lambda page=page: overview.choice.value == page,
        )
    with clock.watching() as freeze:
        began = clock.now()
        for _ in range(_LOOKED_AT):
            QTest.keyClick(parts.gallery, Qt.Key.Key_PageDown)
            until(lambda: _is_drawn(parts.gallery))
    steps.append(Step(f"look at {_LOOKED_AT} pages", clock.now() - began, freeze[0]))
    memory = []
    with clock.watching() as freeze:
        began = clock.now()
        for page_number in range(pages):
            if page_number and page_number % max(pages // 10, 1) == 0:
                memory.append(resident_megabytes())
            if page_number % SHOWN_EVERY == 0 and parts.more_button.isVisible():
                QTest.mouseClick(parts.more_button, Qt.MouseButton.LeftButton)
            QTest.keyClick(parts.gallery, Qt.Key.Key_PageDown)
            turn(_PAGE_MS)
        memory.append(resident_megabytes())
    steps.append(Step(f"scroll {pages:,} pages", clock.now() - began, freeze[0]))
    print(json.dumps({"steps": [asdict(one) for one in steps], "memory": memory}), flush=True)
    window.close()
    QApplication.processEvents()
    app.quit()


def _is_drawn(gallery: GalleryView) -> bool:
    """Whether all cards in sight have their thumbnails."""
    cards = gallery.cards
    numbers = map(cards.number_at, gallery.seen_places())
    return all(cards.thumbnail(one) is not None or cards.failure(one) for one in numbers)


def _views(window: MainWindow) -> Iterator[tuple[str, Callable[[], object]]]:
    """Filters and orders, each with what chooses it."""
    parts = review_of(window).workplace
    chosen: tuple[tuple[str, tuple[Filter, ...]], ...] = (
        ("filter: wrong", (Correct(right=False),)),
        ("filter: a true class", (OfClass(ClassRole.TRUTH, 3),)),
        ("filter: words in the path", (Contains("77"),)),
        ("no filter", ()),
    )
    for name, filters in chosen:
        yield name, lambda filters=filters: parts.filters.replace_all(*filters)
    box = parts.view_bar.sort_box
    for place in (1, 2, 3, 0):
        if box.model().flags(box.model().index(place, 0)) & Qt.ItemFlag.ItemIsEnabled:
            yield f"sort: {box.itemText(place)}", lambda place=place: box.setCurrentIndex(place)


if __name__ == "__main__":
    main()
