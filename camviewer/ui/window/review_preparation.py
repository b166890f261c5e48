"""Makes *Review* while nothing else is done, so that its first show is a short turn."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from camviewer.ui.state import Exploration
from camviewer.ui.work import PictureClient, UnderWay
from camviewer.ui.work.picture_client import PictureHost
from camviewer.ui.work.query import Query

_PREPARED_AFTER_MS = 1000
"""Delay in ms of what prepares *Review*; because it would delay the first map."""


@dataclass(frozen=True)
class PrepareReview(Query[PictureHost, None]):
    """Import what *Review* is made of, so that it is there at once when it is wanted."""

    urgency = 9
    is_awaited = False

    def answer(self, host: PictureHost, under_way: UnderWay[None]) -> None:
        del host, under_way
        import camviewer.ui.review.control  # noqa: F401, PLC0415  (start-up)


class ReviewPreparation(QObject):
    """Has the review made in pieces, between which the window does other things.

    Args:
        exploration: says when no map is awaited.
        pictures: asks the thread that imports.
        pieces: makes a piece of it at each step; true while others are left.
        parent: Qt's.
    """

    def __init__(
        self,
        exploration: Exploration,
        pictures: PictureClient,
        pieces: Generator[bool, None, None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._exploration = exploration
        self._pictures = pictures
        self._pieces = pieces
        self._soon = QTimer(self, singleShot=True, interval=_PREPARED_AFTER_MS)
        self._soon.timeout.connect(self._prepare)
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._make_piece)

    def begin(self) -> None:
        """Begins a moment after each map, which it would delay."""
        self._exploration.model_ready.connect(lambda _ready: self._soon.start())
        self._exploration.explanation_changed.connect(lambda _map: self._soon.start())

    def finish(self) -> None:
        """Makes all that is left now."""
        for _ in self._pieces:
            pass

    def give_up(self) -> None:
        """Makes nothing more."""
        self._soon.stop()
        self._next.stop()
        self._pieces.close()

    def _prepare(self) -> None:
        if self._is_idle:
            self._pictures.ask(PrepareReview(), lambda _none: self._next.start())

    def _make_piece(self) -> None:
        if self._is_idle and next(self._pieces, False):
            self._next.start()

    @property
    def _is_idle(self) -> bool:
        return not (self._exploration.awaits_map or self._exploration.pictures.name_opening)
