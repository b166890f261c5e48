"""Times what the command line asks for, prints the tables and writes ``RESULTS.md``."""

from __future__ import annotations

import argparse
import warnings
from pathlib import Path

from benchmarks.report import load_of_machine, report
from benchmarks.scenarios import SCENARIOS, time_subject
from benchmarks.subjects import SUBJECTS
from benchmarks.window_start import time_window

_RESULTS = Path(__file__).with_name("RESULTS.md")
_WINDOW = "window"


def main() -> None:
    options = _options()
    quick = options.quick
    only = set(options.only or (*SUBJECTS, *SCENARIOS, _WINDOW))
    rounds, warm_up, starts = (3, 1, 1) if quick else (options.rounds, 3, 5)
    # Peers warn about their own use of torch; the tables are to be readable.
    warnings.simplefilter("ignore")

    load = load_of_machine()
    window = None
    if _WINDOW in only:
        print("window ...", flush=True)
        window = time_window(starts)
    names = [name for name in SUBJECTS if name in only]
    scenarios = [name for name in SCENARIOS if name in only] or list(SCENARIOS)
    if not names and only & SCENARIOS.keys():
        names = list(SUBJECTS)
    subjects = []
    for name in names:
        print(f"{name} ...", flush=True)
        subjects.append(time_subject(name, scenarios, rounds, warm_up))

    text = report(subjects, window, rounds, load)
    print(f"\n{text}")
    if quick or options.only:
        print(f"{_RESULTS.name} is only written by a full run.")
    else:
        _RESULTS.write_text(text, encoding="utf-8")


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
        choices=[*SUBJECTS, *SCENARIOS, _WINDOW],
        help=f"networks ({', '.join(SUBJECTS)}), scenarios ({', '.join(SCENARIOS)}) or {_WINDOW}",
    )
    return parser.parse_args()
