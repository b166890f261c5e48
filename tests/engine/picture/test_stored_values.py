"""A picture keeps what its file holds; eight bits are for the eye alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from camviewer.engine.geometry.input_scale import InputScale, ScaleKind
from camviewer.engine.picture.eye import EyeWindow, automatic_window, shown_pixels
from camviewer.engine.picture.input_range import input_range
from camviewer.engine.picture.source_image import ImageError, image_from_pixels, read_image
from camviewer.engine.picture.stored_values import StoredValues, kept_type, value_statistics

tifffile = pytest.importorskip("tifffile")

RNG = np.random.default_rng(3)


def grey(array: np.ndarray, **fields: object) -> StoredValues:
    return StoredValues(kept_type(array[..., None]), ("",), "grey", **fields)  # type: ignore[arg-type]


def test_eight_bit_colours_are_their_own_values(tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    Image.fromarray(RNG.integers(0, 256, (9, 7, 3), dtype=np.uint8)).save(path)
    for image in (read_image(path), image_from_pixels(np.zeros((4, 5, 3), np.uint8), "x")):
        assert image.values.array is image.pixels
        assert (image.values.colour, image.values.stated_range) == ("rgb", (0.0, 255.0))


@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_sixteen_bits_are_kept(tmp_path: Path, suffix: str) -> None:
    values = RNG.integers(0, 65536, (31, 45), dtype=np.uint16)
    Image.fromarray(values).save(tmp_path / f"grey.{suffix}")
    kept = read_image(tmp_path / f"grey.{suffix}").values
    assert kept.array.dtype == np.uint16
    assert (kept.array[..., 0] == values).all()
    assert (kept.colour, kept.stated_range) == ("grey", None)
    assert not kept.array.flags.writeable


@pytest.mark.parametrize("bits", [12, 16])
def test_sixteen_bit_colours_are_kept(tmp_path: Path, bits: int) -> None:
    values = RNG.integers(0, 2**bits, (31, 45, 3), dtype=np.uint16)
    tifffile.imwrite(tmp_path / "colours.tif", values, photometric="rgb")
    kept = read_image(tmp_path / "colours.tif").values
    assert (kept.array == values).all()
    assert kept.colour == "rgb"


def test_floats_and_signed_numbers_are_kept(tmp_path: Path) -> None:
    values = RNG.normal(size=(31, 45)).astype(np.float32)
    tifffile.imwrite(tmp_path / "float.tif", values)
    assert (read_image(tmp_path / "float.tif").values.array[..., 0] == values).all()
    signed = RNG.integers(-3000, 3000, (31, 45), dtype=np.int16)
    signed[2, 3] = -32768
    tifffile.imwrite(tmp_path / "signed.tif", signed)
    kept = read_image(tmp_path / "signed.tif").values
    assert (kept.array[..., 0] == signed).all()
    assert kept.no_data == -32768
    assert kept.statistics.low >= -3000


def test_a_turned_picture_is_upright(tmp_path: Path) -> None:
    values = RNG.integers(0, 65536, (31, 45), dtype=np.uint16)
    tifffile.imwrite(tmp_path / "turned.tif", values, extratags=[(274, 3, 1, 6, True)])
    kept = read_image(tmp_path / "turned.tif").values
    assert (kept.array[..., 0] == np.rot90(values, -1)).all()


@pytest.mark.parametrize("bits", [8, 10, 12, 14, 16])
@pytest.mark.parametrize("hot", [0, 1])
def test_the_usual_depth_is_assumed_and_one_hot_pixel_does_not_change_it(
    tmp_path: Path, bits: int, hot: int
) -> None:
    values = RNG.integers(0, 2**bits, (60, 60), dtype=np.uint16)
    values[7, 8:9] = 65535 if hot else 0
    Image.fromarray(values).save(tmp_path / "sensor.png")
    found = read_image(tmp_path / "sensor.png").input_range(InputScale())
    assert (found.low, found.high) == (0.0, 2.0**bits - 1)
    assert found.is_assumed
    assert f"{bits} bits" in found.words


def test_floats_from_0_to_1_are_taken_as_they_are_and_others_by_percentiles() -> None:
    share = RNG.random((60, 60)).astype(np.float32)
    share[4, 4] = 1.5
    assert (found := input_range(grey(share), InputScale())).numbers == "0 to 1"
    assert found.words == "as they are"
    heights = (RNG.normal(size=(100, 100)) * 100 - 300).astype(np.float32)
    found = input_range(grey(heights), InputScale())
    assert found.low == pytest.approx(np.percentile(heights, 0.1), abs=3)
    assert found.high == pytest.approx(np.percentile(heights, 99.9), abs=3)
    assert "percentiles" in found.words


def test_what_the_file_or_the_recipe_says_comes_first() -> None:
    stated = grey(np.full((5, 5), 700, np.uint16), stated_range=(0.0, 4095.0))
    assert input_range(stated, InputScale()).high == 4095.0
    window = InputScale(ScaleKind.RANGE, 100.0, 900.0)
    assert input_range(stated, window).numbers == "100 to 900"
    silent = grey(np.full((5, 5), 700, np.uint16))
    assert input_range(silent, InputScale(ScaleKind.DEPTH)).high == 65535.0
    assert input_range(silent, InputScale(ScaleKind.EXTREMES)).numbers == "700 to 700"


def test_percentiles_are_numpys_smallest_value_that_reaches_them() -> None:
    for values in (
        RNG.integers(0, 5000, 999).astype(np.uint16),
        RNG.normal(size=999).astype(np.float32),
    ):
        found = value_statistics(values, ())
        for share in (0.1, 1.0, 50.0, 99.0, 99.9, 100.0):
            expected = np.percentile(values, share, method="inverted_cdf")
            assert found.percentile(share) == expected
        middle = float(np.median(values))
        assert found.share_above(middle) == pytest.approx((values > middle).mean())
        assert found.share_below(middle) == pytest.approx((values < middle).mean())


def test_holes_take_no_part_in_statistics(tmp_path: Path) -> None:
    values = np.array([[np.nan, -1.5, 0.0, 1.5, np.inf, -np.inf, -9999.0]], np.float32)
    found = value_statistics(values, (-9999.0,))
    assert (found.low, found.high, found.finite) == (-1.5, 1.5, 3)
    assert (found.not_finite, found.no_data) == (3, 1)
    tifffile.imwrite(tmp_path / "nothing.tif", np.full((3, 4), np.nan, np.float32))
    with pytest.raises(ImageError, match=r"^nothing\.tif has no value that is a finite number\."):
        read_image(tmp_path / "nothing.tif")
    tag = [(42113, 2, 0, "-5", True)]
    tifffile.imwrite(tmp_path / "empty.tif", np.full((3, 4), -5, np.int16), extratags=tag)
    with pytest.raises(ImageError, match=r"^empty\.tif has no data: all its values are -5,"):
        read_image(tmp_path / "empty.tif")


def test_statistics_of_millions_are_those_of_the_values_taken_together() -> None:
    values = RNG.normal(size=(3000, 3001, 1)).astype(np.float32)
    values[:1400], values[2000, :50] = -9999.0, np.nan
    found = value_statistics(values, (-9999.0,))
    known = values[np.isfinite(values) & (values != -9999.0)]
    assert (found.finite, found.not_finite, found.no_data) == (known.size, 50, 1400 * 3001)
    assert (found.low, found.high) == (known.min(), known.max())
    assert np.array_equal(found.ranked, np.sort(known[::2]))


def test_one_hot_pixel_does_not_darken_the_picture_for_the_eye() -> None:
    values = RNG.integers(300, 4000, (80, 80), dtype=np.uint16)
    before = automatic_window(grey(values))
    assert (before.low, before.high) == (values.min(), values.max())
    shown = shown_pixels(grey(values))
    values[7, 8] = 65535
    again = shown_pixels(grey(values))
    others = np.ones((80, 80), bool)
    others[7, 8] = False
    assert np.abs(shown.astype(int) - again)[others].max() <= 2
    assert (again[7, 8] == 255).all()


def test_a_window_for_the_eye_can_be_inverted_and_bent() -> None:
    values = grey(np.array([[0, 50, 100, 200]], np.uint16))
    assert shown_pixels(values, EyeWindow(0, 100))[0, :, 0].tolist() == [0, 128, 255, 255]
    inverted = shown_pixels(values, EyeWindow(0, 100, inverted=True))
    assert inverted[0, :, 0].tolist() == [255, 128, 0, 0]
    bright = shown_pixels(values, EyeWindow(0, 100, gamma=2.0))
    assert bright[0, 1, 0] == round(255 * 0.5**0.5)


def test_what_file_and_recipe_call_no_data_is_no_end_of_the_range() -> None:
    values = grey(np.array([[-9999.0, 0.5], [1.0, 4.0]], np.float32), no_data=-9999.0)
    found = input_range(values, InputScale(ScaleKind.EXTREMES, no_data=0.5))
    assert (found.low, found.high) == (1.0, 4.0)
