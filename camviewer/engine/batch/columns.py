"""The columns of a run's rows: name, type, unit and meaning, with a version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

ROWS_VERSION = 1
"""Grows when a column changes its meaning, type or name; columns may be added without."""


@dataclass(frozen=True)
class Column:
    """A column of the rows.

    Attributes:
        name: in the file.
        type: polars' data type.
        unit: of its numbers; empty where there is none.
        meaning: one sentence.
    """

    name: str
    type: Any
    unit: str
    meaning: str

    @property
    def is_number(self) -> bool:
        """Whether it measures or counts: a text, a list or the index of a class does not."""
        return self.type.is_numeric() and not self.name.endswith("index")


_TEXT, _COUNT, _NUMBER, _PLACE = pl.String(), pl.Int32(), pl.Float32(), pl.Float64()
_PIXELS = "source pixels"

COLUMNS = (
    Column(
        "id",
        _TEXT,
        "",
        "Identifies the picture: a hash of its path and page, 16 hexadecimal digits.",
    ),
    Column("path", _TEXT, "", "The picture's path below its source, with forward slashes."),
    Column("sha256", _TEXT, "", "SHA-256 of the file's bytes."),
    Column("width", _COUNT, _PIXELS, "Width of the upright picture."),
    Column("height", _COUNT, _PIXELS, "Height of the upright picture."),
    Column("pages", _COUNT, "", "Pages or frames of the file."),
    Column("page", _COUNT, "", "The page that is explained, from 1; empty in older runs."),
    Column("model", _TEXT, "", "Id of the model."),
    Column("weights", _TEXT, "", "SHA-256 of the model's weights."),
    Column("method", _TEXT, "", "Id of the method."),
    Column("layer", _TEXT, "", "The tapped layer."),
    Column("placement", _TEXT, "", "How the network saw the picture: crop, whole or stretch."),
    Column("detail", _NUMBER, "", "How much larger than trained the input was."),
    Column("truth", _TEXT, "", "The true class as the source names it."),
    Column("truth_index", _COUNT, "", "The true class's index; empty when the model has none."),
    Column("truth_rank", _COUNT, "", "Place of the true class by probability, from 1."),
    Column("truth_probability", _NUMBER, "0 to 1", "The true class's probability."),
    Column(
        "predicted",
        _TEXT,
        "",
        "The most probable class under the model's own recipe.",
    ),
    Column("predicted_index", _COUNT, "", "Its index."),
    Column("predicted_probability", _NUMBER, "0 to 1", "Its probability."),
    Column("rank", _COUNT, "", "Place of the explained class by probability, from 1."),
    Column("class", _TEXT, "", "The class that the map explains, or its target is about."),
    Column("class_index", _COUNT, "", "Its index."),
    Column("target", _TEXT, "", "What is explained in place of the class's score; else empty."),
    Column("target_score", _NUMBER, "of the score", "The target's score where the map was made."),
    Column(
        "logit",
        _NUMBER,
        "",
        "The class's logit, or value, under the model's own recipe.",
    ),
    Column(
        "probability",
        _NUMBER,
        "0 to 1",
        "The class's probability under it; empty for values.",
    ),
    Column("margin", _NUMBER, "0 to 1", "Probability of the predicted class minus the next one's."),
    Column("entropy", _NUMBER, "nats", "Entropy of the class probabilities; empty for sigmoid."),
    Column("map", pl.List(pl.Float32()), "see run.json", "The raw map, row by row, signed."),
    Column("map_rows", _COUNT, "cells", "Rows of the map."),
    Column("map_columns", _COUNT, "cells", "Columns of the map."),
    Column("origin_x", _PLACE, _PIXELS, "Where the first cell looks, from the left."),
    Column("origin_y", _PLACE, _PIXELS, "Where the first cell looks, from the top."),
    Column("pitch_x", _PLACE, _PIXELS, "Distance of neighbouring cells, to the right."),
    Column("pitch_y", _PLACE, _PIXELS, "Distance of neighbouring cells, downwards."),
    Column("extent_left", _PLACE, _PIXELS, "The part of the picture that the map covers: left."),
    Column("extent_top", _PLACE, _PIXELS, "Its top."),
    Column("extent_right", _PLACE, _PIXELS, "Its right."),
    Column("extent_bottom", _PLACE, _PIXELS, "Its bottom."),
    Column("noise_scale", _NUMBER, "as the map", "A range 100,000 times smaller is rounding."),
    Column("map_sum", _NUMBER, "as the map", "Sum of the map over its cells."),
    Column("positive_share", _NUMBER, "0 to 1", "Positive values' share of all absolute values."),
    Column("peak_x", _NUMBER, _PIXELS, "Where the cell with the largest value looks, x."),
    Column("peak_y", _NUMBER, _PIXELS, "The same, y."),
    Column("box_left", _NUMBER, _PIXELS, "Box around the evidence from 20% of the maximum: left."),
    Column("box_top", _NUMBER, _PIXELS, "Its top."),
    Column("box_right", _NUMBER, _PIXELS, "Its right."),
    Column("box_bottom", _NUMBER, _PIXELS, "Its bottom."),
    Column("spread", _NUMBER, _PIXELS, "Root mean square distance of the evidence from its mean."),
    Column("border_share", _NUMBER, "0 to 1", "Evidence in the outermost cells of the map."),
    Column(
        "outside_share", _NUMBER, "0 to 1", "Evidence in cells that look outside the trained crop."
    ),
    Column("objects", _COUNT, "", "Annotated objects; empty for a picture without annotation."),
    Column("class_objects", _COUNT, "", "Those of the explained class."),
    Column(
        "object_boxes",
        pl.List(pl.Float32()),
        _PIXELS,
        "Left, top, right, bottom of each of these; crowds have none.",
    ),
    Column("energy_inside", _NUMBER, "0 to 1", "Evidence inside of these objects."),
    Column("pointing", pl.Boolean(), "", "Whether the peak lies in one of them."),
    Column("box_iou", _NUMBER, "0 to 1", "Largest overlap of the box with one of theirs."),
    Column("deletion", _NUMBER, "0 to 1", "Deletion AUC, missing pixels blurred; low is good."),
    Column("deletion_random", _NUMBER, "0 to 1", "The same of a random map."),
    Column("insertion", _NUMBER, "0 to 1", "Insertion AUC on the blurred picture; high is good."),
    Column("insertion_random", _NUMBER, "0 to 1", "The same of a random map."),
    Column("drop", _NUMBER, "0 to 1", "Average drop of this picture; low is good."),
    Column("drop_random", _NUMBER, "0 to 1", "The same of a random map."),
    Column("stability", _NUMBER, "-1 to 1", "Correlation with the maps of 16 moved pictures."),
    Column("stability_random", _NUMBER, "-1 to 1", "The same of a random map that stays."),
    Column(
        "features",
        pl.List(pl.Float16()),
        "",
        "The last layer's activations, averaged over its cells; in a picture's first row.",
    ),
    Column(
        "logits",
        pl.List(pl.Float32()),
        "",
        "All class scores under the model's own recipe; in a picture's first row.",
    ),
    Column("notes", _TEXT, "", "What should be known about picture and map, one note a line."),
    Column("error", _TEXT, "", "Why there is no map; empty when there is one."),
)

SCHEMA: dict[str, Any] = {column.name: column.type for column in COLUMNS}
"""Type of each column by its name, in the order of the file."""
