"""Runs a module of the benchmarks in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any


def said_by(
    module: str,
    *words: str,
    variables: Mapping[str, str] | None = None,
    timeout: float | None = None,
) -> Any:
    """What the last line says that a module prints, as JSON.

    Args:
        module: its dotted name.
        words: on its command line.
        variables: of the environment, besides those of this process.
        timeout: in seconds; None for none.

    Raises:
        RuntimeError: it failed; with the end of what it said.
    """
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        capture_output=True,
        text=True,
        env={**os.environ, **(variables or {})},
        timeout=timeout,
        check=False,
    )
    lines = done.stdout.splitlines()
    if done.returncode or not lines:
        raise RuntimeError(f"{module} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return json.loads(lines[-1])
