"""Tells how a run over many pictures goes, also as lines of JSON for another process."""

from __future__ import annotations

from dataclasses import dataclass

from camviewer.engine.support.event_lines import EventLines, Failed, Paused


@dataclass(frozen=True)
class RunProgress:
    """How far a process is with its part of a run.

    Attributes:
        total: pictures of this part.
        done: those whose rows are made.
        failed: those of this process that could not be explained.
        rate: pictures a second lately; None while that is not known.
        seconds_left: what the rest will take; None while that is not known.
    """

    total: int
    done: int
    failed: int
    rate: float | None
    seconds_left: float | None


@dataclass(frozen=True)
class PictureFailed:
    """A picture that could not be explained.

    Attributes:
        path: as the rows have it.
        error: why, in one or two sentences.
    """

    path: str
    error: str


@dataclass(frozen=True)
class RunEnded:
    """The process is done with its part, or was stopped.

    Attributes:
        pictures: of the whole run.
        pictures_done: those whose rows are written.
        made: those that this process has written.
        failed: those that could not be explained, by any process.
        elsewhere: shards that other processes are at work on.
        stopped: whether it was told to stop.
    """

    pictures: int
    pictures_done: int
    made: int
    failed: int
    elsewhere: int
    stopped: bool


RunEvent = RunProgress | PictureFailed | Paused | RunEnded | Failed

RUN_LINES = EventLines(
    {
        "progress": RunProgress,
        "picture-failed": PictureFailed,
        "paused": Paused,
        "end": RunEnded,
        "error": Failed,
    }
)
"""The events by the names that their lines have."""
