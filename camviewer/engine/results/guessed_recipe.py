"""Marks the notes which say that a model's preprocessing is a guess."""

from __future__ import annotations

from collections.abc import Iterable

CHANGE_IT = "Change it (Model > Preprocessing) if the model was trained with another."
"""Ends every note on a guessed recipe, and no other note."""


def without_guesses(notes: Iterable[str]) -> tuple[str, ...]:
    """The notes that still hold once somebody has said what the model is fed."""
    return tuple(note for note in notes if not note.endswith(CHANGE_IT))
