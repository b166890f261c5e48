"""Measures how well a map lies on the annotated objects of its class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from PIL import Image

from camviewer.engine.batch.objects.annotations import AnnotatedObject
from camviewer.engine.geometry.coverage import cell_borders, coverage, coverage_of_raster
from camviewer.engine.geometry.geometry import Box
from camviewer.engine.geometry.region import Region
from camviewer.engine.results.heatmap import Heatmap

_RASTER = 512
"""Maximum side, in pixels, of the raster in which several objects or outlines are joined."""


@dataclass(frozen=True)
class Localisation:
    """How a map lies on the objects of its class; None where it has no evidence.

    Attributes:
        energy_inside: share of the evidence that lies in the objects, 0 to 1.
        pointing: whether the cell with the largest value looks at one of them.
        box_iou: greatest overlap of the evidence's box with an object's box, 0 to 1; None where
            all objects are crowds.
    """

    energy_inside: float | None
    pointing: bool | None
    box_iou: float | None


def localisation(
    heatmap: Heatmap,
    objects: Sequence[AnnotatedObject],
    peak: tuple[float, float] | None,
    box: Box | None,
) -> Localisation | None:
    """Measures a map against the objects of its class; None where there is none.

    The energy inside is Wang et al.'s energy-based pointing game (Score-CAM, CVPR workshops 2020),
    the pointing game Zhang et al.'s (Top-down Neural Attention by Excitation Backprop, ECCV 2016)
    without tolerance, the overlap ILSVRC's (Russakovsky et al., IJCV 2015).

    Args:
        heatmap: the raw map.
        objects: of its class.
        peak: (x, y) where the cell with the largest value looks, in source pixels.
        box: around the evidence, in source pixels.
    """
    if not objects:
        return None
    if peak is None:
        return Localisation(None, None, None)
    single = [found.box for found in objects if not found.crowd]
    overlaps = [0.0 if box is None else overlap(box, other) for other in single]
    return Localisation(
        energy_inside=energy_inside(heatmap, objects),
        pointing=any(found.contains(*peak) for found in objects),
        box_iou=max(overlaps, default=None),
    )


def energy_inside(heatmap: Heatmap, objects: Sequence[AnnotatedObject]) -> float | None:
    """The share of the evidence in cells' areas that the objects cover; None without evidence."""
    positive = np.clip(heatmap.values.astype(np.float64), 0.0, None)
    total = float(positive.sum())
    if not total > 0.0:
        return None
    xs, ys = cell_borders(heatmap.geometry)
    first = objects[0]
    if len(objects) == 1 and first.mask is None and not first.polygons:
        region = Region.rectangle(first.box.left, first.box.top, first.box.width, first.box.height)
        covered = coverage(region, xs, ys)
    else:
        covered = coverage_of_raster(_joined(objects, heatmap.geometry.extent), xs, ys)
    return float((positive * covered).sum()) / total


def overlap(one: Box, other: Box) -> float:
    """Intersection over union of two boxes, 0 to 1."""
    common = one.intersected(other)
    shared = max(common.width, 0.0) * max(common.height, 0.0)
    whole = one.width * one.height + other.width * other.height - shared
    return shared / whole if whole > 0.0 else 0.0


def _joined(objects: Sequence[AnnotatedObject], extent: Box) -> Image.Image:
    """Mode L over an extent: 1 where at least one object is."""
    scale = _RASTER / max(extent.width, extent.height)
    size = max(ceil(extent.width * scale), 1), max(ceil(extent.height * scale), 1)
    raster = Image.new("L", size)
    for found in objects:
        found.draw(raster, extent)
    return raster
