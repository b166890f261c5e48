"""Sources and runs at addresses make the rows that files make; a network is asked for by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import fsspec
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from camviewer.engine.batch import RunSettings, batch, open_run
from camviewer.engine.batch.addresses import place_of, write_remote
from camviewer.engine.batch.run_loop import open_work
from camviewer.engine.batch.shard_work import WorkDone, Worker
from camviewer.engine.errors import CamviewerError

pytest.importorskip("upath")

SETTINGS = RunSettings(classes="top2", shard_size=4, truth="folders")


@pytest.fixture
def bucket(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty place in memory, or on the disk by its address."""
    if request.param == "file":
        yield f"file://{tmp_path}/bucket"
        return
    yield "memory://bucket"
    memory = fsspec.filesystem("memory")
    if memory.exists("/bucket"):
        memory.rm("/bucket", recursive=True)


def carry_out(source: str, run: str, parts: slice = slice(None)) -> WorkDone:
    opened = open_work([source], run, SETTINGS)
    with Worker(opened, jobs=1) as worker:
        return worker.carry_out(opened.folder.shards()[parts])


@pytest.mark.parametrize("bucket", ["memory", "file"], indirect=True)
def test_a_run_at_an_address_has_the_rows_of_one_on_the_disk(
    pictures: Callable[..., Path], tmp_path: Path, bucket: str
) -> None:
    folder = pictures(9)
    (folder / "broken.png").write_text("no picture")
    system, root = fsspec.core.url_to_fs(bucket)
    system.makedirs(root, exist_ok=True)
    system.put(str(folder), f"{root}/pictures", recursive=True)
    source, run = f"{bucket}/pictures", f"{bucket}/run"
    assert carry_out(source, run, slice(0, 1)).made == 4
    assert open_run(run, over_a_network=True).status().pictures_done == 4
    done = carry_out(source, run)
    assert (done.made, done.failed, done.elsewhere) == (6, 0, 0)
    assert carry_out(source, run).made == 0
    status = open_run(run, over_a_network=True).status()
    assert (status.is_done, status.shards_claimed) == (True, 0)
    batch([folder], tmp_path / "here", SETTINGS)
    here = open_run(tmp_path / "here")
    assert_frame_equal(open_run(run, over_a_network=True).rows(), here.rows())
    row = open_run(run, over_a_network=True).rows().filter(rank=1).row(0, named=True)
    assert (open_run(run, over_a_network=True).overlay(row) == here.overlay(row)).all()


@pytest.mark.parametrize("bucket", ["memory"], indirect=True)
def test_a_shard_that_another_process_holds_is_left_to_it(
    pictures: Callable[..., Path], bucket: str
) -> None:
    system, root = fsspec.core.url_to_fs(bucket)
    system.makedirs(root, exist_ok=True)
    system.put(str(pictures(4)), f"{root}/pictures", recursive=True)
    source, run = f"{bucket}/pictures", f"{bucket}/run"
    folder = open_work([source], run, SETTINGS).folder
    name = folder.shards()[0].name
    claim = '{"host": "", "pid": 1, "token": "another"}'
    system.pipe_file(f"{root}/run/claims/{name}.claim", claim.encode())
    assert carry_out(source, run).elsewhere == 1
    assert not folder.is_done(name)


def test_an_address_is_opened_only_when_a_cluster_is_named(tmp_path: Path) -> None:
    for source, run in (("s3://bucket/photos", tmp_path / "run"), (tmp_path, "s3://bucket/run")):
        with pytest.raises(CamviewerError, match="nothing is opened over a network unless"):
            batch([source], run, SETTINGS)


@pytest.mark.parametrize("bucket", ["memory"], indirect=True)
def test_what_a_store_says_in_its_own_way_is_one_sentence(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_words: object, **_named: object) -> None:
        raise RuntimeError("the token has\nexpired.")

    monkeypatch.setattr(type(fsspec.filesystem("memory")), "pipe_file", refuse)
    with pytest.raises(CamviewerError, match=r"could not be written: the token has expired\. "):
        write_remote(place_of(f"{bucket}/run.json"), b"{}")


@pytest.mark.parametrize("bucket", ["memory"], indirect=True)
def test_a_query_on_rows_at_an_address_is_answered_as_on_the_disk(
    pictures: Callable[..., Path], tmp_path: Path, bucket: str
) -> None:
    batch([pictures(9)], tmp_path / "here", SETTINGS)
    system, root = fsspec.core.url_to_fs(bucket)
    system.put(str(tmp_path / "here"), f"{root}/run", recursive=True)
    there, here = open_run(f"{bucket}/run", over_a_network=True), open_run(tmp_path / "here")
    for run_query in (
        lambda rows: rows.filter(pl.col("rank") == 2).select("path", "class"),
        lambda rows: rows.select("id", "logit").head(7),
        lambda rows: rows.filter(pl.col("logit") > 0).select(pl.len()),
    ):
        assert_frame_equal(run_query(there.scan()).collect(), run_query(here.scan()).collect())
