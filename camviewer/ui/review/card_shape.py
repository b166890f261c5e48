"""How large the cards of a gallery are."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize

CARD_PADDING = 8
"""Distance of a card's picture from its edge, in view pixels."""
PARTS = 3
"""Pictures on a card of two runs: one with each map, one with their difference."""
GAP = 10
"""Distance between these, in view pixels."""

_BESIDE = QSize(20, 56)
"""What a card has beside its picture: margins, and two lines of words."""


@dataclass(frozen=True)
class CardShape:
    """The size of a card.

    Attributes:
        picture: room for the picture, or for those of two runs together, in view pixels.
    """

    picture: QSize

    @property
    def card(self) -> QSize:
        """Least size of a card with its margins."""
        return self.picture + _BESIDE


USUAL = CardShape(QSize(176, 132))
OF_TWO = CardShape(QSize(PARTS * 152 + (PARTS - 1) * GAP, 114))


def fitted_shape(count: int, room: QSize, usual: CardShape) -> CardShape:
    """The largest cards of which so many are seen together.

    Args:
        count: cards.
        room: of the gallery, in view pixels.
        usual: has the proportions of a picture, and its least size.
    """
    proportion = usual.picture.width() / usual.picture.height()
    widths = []
    for columns in range(1, count + 1):
        rows = -(-count // columns)
        width = room.width() // columns - _BESIDE.width()
        height = room.height() // rows - _BESIDE.height()
        widths.append(min(width, int(height * proportion)))
    width = max([*widths, usual.picture.width()])
    return CardShape(QSize(width, int(width / proportion)))
