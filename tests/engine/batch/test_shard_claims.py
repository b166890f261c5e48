"""Processes that share a run: each shard has one holder, and none waits for the dead."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import camviewer
from camviewer.engine.batch.shard_claims import Claims, claimed_shards

ROOT = Path(camviewer.__file__).parents[1]

HOLDER = """
import sys, time
from pathlib import Path
from camviewer.engine.batch.shard_claims import Claims

with Claims(Path(sys.argv[1])) as claims:
    print(claims.take("a"), flush=True)
    time.sleep(60)
"""


def test_a_shard_has_one_holder_until_it_is_given_back(tmp_path: Path) -> None:
    with Claims(tmp_path) as first, Claims(tmp_path) as second:
        assert first.take("a")
        assert not second.take("a")
        assert second.take("b")
        first.give_back("a")
        assert second.take("a")
    assert not list(tmp_path.iterdir())


def test_of_many_that_try_at_once_one_succeeds(tmp_path: Path) -> None:
    together, found = threading.Barrier(8), []

    def attempt() -> None:
        with Claims(tmp_path) as claims:
            together.wait()
            found.append(claims.take("a"))
            together.wait()

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [False] * 7 + [True]


def test_a_claim_of_another_host_is_free_when_its_time_is_over(tmp_path: Path) -> None:
    claim = tmp_path / "a.claim"
    claim.write_text('{"host": "elsewhere", "pid": 1, "token": "0123"}')
    with Claims(tmp_path, limit=100.0) as claims:
        assert not claims.take("a")
        old = claim.stat().st_mtime - 101.0
        os.utime(claim, (old, old))
        assert claims.take("a")


@pytest.mark.skipif(os.name == "nt", reason="kill ends it otherwise there")
def test_a_claim_of_a_dead_process_is_free_at_once(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        with Claims(tmp_path) as claims:
            assert not claims.take("a")
            assert claimed_shards(tmp_path) == {"a"}
            process.kill()
            process.wait()
            assert not claimed_shards(tmp_path)
            assert claims.take("a")
