"""Times what the command line asks for, prints the tables and writes ``RESULTS.md``."""

from __future__ import annotations

import argparse
import warnings
from pathlib import Path

from benchmarks.gradient_methods import time_gradient_methods
from benchmarks.packaged_start import packaged_program, packaged_report, time_packaged
from benchmarks.peak_memory import peak_megabytes
from benchmarks.report import Found, load_of_machine, report
from benchmarks.scenarios import SCENARIOS, time_subject
from benchmarks.slow_methods import time_slow_methods
from benchmarks.subjects import SUBJECTS
from benchmarks.window_start import time_window

_RESULTS = Path(__file__).with_name("RESULTS.md")
_PARTS = ("window", "memory", "methods", "slow", "packaged")
_WINDOW, _MEMORY, _METHODS, _SLOW, _PACKAGED = _PARTS
_SLOW_ROUNDS = 3


def main() -> None:
    options = _options()
    quick = options.quick
    only = set(options.only or (*SUBJECTS, *SCENARIOS, *_PARTS))
    rounds, warm_up, starts = (3, 1, 1) if quick else (options.rounds, 3, 5)
    # Peers warn about their own use of torch; the tables are to be readable.
    warnings.simplefilter("ignore")

    load = load_of_machine()
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
        choices=[*SUBJECTS, *SCENARIOS, *_PARTS],
        help=f"networks ({', '.join(SUBJECTS)}), and what to time of them "
        f"({', '.join((*SCENARIOS, *_PARTS))})",
    )
    return parser.parse_args()
