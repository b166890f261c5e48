"""Thumbnails, and the smaller copies that the canvas draws."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
from PIL import Image

from camviewer.engine.picture.smaller_copies import display_levels, read_thumbnail
from camviewer.engine.picture.source_image import image_from_pixels
from tests.engine.pictures import NOISE, RNG, closeness, smooth


def test_thumbnails_of_every_mode_are_small_and_right(tmp_path: Path) -> None:
    large = Image.fromarray(smooth(480, 640))
    names = "RGB.jpg L.jpg CMYK.jpg RGBA.png P.png LA.png 1.png RGB.webp"
    for path in (tmp_path / name for name in names.split()):
        mode = path.stem
        large.convert(mode).save(path)
        thumbnail = read_thumbnail(path, 64)
        assert thumbnail.shape == (48, 64, 3), mode
        assert thumbnail.dtype == np.uint8
        if mode not in ("P", "1"):
            expected = np.asarray(large.convert(mode).convert("RGB").resize((64, 48)))
            assert closeness(thumbnail, expected) < 4, mode


def test_a_small_picture_is_its_own_thumbnail(tmp_path: Path) -> None:
    Image.fromarray(NOISE).save(tmp_path / "small.png")
    assert (read_thumbnail(tmp_path / "small.png", 256) == NOISE).all()


def test_display_levels_halve_by_box_means() -> None:
    image = image_from_pixels(RNG.integers(0, 256, (4096, 2050, 3), dtype=np.uint8), "noise")
    levels = display_levels(image, smallest=600)
    assert levels[0] is image.pixels
    assert [level.shape[:2] for level in levels] == [
        (4096, 2050),
        (2048, 1025),
        (1024, 513),
        (512, 257),
    ]
    for finer, coarser in itertools.pairwise(levels):
        assert coarser.flags.c_contiguous
        height, width = finer.shape[0] // 2 * 2, finer.shape[1] // 2 * 2
        whole = finer[:height, :width].reshape(height // 2, 2, width // 2, 2, 3)
        expected = whole.mean(axis=(1, 3))
        assert np.abs(coarser[: height // 2, : width // 2] - expected).max() <= 0.5


def test_a_picture_that_is_small_enough_has_one_level() -> None:
    image = image_from_pixels(NOISE, "noise")
    assert len(display_levels(image)) == 1
    assert display_levels(image, smallest=1)[-1].shape == (1, 1, 3)


def test_the_edge_of_an_odd_level_is_the_mean_of_what_is_there() -> None:
    pixels = np.zeros((2, 3, 3), np.uint8)
    pixels[:, 2] = 90
    half = display_levels(image_from_pixels(pixels, "odd"), smallest=2)[1]
    assert half[0, :, 0].tolist() == [0, 90]
