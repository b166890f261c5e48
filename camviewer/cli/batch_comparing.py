"""Two runs side by side, at the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from camviewer.cli.progress import Progress
from camviewer.cli.wording import on_one_line, pictures_words
from camviewer.engine.batch import RunComparison, compare_runs, export_comparison, open_run
from camviewer.engine.batch.comparison.changes import ComparisonSummary
from camviewer.engine.support import Progress as Steps

_NAMED = 10
"""Maximum number of pictures that are named because they are not compared."""


def print_comparison(
    places: tuple[Path | str, Path | str],
    class_name: str | None,
    file: Path | None,
    *,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Compares two runs.

    Raises:
        CamviewerError: one cannot be read, they have nothing in common, or the file cannot be
            written.
    """
    first, second = map(open_run, places)
    with Progress(1) as line:
        steps = Steps(report=lambda share, words: line.say(f"{words} ... {share:.0%}"))
        compared = compare_runs(first, second, class_name, progress=steps)
    if file is not None:
        export_comparison(compared, file, overwrite=overwrite)
    if as_json:
        click.echo(json.dumps(_record(compared), indent=2))
        return
    for words in _said(compared):
        click.echo(words)
    if file is not None:
        click.echo(f"{compared.rows.height:,} rows are in {file}.")


def _record(compared: RunComparison) -> dict[str, object]:
    accuracies = compared.summary.accuracies
    runs = [
        {
            "run": str(side.run.path),
            "model": side.run.record["model"]["title"],
            "method": side.run.method_words,
            "accuracy": None if accuracies is None else accuracies[number],
        }
        for number, side in enumerate((compared.first, compared.second))
    ]
    left_out = [{"path": path, "why": why} for path, why in compared.left_out.iter_rows()]
    record = asdict(compared.summary)
    return {"a": runs[0], "b": runs[1], **record, "left_out": left_out}


def _said(compared: RunComparison) -> Iterator[str]:
    found = compared.summary
    sides = (compared.first, compared.second)
    for number, (letter, side) in enumerate(zip("AB", sides, strict=True)):
        run, accuracies = side.run, found.accuracies
        model = run.record["model"]
        words = f"{letter}: {run.path.name}, {model['title']}, {run.method_words}"
        right = "" if accuracies is None else f", {accuracies[number]:.1%} right"
        yield words + right
    yield f"{pictures_words(found.pictures)} in both; the verdict changed of {_share(found)}."
    if found.p_value is not None:
        yield (
            f"Of {pictures_words(found.known)} with a true class, {found.better:,} got better and "
            f"{found.worse:,} worse; {found.right_in_both:,} are right in both, "
            f"{found.wrong_in_both:,} wrong in both."
        )
        yield f"McNemar's exact test, two-sided: p = {found.p_value:.3g}."
    yield from _moved_words(found)
    for change in found.changes:
        yield f"  {change.count:6,}  {change.first} → {change.second}"
    yield from _left_out_words(compared)


def _moved_words(found: ComparisonSummary) -> Iterator[str]:
    apart = found.pictures - found.same_class
    if apart:
        yield f"Of {pictures_words(apart)}, the two maps are of different classes."
    if found.without_evidence:
        yield f"Of {pictures_words(found.without_evidence)}, a map has no evidence."
    if found.median_moved is not None:
        yield f"In the median picture, {found.median_moved:.0%} of the evidence lies elsewhere."


def _left_out_words(compared: RunComparison) -> Iterator[str]:
    left_out = compared.left_out
    if not left_out.height:
        return
    is_one = left_out.height == 1
    yield f"{pictures_words(left_out.height)} {'is' if is_one else 'are'} left out:"
    for path, why in left_out.head(_NAMED).iter_rows():
        yield f"  {on_one_line(path)}: {on_one_line(why)}"
    if left_out.height > _NAMED:
        yield f"  and {left_out.height - _NAMED:,} more"


def _share(found: ComparisonSummary) -> str:
    return f"{found.changed:,} ({found.changed / found.pictures:.1%})"
