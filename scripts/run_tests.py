"""Runs the tests by several calls of pytest: ``run_tests.py [--at-once N] [ARGUMENTS OF PYTEST]``.

A process keeps every library that a test has imported, and libraries keep what they once made. In
a process of its own, a part of the tests has only what it needs, and stays below 1.5 GB. On Linux
these processes begin as copies of this one, which has imported what nearly every part needs. Where
the arguments name files or folders, these are run by one call. Another command, such as a check of
types, can be run ``--beside`` the tests.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent.parent / "tests"
PARTS = (
    ("ui/preprocessing", "ui/training", "ui/trust", "ui/structure", "ui/models"),
    (
        "engine/methods/test_cam.py",
        "engine/methods/test_full_gradient.py",
        "engine/methods/test_grad_cam.py",
        "engine/methods/test_parity.py",
        "engine/methods/test_peer_maps.py",
        "engine/methods/test_perturbation_peers.py",
        "engine/methods/test_transformers.py",
    ),
    ("ui",),
    ("cli", "api"),
    ("engine/importing",),
    ("engine/methods",),
    ("engine/batch", "engine/selftest"),
    ("engine/runtime", "engine/training"),
    ("engine/checkpoints", "engine/huggingface", "engine/packs"),
    (),
    ("engine/programs",),
    ("engine/network",),
    ("engine/trust", "engine/support"),
    ("engine/training/test_training.py",),
    ("engine/network/test_registration.py", "engine/network/test_offsets.py"),
    ("engine/session", "engine/statistics", "engine/structure"),
    ("engine/runtime/test_openvino.py", "engine/runtime/test_session_engines.py"),
    ("engine/architectures",),
    ("engine/session/test_session.py",),
)
"""Places whose tests are run by one call, the longest first; () are all others."""
LIBRARIES = ("torch", "torchvision")
"""What nearly all tests need, takes seconds to import, and starts no thread when it is."""
BY_COPIES = sys.platform == "linux"
"""Whether a process begins as a copy of this one; elsewhere libraries do not endure it."""
ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE"}
"""One thread: on cores that are shared, more of them mostly wait for each other."""
PASSED, FAILED, NOTHING_TO_RUN = 0, 1, 5
SLOWEST = 10
"""How many of the slowest tests are named at the end."""
DURATION = re.compile(r"([\d.]+)s (setup|call|teardown) ")
WORTH_REPEATING = re.compile(r"FAILED |ERROR |Memory at most|(=+ )?(no tests|\d+ \w+).* in [\d.]+s")
COLOURS = re.compile(r"\x1b\[[\d;]*m")


@dataclass(frozen=True)
class Call:
    """What one process runs: a function that is given arguments and returns an exit code."""

    title: str
    run: Callable[[Sequence[str]], int]
    arguments: Sequence[str]


@dataclass(frozen=True)
class Outcome:
    """How one call ended."""

    title: str
    code: int
    lines: tuple[str, ...]
    """What it printed, without colours."""


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 when all that was run has passed, else the highest."""
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--at-once", type=int, default=1, help="processes at one time")
    parser.add_argument("--beside", default="", help="a command that is run beside the tests")
    options, for_pytest = parser.parse_known_args(arguments)
    sys.path.insert(0, str(TESTS.parent))  # as python -m pytest does
    os.environ.update(ENVIRONMENT | os.environ)
    if any(is_place(one) for one in for_pytest if not one.startswith("-")):
        code = subprocess.call(shlex.split(options.beside)) if options.beside else PASSED
        return code or run_pytest(for_pytest)
    if BY_COPIES:
        for name in LIBRARIES:
            import_module(name)
        gc.freeze()  # or looking for garbage would copy what is shared
    began = time.monotonic()
    outcomes = list(run_all(calls(for_pytest, shlex.split(options.beside)), options.at_once))
    print("\n".join(summary(outcomes)), f"\n\nIn all {time.monotonic() - began:.0f} s.")
    codes = {one.code for one in outcomes}
    failed = codes - {PASSED, NOTHING_TO_RUN}
    if failed:
        return max(failed)
    return PASSED if PASSED in codes else NOTHING_TO_RUN


def is_place(argument: str) -> bool:
    """Whether it is a file, a folder, or a test in a file."""
    return Path(argument.partition("::")[0]).exists()


def parts() -> dict[str, list[str]]:
    """What is run by one call: titles, and the arguments that tell pytest what to look for."""
    named = [TESTS / place for part in PARTS for place in part]
    found = {
        " ".join(part) or "the rest": [TESTS / place for place in part] or [TESTS] for part in PARTS
    }
    return {
        title: [
            *(str(place) for place in places),
            *(f"--ignore={one}" for one in named if any(place in one.parents for place in places)),
        ]
        for title, places in found.items()
    }


def calls(for_pytest: Sequence[str], command: Sequence[str]) -> list[Call]:
    """The command, if there is one, and a call of pytest for each part."""
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    of_pytest = [
        Call(title, run_pytest, (*colour, f"--durations={SLOWEST}", *for_pytest, *places))
        for title, places in parts().items()
    ]
    return [*([Call(" ".join(command), subprocess.call, command)] if command else []), *of_pytest]


def run_all(waiting: list[Call], at_once: int) -> Iterator[Outcome]:
    """Runs a process for each call, so many at one time, and shows each when it has ended."""
    with tempfile.TemporaryDirectory(prefix="camviewer-parts-") as folder:
        running: list[Running] = []
        while waiting or running:
            while waiting and len(running) < at_once:
                running.append(Running(waiting.pop(0), Path(folder) / f"{len(waiting)}.txt"))
            wait([one.process.sentinel for one in running])
            for one in [one for one in running if not one.process.is_alive()]:
                running.remove(one)
                yield one.shown()


class Running:
    """A call that is run by a process of its own, whose output goes to a file."""

    def __init__(self, call: Call, output: Path) -> None:
        self._call, self._output = call, output
        context = multiprocessing.get_context("fork" if BY_COPIES else "spawn")
        self.process: BaseProcess = context.Process(target=captured, args=(call, output))
        self.process.start()

    def shown(self) -> Outcome:
        """Shows what it printed, once it has ended."""
        text = self._output.read_text("utf-8", errors="replace")
        sys.stdout.write(f"\n--- {self._call.title} ---\n{text}")
        sys.stdout.flush()
        code = FAILED if self.process.exitcode is None else abs(self.process.exitcode)
        return Outcome(self._call.title, code, tuple(COLOURS.sub("", text).splitlines()))


def captured(call: Call, output: Path) -> None:
    """Ends this process with the exit code of a call, whose output goes to a file."""
    with output.open("wb") as file:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(file.fileno(), stream.fileno())
    sys.exit(call.run(list(call.arguments)))


def run_pytest(arguments: Sequence[str]) -> int:
    """The exit code of pytest."""
    return int(pytest.main(list(arguments)))


def summary(outcomes: Sequence[Outcome]) -> list[str]:
    """What failed, how much memory it took, how many passed, and the slowest of all tests."""
    lines = []
    for one in outcomes:
        failed = " failed" if one.code not in {PASSED, NOTHING_TO_RUN} else ""
        lines += ["", f"{one.title}{failed}:", *filter(WORTH_REPEATING.match, one.lines)]
    durations = [line for one in outcomes for line in one.lines if DURATION.match(line)]
    durations.sort(key=lambda line: -float(line.partition("s ")[0]))
    return [*lines, "", "The slowest tests:", *durations[:SLOWEST]]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
