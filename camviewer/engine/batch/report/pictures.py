"""Picks the pictures of a run that tell most, and draws them small with their maps."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from typing import Any

import polars as pl
from PIL import Image, ImageDraw

from camviewer.engine.batch.report.maps import full_rows
from camviewer.engine.batch.report.verdicts import is_right_map
from camviewer.engine.batch.run import Run
from camviewer.engine.errors import CamviewerError

_PICKED = 8
"""Maximum number of pictures of a kind."""

_SIDE = 240
_QUALITY = 82


@dataclass(frozen=True)
class Pick:
    """A picture of the report.

    Attributes:
        image: a small JPEG with map and framed objects as a data URI; empty where it cannot be
            drawn.
        problem: why it cannot be drawn; empty where it is.
        row: its row.
        width: of the small picture, in pixels.
        height: the same.
    """

    image: str
    problem: str
    row: dict[str, Any]
    width: int
    height: int


@dataclass(frozen=True)
class Picks:
    """Pictures of one kind.

    Attributes:
        title: of the kind.
        about: what they are, in one sentence.
        of: how many pictures there are of this kind.
        shown: the most extreme ones.
    """

    title: str
    about: str
    of: int
    shown: tuple[Pick, ...]


def picks(run: Run, maps: pl.DataFrame) -> tuple[Picks, ...]:
    """The kinds of which the run has pictures.

    Args:
        run: has maps and pictures.
        maps: a row for each map.
    """
    known = maps.filter(pl.col("truth_index").is_not_null())
    right = known.filter(is_right_map())
    wrong = (
        known.filter(pl.col("truth_rank") > 1)
        .sort("rank")
        .unique("id", keep="first", maintain_order=True)
    )
    outside = right.filter(pl.col("energy_inside").is_not_null())
    border = right.filter(pl.col("border_share").is_not_null())
    stable = maps.filter(pl.col("stability").is_not_null())
    kinds = (
        (
            "Wrong with confidence",
            "The predicted class is not the true one; the most probable predictions first.",
            wrong.sort(["predicted_probability", "path"], descending=[True, False]),
        ),
        (
            "Right, with the evidence outside the object",
            "The predicted class is the true one; the least evidence inside its objects first.",
            outside.sort(["energy_inside", "path"]),
        ),
        (
            "Right, with the evidence on the border",
            "The predicted class is the true one; the most evidence in the outermost cells first.",
            border.sort(["border_share", "path"], descending=[True, False]),
        ),
        (
            "Least stable",
            "Maps that change most when the picture moves by less than a cell.",
            stable.sort(["stability", "path"]),
        ),
    )
    return tuple(
        Picks(title, about, table.height, tuple(_drawn(run, table.head(_PICKED))))
        for title, about, table in kinds
        if table.height
    )


def _drawn(run: Run, chosen: pl.DataFrame) -> list[Pick]:
    return [_pick(run, row) for row in full_rows(run, chosen)]


def _frame_objects(image: Image.Image, whole: tuple[int, int], sides: list[float]) -> None:
    """Frames objects on a small picture, white in black, so that it is seen on any."""
    scale_x, scale_y = image.width / whole[0], image.height / whole[1]
    draw = ImageDraw.Draw(image)
    for start in range(0, len(sides), 4):
        left, top, right, bottom = sides[start : start + 4]
        corners = (left * scale_x, top * scale_y, right * scale_x - 1, bottom * scale_y - 1)
        inner = (corners[0] + 1, corners[1] + 1, corners[2] - 1, corners[3] - 1)
        if inner[2] > inner[0] and inner[3] > inner[1]:
            draw.rectangle(corners, outline="black")
            draw.rectangle(inner, outline="white")


def _pick(run: Run, row: dict[str, Any]) -> Pick:
    try:
        image = Image.fromarray(run.overlay(row))
    except CamviewerError as error:
        return Pick("", error.message, row, 0, 0)
    whole = image.size
    image.thumbnail((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    _frame_objects(image, whole, row["object_boxes"] or [])
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=_QUALITY)
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    return Pick(f"data:image/jpeg;base64,{data}", "", row, image.width, image.height)
