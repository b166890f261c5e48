"""Explains pictures for a report, and writes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camviewer.cli.parameters import open_model
from camviewer.cli.progress import Progress
from camviewer.cli.refinement import Refinement
from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.picture.folder_range import (
    in_order,
    needs_range,
    range_of_pictures,
    with_kept_range,
)
from camviewer.engine.picture.source_image import SourceImage, find_pictures, read_image
from camviewer.engine.render.look import Look
from camviewer.engine.report.bundle import GUARDS
from camviewer.engine.report.reported_map import ReportedMap
from camviewer.engine.report.writing import require_kind, write_report
from camviewer.engine.results.messages import ScoreKind
from camviewer.engine.results.method_info import usual_method
from camviewer.engine.results.method_options import options_of_words
from camviewer.engine.trust.messages import TrustOptions

if TYPE_CHECKING:
    from camviewer.api import Model, PictureExplanation
    from camviewer.engine.trust.messages import TrustCard


@dataclass(frozen=True)
class ReportOptions:
    """The options of ``camviewer report``; those that ``explain`` has mean the same.

    Attributes:
        trust: whether every map is measured.
        budget: seconds for measuring a map.
        seed: of the random references.
        note: what the user says about the pictures.
        with_pictures: whether a bundle has the pictures as they are.
    """

    file: Path
    model: str | None
    page: int
    bands: str | None
    values: str | None
    class_words: str | None
    target_words: str | None
    method: str | None
    layer: str | None
    score: ScoreKind
    option_words: tuple[str, ...]
    nominal: bool
    mode: PlacementMode
    detail: float | None
    look: Look
    trust: bool
    budget: float
    seed: int
    note: str
    with_pictures: bool
    overwrite: bool


def report_pictures(paths: Sequence[Path], options: ReportOptions) -> None:
    """Explains pictures and the pictures in folders, and writes the report.

    Raises:
        CamviewerError: a picture cannot be explained, or the file cannot be written.
    """
    from camviewer.api.reports import print_pdf  # noqa: PLC0415  (torch)

    require_kind(options.file, overwrite=options.overwrite)
    pictures = find_pictures(paths)
    with Progress(len(pictures)) as progress:
        maps = _maps(pictures, options, progress)
        digest = write_report(
            options.file,
            maps,
            len(pictures),
            options.note,
            printer=print_pdf,
            with_pictures=options.with_pictures,
            overwrite=options.overwrite,
        )
    click.echo(f"Written: {options.file}")
    if digest:
        click.echo(f"SHA-256 of its manifest: {digest}\n{GUARDS}")


def _maps(
    pictures: Sequence[Path], options: ReportOptions, progress: Progress
) -> Iterator[ReportedMap]:
    model = open_model(options.model, options.bands, options.values)
    kept = None
    for path in pictures:
        image = read_image(path, options.page)
        if len(pictures) > 1 and needs_range(image):
            kept = kept or range_of_pictures(in_order(pictures))
            image = with_kept_range(image, kept)
        progress.show(image.name)
        explanation = _explained(model, image, options, progress)
        details = explanation.details
        yield ReportedMap(
            image,
            details,
            explanation.model,
            explanation.verdict,
            replace(options.look, signed=options.look.signed or details.method.signed),
            card=_measured(model, explanation, options, progress) if options.trust else None,
            seed=options.seed,
        )


def _explained(
    model: Model, image: SourceImage, options: ReportOptions, progress: Progress
) -> PictureExplanation:
    method = options.method or usual_method(model.methods(options.layer, options.target_words))
    return model.explain(
        image,
        options.class_words,
        method=method,
        layer=options.layer,
        placement=options.mode,
        detail=options.detail,
        score=options.score,
        target=options.target_words,
        options=dict(options_of_words(model.method(method), options.option_words)),
        nominal=options.nominal,
        on_progress=Refinement(progress, image.name).show,
    )


def _measured(
    model: Model, explanation: PictureExplanation, options: ReportOptions, progress: Progress
) -> TrustCard:
    return model.trust(
        explanation,
        TrustOptions(budget=options.budget, seed=options.seed),
        lambda so_far: progress.say(f"Measuring: {so_far.share_done:.0%}, {so_far.seconds:.0f} s"),
    )
