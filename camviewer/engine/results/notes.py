"""Defines notes on a map, with a kind and a severity that code can test."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NoteKind(StrEnum):
    """The topic of a note."""

    EVIDENCE = "evidence"
    """The whole map shows no evidence, or none for the class."""
    METHOD = "method"
    """How to interpret the method's result for this network and picture."""
    PLACE = "place"
    """The position of the map's cells on the picture could not be measured."""
    INPUT = "input"
    """Which of the picture's values the network was fed."""
    RUN = "run"
    """How the map was computed: where, and how exactly."""


class Severity(StrEnum):
    """How important a note is."""

    INFO = "info"
    WARNING = "warning"
    """The map must not be taken at face value."""


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
