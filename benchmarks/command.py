"""Times what the command line asks for, prints the tables and writes ``RESULTS.md``."""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.busy import time_busy
from benchmarks.gradient_methods import time_gradient_methods
from benchmarks.packaged_start import packaged_program, packaged_report, time_packaged
from benchmarks.peak_memory import peak_megabytes
from benchmarks.planning import time_planning
from benchmarks.report import Found, load_of_machine, report
from benchmarks.review import time_review
from benchmarks.runs import runs_report, time_growth, time_runs
from benchmarks.scenarios import SCENARIOS, time_subject
from benchmarks.slow_methods import time_slow_methods
from benchmarks.subjects import SUBJECTS
from benchmarks.window_start import time_window

_RESULTS = Path(__file__).with_name("RESULTS.md")
_SECTIONS = ("runs", "growth", "busy", "planning", "review")
"""Parts that have a section of their own in RESULTS.md, which can be measured anew alone."""
_PARTS = ("window", "memory", "methods", "slow", "packaged", *_SECTIONS)
_WINDOW, _MEMORY, _METHODS, _SLOW, _PACKAGED = _PARTS[:5]
_SLOW_ROUNDS = 3


def main() -> None:
    options = _options()
    quick = options.quick
    only = set(options.only or (*SUBJECTS, *SCENARIOS, *_PARTS))
    rounds, warm_up, starts = (3, 1, 1) if quick else (options.rounds, 3, 5)
    # Peers warn about their own use of torch; the tables are to be readable.
    warnings.simplefilter("ignore")

    load = load_of_machine()
    sections = _sections(only, quick=quick)
    if options.only and set(options.only) <= set(_SECTIONS):
        print("\n\n".join(sections.values()))
        if not quick:
            text = _RESULTS.read_text(encoding="utf-8")
            _RESULTS.write_text(_with_sections(text, sections), encoding="utf-8")
        return
    window = memory = None
    if _WINDOW in only:
        print("window ...", flush=True)
        window = time_window(starts)
    packaged, program = "", packaged_program()
    if _PACKAGED in only and program is not None:
        print("packaged program ...", flush=True)
        packaged = packaged_report(program, time_packaged(program, starts))
    if _MEMORY in only:
        print("memory ...", flush=True)
        memory = peak_megabytes()
    scenarios = [name for name in SCENARIOS if name in only]
    timed, methods, slow = [], [], ()
    for name in [name for name in SUBJECTS if name in only] or list(SUBJECTS):
        if scenarios:
            print(f"{name} ...", flush=True)
            timed.append(time_subject(name, scenarios, rounds, warm_up))
        if _METHODS in only:
            print(f"{name}, gradient methods ...", flush=True)
            methods.append(time_gradient_methods(name, rounds, warm_up))
    if _SLOW in only:
        print("slow methods ...", flush=True)
        slow = time_slow_methods(1 if quick else _SLOW_ROUNDS)

    found = Found(tuple(timed), tuple(methods), slow, memory, window)
    text = report(found, rounds, load)
    text += f"\n{packaged}\n" if packaged else ""
    text = _with_sections(text, sections)
    print(f"\n{text}")
    if quick or options.only:
        print(f"{_RESULTS.name} is only written by a full run.")
    else:
        _RESULTS.write_text(text, encoding="utf-8")


def _sections(only: set[str], *, quick: bool) -> dict[str, str]:
    """The sections that were asked for, by name."""
    made: dict[str, Callable[[], str]] = {
        "runs": lambda: runs_report(time_runs(*((20, 1) if quick else (1000, 3)))),
        "growth": lambda: time_growth(*(((20, 40), 1) if quick else ((100, 1000, 10_000), 3))),
        "busy": lambda: time_busy(1 if quick else 5),
        "review": lambda: time_review(*((5000, 50) if quick else (100_000, 2000))),
        "planning": lambda: time_planning(20_000 if quick else 1_000_000),
    }
    found = {}
    for name in _SECTIONS:
        if name in only:
            print(f"{name} ...", flush=True)
            day, load = datetime.now(UTC).date(), load_of_machine()
            found[name] = f"{made[name]()}\n\nMeasured on {day}; load average before: {load}."
    return found


def _with_sections(text: str, sections: dict[str, str]) -> str:
    """The text with its sections of these names replaced, or with them at its end."""
    for name, section in sections.items():
        begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        before, found, rest = text.partition(begin)
        after = rest.partition(end)[2] if found else "\n"
        text = f"{before.rstrip()}\n\n{begin}\n\n{section}\n\n{end}{after}"
    return text


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Times camviewer beside other programs."
    )
    parser.add_argument("--quick", action="store_true", help="few rounds, to see that it runs")
    parser.add_argument("--rounds", type=int, default=20, help="rounds of a full run")
    parser.add_argument(
        "--only",
        nargs="+",
        metavar="PART",
        choices=[*SUBJECTS, *SCENARIOS, *_PARTS],
        help=f"networks ({', '.join(SUBJECTS)}), and what to time of them "
        f"({', '.join((*SCENARIOS, *_PARTS))})",
    )
    return parser.parse_args()
