"""Says why nothing can be fitted on a run."""

from __future__ import annotations

from enum import Enum, auto

from camviewer.engine.errors import CamviewerError


class Missing(Enum):
    """What a run lacks."""

    SCORES = auto()
    """All class scores of its pictures."""
    TRUTH = auto()
    """Pictures with a true class that is one of the model's."""
    SOFTMAX = auto()
    """A model whose classes exclude each other."""
    PICTURES = auto()
    """Pictures enough for the coverage."""


class CannotCalibrateError(CamviewerError):
    """Nothing can be fitted on this run.

    Attributes:
        missing: what it lacks.
        needed: number of pictures with true class and class scores that the coverage needs; 0
            where something else is missing.
        count: how many there are, likewise.
    """

    def __init__(
        self, missing: Missing, message: str, hint: str, *, needed: int = 0, count: int = 0
    ) -> None:
        super().__init__(message, hint)
        self.missing = missing
        self.needed = needed
        self.count = count
