"""``camviewer self-test`` as a program; the packaged one is run by ``make package-test``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import camviewer

ROOT = Path(camviewer.__file__).parents[1]


@pytest.mark.exhaustive
def test_the_self_test_passes_with_its_processes_and_exits_with_zero(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "camviewer", "self-test", "--json-lines"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert [result for result in results if not result["passed"]] == []
    assert done.returncode == 0, done.stderr
    window = next(result for result in results if result["name"] == "Window")
    assert "tiger cat 39" in window["detail"]
    assert list(tmp_path.iterdir()) == []
