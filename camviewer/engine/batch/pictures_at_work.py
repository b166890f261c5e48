"""The pictures of a run between reading and their rows, and what happens when one goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from camviewer.engine.batch.map_statistics import MapStatistics
from camviewer.engine.batch.objects.annotations import Annotations
from camviewer.engine.batch.picture_reading import ReadPicture, plain
from camviewer.engine.batch.rows import Row, statistics_of
from camviewer.engine.batch.sources import PictureEntry
from camviewer.engine.errors import CamviewerError
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import Explanation, ModelInfo, Verdict

_log = logging.getLogger(__name__)

_Made = TypeVar("_Made")

FoundPicture = tuple[PictureEntry, str | None, ReadPicture]
"""A picture with its true class as the source names it, and as it was read."""


@dataclass(frozen=True, eq=False)
class BegunPicture:
    """A picture that went through the network, or has an error in its row.

    Attributes:
        entry: the picture.
        truth: its true class as the source names it.
        row: what is known so far.
        seen: the picture with what the model says of it; None when there is an error.
    """

    entry: PictureEntry
    truth: str | None
    row: Row
    seen: tuple[SourceImage, Verdict] | None = None


@dataclass(frozen=True, eq=False)
class ExplainedPicture:
    """A picture with its maps.

    Attributes:
        begun: the picture.
        row: what is known of it with the verdict, or why there are no maps.
        annotations: its annotated objects; None when nobody has annotated any.
        explanations: one for each explained class; empty when there is an error.
    """

    begun: BegunPicture
    row: Row
    annotations: Annotations | None = None
    explanations: Sequence[Explanation] = ()


def measured(
    explained: Sequence[ExplainedPicture], info: ModelInfo
) -> list[Sequence[MapStatistics] | None]:
    """The statistics of each picture's maps, all at once; None where each is to be tried alone."""
    pictures = [
        (each.begun.seen[0], each.explanations)
        for each in explained
        if each.begun.seen is not None and each.explanations
    ]
    found, _ = tried(lambda: statistics_of(pictures, info), "these pictures")
    if found is None:
        return [None] * len(explained)
    statistics = iter(found)
    return [next(statistics) if each.explanations else None for each in explained]


def tried(work: Callable[[], _Made], name: str) -> tuple[_Made | None, str]:
    """What the work gives, or None and a sentence that says why it gives nothing."""
    try:
        return work(), ""
    except CamviewerError as error:
        return None, plain(str(error))
    except MemoryError:
        return None, plain(f"There is not enough memory to explain {name}.")
    except Exception as error:  # noqa: BLE001  (the other pictures go on, and the row says it)
        _log.exception("a picture could not be explained")
        words = f"This did not work: {type(error).__name__}. The details are in the log."
        return None, words
