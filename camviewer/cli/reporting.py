"""Explains pictures for a report, and writes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camviewer.cli.map_choice import MapChoice
from camviewer.cli.map_making import MapMaking, pictures_at
from camviewer.cli.progress import Progress
from camviewer.engine.report.bundle import GUARDS
from camviewer.engine.report.reported_map import ReportedMap
from camviewer.engine.report.writing import require_kind, write_report
from camviewer.engine.trust.messages import TrustOptions

if TYPE_CHECKING:
    from camviewer.api import Model, PictureExplanation
    from camviewer.engine.trust.messages import TrustCard


@dataclass(frozen=True)
class ReportOptions:
    """The options of ``camviewer report``.

    Attributes:
        maps: which maps are made.
        file: the report.
        trust: whether every map is measured.
        budget: seconds for measuring a map.
        seed: of the random references.
        note: what the user says about the pictures.
        with_pictures: whether a bundle has the pictures as they are.
        overwrite: whether to replace the file.
    """

    maps: MapChoice
    file: Path
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
    pictures = [picture for path in paths for picture in pictures_at(path)]
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
    making = MapMaking(options.maps, pictures)
    for path in pictures:
        progress.show(path.name)
        explanation = making.explanation(path, progress)
        yield ReportedMap(
            explanation.image,
            explanation.details,
            explanation.model,
            explanation.verdict,
            making.look(explanation),
            card=_measured(making.model, explanation, options, progress) if options.trust else None,
            seed=options.seed,
        )


def _measured(
    model: Model, explanation: PictureExplanation, options: ReportOptions, progress: Progress
) -> TrustCard:
    return model.trust(
        explanation,
        TrustOptions(budget=options.budget, seed=options.seed),
        lambda so_far: progress.say(f"Measuring: {so_far.share_done:.0%}, {so_far.seconds:.0f} s"),
    )
