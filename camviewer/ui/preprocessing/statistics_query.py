"""The query whether a network's own statistics agree with what it is fed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from camviewer.ui.state import Exploration
from camviewer.ui.work import LongQuery, UnderWay

if TYPE_CHECKING:
    from camviewer.engine.picture import SourceImage
    from camviewer.engine.statistics import StatisticsCheck
    from camviewer.ui.work import ModelHost


def looked_at(exploration: Exploration) -> tuple[tuple[SourceImage, ...], tuple[Path, ...]]:
    """The picture on screen, and the files of those opened together with it."""
    picture = exploration.picture
    if picture is None:
        return (), ()
    files = tuple(path for path in exploration.pictures.files if path.name != picture.image.name)
    return (picture.image,), files


@dataclass(frozen=True, eq=False)
class CheckStatistics(LongQuery["StatisticsCheck"]):
    """How the usual preprocessings fit what the network remembers.

    Attributes:
        model: id of the model that is meant.
        pictures: the user's own, beside the samples.
        files: further pictures of the user's, of which a few are read.
    """

    model: str
    pictures: tuple[SourceImage, ...]
    files: tuple[Path, ...]

    def answer(self, host: ModelHost, under_way: UnderWay[StatisticsCheck]) -> StatisticsCheck:
        """The outcome; an outdated query is given up."""
        from camviewer.engine.errors import Cancelled  # noqa: PLC0415  (as the next one)
        from camviewer.engine.session import check_model  # noqa: PLC0415  (torch)

        session = host.session
        if session.info.id != self.model:
            raise Cancelled
        return check_model(
            session.classifier, self.pictures, files=self.files, cancelled=under_way.cancelled
        )


class CheckDetails(CheckStatistics):
    """The same query of another dialog, of which neither takes the other's place."""
