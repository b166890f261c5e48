"""Asks the threads of the review."""

from __future__ import annotations

from PySide6.QtCore import QObject

from camviewer.ui.review.host import ReviewHost
from camviewer.ui.work.query_client import QueryClient


class ReviewClient(QueryClient[ReviewHost]):
    """A thread that asks about the open run.

    Args:
        name: of the thread.
        host: has the run; threads may share it, but only one of them may open runs.
        parent: Qt's.
    """

    def __init__(self, name: str, host: ReviewHost, parent: QObject | None = None) -> None:
        super().__init__(name, host, parent)
        self.host = host
        self.start()
