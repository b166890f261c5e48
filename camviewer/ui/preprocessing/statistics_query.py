"""The query whether a network's own statistics agree with what it is fed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from camviewer.ui.work.model_query import LongQuery
from camviewer.ui.work.query import UnderWay

if TYPE_CHECKING:
    from camviewer.engine.picture.source_image import SourceImage
    from camviewer.engine.statistics.verdict import StatisticsCheck
    from camviewer.ui.work.model_host import ModelHost


@dataclass(frozen=True, eq=False)
class CheckStatistics(LongQuery["StatisticsCheck"]):
    """How the usual preprocessings fit what the network remembers.

    Attributes:
        model: id of the model that is meant.
        pictures: the user's own, beside the samples.
    """

    model: str
    pictures: tuple[SourceImage, ...]

    def answer(self, host: ModelHost, under_way: UnderWay[StatisticsCheck]) -> StatisticsCheck:
        """The outcome; an outdated query is given up."""
        from camviewer.engine.errors import Cancelled  # noqa: PLC0415  (as the next one)
        from camviewer.engine.session.statistics_check import check_model  # noqa: PLC0415  (torch)

        session = host.session
        if session.info.id != self.model:
            raise Cancelled
        return check_model(session.classifier, self.pictures, cancelled=under_way.cancelled)
