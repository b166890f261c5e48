"""Two runs side by side, at the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from camviewer.cli.progress import Progress
from camviewer.engine.batch import Run, RunComparison, compare_runs, export_comparison, open_run
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
    runs = open_run(places[0]), open_run(places[1])
    with Progress(1) as line:
        steps = Steps(report=lambda share, words: line.say(f"{words} ... {share:.0%}"))
        compared = compare_runs(*runs, class_name, progress=steps)
    if file is not None:
        export_comparison(compared, file, overwrite=overwrite)
    if as_json:
        click.echo(json.dumps(_record(compared), indent=2))
        return
    for words in _said(compared, runs):
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


def _said(compared: RunComparison, runs: tuple[Run, Run]) -> Iterator[str]:
    found = compared.summary
    for number, (letter, run) in enumerate(zip("AB", runs, strict=True)):
        model, accuracies = run.record["model"], found.accuracies
        words = f"{letter}: {run.path.name}, {model['title']}, {run.method_words}"
        right = "" if accuracies is None else f", {accuracies[number]:.1%} right"
        yield words + right
    yield f"{_pictures(found.pictures)} in both; the verdict changed of {_share(found)}."
    if found.p_value is not None:
        yield (
            f"Of {_pictures(found.known)} with a true class, {found.better:,} got better and "
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
        yield f"Of {_pictures(apart)}, the two maps are of different classes."
    if found.without_evidence:
        yield f"Of {_pictures(found.without_evidence)}, a map has no evidence."
    if found.median_moved is not None:
        yield f"In the median picture, {found.median_moved:.0%} of the evidence lies elsewhere."


def _left_out_words(compared: RunComparison) -> Iterator[str]:
    left_out = compared.left_out
    if not left_out.height:
        return
    is_one = left_out.height == 1
    yield f"{_pictures(left_out.height)} {'is' if is_one else 'are'} left out:"
    for path, why in left_out.head(_NAMED).iter_rows():
        printable = "".join(letter if letter.isprintable() else "?" for letter in path)
        yield f"  {printable}: {why}"
    if left_out.height > _NAMED:
        yield f"  and {left_out.height - _NAMED:,} more"


def _share(found: ComparisonSummary) -> str:
    return f"{found.changed:,} ({found.changed / found.pictures:.1%})"


def _pictures(count: int) -> str:
    return "1 picture" if count == 1 else f"{count:,} pictures"
