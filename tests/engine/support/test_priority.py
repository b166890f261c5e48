"""Work in the background stands back."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from camviewer.engine.support import stand_back

pytestmark = pytest.mark.skipif(not hasattr(os, "getpriority"), reason="no such steps")
NICENESS = "import os; print(os.getpriority(os.PRIO_PROCESS, 0))"


def test_a_process_stands_back_and_so_does_one_whose_number_is_given() -> None:
    before = os.getpriority(os.PRIO_PROCESS, 0)
    words = f"from camviewer.engine.support import stand_back; stand_back(3); {NICENESS}"
    said = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert int(said.stdout) == min(before + 3, 19)
    waits = subprocess.Popen(
        [sys.executable, "-c", f"input(); {NICENESS}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    stand_back(5, waits.pid)
    said_after, _ = waits.communicate("\n")
    assert int(said_after) == min(before + 5, 19)


def test_a_process_that_has_ended_is_no_error() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    stand_back(5, ended.pid)
