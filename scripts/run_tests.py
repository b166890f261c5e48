"""Runs the tests by several calls of pytest: ``python scripts/run_tests.py [ARGUMENTS OF PYTEST]``.

A process keeps every library that a test has imported, and libraries keep what they once made. In
a call of its own, a part of the tests has only what it needs, and stays below 1.5 GB. Where the
arguments name files or folders, these are run by one call.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import IO, cast

TESTS = Path(__file__).resolve().parent.parent / "tests"
ENGINE = (
    ("architectures", "checkpoints", "huggingface", "packs"),
    ("importing", "programs"),
    ("runtime",),
    ("batch", "selftest", "session", "statistics"),
    ("training",),
    ("methods",),
    ("network",),
)
"""Rooms of the engine whose tests are run by one call; the others follow together."""
PASSED, FAILED, NOTHING_TO_RUN = 0, 1, 5
WORTH_REPEATING = re.compile(r"FAILED |ERROR |Memory at most|(=+ )?(no tests|\d+ \w+).* in [\d.]+s")
COLOURS = re.compile(r"\x1b\[[\d;]*m")
MALLOC = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "1048576"}
"""The C library of Linux gives tensors back at once, and keeps no heap for each thread."""


def main(arguments: list[str]) -> int:
    """The exit code of pytest: 0 when all that was run has passed."""
    named = [one for one in arguments if not one.startswith("-") and is_place(one)]
    if named:
        return run(arguments)[0]
    codes, closing = [], []
    for title, places in parts().items():
        print(f"\n--- {title} ---", flush=True)
        code, output = run([*arguments, *places])
        codes.append(code)
        closing += ["", f"{title}:", *lines_worth_repeating(output)]
        if code not in {PASSED, FAILED, NOTHING_TO_RUN}:
            break
    print("\n".join(closing))
    failed = [code for code in codes if code not in {PASSED, NOTHING_TO_RUN}]
    if failed:
        return max(failed)
    return PASSED if PASSED in codes else NOTHING_TO_RUN


def parts() -> dict[str, tuple[str, ...]]:
    """What is run by one call: titles, and the arguments that tell pytest what to look for."""
    engine, found = str(TESTS / "engine"), {}
    apart: list[str] = []
    for rooms in ENGINE:
        folders = [str(TESTS / "engine" / room) for room in rooms]
        found[", ".join(rooms)] = tuple(folders)
        apart += folders
    found["the rest of the engine"] = (engine, *(f"--ignore={folder}" for folder in apart))
    found["window and command line"] = (str(TESTS), f"--ignore={engine}")
    return found


def is_place(argument: str) -> bool:
    """Whether it is a file, a folder, or a test in a file."""
    return Path(argument.partition("::")[0]).exists()


def run(arguments: list[str]) -> tuple[int, str]:
    """Runs pytest and shows what it prints; the exit code and that output."""
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    output = bytearray()
    with subprocess.Popen(
        [sys.executable, "-m", "pytest", *colour, *arguments],
        stdout=subprocess.PIPE,
        env=MALLOC | os.environ,
    ) as pytest:
        shown = cast("IO[bytes]", pytest.stdout)
        while piece := os.read(shown.fileno(), 1 << 16):
            sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
            output += piece
    return pytest.returncode, output.decode(errors="replace")


def lines_worth_repeating(output: str) -> list[str]:
    """What failed, how much memory it took, and how many passed."""
    lines = (COLOURS.sub("", line) for line in output.splitlines())
    return [line for line in lines if WORTH_REPEATING.match(line)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
