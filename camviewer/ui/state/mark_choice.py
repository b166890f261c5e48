"""Defines which lines are drawn over the picture, and what they are measured by."""

from __future__ import annotations

from dataclasses import dataclass

USUAL_SHARE = 0.2
USUAL_SHARES = (0.2, 0.5, 0.8)
MOST_LINES = 9
"""Maximum number of contour lines; because more of them cannot be told apart."""


@dataclass(frozen=True)
class MarkChoice:
    """What is drawn over the picture beside its map.

    Attributes:
        objects: whether the annotated objects are.
        contours: whether the contour lines are.
        box: whether the box around the evidence is.
        share: threshold of the box, as a share of the map's maximum, 0 to 1.
        shares: of the map's maximum, at which there are contour lines, rising.
        of_any_class: whether a map is measured against objects of any class.
        saved: whether saved and copied overlays have them, too.
    """

    objects: bool = True
    contours: bool = False
    box: bool = False
    share: float = USUAL_SHARE
    shares: tuple[float, ...] = USUAL_SHARES
    of_any_class: bool = False
    saved: bool = False


def shares_of(words: str) -> tuple[float, ...] | None:
    """The shares that a list of percentages names, such as ``20, 50, 80``; None for no such list.

    Each is above 0 and below 100; they come out rising, as shares of 1.
    """
    try:
        found = {float(word) for word in words.replace("%", " ").replace(",", " ").split()}
    except ValueError:
        return None
    if not 0 < len(found) <= MOST_LINES or not all(0.0 < percent < 100.0 for percent in found):
        return None
    return tuple(percent / 100.0 for percent in sorted(found))


def words_of(shares: tuple[float, ...]) -> str:
    """Gives ``20, 50, 80``."""
    return ", ".join(f"{100.0 * share:g}" for share in shares)
