"""``camviewer calibrate``: what is fitted on a run stands beside each verdict afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from camviewer.api.model import Model
from camviewer.cli import map_making
from camviewer.engine.batch import open_run
from camviewer.engine.network.offset_store import OffsetStore
from camviewer.engine.session.session import Session
from tests.engine.small_runs import write_picture

Command = Callable[..., object]
COUNT = 12


@pytest.fixture
def run(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loaded_session: Session
) -> Path:
    """Of pictures whose true class is known, with class scores and features."""
    monkeypatch.setenv("CAMVIEWER_HOME", str(tmp_path / "home"))
    for number in range(COUNT):
        kind = ("tench", "goldfish")[number % 2]
        write_picture(tmp_path / "in" / kind / f"{number}.jpg", number)
    words = ("--truth", "folders", "--classes", "top1", "--logits", "--features")
    command("batch", tmp_path / "in", "-o", tmp_path / "run", *words)

    def opened(*_words: object) -> Model:
        """A session reads a calibration once, so every command has one of its own."""
        classifier = loaded_session.classifier
        store = OffsetStore(classifier.info.weights_sha256, shipped=classifier.info.id)
        return Model(Session(classifier, store))

    monkeypatch.setattr(map_making, "open_model", opened)
    return tmp_path / "run"


def test_it_is_fitted_kept_shown_and_forgotten(command: Command, run: Path) -> None:
    picture = run.parent / "in" / "tench" / "0.jpg"
    before = command("explain", picture, "--no-files")
    refused = command("calibrate", run)
    assert refused.code == 2
    assert "need 19 pictures to be fitted on, and there are 6" in refused.err
    done = command("calibrate", run, "--coverage", 0.8)
    assert (done.code, done.err) == (0, "")
    first = open_run(run).rows().row(0, named=True)
    assert len(first["logits"]) == 1000
    assert max(first["logits"]) == pytest.approx(first["logit"])
    assert "efficientnet-lite0 on 12 pictures of run, 6 to check:" in done.out
    assert "the calibration error goes from" in done.out
    assert "by 1,280 features and 2 class means" in done.out
    after = command("explain", picture, "--no-files")
    assert "Calibrated (temperature " in after.out
    assert "right in 80% of cases like those of run." in after.out
    assert "the pictures of run: further from its classes than" in after.out
    classes = before.out.splitlines()[1:7]
    assert after.out.splitlines()[1:7] == classes, "the verdict stays"
    record = json.loads(command("explain", picture, "--no-files", "--json").out)[0]["confidence"]
    assert (record["run"], record["coverage"]) == ("run", 0.8)
    assert record["classes"][0]["index"] == record["class_index"]
    forgotten = command("calibrate", run, "--forget")
    assert forgotten.code == 0
    assert "Calibrated" not in command("explain", picture, "--no-files").out


def test_a_run_without_class_scores_is_refused(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAMVIEWER_HOME", str(tmp_path / "home"))
    write_picture(tmp_path / "in" / "tench" / "0.jpg", 0)
    run = tmp_path / "run"
    command("batch", tmp_path / "in", "-o", run, "--truth", "folders", "--classes", "top1")
    refused = command("calibrate", run)
    assert refused.code == 2
    assert "does not keep class scores" in refused.err
    assert "--logits" in refused.err


def test_a_run_from_before_class_scores_were_kept_opens(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAMVIEWER_HOME", str(tmp_path / "home"))
    write_picture(tmp_path / "in" / "0.jpg", 0)
    command("batch", tmp_path / "in", "-o", tmp_path / "run", "--classes", "top1")
    assert "logits" not in json.loads((tmp_path / "run" / "run.json").read_text())["configuration"]
    (shard,) = (tmp_path / "run" / "shards").glob("*.parquet")
    pl.read_parquet(shard).drop("logits").write_parquet(shard)
    rows = open_run(tmp_path / "run").rows()
    assert rows["logits"].to_list() == [None]
    assert rows["map"].list.len().to_list() == [49]
