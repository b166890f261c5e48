"""Makes the rows of a picture: one for each explained class, or one that says what was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import groupby, islice
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.batch.class_names import ClassNames
from camviewer.engine.batch.map_statistics import MapStatistics, map_statistics
from camviewer.engine.batch.objects.annotations import Annotations
from camviewer.engine.batch.objects.localisation import localisation
from camviewer.engine.batch.objects.one_map import is_of_class
from camviewer.engine.batch.picture_reading import plain
from camviewer.engine.batch.sources import PictureEntry
from camviewer.engine.geometry.geometry import Box, PlacementMode, place
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import Explanation, ModelInfo, Verdict

Row = dict[str, Any]

_LARGEST_FEATURE = 65504.0
"""Largest number of float16."""


@dataclass(frozen=True)
class RunConstants:
    """What is the same in all rows of a run.

    Attributes:
        model: id of the model.
        weights: hash of its weights.
        method: id of the method.
        layer: the tapped layer.
        placement: crop, whole or stretch.
        detail: how much larger than trained the input is.
    """

    model: str
    weights: str
    method: str
    layer: str
    placement: str
    detail: float

    def row(self, entry: PictureEntry, truth: str | None, truth_index: int | None) -> Row:
        """The part of a row that is known before the picture is read."""
        return {
            "id": entry.id,
            "path": entry.path,
            "page": entry.page + 1,
            "model": self.model,
            "weights": self.weights,
            "method": self.method,
            "layer": self.layer,
            "placement": self.placement,
            "detail": self.detail,
            "truth": truth,
            "truth_index": truth_index,
        }


def picture_part(image: SourceImage) -> Row:
    """What is known once the picture is read."""
    return {
        "sha256": image.sha256,
        "width": image.width,
        "height": image.height,
        "pages": image.pages,
    }


def verdict_part(verdict: Verdict, info: ModelInfo, truth_index: int | None) -> Row:
    """What the model says of the picture under its own recipe; of values the highest alone."""
    if not info.has_probabilities:
        highest = verdict.top(1)[0]
        return {"predicted": info.labels[highest], "predicted_index": highest}
    probabilities = verdict.probabilities.astype(np.float64)
    first, second = (*verdict.top(2), None)[:2]
    following = 0.0 if second is None else float(probabilities[second])
    entropy = None
    if info.activation == "softmax":
        positive = probabilities[probabilities > 0.0]
        entropy = float(-(positive * np.log(positive)).sum())
    index = 0 if first is None else first
    true = truth_index
    return {
        "truth_rank": None if true is None else verdict.rank(true),
        "truth_probability": None if true is None else float(probabilities[true]),
        "predicted_probability": float(probabilities[index]),
        "predicted": info.labels[index],
        "predicted_index": index,
        "margin": float(probabilities[index]) - following,
        "entropy": entropy,
    }


def features_part(activations: NDArray[np.float32]) -> Row:
    """The mean over the cells of activations (C, h, w), unless float16 cannot hold it."""
    pooled = activations.mean(axis=(1, 2), dtype=np.float64)
    fits = bool((np.abs(pooled) <= _LARGEST_FEATURE).all())
    return {"features": pooled.astype(np.float16).tolist() if fits else None}


def logits_part(verdict: Verdict) -> Row:
    """All class scores."""
    return {"logits": verdict.logits.tolist()}


def objects_part(
    explanation: Explanation,
    found: MapStatistics,
    annotations: Annotations | None,
    classes: ClassNames,
) -> Row:
    """How the map lies on the annotated objects of its class."""
    if annotations is None:
        return {}
    objects = [
        candidate
        for candidate in annotations.objects
        if is_of_class(candidate, explanation.class_index, classes)
    ]
    boxes = (candidate.box for candidate in objects if not candidate.crowd)
    sides = ((box.left, box.top, box.right, box.bottom) for box in boxes)
    part = {
        "objects": len(annotations.objects),
        "class_objects": len(objects),
        "object_boxes": [side for box in sides for side in box],
    }
    where = localisation(explanation.heatmap, objects, found.peak, found.box)
    return part if where is None else part | asdict(where)


def map_part(
    explanation: Explanation, image: SourceImage, verdict: Verdict, found: MapStatistics
) -> Row:
    """A class's map with its place and its statistics."""
    heatmap, geometry = explanation.heatmap, explanation.heatmap.geometry
    rows, columns = heatmap.values.shape
    peak_x, peak_y = found.peak or (None, None)
    box = found.box
    notes = (*image.notes, *(note.text for note in explanation.notes), explanation.remark)
    return {
        "rank": verdict.rank(explanation.class_index),
        "class": explanation.class_name,
        "class_index": explanation.class_index,
        "target": explanation.target_name or None,
        "target_score": explanation.target_score if explanation.target_name else None,
        "logit": explanation.logit,
        "probability": None if isnan(explanation.probability) else explanation.probability,
        "map": heatmap.values.ravel().tolist(),
        "map_rows": rows,
        "map_columns": columns,
        "origin_x": geometry.origin[0],
        "origin_y": geometry.origin[1],
        "pitch_x": geometry.pitch[0],
        "pitch_y": geometry.pitch[1],
        "extent_left": geometry.extent.left,
        "extent_top": geometry.extent.top,
        "extent_right": geometry.extent.right,
        "extent_bottom": geometry.extent.bottom,
        "noise_scale": heatmap.noise_scale,
        "map_sum": found.total,
        "positive_share": found.positive_share,
        "peak_x": peak_x,
        "peak_y": peak_y,
        "box_left": None if box is None else box.left,
        "box_top": None if box is None else box.top,
        "box_right": None if box is None else box.right,
        "box_bottom": None if box is None else box.bottom,
        "spread": found.spread,
        "border_share": found.border_share,
        "outside_share": found.outside_share,
        "notes": plain("\n".join(note for note in notes if note)) or None,
    }


def statistics_of(
    pictures: Sequence[tuple[SourceImage, Sequence[Explanation]]], info: ModelInfo
) -> list[list[MapStatistics]]:
    """Where the evidence of each picture's maps lies; many pictures take little longer than one."""
    found: list[list[MapStatistics]] = []
    for trained, group in groupby(pictures, lambda picture: _trained(picture[0], info)):
        explained = [explanations for _, explanations in group]
        heatmaps = [each.heatmap for explanations in explained for each in explanations]
        measured = iter(map_statistics(heatmaps, trained))
        found += [list(islice(measured, len(explanations))) for explanations in explained]
    return found


def _trained(image: SourceImage, info: ModelInfo) -> Box:
    """What the model's own recipe shows it of a picture."""
    return place(image.size, info.recipe, PlacementMode.CROP, 1.0).box
