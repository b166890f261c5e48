"""Draws the maps of two runs on one picture side by side, and their difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

from camviewer.engine.errors import CamviewerError
from camviewer.engine.render import Look
from camviewer.ui.pictures.thumbnail import image_of
from camviewer.ui.review.card_shape import PARTS
from camviewer.ui.style import tr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from camviewer.engine.results import Heatmap
    from camviewer.ui.review.host import OpenRows

_CONTRAST = 0.45
"""What is left of a picture's contrast under a difference, whose colours are to be seen."""
_GREY = 150.0
"""Middle of its greys, 0 to 255."""


@dataclass(frozen=True)
class PairLooks:
    """How the maps of two runs are coloured, each with a fixed range.

    Attributes:
        first: of the first run.
        second: of the second run.
        difference: of what the second has more (above 0) or less.
        gap: distance between the pictures, in device pixels.
    """

    first: Look
    second: Look
    difference: Look
    gap: float


Part = tuple["NDArray[np.uint8]", "Heatmap", Look]
"""A picture with a map and its colours."""


def pair_image(
    rows: OpenRows, number: int, pixels: NDArray[np.uint8], looks: PairLooks, size: QSize
) -> QImage:
    """The picture with the first map, with the second, and with their difference.

    Args:
        rows: of both runs.
        number: the first run's row.
        pixels: the picture, small: uint8 RGB (h, w, 3).
        looks: how it is drawn.
        size: of all three together, in device pixels.

    Raises:
        CamviewerError: a map cannot be read.
    """
    row = rows.table.row(number)
    parts = _parts(rows, row, pixels, looks)
    return _beside_each_other(parts, (row["height"], row["width"]), size, looks.gap)


def part_image(
    rows: OpenRows, number: int, pixels: NDArray[np.uint8], looks: PairLooks, part: int
) -> QImage:
    """The picture with the map of the first run (0), of the second (1), or their difference (2).

    Args:
        rows: of both runs.
        number: the first run's row.
        pixels: the picture: uint8 RGB (h, w, 3).
        looks: how it is drawn.
        part: which map.

    Raises:
        CamviewerError: there is no such map, or it cannot be read.
    """
    from camviewer.engine.review.thumbnails import thumbnail_with_map  # noqa: PLC0415  (start-up)

    row = rows.table.row(number)
    parts = _parts(rows, row, pixels, looks)
    if part >= len(parts):
        words = tr("B has no map of this picture.")
        raise CamviewerError(words if len(parts) == 1 else tr("These maps have no difference."))
    seen, heatmap, look = parts[part]
    return image_of(thumbnail_with_map(seen, heatmap, (row["height"], row["width"]), look))


def _parts(
    rows: OpenRows, row: Mapping[str, Any], pixels: NDArray[np.uint8], looks: PairLooks
) -> list[Part]:
    """The first map, the second, and their difference; what there is not is left out."""
    from camviewer.engine.batch.comparison.evidence_distance import (  # noqa: PLC0415  (start-up)
        difference_map,
    )

    first = rows.maps.heatmap(rows.table, row)
    parts: list[Part] = [(pixels, first, looks.first)]
    partner = None if rows.other is None else rows.other.partner(row)
    if rows.other is not None and partner is not None:
        second = rows.other.maps.heatmap(rows.other.joined.other, partner)
        parts.append((pixels, second, looks.second))
        change = difference_map(first, second)
        if change is not None:
            parts.append((_faded(pixels), change, looks.difference))
    return parts


def _faded(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A picture in grey, with less contrast."""
    grey = pixels.mean(axis=2, keepdims=True)
    faded: NDArray[np.uint8] = (_GREY + _CONTRAST * (grey - _GREY)).astype("u1")
    return faded.repeat(3, axis=2)


def _beside_each_other(
    parts: list[Part],
    source: tuple[int, int],
    size: QSize,
    gap: float,
) -> QImage:
    from camviewer.engine.review.thumbnails import thumbnail_with_map  # noqa: PLC0415  (start-up)

    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    width = (size.width() - (PARTS - 1) * gap) / PARTS
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for number, (pixels, heatmap, look) in enumerate(parts):
        drawn = image_of(thumbnail_with_map(pixels, heatmap, source, look))
        room = QSizeF(width, size.height())
        box = QRectF(0, 0, 0, 0)
        box.setSize(QSizeF(drawn.size()).scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
        box.moveCenter(QRectF(number * (width + gap), 0, width, size.height()).center())
        painter.drawImage(box, drawn)
    painter.end()
    return image
