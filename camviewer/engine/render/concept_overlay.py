"""Draws concepts as coloured regions of the picture, with a legend of the colours."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from camviewer.engine.geometry.geometry import Box
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.render.concept_words import concept_colour, concept_words
from camviewer.engine.render.look import Look
from camviewer.engine.render.overlay import fading, field
from camviewer.engine.results.heatmap import Concept, Heatmap

_LONGEST_PART = 1600
"""Maximum side of the computed regions, in pixels, because of memory; larger overlays are enlarged
from there."""


def concept_layer(
    heatmap: Heatmap,
    concepts: Sequence[Concept],
    look: Look,
    size: tuple[int, int],
    region: Box | None = None,
) -> NDArray[np.uint8]:
    """uint8 (h, w, 4): RGBA with straight alpha over ``region``.

    Each pixel has the colour of the concept with the largest share of its own maximum there. The
    smaller the share the more transparent the colour.
    """
    shares = np.stack([_shares(heatmap, concept, size, region) for concept in concepts])
    strongest = shares.argmax(0)
    colours = np.array([concept_colour(k)[1] for k in range(len(concepts))], np.uint8)
    layer = np.empty((*size, 4), np.uint8)
    layer[..., :3] = colours[strongest]
    strength = shares.max(0)
    layer[..., 3] = np.rint(255.0 * look.opacity * (fading(strength) if look.fade else 1.0))
    return layer


def _shares(
    heatmap: Heatmap, concept: Concept, size: tuple[int, int], region: Box | None
) -> NDArray[np.float32]:
    most = max(float(concept.values.max()), 1e-30)
    values = np.ascontiguousarray(concept.values / np.float32(most))
    return field(Heatmap(values, heatmap.geometry, heatmap.unit), size, region)


def concept_overlay(
    image: SourceImage, heatmap: Heatmap, concepts: Sequence[Concept], look: Look
) -> NDArray[np.uint8]:
    """uint8 (H, W, 3): the picture at full resolution with the coloured regions."""
    extent = heatmap.geometry.extent
    left, top = max(round(extent.left), 0), max(round(extent.top), 0)
    right = min(round(extent.right), image.width)
    bottom = min(round(extent.bottom), image.height)
    pixels = image.pixels.copy()
    if right <= left or bottom <= top:
        return pixels
    width, height = right - left, bottom - top
    scale = min(_LONGEST_PART / max(width, height), 1.0)
    size = max(round(height * scale), 1), max(round(width * scale), 1)
    region = Box(float(left), float(top), float(right), float(bottom))
    layer = Image.fromarray(concept_layer(heatmap, concepts, look, size, region))
    below = Image.fromarray(pixels[top:bottom, left:right])
    if layer.size != below.size:
        layer = layer.resize(below.size, Image.Resampling.BILINEAR)
    below.paste(layer, (0, 0), layer)
    pixels[top:bottom, left:right] = np.asarray(below)
    return pixels


def with_concept_legend(
    pixels: NDArray[np.uint8], concepts: Sequence[Concept]
) -> NDArray[np.uint8]:
    """Adds a legend below the overlay: each colour, its share, and the classes it supports."""
    width = pixels.shape[1]
    text = max(round(width / 40), 10)
    row, edge = round(text * 1.7), round(text * 0.8)
    strip = Image.new("RGB", (width, edge * 2 + row * len(concepts)), "white")
    draw = ImageDraw.Draw(strip)
    font = ImageFont.load_default(text)
    for number, concept in enumerate(concepts):
        top = edge + number * row
        swatch = (edge, top + (row - text) // 2, edge + text, top + (row + text) // 2)
        draw.rectangle(swatch, fill=concept_colour(number)[1])
        words = f"{concept.share:.0%}  {concept_words(concept)}"
        draw.text((2 * edge + text, top + row / 2), words, fill="black", font=font, anchor="lm")
    return np.concatenate((pixels, np.asarray(strip)))
