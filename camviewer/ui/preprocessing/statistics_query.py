"""Asks the model's thread whether a network's own statistics agree with what it is fed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from camviewer.engine.picture.source_image import SourceImage
from camviewer.ui.work.model_query import Question

if TYPE_CHECKING:
    from camviewer.engine.session.session import Session
    from camviewer.engine.statistics.verdict import StatisticsCheck

STATISTICS = "statistics"


@dataclass(frozen=True, eq=False)
class StatisticsQuestion(Question):
    """How the usual preprocessings fit what the network remembers.

    Attributes:
        model: id of the model that is meant.
        pictures: the user's own, beside the samples.
    """

    model: str
    pictures: tuple[SourceImage, ...]

    def answer(
        self,
        session: Session,
        cancelled: threading.Event,
        tell: Callable[[object], None],  # noqa: ARG002  (it comes at once)
    ) -> StatisticsCheck:
        """The outcome; an outdated question is given up."""
        from camviewer.engine.errors import Cancelled  # noqa: PLC0415  (as the next one)
        from camviewer.engine.session.statistics_check import check_model  # noqa: PLC0415  (torch)

        if session.info.id != self.model:
            raise Cancelled
        return check_model(session.classifier, self.pictures, cancelled=cancelled)
