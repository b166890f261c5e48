"""Notes: what the user should know about a map, each with its kind, so that nobody reads prose."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NoteKind(StrEnum):
    """What a note is about."""

    EVIDENCE = "evidence"
    """The map as a whole has nothing to show, or nothing that speaks for the class."""
    METHOD = "method"
    """How the method's result is to be read for this network and picture."""
    PLACE = "place"
    """Where the map's cells lie on the picture could not be measured."""
    RUN = "run"
    """How the map was computed: where, and how exactly."""


class Severity(StrEnum):
    """How much a note matters."""

    INFO = "info"
    WARNING = "warning"
    """The map must not be read as it looks."""


@dataclass(frozen=True)
class Note:
    """One sentence about a map.

    Attributes:
        kind: what it is about.
        text: the sentence.
        severity: how much it matters.
    """

    kind: NoteKind
    text: str
    severity: Severity = Severity.INFO

    def __str__(self) -> str:
        return self.text
