"""Writes the report of a run as one page that opens offline."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import numpy as np
import polars as pl
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from numpy.typing import NDArray
from PIL import Image

from camviewer.engine.batch.durable_files import write_whole
from camviewer.engine.batch.exports.tables import require_new
from camviewer.engine.batch.report.maps import localised, mean, mean_maps, measured
from camviewer.engine.batch.report.pictures import picks
from camviewer.engine.batch.report.verdicts import Share, verdicts
from camviewer.engine.batch.run import Run
from camviewer.engine.render.look import Look
from camviewer.engine.render.number_words import number_words
from camviewer.engine.render.overlay import colormap_table, indices
from camviewer.engine.support.resources import resource

_COLUMNS = (
    "id",
    "path",
    "truth",
    "truth_index",
    "truth_rank",
    "predicted_index",
    "predicted_probability",
    "class_index",
    "rank",
    "map_rows",
    "map_columns",
    "border_share",
    "outside_share",
    "objects",
    "class_objects",
    "energy_inside",
    "pointing",
    "box_iou",
    "deletion",
    "deletion_random",
    "insertion",
    "insertion_random",
    "drop",
    "drop_random",
    "stability",
    "stability_random",
)
"""All that the report needs of every row; maps are read for those that it shows."""


def write_report(run: Run, file: Path, *, overwrite: bool = False) -> None:
    """Writes the report of a run, which may be unfinished.

    Raises:
        CamviewerError: the file is there already or cannot be written, or a shard is damaged.
    """
    require_new(file, overwrite=overwrite)
    write_whole(file, report_page(run).encode("utf-8"))


def report_page(run: Run) -> str:
    """The page as HTML, with everything in it.

    Raises:
        CamviewerError: a shard is damaged.
    """
    maps = run.collected(
        run.scan().filter(pl.col("map").is_not_null()).select(_COLUMNS).sort("path", "rank", "id")
    )
    labels = tuple(run.record["model"]["labels"])
    pictures = maps.unique("id", keep="first", maintain_order=True)
    look = Look(signed=run.record["model"]["signed"])
    template = _environment().get_template("report.html.jinja")
    return template.render(
        run=run.record,
        name=run.path.resolve().name,
        status=run.status(),
        explained=pictures.height,
        maps=maps.height,
        verdicts=verdicts(pictures, labels),
        localised=localised(run, maps),
        measured=measured(maps),
        border=mean(maps, "border_share"),
        outside=mean(maps, "outside_share"),
        mean_maps=mean_maps(run, maps, labels),
        picks=picks(run, maps),
        look=look,
        colour_bar=_colour_bar(look),
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(resource("report")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "count": lambda number: f"{number:,}",
        "percent": _percent,
        "number": number_words,
        "map_image": _map_image,
    }
    return environment


def _percent(share: float | Share | None) -> str:
    """A share in per cent with one digit; a dash where there is none."""
    value = share.value if isinstance(share, Share) else share
    return "–" if value is None else f"{100 * value:.1f}%"


def _map_image(values: NDArray[np.float64], look: Look) -> str:
    """A small PNG of a map as a data URI, a pixel for each cell, in colours up to its maximum."""
    most = float(np.abs(values).max() if look.signed else values.max())
    limits = (-most, most) if look.signed else (0.0, most)
    pixels = colormap_table(look.active_colormap)[indices(values.astype(np.float32), limits)]
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode('ascii')}"


def _colour_bar(look: Look) -> str:
    """The colours of a look from the lowest to the highest value, as a data URI."""
    steps = np.linspace(-1.0 if look.signed else 0.0, 1.0, 64)[None]
    return _map_image(steps, look)
