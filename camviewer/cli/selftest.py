"""Defines the command ``camviewer self-test``, which checks the installation."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from camviewer.engine.selftest import CheckResult

_FAILED = 1
_DETAIL = 90


@click.command("self-test")
@click.option(
    "as_lines", "--json-lines", is_flag=True, help="Print each result as a line of JSON at once."
)
def self_test(*, as_lines: bool) -> int:
    """Tries every part of the program, offline and in a folder of its own.

    Classes and maps of the samples, every picture format, method and device, models of others,
    worker processes and the window. Exit code 0 when all is well, else 1.
    """
    from camviewer.engine.selftest import run_self_test  # noqa: PLC0415  (imports torch)

    if not as_lines:
        from camviewer.engine.selftest.processes import platform_words  # noqa: PLC0415

        click.echo(f"camviewer self-test: {platform_words()}")
    failed, count, group = 0, 0, ""
    for result in run_self_test():
        count += 1
        failed += not result.passed
        if as_lines:
            click.echo(json.dumps(asdict(result)))
            continue
        if result.group != group:
            group = result.group
            click.echo(f"\n{group}")
        click.echo(_row(result))
    if not as_lines:
        summary = f"{count - failed} of {count} checks passed"
        click.echo(f"\n{summary}." if failed else f"\nAll {summary.partition(' of ')[2]}.")
    return _FAILED if failed else 0


def _row(result: CheckResult) -> str:
    mark = "ok    " if result.passed else "FAILED"
    time = f"{result.milliseconds:.0f} ms".rjust(9)
    return f"  {mark}  {result.name:<32}{time}  {result.detail[:_DETAIL]}"
