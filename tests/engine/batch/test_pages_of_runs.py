"""Runs over pages: the first of each file, one by its number, or all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from camviewer.engine.batch import RunSettings, batch, open_run
from camviewer.engine.batch.pages import require_pages
from camviewer.engine.errors import CamviewerError
from camviewer.engine.picture.source_image import read_image
from camviewer.engine.review.reopening import reopened
from camviewer.engine.review.thumbnails import ThumbnailCache, thumbnail
from camviewer.engine.session.session import Session
from tests.engine.small_runs import write_picture


@pytest.fixture
def stack(tmp_path: Path) -> Path:
    """A folder with a file of three pages, and a photograph."""
    folder = tmp_path / "in"
    write_picture(folder / "photo.jpg", 5)
    patches = [
        Image.fromarray(np.random.default_rng(seed).integers(0, 256, (30, 40, 3), np.uint8))
        for seed in (1, 2, 3)
    ]
    patches[0].save(folder / "stack.tif", save_all=True, append_images=patches[1:])
    return folder


def test_every_page_is_a_picture_of_its_own(stack: Path, tmp_path: Path) -> None:
    settings = RunSettings(classes="top1", page="all")
    batch([stack], tmp_path / "run", settings)
    batch([stack], tmp_path / "run", settings)  # goes on, and finds the same pictures
    run = open_run(tmp_path / "run")
    rows = run.rows()
    assert rows.select("path", "page", "pages").rows() == [
        ("photo.jpg", 1, 1),
        ("stack.tif", 1, 3),
        ("stack.tif", 2, 3),
        ("stack.tif", 3, 3),
    ]
    assert rows["id"].n_unique() == 4
    assert rows["probability"].n_unique() == 4
    last = rows.row(3, named=True)
    image = read_image(stack / "stack.tif", 2)
    verdict = Session.embedded().verdict(image)
    assert last["predicted_probability"] == pytest.approx(float(verdict.probabilities.max()), 1e-4)
    assert reopened(run, last).page == 2
    small = thumbnail(run, last, ThumbnailCache(tmp_path / "cache"))
    assert np.abs(small.astype(int) - image.pixels).mean() < 6  # kept as JPEG
    drawn = run.overlay(last).astype(int) - run.overlay(rows.row(1, named=True))
    assert np.abs(drawn).mean() > 20


def test_one_page_is_taken_of_each_file_and_named_where_it_is_missing(
    stack: Path, tmp_path: Path
) -> None:
    batch([stack], tmp_path / "run", RunSettings(classes="top1", page="2"))
    photo, second = open_run(tmp_path / "run").rows().iter_rows(named=True)
    assert photo["error"].startswith("photo.jpg has one page alone: there is no page 2.")
    assert (second["page"], second["error"]) == (2, None)
    with pytest.raises(CamviewerError, match=r"page 2 and not"):
        batch([stack], tmp_path / "run", RunSettings(classes="top1"))


def test_pages_are_numbers_from_one_or_all() -> None:
    assert [require_pages(words) for words in ("", "1", " ALL ", "12")] == ["", "", "all", "12"]
    for words in ("0", "-1", "two", "1.5"):
        with pytest.raises(CamviewerError, match="says no page"):
            require_pages(words)
