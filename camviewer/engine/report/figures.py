"""Draws the pictures of a report: the picture with what the network saw, the map, its values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from camviewer.engine.geometry.geometry import Box
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.render.look import Look
from camviewer.engine.render.overlay import (
    colormap_table,
    indices,
    legend_ticks,
    shows_nothing,
    value_range,
)
from camviewer.engine.report.language import Language
from camviewer.engine.report.meaning import misses_part
from camviewer.engine.report.reported_map import ReportedMap, small_copy
from camviewer.engine.report.templates import colour_bar, png_address
from camviewer.engine.results.heatmap import Heatmap

_UPON = "The map upon the picture"
_WITH_OBJECTS = (
    "The map upon the picture, with the objects (yellow: measured against) and the box around the "
    "evidence (blue)"
)


@dataclass(frozen=True)
class Figure:
    """A picture of the report.

    Attributes:
        title: says what it is.
        image: a PNG as a data URI.
        width: in pixels.
        height: the same.
    """

    title: str
    image: str
    width: int
    height: int


@dataclass(frozen=True)
class Scale:
    """The colours of a map with their values.

    Attributes:
        image: the colours from the lowest value to the highest, as a data URI.
        ticks: (position from 0 at the left to 1, value in words).
        unit: of the values.
    """

    image: str
    ticks: tuple[tuple[float, str], ...]
    unit: str


def figures(shown: ReportedMap, side: int, language: Language) -> tuple[Figure, ...]:
    """The picture, the overlay, and the raw values cell by cell.

    Args:
        shown: the map.
        side: maximum width and height in pixels.
        language: of their titles.
    """
    title = language.words(_UPON if shown.objects is None else _WITH_OBJECTS)
    over = Image.fromarray(shown.overlay(side))
    made = [_picture(shown, side, language), _figure(title, over, side)]
    if not shown.explanation.concepts and not shows_nothing(shown.explanation.heatmap, shown.look):
        rows, columns = shown.explanation.heatmap.values.shape
        title = language.say("The raw values, {1} × {2} cells", columns, rows)
        made.append(_figure(title, _cells(shown.explanation.heatmap, shown.look, side), side))
    return tuple(made)


def scale(shown: ReportedMap, language: Language) -> Scale | None:
    """The scale of the map's colours; None where colours stand for something else, or nothing."""
    heatmap = shown.explanation.heatmap
    if shown.explanation.concepts or shows_nothing(heatmap, shown.look):
        return None
    ticks = legend_ticks(heatmap, shown.look)
    said = tuple((place, language.number(words)) for place, words in ticks)
    return Scale(colour_bar(shown.look), said, language.words(heatmap.unit))


def _picture(shown: ReportedMap, side: int, language: Language) -> Figure:
    """The picture, with a frame around what the network saw where that is a part of it."""
    image = Image.fromarray(shown.image.pixels)
    seen = shown.explanation.placement.box
    title = language.say("The picture")
    small = small_copy(image, side)
    if misses_part(seen, shown.image):
        title = language.say("The picture; the model saw what is framed")
        _frame(small, shown.image, seen)
    return Figure(title, png_address(small), small.width, small.height)


def _frame(small: Image.Image, image: SourceImage, box: Box) -> None:
    """Frames a part of a small picture, white in black, so that it is seen on any."""
    across, down = small.width / image.width, small.height / image.height
    corners = (
        max(box.left * across, 0.0),
        max(box.top * down, 0.0),
        min(box.right * across, small.width) - 1.0,
        min(box.bottom * down, small.height) - 1.0,
    )
    inner = (corners[0] + 1, corners[1] + 1, corners[2] - 1, corners[3] - 1)
    if inner[2] > inner[0] and inner[3] > inner[1]:
        draw = ImageDraw.Draw(small)
        draw.rectangle(corners, outline="black")
        draw.rectangle(inner, outline="white")


def _cells(heatmap: Heatmap, look: Look, side: int) -> Image.Image:
    """A square of one colour for each cell, by no interpolation."""
    values = np.ascontiguousarray(heatmap.values)
    table = colormap_table(look.active_colormap)
    image = Image.fromarray(table[indices(values, value_range(heatmap, look))])
    larger = max(side // max(image.size), 1)
    return image.resize((image.width * larger, image.height * larger), Image.Resampling.NEAREST)


def _figure(title: str, image: Image.Image, side: int) -> Figure:
    small = small_copy(image, side)
    return Figure(title, png_address(small), small.width, small.height)
