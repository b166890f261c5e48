"""Runs on a cluster: the same rows as one machine makes, also when a worker is killed."""

from __future__ import annotations

import os
import pickle
import signal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from camviewer.engine.batch import RunSettings, batch, open_run
from camviewer.engine.batch.run_loop import open_work
from camviewer.engine.cluster.ray_cluster import (
    Cluster,
    batch_on_cluster,
    work_of,
    workers_with_room,
)
from camviewer.engine.cluster.shard_worker import ShardWorker
from camviewer.engine.errors import CamviewerError
from camviewer.engine.results.run_events import RunProgress
from tests.engine.small_runs import write_picture

SETTINGS = RunSettings(classes="top2", shard_size=4, truth="folders")


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    for number in range(24):
        write_picture(tmp_path / "in" / "tench" / f"{number}.jpg", number)
    (tmp_path / "in" / "broken.png").write_text("nothing")
    return tmp_path / "in"


def workers_alive() -> list[int]:
    """Processes of the cluster that hold the model."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                words = (folder / "cmdline").read_bytes()
            except OSError:
                continue
            if b"ShardWorker" in words:
                found.append(int(folder.name))
    return found


def require_equal(run: Path, other: Path) -> None:
    first, second = open_run(run).rows(), open_run(other).rows()
    assert_frame_equal(first, second, abs_tol=1e-5, rel_tol=1e-5)


@pytest.mark.slow
def test_two_workers_make_what_one_machine_makes_though_one_is_killed(
    pictures: Path, tmp_path: Path
) -> None:
    pytest.importorskip("ray")
    killed: list[int] = []

    def kill_one(progress: RunProgress) -> None:
        if progress.done and not killed:
            killed.append(workers_alive()[0])
            os.kill(killed[0], signal.SIGKILL)

    run = tmp_path / "run"
    outcome = batch_on_cluster(
        Cluster("local", workers=2), [pictures], run, SETTINGS, on_progress=kill_one
    )
    assert killed
    assert (outcome.total, outcome.failed, outcome.elsewhere) == (25, 1, 0)
    status = open_run(run).status()
    assert (status.is_done, status.shards_claimed) == (True, 0)
    batch([pictures], tmp_path / "alone", SETTINGS)
    require_equal(run, tmp_path / "alone")
    errors = open_run(run).rows().filter(pl.col("error").is_not_null())
    assert errors["path"].to_list() == ["broken.png"]


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("against", "against {class}"),
        ("output:282:down", "tiger cat down"),
        ("like:reference.jpg", "like reference.jpg"),
    ],
)
def test_a_worker_explains_the_target_of_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, name: str
) -> None:
    write_picture(tmp_path / "in" / "a.jpg", 1)
    write_picture(tmp_path / "reference.jpg", 7)
    monkeypatch.chdir(tmp_path)
    settings = RunSettings(method="grad-cam", classes="top3", target=target, nominal=True)
    opened = open_work(["in"], "run", settings)
    opened.loaded.session.close()
    (shard,) = opened.folder.shards()
    sent = pickle.dumps(work_of(["in"], "run", opened.loaded.settings))
    monkeypatch.chdir("/")  # a worker stands elsewhere
    worker = ShardWorker(*pickle.loads(sent), jobs=1)
    assert worker.carry_out(shard.name, again=False).failures == ()
    rows = open_run(tmp_path / "run").rows().to_dicts()
    assert len(rows) == (3 if target == "against" else 1)
    for row in rows:
        assert row["target"] == name.format_map(row)
        assert row["map"] is not None


def test_what_is_no_cluster_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CamviewerError, match="hamburg is no cluster"):
        batch_on_cluster(Cluster("hamburg"), [tmp_path], tmp_path / "run", SETTINGS)


def machine(**resources: float) -> dict[str, Any]:
    return {"Alive": True, "Resources": resources}


@pytest.mark.parametrize(
    ("cluster", "count"),
    [
        (Cluster("local"), 6),
        (Cluster("local", workers=2), 2),
        (Cluster("local", workers=8), 6),
        (Cluster("local", threads=3), 1),
        (Cluster("local", gpu_share=0.25), 2),
    ],
)
def test_no_more_workers_are_started_than_find_a_place(cluster: Cluster, count: int) -> None:
    machines = [machine(CPU=2, GPU=1), machine(CPU=4), {"Alive": False, "Resources": {}}]
    assert workers_with_room(machines, cluster) == count


@pytest.mark.parametrize("cluster", [Cluster("local", threads=4), Cluster("local", gpu_share=0.5)])
def test_a_worker_that_finds_no_place_is_refused_and_not_waited_for(cluster: Cluster) -> None:
    with pytest.raises(CamviewerError, match="No machine of the cluster has"):
        workers_with_room([machine(CPU=2), machine(CPU=2)], cluster)
