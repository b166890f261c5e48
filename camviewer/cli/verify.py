"""Defines the command ``camviewer verify``, which checks an evidence bundle."""

from __future__ import annotations

import json
from pathlib import Path

import click

from camviewer.cli.parameters import json_option
from camviewer.cli.progress import Progress

_AGREES, _REFUSED = 0, 2


@click.command()
@click.argument("bundle", type=Path)
@click.option(
    "--model",
    metavar="ID|FILE|FOLDER",
    help="The model that made the maps.  [default: the one that is kept with these weights]",
)
@click.option(
    "--pictures",
    type=Path,
    metavar="FOLDER",
    help="Where the pictures are that are not in the bundle; they are known by their hashes.",
)
@json_option
def verify(*, bundle: Path, model: str | None, pictures: Path | None, as_json: bool) -> int:
    """Checks every byte of an evidence bundle, and computes its maps anew.

    A BUNDLE is a .zip that `camviewer report` or File > Report has written. It ends with 0 only
    where every byte is what it was and every map agrees within 1e-4 of its largest value.
    """
    from camviewer.api.reports import verify as verified  # noqa: PLC0415  (torch)
    from camviewer.engine.report.bundle_zip import ChangedBundleError  # noqa: PLC0415
    from camviewer.engine.support.progress import Progress as Told  # noqa: PLC0415

    try:
        with Progress(1) as progress:
            told = Told(lambda share, words: progress.say(f"{words}: {share:.0%}"))
            found = verified(bundle, model=model, pictures=pictures, progress=told)
    except ChangedBundleError as error:
        if as_json:
            refused = {"bundle": bundle.name, "intact": False, "agrees": False}
            click.echo(json.dumps({**refused, "problem": error.message}, indent=2))
        raise
    if as_json:
        click.echo(json.dumps(found.record(), indent=2, allow_nan=False))
    else:
        click.echo(f"{bundle.name}: every byte is what it was when the bundle was written.")
        click.echo(f"SHA-256 of its manifest: {found.bundle.manifest_sha256}")
        for check in found.checks:
            click.echo(f"  {check.words}")
        click.echo(found.sentence)
    return _AGREES if found.agrees else _REFUSED
