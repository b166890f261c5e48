"""Writes the report of a run as one page that opens offline."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from camviewer.engine.batch.durable_files import write_whole
from camviewer.engine.batch.exports.tables import require_new
from camviewer.engine.batch.report.maps import localised, mean, mean_maps, measured
from camviewer.engine.batch.report.pictures import picks
from camviewer.engine.batch.report.reviewed import reviewed
from camviewer.engine.batch.report.verdicts import Share, verdicts
from camviewer.engine.batch.run import Run
from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.render.look import Look
from camviewer.engine.render.number_words import percent_words
from camviewer.engine.report.language import ENGLISH, Language
from camviewer.engine.report.sections import PLACEMENTS
from camviewer.engine.report.templates import colour_bar, environment

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


def report_page(run: Run, language: Language = ENGLISH) -> str:
    """The page as HTML, with everything in it.

    Args:
        run: may be unfinished.
        language: of the page.

    Raises:
        CamviewerError: a shard is damaged.
    """
    maps = run.collected(
        run.scan().filter(pl.col("map").is_not_null()).select(_COLUMNS).sort("path", "rank", "id")
    )
    labels = tuple(run.record["model"]["labels"])
    pictures = maps.unique("id", keep="first", maintain_order=True)
    method, comma, target = run.method_words.partition(", ")
    look = Look(signed=run.record["model"]["signed"])
    made = environment(language, percent=lambda share: language.number(_percent(share)))
    template = made.get_template("report.html.jinja")
    return template.render(
        run=run.record,
        method=f"{method}{comma}{language.subject(target)}",
        placement=PLACEMENTS[PlacementMode(run.record["configuration"]["placement"])],
        name=run.path.resolve().name,
        status=run.status(),
        explained=pictures.height,
        maps=maps.height,
        verdicts=verdicts(pictures, labels),
        reviewed=reviewed(run),
        localised=localised(run, maps),
        measured=measured(maps),
        border=mean(maps, "border_share"),
        outside=mean(maps, "outside_share"),
        mean_maps=mean_maps(run, maps, labels),
        picks=picks(run, maps),
        look=look,
        colour_bar=colour_bar(look),
    )


def _percent(share: float | Share | None) -> str:
    """A share in per cent, see ``percent_words``; a dash where there is none."""
    value = share.value if isinstance(share, Share) else share
    return "–" if value is None else percent_words(value)
