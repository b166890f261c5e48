"""Transparent parts of a picture are shown over white."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from camviewer.engine.picture.source_image import read_image
from tests.engine.pictures import NOISE, RNG


def test_alpha_is_shown_over_white_and_said(tmp_path: Path) -> None:
    path = tmp_path / "alpha.png"
    alpha = RNG.integers(0, 256, (37, 53, 1), dtype=np.uint8)
    Image.fromarray(np.concatenate([NOISE, alpha], axis=-1)).save(path)
    image = read_image(path)
    share = alpha / 255.0
    assert np.abs(image.pixels - (NOISE * share + 255 * (1 - share))).max() <= 1
    assert image.notes == ("Transparent parts are shown over white.",)
    assert image.original_mode == "RGBA"


def test_opaque_alpha_changes_nothing_and_needs_no_note(tmp_path: Path) -> None:
    path = tmp_path / "opaque.png"
    Image.fromarray(NOISE).convert("RGBA").save(path)
    assert (read_image(path).pixels == NOISE).all()
    assert read_image(path).notes == ()


def test_grey_with_alpha_is_shown_over_white(tmp_path: Path) -> None:
    path = tmp_path / "la.png"
    Image.fromarray(np.array([[[0, 255], [0, 0], [100, 128]]], np.uint8), "LA").save(path)
    image = read_image(path)
    assert image.original_mode == "LA"
    assert image.pixels[0, :, 0].tolist() == [0, 255, 177]
    assert "over white" in image.notes[0]


def test_a_transparent_palette_entry_is_white(tmp_path: Path) -> None:
    picture = Image.fromarray(np.array([[0, 1, 2]], np.uint8), "P")
    picture.putpalette([10, 20, 30, 200, 0, 0, 0, 0, 90])
    for suffix in (".png", ".gif"):
        path = tmp_path / f"palette{suffix}"
        picture.save(path, transparency=1)
        image = read_image(path)
        assert image.pixels.tolist() == [[[10, 20, 30], [255, 255, 255], [0, 0, 90]]]
        assert "over white" in image.notes[0]
        picture.save(path)
        assert read_image(path).pixels[0, 1].tolist() == [200, 0, 0]


def test_a_transparent_colour_of_an_rgb_png_is_white(tmp_path: Path) -> None:
    path = tmp_path / "key.png"
    picture = np.array([[[1, 2, 3], [9, 9, 9]]], np.uint8)
    Image.fromarray(picture).save(path, transparency=(9, 9, 9))
    assert read_image(path).pixels.tolist() == [[[1, 2, 3], [255, 255, 255]]]


def test_webp_with_and_without_alpha(tmp_path: Path) -> None:
    path = tmp_path / "picture.webp"
    Image.fromarray(NOISE).save(path, lossless=True)
    assert (read_image(path).pixels == NOISE).all()
    hole = np.dstack([NOISE, np.full((37, 53), 255, np.uint8)])
    hole[:10, :10, 3] = 0
    Image.fromarray(hole).save(path, lossless=True)
    image = read_image(path)
    assert (image.pixels[:10, :10] == 255).all()
    assert (image.pixels[10:] == NOISE[10:]).all()
