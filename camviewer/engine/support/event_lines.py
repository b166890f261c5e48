"""Writes events as lines of JSON for another process, and reads them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from camviewer.engine.errors import CamviewerError


@dataclass(frozen=True)
class Paused:
    """The work has paused or resumed.

    Attributes:
        paused: whether it is paused now.
    """

    paused: bool


@dataclass(frozen=True)
class Failed:
    """The work has failed.

    Attributes:
        message: what failed, in one sentence.
        hint: what the user can do.
    """

    message: str
    hint: str


def failure(error: CamviewerError) -> Failed:
    """An error as an event."""
    return Failed(error.message, error.hint)


class EventLines:
    """The lines of several kinds of events.

    Args:
        kinds: dataclasses by the name that their lines have under ``event``.
    """

    def __init__(self, kinds: Mapping[str, type]) -> None:
        self._kinds = dict(kinds)
        self._names = {kind: name for name, kind in kinds.items()}

    def line(self, event: Any) -> str:
        """An event as one line of JSON, without the line break."""
        return json.dumps({"event": self._names[type(event)], **asdict(event)}, allow_nan=False)

    def read(self, line: str) -> Any:
        """The event of a line; None when the line has none."""
        try:
            record = json.loads(line)
            kind = self._kinds[record.pop("event")]
            named = {field.name: _frozen(record[field.name]) for field in fields(kind)}
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
        return kind(**named)


def _frozen(value: object) -> object:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
