"""Thumbnails of a run: of the right picture, kept on the disk, within their limit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from camviewer.engine.batch import RunSettings, batch, open_run
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.cell_grid import GridGeometry
from camviewer.engine.geometry.geometry import Box
from camviewer.engine.picture.smaller_copies import read_thumbnail
from camviewer.engine.render.look import Look
from camviewer.engine.results.heatmap import Heatmap
from camviewer.engine.review.reopening import reopened, run_model
from camviewer.engine.review.run_table import View, read_table
from camviewer.engine.review.selection_export import export_rows
from camviewer.engine.review.stored_maps import StoredMaps
from camviewer.engine.review.thumbnails import (
    THUMBNAIL_SIDE,
    ThumbnailCache,
    small_picture,
    thumbnail,
    thumbnail_with_map,
)
from camviewer.engine.support.progress import NO_PROGRESS
from tests.engine.small_runs import write_picture


def test_a_thumbnail_is_made_once_and_never_of_a_changed_picture(tmp_path: Path) -> None:
    picture = write_picture(tmp_path / "in" / "tench" / "a.jpg", 1, (900, 600))
    batch([tmp_path / "in"], tmp_path / "run", RunSettings(classes="top1", truth="folders"))
    table = read_table(open_run(tmp_path / "run"), None, NO_PROGRESS)
    (number,) = table.matching(View())
    row = table.row(int(number))
    cache = ThumbnailCache(tmp_path / "cache")
    made = thumbnail(table.run, row, cache)
    assert max(made.shape) == THUMBNAIL_SIDE
    heatmap = StoredMaps(table.run).heatmap(table, row)
    stored = open_run(tmp_path / "run").rows()["map"][0].to_list()
    assert heatmap.values.ravel().tolist() == stored
    again = reopened(table.run, row)
    assert again.path == picture
    assert (again.request.class_index, again.request.method) == (row["class_index"], "cam")
    assert run_model(table.run).title == table.run.record["model"]["title"]
    write_picture(picture, 2, (900, 600))
    kept = thumbnail(table.run, row, cache).astype(int)
    assert np.abs(kept - made).mean() < 3  # that of then, from the disk
    with pytest.raises(CamviewerError, match="changed after its map was made"):
        thumbnail(table.run, row, ThumbnailCache(tmp_path / "other"))
    picture.unlink()
    with pytest.raises(CamviewerError, match=r"a\.jpg cannot be read"):
        thumbnail(table.run, row, ThumbnailCache(tmp_path / "other"))


def test_a_picture_that_could_not_be_read_has_no_thumbnail_even_when_it_can_be_now(
    tmp_path: Path,
) -> None:
    write_picture(tmp_path / "in" / "good.jpg", 1)
    write_picture(tmp_path / "in" / "broken.jpg", 2).write_bytes(b"no picture")
    batch([tmp_path / "in"], tmp_path / "run", RunSettings(classes="top1"))
    table = read_table(open_run(tmp_path / "run"), None, NO_PROGRESS)
    rows = [table.row(int(number)) for number in table.matching(View())]
    broken = [row for row in rows if row["path"].endswith("broken.jpg")]
    assert [row["sha256"] for row in broken] == [None]
    write_picture(tmp_path / "in" / "broken.jpg", 2)
    cache = ThumbnailCache(tmp_path / "cache")
    with pytest.raises(CamviewerError, match=r"broken\.jpg has no map: "):
        thumbnail(table.run, broken[0], cache)
    with pytest.raises(CamviewerError, match=r"broken\.jpg has no map: "):
        small_picture(table.run, broken[0], 900)


def test_the_cache_keeps_within_its_limit_and_those_that_were_used_last(tmp_path: Path) -> None:
    pixels = read_thumbnail(write_picture(tmp_path / "a.jpg", 1, (300, 200)), THUMBNAIL_SIDE)
    cache = ThumbnailCache(tmp_path / "cache", limit=40_000)
    for number in range(40):
        cache.put(f"{number}", pixels)
    files = list((tmp_path / "cache").rglob("*.jpg"))
    assert sum(file.stat().st_size for file in files) <= 40_000
    assert cache.get("39") is not None
    assert cache.get("0") is None


def test_a_damaged_thumbnail_is_none(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path)
    cache.put("a", np.zeros((8, 8, 3), np.uint8))
    (file,) = tmp_path.rglob("*.jpg")
    file.write_bytes(b"no picture")
    assert cache.get("a") is None


def test_maps_of_one_scale_are_coloured_alike() -> None:
    """A map of half the strength, on the scale of the stronger one, is the paler of both."""
    grid = GridGeometry((1, 1), (50.0, 50.0), (100.0, 100.0), Box(0, 0, 100, 100), (32, 32), (0, 0),
                        measured=False)  # fmt: skip
    grey = np.full((10, 10, 3), 128, np.uint8)
    look = Look(fixed_high=2.0, opacity=1.0)
    strong, weak, alone = (
        thumbnail_with_map(
            grey, Heatmap(np.full((1, 1), value, np.float32), grid, "logit"), (100, 100), used
        )
        for value, used in ((2.0, look), (0.2, look), (0.2, Look(opacity=1.0)))
    )
    assert np.array_equal(strong, alone)
    assert np.abs(weak.astype(int) - 128).max() < np.abs(strong.astype(int) - 128).max()


def test_a_selection_is_exported_without_what_has_no_map(tmp_path: Path) -> None:
    pictures = tmp_path / "in"
    write_picture(pictures / "a.jpg", 1, (90, 60))
    (pictures / "b.jpg").write_bytes(b"no picture")
    batch([pictures], tmp_path / "run", RunSettings(classes="top1"))
    table = read_table(open_run(tmp_path / "run"), None, NO_PROGRESS)
    numbers = table.matching(View()).tolist()
    assert len(numbers) == 2
    folder, failures = export_rows(table, StoredMaps(table.run), numbers, tmp_path, Look())
    assert len(list(folder.iterdir())) == 1
    assert [failure.path for failure in failures] == ["b.jpg"]
