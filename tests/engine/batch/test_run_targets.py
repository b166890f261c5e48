"""A run over another target than the scores of classes: its rows, its refusals, and going on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torchvision import models

from camviewer.api import batch as batch_in_python
from camviewer.engine.batch import (
    RunSettings,
    batch,
    export_boxes,
    export_coco,
    export_csv,
    export_overlays,
    open_run,
    write_report,
)
from camviewer.engine.batch.run_target import settled_target
from camviewer.engine.errors import CamviewerError
from camviewer.engine.importing.checkpoints import import_checkpoint
from camviewer.engine.picture.source_image import read_image
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.results.target_words import read_target
from camviewer.engine.results.targets import OutputFunction
from camviewer.engine.review.reopening import reopened
from camviewer.engine.session.session import Session
from camviewer.targets import like
from tests.engine.small_runs import shard_hashes, write_picture

Pictures = Callable[..., Path]
AGAINST = RunSettings(method="grad-cam", classes="top2", target="against", shard_size=2)


@pytest.fixture(scope="module")
def session() -> Session:
    return Session.embedded()


def test_a_target_that_leaves_its_class_open_is_explained_for_each_class(
    pictures: Pictures, tmp_path: Path, session: Session
) -> None:
    folder = pictures(3)
    batch([folder], tmp_path / "run", AGAINST, shard=(1, 2))
    batch([folder], tmp_path / "run", AGAINST)
    run = open_run(tmp_path / "run")
    assert run.method_words == "Grad-CAM, against each class"
    rows = list(run.rows().iter_rows(named=True))
    assert len(rows) == 6
    for row in rows:
        image = read_image(folder / row["path"])
        target = read_target(f"against:{row['class_index']}", session.info.labels)
        request = ExplainRequest(row["class_index"], "grad-cam", target=target)
        expected = session.explain(image, request)
        found = run.heatmap(row)
        scale = np.abs(expected.heatmap.values).max()
        np.testing.assert_allclose(found.values, expected.heatmap.values, atol=1e-4 * scale)
        assert row["target"] == expected.target_name == f"against {row['class']}"
        assert row["target_score"] == pytest.approx(-row["logit"], abs=1e-4)
        again = reopened(run, row).request
        made = session.explain(image, again)
        assert np.array_equal(made.heatmap.values, expected.heatmap.values)
    batch([folder], tmp_path / "whole", AGAINST)
    assert shard_hashes(tmp_path / "whole") == shard_hashes(tmp_path / "run")


def test_a_target_of_its_own_class_gives_each_picture_one_map(
    pictures: Pictures, tmp_path: Path
) -> None:
    folder, run = pictures(2), tmp_path / "run"
    words = "difference:tiger cat:tabby"
    settings = RunSettings(method="grad-cam", target=words)
    batch([folder], run, settings)
    opened = open_run(run)
    rows = opened.rows()
    assert rows["target"].to_list() == ["tiger cat more than tabby"] * 2
    assert rows["class_index"].to_list() == [282, 282]
    sources, kept = opened.settings()
    assert batch(sources, run, kept).made == 0
    for other, difference in (
        (replace(settings, target=""), "target difference:282:281 and not none"),
        (
            replace(settings, target="difference:281:282"),
            "target difference:282:281 and not difference:281:282",
        ),
    ):
        with pytest.raises(CamviewerError, match=difference):
            batch([folder], run, other)


def test_reference_pictures_count_by_their_content(pictures: Pictures, tmp_path: Path) -> None:
    folder, run = pictures(1), tmp_path / "run"
    reference = write_picture(tmp_path / "reference.jpg", 7)
    settings = RunSettings(method="grad-cam", target=f"like:{reference}")
    batch([folder], run, settings)
    (row,) = open_run(run).rows().iter_rows(named=True)
    assert row["target"] == "like reference.jpg"
    assert -1.0 <= row["target_score"] <= 1.0
    moved = write_picture(tmp_path / "moved" / "reference.jpg", 7)
    assert batch([folder], run, replace(settings, target=f"like:{moved}")).made == 0
    write_picture(reference, 8)
    with pytest.raises(CamviewerError, match=r"target like:reference\.jpg#"):
        batch([folder], run, settings)


@pytest.mark.slow
def test_a_picture_for_which_a_target_is_senseless_says_so_in_its_row(
    pictures: Pictures, tmp_path: Path
) -> None:
    settings = RunSettings(method="grad-cam", classes=(281,), target="difference::281")
    batch([pictures(1)], tmp_path / "run", settings)
    (row,) = open_run(tmp_path / "run").rows().iter_rows(named=True)
    assert row["error"].startswith("A class does not differ from itself.")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (RunSettings(target="nothing"), "There is no target nothing"),
        (RunSettings(target="against:tabby", classes="truth", truth="folders"), "names itself"),
        (RunSettings(target="against:tabby", classes=(5,)), "The target against tabby names"),
        (RunSettings(target="class:tabby", classes="top5"), "classes are chosen, too"),
        (RunSettings(target="pixels"), "does not score every pixel"),
        (RunSettings(target="like:missing.png"), "missing.png"),
    ],
)
def test_a_target_that_makes_no_sense_is_refused_in_a_sentence(
    session: Session, settings: RunSettings, message: str
) -> None:
    with pytest.raises(CamviewerError, match=message):
        settled_target(settings, session.info)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (RunSettings(method="cam", target="like:reference.jpg"), "sums of class scores"),
        (RunSettings(method="grad-cam", target="output:5000"), "There is no output 5000"),
    ],
)
def test_what_cannot_be_explained_is_refused_before_the_run(
    pictures: Pictures,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: RunSettings,
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    write_picture(tmp_path / "reference.jpg", 7)
    with pytest.raises(CamviewerError, match=message):
        batch([pictures(1)], tmp_path / "run", settings)
    assert not (tmp_path / "run").exists()


def test_exports_and_the_report_say_what_was_explained(pictures: Pictures, tmp_path: Path) -> None:
    settings = RunSettings(method="grad-cam", target="against:tabby")
    batch([pictures(1)], tmp_path / "run", settings)
    run = open_run(tmp_path / "run")
    export_csv(run, tmp_path / "rows.csv")
    export_boxes(run, tmp_path / "boxes.csv")
    for file in ("rows.csv", "boxes.csv"):
        lines = (tmp_path / file).read_text().splitlines()
        assert "target" in lines[0].split(",")
        assert all("against tabby" in line for line in lines[1:])
    export_overlays(run, tmp_path / "overlays")
    (overlay,) = (tmp_path / "overlays").iterdir()
    assert "against-tabby" in overlay.name
    write_report(run, tmp_path / "report.html")
    assert "Grad-CAM, against tabby" in (tmp_path / "report.html").read_text()


@pytest.mark.slow
def test_targets_of_python_are_kept_unless_no_file_can_hold_them(
    pictures: Pictures, tmp_path: Path
) -> None:
    folder = pictures(1)
    reference = write_picture(tmp_path / "reference.jpg", 7)
    made = batch_in_python([folder], tmp_path / "run", method="grad-cam", target=like(reference))
    assert made.settings()[1].target == f"like:{reference}"
    for impossible, message in (
        (OutputFunction(lambda outputs: outputs[:, 0]), "cannot keep a function"),
        (like(np.zeros((30, 40, 3), np.uint8)), "lies in no file"),
    ):
        with pytest.raises(CamviewerError, match=message):
            batch_in_python([folder], tmp_path / "no", method="grad-cam", target=impossible)


@pytest.mark.slow
def test_a_run_without_a_target_is_as_it_was(pictures: Pictures, tmp_path: Path) -> None:
    batch([pictures(1)], tmp_path / "run", RunSettings(classes="top1", target="class"))
    record = json.loads((tmp_path / "run" / "run.json").read_text())
    assert "target" not in record["configuration"]
    assert record["settings"]["target"] == ""
    (row,) = open_run(tmp_path / "run").rows().iter_rows(named=True)
    assert (row["target"], row["target_score"]) == (None, None)


def test_values_are_run_over_with_their_target(
    pictures: Pictures, tmp_path: Path, data: Path
) -> None:
    network = models.squeezenet1_1(num_classes=2).eval()
    torch.save(network.state_dict(), tmp_path / "ages.pth")
    info = import_checkpoint(tmp_path / "ages.pth", activation="none", unit="years")
    folder = pictures(2)
    settings = RunSettings(
        model=info.id,
        method="grad-cam",
        target="output:1:down",
        nominal=True,  # measuring where cells look takes seconds
        measures=("drop",),
    )
    batch([folder], tmp_path / "run", settings)
    run = open_run(tmp_path / "run")
    assert run.method_words == "Grad-CAM, output 1 down"
    for row in run.rows().iter_rows(named=True):
        assert row["error"] is None
        assert row["target_score"] == pytest.approx(-row["logit"], abs=1e-4)
        assert (row["class"], row["probability"], row["predicted_probability"]) == (
            "output 1",
            None,
            None,
        )
        assert row["drop"] is None
        assert run.heatmap(row).unit == "years"
    write_report(run, tmp_path / "report.html")
    with pytest.raises(CamviewerError, match="this run explains output 1 down"):
        export_coco(run, tmp_path / "boxes.json")
    with pytest.raises(CamviewerError, match="no true class proves right or wrong"):
        batch([folder], tmp_path / "other", RunSettings(model=info.id, truth="folders"))
