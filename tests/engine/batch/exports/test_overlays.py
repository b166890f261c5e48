"""Overlays from the stored maps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from camviewer.engine.batch import RunSettings, batch, export_overlays, open_run
from camviewer.engine.batch.exports.overlays import overlay_name, require_empty
from camviewer.engine.errors import CamviewerError
from camviewer.engine.picture.eye_choice import eye_choice_of_words
from camviewer.engine.render.look import Look
from camviewer.engine.review.thumbnails import ThumbnailCache, thumbnail
from tests.engine.small_runs import write_picture

Pictures = Callable[..., Path]


def test_overlays_are_drawn_from_the_stored_maps(pictures: Pictures, tmp_path: Path) -> None:
    folder = pictures(4)
    batch([folder], tmp_path / "run", RunSettings(classes="top2", shard_size=3))
    run, drawn = open_run(tmp_path / "run"), tmp_path / "overlays"
    write_picture(folder / "tench" / "000.jpg", 77)
    failures = export_overlays(run, drawn, jobs=2)
    assert [failure.path for failure in failures] == ["tench/000.jpg"] * 2
    assert "was changed after its map was made" in failures[0].error
    assert len(list(drawn.iterdir())) == 6
    for row in run.rows().iter_rows(named=True):
        if row["path"] != "tench/000.jpg":
            (file,) = drawn.glob(f"*.{row['rank']}-*.{row['id']}.png")
            with Image.open(file) as image:
                np.testing.assert_array_equal(np.asarray(image), run.overlay(row))
    with pytest.raises(CamviewerError, match="is not empty"):
        export_overlays(run, drawn)


def test_overlays_show_the_window_that_was_chosen(tmp_path: Path) -> None:
    values = np.random.default_rng(4).integers(0, 4096, (40, 50), dtype=np.uint16)
    (tmp_path / "in").mkdir()
    Image.fromarray(values).save(tmp_path / "in" / "scan.png")
    batch([tmp_path / "in"], tmp_path / "run", RunSettings(classes="top1"))
    run, bare = open_run(tmp_path / "run"), Look(opacity=0.0)
    choice = eye_choice_of_words("3000,2000")
    assert not export_overlays(run, tmp_path / "out", bare, eye=choice)
    (file,) = (tmp_path / "out").iterdir()
    expected = np.clip((values - 2000.0) / 2000.0, 0, 1) * 255
    with Image.open(file) as image:
        assert np.abs(np.asarray(image)[..., 0] - expected).max() <= 1
    row = run.rows().row(0, named=True)
    small = thumbnail(run, row, ThumbnailCache(tmp_path / "cache"), choice)
    assert np.abs(small[..., 0] - expected).mean() < 8  # kept as JPEG
    fed = run.overlay(row, bare, eye_choice_of_words("fed"))
    assert np.abs(fed[..., 0] - values / 4095.0 * 255).max() <= 1


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("fruit/\u00c4pfel & \u6f22\u5b57.jpg", "\u00c4pfel-\u6f22\u5b57.1-tiger-cat.12ab.png"),
        ("A\u0308pfel.jpg", "\u00c4pfel.1-tiger-cat.12ab.png"),
        ('a:"b"\n.jpg', "a-b.1-tiger-cat.12ab.png"),
        ("?.jpg", "picture.1-tiger-cat.12ab.png"),
    ],
)
def test_overlays_are_called_as_their_pictures_in_any_script(path: str, name: str) -> None:
    row = {"path": path, "rank": 1, "class": "tiger cat", "target": None, "id": "12ab"}
    assert overlay_name(row) == name
    long = row | {"path": f"{1000 * chr(0x6F22)}.jpg", "class": 1000 * chr(0x6F22)}
    assert len(overlay_name(long).encode()) < 255  # what file systems take


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(CamviewerError, match="out cannot be a folder: a file is in its place"):
        require_empty(tmp_path / "out", overwrite=True)
