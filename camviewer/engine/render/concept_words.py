"""Names the colours of concepts, and the classes that they support."""

from __future__ import annotations

from camviewer.engine.results.heatmap import Concept

CONCEPT_COLOURS: tuple[tuple[str, tuple[int, int, int]], ...] = (
    ("orange", (230, 159, 0)),
    ("sky blue", (86, 180, 233)),
    ("green", (0, 158, 115)),
    ("pink", (204, 121, 167)),
    ("blue", (0, 114, 178)),
    ("vermilion", (213, 94, 0)),
    ("yellow", (240, 228, 66)),
    ("grey", (150, 150, 150)),
)
"""Names and RGB of the concepts' colours, which colour-blind people can tell apart (Okabe, Ito)."""


def concept_colour(number: int) -> tuple[str, tuple[int, int, int]]:
    """Name and RGB of the concept with a number, from 0."""
    return CONCEPT_COLOURS[number % len(CONCEPT_COLOURS)]


def concept_words(concept: Concept, count: int = 3) -> str:
    """The classes that a concept supports, for example ``espresso +6.2, cup +3.1``."""
    return ", ".join(f"{spoken.name} {spoken.rise:+.1f}" for spoken in concept.classes[:count])
