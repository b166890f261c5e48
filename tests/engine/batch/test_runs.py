"""A run: its rows, and that they are the same however often it was interrupted."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from PIL import Image

from camviewer.engine.batch import RunSettings, batch, open_run
from camviewer.engine.batch.columns import SCHEMA
from camviewer.engine.batch.truth import class_indices
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.picture.folder_range import range_of_pictures, with_kept_range
from camviewer.engine.picture.source_image import read_image
from camviewer.engine.render.look import Look
from camviewer.engine.render.overlay import overlay
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.results.run_events import RunProgress
from camviewer.engine.session.session import Session
from camviewer.engine.support.control import Control
from tests.engine.small_runs import shard_hashes, write_picture

Pictures = Callable[..., Path]
SMALL = RunSettings(shard_size=4)


@pytest.fixture(scope="module")
def session() -> Session:
    return Session.embedded()


def test_rows_are_what_a_session_says_of_each_picture(
    pictures: Pictures, tmp_path: Path, session: Session
) -> None:
    folder = pictures(3)
    batch([folder], tmp_path / "run", SMALL)
    run = open_run(tmp_path / "run")
    rows = run.rows()
    assert dict(rows.schema) == SCHEMA
    assert rows["path"].to_list() == sorted(
        f"{kind}/{n:03}.jpg" for n, kind in enumerate(["tench", "goldfish", "tench"]) for _ in "123"
    )
    for row in rows.iter_rows(named=True):
        image = read_image(folder / row["path"])
        request = ExplainRequest(class_index=row["class_index"])
        expected = session.explain(image, request)
        verdict = session.verdict(image)
        found = run.heatmap(row)
        scale = np.abs(expected.heatmap.values).max()
        np.testing.assert_allclose(found.values, expected.heatmap.values, atol=1e-4 * scale)
        assert found.geometry == expected.heatmap.geometry
        assert row["sha256"] == image.sha256
        assert (row["width"], row["height"], row["pages"]) == (40, 30, 1)
        assert verdict.top(3)[row["rank"] - 1] == row["class_index"]
        assert row["probability"] == pytest.approx(expected.probability, abs=1e-4)
        assert row["predicted"] == session.info.labels[verdict.top(1)[0]]
        # CAM: the mean over cells plus the class's bias is its logit.
        head = session.classifier.head
        assert head is not None
        mean = row["map_sum"] / (row["map_rows"] * row["map_columns"])
        assert mean + float(head.bias[row["class_index"]]) == pytest.approx(row["logit"], rel=1e-3)


def test_an_overlay_from_the_stored_map_is_the_one_that_the_network_makes(
    pictures: Pictures, tmp_path: Path, session: Session
) -> None:
    folder = pictures(1)
    settings = RunSettings(classes=(281,), mode=PlacementMode.WHOLE, detail=2.0)
    batch([folder], tmp_path / "run", settings)
    run = open_run(tmp_path / "run")
    row = run.rows().row(0, named=True)
    image = read_image(folder / row["path"])
    request = ExplainRequest(class_index=281, mode=PlacementMode.WHOLE, detail=2.0)
    expected = overlay(image, session.explain(image, request).heatmap, Look())
    difference = np.abs(run.overlay(row).astype(int) - expected)
    assert difference.max() <= 1
    write_picture(folder / row["path"], 99)
    with pytest.raises(CamviewerError, match="was changed after its map was made"):
        run.overlay(row)


def test_a_stopped_run_goes_on_and_ends_equal_byte_for_byte(
    pictures: Pictures, tmp_path: Path
) -> None:
    folder = pictures(12)
    batch([folder], tmp_path / "whole", SMALL, jobs=1)
    whole = shard_hashes(tmp_path / "whole")
    assert len(whole) == 3
    control = Control()

    def stop_in_the_second_shard(progress: RunProgress) -> None:
        if progress.done == 6:
            control.cancel()

    outcome = batch(
        [folder],
        tmp_path / "cut",
        SMALL,
        on_progress=stop_in_the_second_shard,
        control=control,
        jobs=2,
    )
    assert outcome.stopped
    first = shard_hashes(tmp_path / "cut")
    assert first.items() <= whole.items()
    assert len(first) == 1
    outcome = batch([folder], tmp_path / "cut", SMALL)
    assert (outcome.made, outcome.stopped) == (8, False)
    assert shard_hashes(tmp_path / "cut") == whole
    assert batch([folder], tmp_path / "cut", SMALL).made == 0


def test_parts_make_together_what_one_process_makes(pictures: Pictures, tmp_path: Path) -> None:
    folder = pictures(10)
    batch([folder], tmp_path / "whole", SMALL)
    for part in (2, 1):
        batch([folder], tmp_path / "parts", SMALL, shard=(part, 2))
    assert shard_hashes(tmp_path / "parts") == shard_hashes(tmp_path / "whole")


def test_another_configuration_or_other_pictures_are_refused(
    pictures: Pictures, tmp_path: Path
) -> None:
    folder, run = pictures(2), tmp_path / "run"
    batch([folder], run, SMALL)
    before = (run / "run.json").read_bytes()
    with pytest.raises(CamviewerError, match="method cam and not grad-cam"):
        batch([folder], run, RunSettings(shard_size=4, method="grad-cam"))
    with pytest.raises(CamviewerError, match=r"over other pictures: it has 2, and .* names 3"):
        batch([pictures(3, "more")], run, SMALL)
    assert (run / "run.json").read_bytes() == before
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    with pytest.raises(CamviewerError, match="holds something else already"):
        batch([folder], tmp_path / "full", SMALL)


def test_the_same_pictures_elsewhere_go_on_with_the_run(pictures: Pictures, tmp_path: Path) -> None:
    folder = pictures(6)
    batch([folder], tmp_path / "run", SMALL, shard=(1, 2))
    moved = folder.rename(tmp_path / "moved")
    assert batch([moved], tmp_path / "run", SMALL).made == 2
    assert open_run(tmp_path / "run").rows()["error"].null_count() == 18


def test_a_bad_picture_is_a_row_and_nothing_else_stops(pictures: Pictures, tmp_path: Path) -> None:
    folder = pictures(2)
    (folder / "tench" / "broken.jpg").write_text("no picture at all")
    gone = write_picture(folder / "tench" / "gone.jpg", 7)
    twin = folder / "goldfish" / "twin.jpg"
    twin.write_bytes((folder / "goldfish" / "001.jpg").read_bytes())
    huge = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\x08\2\0\0\0"
    (folder / "huge.png").write_bytes(huge)
    removed = False

    def remove(_progress: RunProgress) -> None:
        nonlocal removed
        if not removed:
            gone.unlink()
            removed = True

    settings = RunSettings(classes="top1")
    outcome = batch([folder], tmp_path / "run", settings, on_progress=remove)
    assert (outcome.made, outcome.failed) == (6, 3)
    run = open_run(tmp_path / "run")
    errors = dict(run.rows().filter(pl.col("error").is_not_null()).select("path", "error").rows())
    assert errors.keys() == {"tench/broken.jpg", "tench/gone.jpg", "huge.png"}
    assert "is not a picture that can be opened" in errors["tench/broken.jpg"]
    assert "is not there any more" in errors["tench/gone.jpg"]
    twins = run.rows().filter(pl.col("path").str.starts_with("goldfish"))
    assert twins["sha256"].n_unique() == 1
    assert twins["map"][0].to_list() == twins["map"][1].to_list()
    write_picture(gone, 7)
    assert batch([folder], tmp_path / "run", settings).made == 0
    outcome = batch([folder], tmp_path / "run", settings, retry_failed=True)
    assert (outcome.made, outcome.failed) == (6, 2)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names and files")
def test_names_and_files_of_any_kind_end_as_a_row(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"od\xe9d")
    write_picture(folder / os.fsdecode(b"tench/a'b\"c\n\xff.jpg"), 1)
    (folder / "tench" / "dangling.jpg").symlink_to("nowhere")
    (folder / "tench" / "empty.png").touch()
    os.mkfifo(folder / "tench" / "pipe.jpg")
    batch([folder], tmp_path / "run", RunSettings(classes="truth", truth="folders"))
    run = open_run(tmp_path / "run")
    assert run.rows().select("path", "error").rows() == [
        ("tench/a'b\"c\n\\xff.jpg", None),
        ("tench/dangling.jpg", "dangling.jpg is not there any more, or never was."),
        ("tench/empty.png", "empty.png is empty (0 bytes). Choose another picture."),
        ("tench/pipe.jpg", "pipe.jpg is a device, not a file. Choose a picture file."),
    ]
    assert run.overlay(run.rows().row(0, named=True)).shape == (30, 40, 3)


def test_the_true_class_comes_from_folders_or_a_table(pictures: Pictures, tmp_path: Path) -> None:
    folder = pictures(3)
    (folder / "unknown").mkdir()
    write_picture(folder / "unknown" / "x.jpg", 5)
    settings = RunSettings(classes="truth", truth="folders")
    batch([folder], tmp_path / "folders", settings)
    rows = open_run(tmp_path / "folders").rows()
    assert rows.select("path", "truth", "truth_index", "class_index").rows() == [
        ("goldfish/001.jpg", "goldfish", 1, 1),
        ("tench/000.jpg", "tench", 0, 0),
        ("tench/002.jpg", "tench", 0, 0),
        ("unknown/x.jpg", "unknown", None, None),
    ]
    assert rows["error"][3] == "The true class unknown is none of the model's."
    table = tmp_path / "truth.csv"
    table.write_text("path,label\ntench/000.jpg,Goldfish\npictures/goldfish/001.jpg,0\n")
    batch([folder], tmp_path / "table", RunSettings(classes="top1", truth=str(table)))
    found = open_run(tmp_path / "table").rows().select("path", "truth", "truth_index").rows()
    assert found == [
        ("goldfish/001.jpg", "0", 0),
        ("tench/000.jpg", "Goldfish", 1),
        ("tench/002.jpg", None, None),
        ("unknown/x.jpg", None, None),
    ]
    with pytest.raises(CamviewerError, match="No true class is one of the model's"):
        batch([folder / "unknown"], tmp_path / "none", settings)


def test_folders_with_wordnets_ids_are_imagenets_classes(session: Session) -> None:
    labels = session.info.labels
    assert class_indices(["n01440764", "n02123045"], labels) == {"n01440764": 0, "n02123045": 281}
    with pytest.raises(CamviewerError, match="No true class is one of the model's"):
        class_indices(["n01440764"], [f"class {index}" for index in range(1000)])


def test_what_the_method_refuses_is_refused_before_the_run_begins(
    pictures: Pictures, tmp_path: Path
) -> None:
    with pytest.raises(CamviewerError, match="is not defined here"):
        batch([pictures(1)], tmp_path / "run", RunSettings(method="fc-cam"))
    assert not (tmp_path / "run").exists()


def test_pictures_of_sixteen_bits_share_the_range_of_the_first_whoever_reads_them(
    tmp_path: Path, session: Session
) -> None:
    folder = tmp_path / "scans"
    folder.mkdir()
    for name, largest in (("a", 4000), ("b", 900), ("c", 200)):
        values = np.random.default_rng(largest).integers(0, largest, (40, 40), dtype=np.uint16)
        Image.fromarray(values).save(folder / f"{name}.png")
    settings = RunSettings(shard_size=1, classes="top1")
    batch([folder], tmp_path / "run", settings)
    run = open_run(tmp_path / "run")
    kept = json.loads(run.record["configuration"]["input_range"])
    assert (kept["low"], kept["high"]) == (0.0, 4095.0)
    kept_range = range_of_pictures([folder / "a.png"])
    for row in run.rows().iter_rows(named=True):
        image = with_kept_range(read_image(folder / row["path"].split("/")[-1]), kept_range)
        expected = session.verdict(image)
        assert row["predicted_index"] == expected.top(1)[0]
        assert row["probability"] == pytest.approx(float(expected.probabilities.max()), abs=1e-4)
    (folder / "a.png").unlink()
    (folder / "a.png").write_bytes((folder / "c.png").read_bytes())
    batch([folder], tmp_path / "run", settings)
    plain = RunSettings(shard_size=1, classes="top1", values="0,65535")
    batch([folder], tmp_path / "other", plain)
    assert "input_range" not in open_run(tmp_path / "other").record["configuration"]
