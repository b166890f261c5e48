"""Defines the command ``camviewer calibrate``."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from camviewer.cli.parameters import json_option
from camviewer.cli.progress import Progress
from camviewer.cli.wording import table

if TYPE_CHECKING:
    from camviewer.engine.batch.calibration_fit import Calibrated

_LEAST_COVERAGE, _MOST_COVERAGE = 0.5, 0.999


@click.command()
@click.argument("run", metavar="RUN", type=Path)
@click.option(
    "--coverage",
    type=click.FloatRange(_LEAST_COVERAGE, _MOST_COVERAGE),
    default=0.95,
    show_default=True,
    help="In what share of cases the true class is to be in the set of classes.",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Of the two halves that the run is cut into.",
)
@click.option("--dry-run", is_flag=True, help="Only print, and keep nothing with the model.")
@click.option("--forget", is_flag=True, help="Remove what was fitted for the run's model.")
@json_option
def calibrate(
    *, run: Path, coverage: float, seed: int, dry_run: bool, forget: bool, as_json: bool
) -> None:
    """Fits what makes a model's confidence keep its word, on the labelled run in the folder RUN.

    One half of the run's pictures gives a temperature, the other shows the calibration error before
    and after, and how large sets of classes must be to hold the true one. The run needs --truth and
    --logits; with --features, pictures that are unlike the run's are told as well. All of this is
    kept with the model and shown beside its verdicts, which do not change.
    """
    from camviewer.engine.batch import open_run  # noqa: PLC0415  (help is faster)
    from camviewer.engine.calibration import keeping  # noqa: PLC0415

    opened = open_run(run)
    model = opened.record["configuration"]["model"]
    if forget:
        keeping.forget(model)
        click.echo(f"Nothing is kept any more of what was fitted for {model}.")
        return
    from camviewer.engine.batch import calibration_fit  # noqa: PLC0415

    if not dry_run:
        keeping.require_kept(model)
    with Progress(1) as progress:
        progress.say("Reading the rows and fitting ...")
        found = calibration_fit.calibrate(opened, coverage, seed)
    if not dry_run:
        keeping.keep(found.calibration, model)
    if as_json:
        click.echo(json.dumps(_record(found, model, kept=not dry_run), indent=2, allow_nan=False))
        return
    click.echo(_words(found, model))
    if not dry_run:
        click.echo(f"Kept with {model}: it is shown beside each verdict, which does not change.")


def _record(found: Calibrated, model: str, *, kept: bool) -> dict[str, Any]:
    calibration = found.calibration
    return {
        "model": model,
        "run": calibration.run,
        "pictures": calibration.pictures,
        "temperature": calibration.temperature,
        "calibration_error": {
            "before": calibration.error_before,
            "after": calibration.error_after,
        },
        "reliability": {
            "before": [asdict(each) for each in found.before],
            "after": [asdict(each) for each in found.after],
        },
        "sets": {
            **asdict(calibration.sets),
            "mean_size": found.mean_size,
            "single": found.single,
            "reached": found.reached,
        },
        "features": found.features,
        "class_means": found.means,
        "kept": kept,
    }


def _words(found: Calibrated, model: str) -> str:
    calibration = found.calibration
    half = calibration.pictures // 2
    rows = [["said", "pictures", "said on average", "right", "at the temperature", "right"]]
    after = {each.low: each for each in found.after}
    before = {each.low: each for each in found.before}
    for low in sorted(before | after):
        raw, calm = before.get(low), after.get(low)
        high = (raw or calm or found.before[0]).high
        rows.append(
            [
                f"{low:.0%} to {high:.0%}",
                "" if raw is None else f"{raw.count:,}",
                "" if raw is None else f"{raw.confidence:.1%}",
                "" if raw is None else f"{raw.accuracy:.1%}",
                "" if calm is None else f"{calm.confidence:.1%} of {calm.count:,}",
                "" if calm is None else f"{calm.accuracy:.1%}",
            ]
        )
    sets = calibration.sets
    spread = (sets.coverage * (1 - sets.coverage) / (half + 2)) ** 0.5
    lines = [
        f"{model} on {calibration.pictures:,} pictures of {calibration.run}, {half:,} to check:",
        table(rows, right=(1, 2, 3, 4, 5)),
    ]
    lines.append(
        f"  Temperature {calibration.temperature:.3f}: the calibration error goes from "
        f"{calibration.error_before:.1%} to {calibration.error_after:.1%}."
    )
    lines.append(
        f"  Sets that hold the true class in {100 * sets.coverage:.4g}% of cases "
        f"(± {spread:.1%} with so many pictures): {found.mean_size:.2f} classes on average, "
        f"{found.single:.0%} have one."
    )
    if found.reached is not None:
        lines.append(
            f"  On pictures that their threshold was not taken from they hold it in "
            f"{found.reached:.1%}."
        )
    if found.features:
        lines.append(
            f"  Unlike pictures: by {found.features:,} features and {found.means:,} class means."
        )
    else:
        lines.append("  Unlike pictures are not told: the run has no --features.")
    return "\n".join(lines)
