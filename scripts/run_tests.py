"""Runs the tests by several calls of pytest: ``run_tests.py [--at-once N] [ARGUMENTS OF PYTEST]``.

A process keeps every library that a test has imported, and libraries keep what they once made. In
a call of its own, a part of the tests has only what it needs, and stays below 1.5 GB. Where the
arguments name files or folders, these are run by one call.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent / "tests"
PARTS = (
    ("cli", "api"),
    ("engine/network/test_registration.py", "engine/network/test_offsets.py"),
    ("engine/network",),
    (
        "engine/methods/test_cam.py",
        "engine/methods/test_full_gradient.py",
        "engine/methods/test_grad_cam.py",
        "engine/methods/test_parity.py",
        "engine/methods/test_peer_maps.py",
        "engine/methods/test_perturbation_peers.py",
        "engine/methods/test_transformers.py",
    ),
    ("engine/methods",),
    ("ui/preprocessing", "ui/training", "ui/trust", "ui/structure", "ui/models"),
    ("engine/training/test_training.py",),
    ("engine/batch", "engine/selftest"),
    ("engine/runtime/test_openvino.py", "engine/runtime/test_session_engines.py"),
    ("engine/runtime", "engine/training"),
    ("engine/architectures",),
    ("engine/programs",),
    ("engine/importing",),
    ("engine/trust", "engine/support"),
    ("ui",),
    ("engine/session/test_session.py",),
    ("engine/session", "engine/statistics", "engine/structure"),
    ("engine/checkpoints", "engine/huggingface", "engine/packs"),
)
"""Places whose tests are run by one call, the longest first; a last call has the rest."""
PASSED, FAILED, NOTHING_TO_RUN = 0, 1, 5
SLOWEST = 10
"""How many of the slowest tests are named at the end."""
DURATION = re.compile(r"([\d.]+)s (setup|call|teardown) ")
WORTH_REPEATING = re.compile(r"FAILED |ERROR |Memory at most|(=+ )?(no tests|\d+ \w+).* in [\d.]+s")
COLOURS = re.compile(r"\x1b\[[\d;]*m")


@dataclass(frozen=True)
class Outcome:
    """How one call of pytest ended."""

    title: str
    code: int
    lines: tuple[str, ...]
    """What it printed, without colours; nothing where it was shown while it ran."""


def main(arguments: Sequence[str]) -> int:
    """The exit code of pytest: 0 when all that was run has passed."""
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--at-once", type=int, default=1, help="calls of pytest at one time")
    options, for_pytest = parser.parse_known_args(arguments)
    if any(is_place(one) for one in for_pytest if not one.startswith("-")):
        return pytest_process(for_pytest, None).wait()
    with ThreadPoolExecutor(options.at_once) as pool:
        outcomes = list(
            pool.map(
                lambda part: run_part(*part, for_pytest, alone=options.at_once == 1),
                parts().items(),
            )
        )
    print("\n".join(summary(outcomes)))
    failed = [one.code for one in outcomes if one.code not in {PASSED, NOTHING_TO_RUN}]
    if failed:
        return max(failed)
    return PASSED if PASSED in {one.code for one in outcomes} else NOTHING_TO_RUN


def is_place(argument: str) -> bool:
    """Whether it is a file, a folder, or a test in a file."""
    return Path(argument.partition("::")[0]).exists()


def parts() -> dict[str, list[str]]:
    """What is run by one call: titles, and the arguments that tell pytest what to look for."""
    named = [TESTS / place for part in PARTS for place in part]
    found = {" ".join(part): [TESTS / place for place in part] for part in PARTS}
    found["the rest"] = [TESTS]
    return {
        title: [
            *(str(place) for place in places),
            *(f"--ignore={one}" for one in named if any(place in one.parents for place in places)),
        ]
        for title, places in found.items()
    }


def run_part(
    title: str, places: Sequence[str], for_pytest: Sequence[str], *, alone: bool
) -> Outcome:
    """Runs one call of pytest, and shows what it printed when it has ended."""
    arguments = [f"--durations={SLOWEST}", *for_pytest, *places]
    process = pytest_process(arguments, subprocess.PIPE, alone=alone)
    output, _ = process.communicate()
    text = output.decode(errors="replace")
    sys.stdout.write(f"\n--- {title} ---\n{text}")
    sys.stdout.flush()
    return Outcome(title, process.returncode, tuple(COLOURS.sub("", text).splitlines()))


def pytest_process(
    arguments: Sequence[str], output: int | None, *, alone: bool = True
) -> subprocess.Popen[bytes]:
    """A call of pytest; beside others each has one thread, which takes a tenth less work."""
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    threads = {} if alone else {"OMP_NUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "pytest", *colour, *arguments],
        stdout=output,
        env={"OMP_WAIT_POLICY": "PASSIVE", "MALLOC_ARENA_MAX": "2"} | threads | os.environ,
    )


def summary(outcomes: Sequence[Outcome]) -> list[str]:
    """What failed, how much memory it took, how many passed, and the slowest of all tests."""
    lines = []
    for one in outcomes:
        lines += ["", f"{one.title}:", *filter(WORTH_REPEATING.match, one.lines)]
    durations = [line for one in outcomes for line in one.lines if DURATION.match(line)]
    durations.sort(key=lambda line: -float(line.partition("s ")[0]))
    return [*lines, "", "The slowest tests:", *durations[:SLOWEST]]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
