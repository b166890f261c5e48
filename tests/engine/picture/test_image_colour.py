"""Embedded profiles and CMYK come out as sRGB, or say why not."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from camviewer.engine.picture.smaller_copies import read_thumbnail
from camviewer.engine.picture.source_image import read_image

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
RAMP = (
    np.stack(np.meshgrid(*[np.arange(0, 256, 51)] * 3), axis=-1).reshape(12, 18, 3).astype(np.uint8)
)
D50 = (0.9642, 1.0, 0.8249)


def fixed(*values: float) -> bytes:
    """ICC's s15Fixed16 numbers."""
    return b"".join(struct.pack(">i", round(65536 * value)) for value in values)


def profile(space: bytes, tags: dict[bytes, bytes], pcs: bytes = b"XYZ ") -> bytes:
    """An ICC version 2 profile, written from its specification."""
    text = b"A test profile\0"
    tags = {
        b"desc": b"desc" + struct.pack(">II", 0, len(text)) + text + bytes(78),
        b"cprt": b"text" + bytes(4) + b"none\0",
        b"wtpt": b"XYZ " + bytes(4) + fixed(*D50),
        **tags,
    }
    table, body, offset = b"", b"", 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        data = content + bytes(-len(content) % 4)
        table += name + struct.pack(">II", offset + len(body), len(data))
        body += data
    kind = b"prtr" if space == b"CMYK" else b"mntr"
    header = struct.pack(">I4sI4s4s4s", offset + len(body), bytes(4), 0x02400000, kind, space, pcs)
    header += struct.pack(">6H", 2024, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + fixed(*D50)
    header += bytes(128 - len(header))
    return header + struct.pack(">I", len(tags)) + table + body


def gamma(exponent: float) -> bytes:
    return b"curv" + struct.pack(">IIH", 0, 1, round(256 * exponent)) + bytes(2)


def matrix_profile(primaries: np.ndarray, exponent: float) -> bytes:
    """An RGB profile; ``primaries`` has the XYZ (D50) of red, green and blue as its columns."""
    tags = {}
    for index, name in enumerate("rgb"):
        tags[f"{name}XYZ".encode()] = b"XYZ " + bytes(4) + fixed(*primaries[:, index])
        tags[f"{name}TRC".encode()] = gamma(exponent)
    return profile(b"RGB ", tags)


SRGB_TO_XYZ = np.array(
    [[0.4361, 0.3851, 0.1431], [0.2225, 0.7169, 0.0606], [0.0139, 0.0971, 0.7141]]
)
ADOBE_TO_XYZ = np.array(
    [[0.6097, 0.2053, 0.1492], [0.3111, 0.6257, 0.0632], [0.0195, 0.0609, 0.7446]]
)


def encoded(linear: np.ndarray) -> np.ndarray:
    """Linear light to sRGB's curve, 0 to 255."""
    linear = np.clip(linear, 0, 1)
    curve = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return 255 * curve


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif", ".webp"])
def test_a_profile_with_exchanged_primaries_exchanges_the_channels(
    tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"exchanged{suffix}"
    swapped = matrix_profile(SRGB_TO_XYZ[:, ::-1], 2.2)
    options = {"lossless": True} if suffix == ".webp" else {"quality": 100, "subsampling": 0}
    picture = Image.new("RGB", (16, 16), (255, 0, 0))
    picture.save(path, icc_profile=swapped, **(options if suffix != ".tif" else {}))
    image = read_image(path)
    assert np.abs(image.pixels.astype(int) - (0, 0, 255)).max() <= 4
    assert image.notes == ("Colours converted to sRGB (profile: A test profile).",)
    assert np.abs(read_thumbnail(path, 8).astype(int) - (0, 0, 255)).max() <= 4


def test_a_wide_gamut_profile_agrees_with_the_formula(tmp_path: Path) -> None:
    path = tmp_path / "wide.png"
    Image.fromarray(RAMP).save(path, icc_profile=matrix_profile(ADOBE_TO_XYZ, 2.2))
    linear = (RAMP / 255.0) ** (563 / 256)
    expected = encoded(linear @ ADOBE_TO_XYZ.T @ np.linalg.inv(SRGB_TO_XYZ).T)
    assert np.abs(read_image(path).pixels - expected).max() <= 3


def test_an_srgb_profile_leaves_every_pixel_alone(tmp_path: Path) -> None:
    path = tmp_path / "srgb.png"
    Image.fromarray(RAMP).save(path, icc_profile=SRGB)
    image = read_image(path)
    assert (image.pixels == RAMP).all()
    assert image.notes == ()


def test_a_profile_and_alpha_together(tmp_path: Path) -> None:
    path = tmp_path / "both.png"
    picture = np.array([[[255, 0, 0, 255], [255, 0, 0, 0]]], np.uint8)
    Image.fromarray(picture).save(path, icc_profile=matrix_profile(SRGB_TO_XYZ[:, ::-1], 2.2))
    image = read_image(path)
    assert np.abs(image.pixels[0].astype(int) - [(0, 0, 255), (255, 255, 255)]).max() <= 2
    assert len(image.notes) == 2


def test_a_palette_picture_obeys_its_profile(tmp_path: Path) -> None:
    path = tmp_path / "palette.png"
    picture = Image.fromarray(np.zeros((4, 4), np.uint8), "P")
    picture.putpalette([255, 0, 0])
    picture.save(path, icc_profile=matrix_profile(SRGB_TO_XYZ[:, ::-1], 2.2))
    assert np.abs(read_image(path).pixels.astype(int) - (0, 0, 255)).max() <= 2


def test_a_linear_grey_profile_brightens(tmp_path: Path) -> None:
    path = tmp_path / "linear.png"
    values = np.arange(256, dtype=np.uint8)[None]
    Image.fromarray(values).save(path, icc_profile=profile(b"GRAY", {b"kTRC": gamma(1.0)}))
    image = read_image(path)
    assert np.abs(image.pixels[..., 0] - encoded(values / 255.0)).max() <= 2
    assert (image.pixels[..., 0] == image.pixels[..., 2]).all()
    assert "sRGB" in image.notes[0]


@pytest.mark.parametrize("damaged", [b"no profile at all", SRGB[:200], SRGB[:128] + bytes(400)])
def test_a_damaged_profile_is_ignored_and_said(tmp_path: Path, damaged: bytes) -> None:
    path = tmp_path / "damaged.png"
    Image.fromarray(RAMP).save(path, icc_profile=damaged)
    image = read_image(path)
    assert (image.pixels == RAMP).all()
    assert image.notes == ("Its colour profile is damaged: ignored.",)


def test_a_profile_for_another_kind_of_picture_is_ignored_and_said(tmp_path: Path) -> None:
    path = tmp_path / "other.png"
    Image.fromarray(RAMP).save(path, icc_profile=profile(b"GRAY", {b"kTRC": gamma(1.0)}))
    image = read_image(path)
    assert (image.pixels == RAMP).all()
    assert image.notes == ("Its colour profile does not fit it: ignored.",)


INKS = np.array(
    [[0, 0, 0, 0], [255, 0, 0, 0], [0, 255, 0, 0], [0, 0, 255, 0], [0, 0, 0, 255], [60, 90, 30, 20]]
)


def ink_picture() -> Image.Image:
    """One square of 16 pixels for each mixture of inks, so that JPEG keeps them."""
    return Image.fromarray(np.kron(INKS[None], np.ones((16, 16, 1))).astype(np.uint8), "CMYK")


@pytest.mark.parametrize("suffix", [".jpg", ".tif"])
def test_cmyk_without_a_profile_is_mixed_plainly_and_said(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"inks{suffix}"
    ink_picture().save(path, **({"quality": 100, "subsampling": 0} if suffix == ".jpg" else {}))
    if suffix == ".jpg":
        assert b"Adobe" in path.read_bytes()
    image = read_image(path)
    expected = (255 - INKS[:, :3]) * (255 - INKS[:, 3:]) / 255
    assert np.abs(image.pixels[8, 8::16] - expected).max() <= 4
    assert image.original_mode == "CMYK"
    assert image.notes == ("CMYK without a colour profile: its colours are approximate.",)


def grey_ink_profile() -> bytes:
    """A CMYK profile in which all inks are grey: white minus a sixth for C, M, Y; black for K."""
    corners = np.array(np.meshgrid([0, 1], [0, 1], [0, 1], [0, 1], indexing="ij")).reshape(4, -1).T
    lightness = 255 * (1 - corners[:, :3].sum(axis=1) / 6) * (1 - corners[:, 3])
    table = (
        np.stack([lightness, np.full(16, 128), np.full(16, 128)], axis=-1).round().astype(np.uint8)
    )
    straight = bytes(range(256))
    lut = b"mft1" + bytes(4) + bytes([4, 3, 2, 0]) + fixed(1, 0, 0, 0, 1, 0, 0, 0, 1)
    return profile(b"CMYK", {b"A2B0": lut + 4 * straight + table.tobytes() + 3 * straight}, b"Lab ")


@pytest.mark.parametrize("suffix", [".jpg", ".tif"])
def test_cmyk_with_a_profile_obeys_it(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"inks{suffix}"
    options = {"quality": 100, "subsampling": 0} if suffix == ".jpg" else {}
    ink_picture().save(path, icc_profile=grey_ink_profile(), **options)
    image = read_image(path)
    single = INKS[:-1]  # between the inks, programs interpolate in their own ways
    lightness = 100 * (1 - single[:, :3].sum(axis=1) / 255 / 6) * (1 - single[:, 3] / 255)
    luminance = ((lightness + 16) / 116) ** 3 - (16 / 116) ** 3
    assert np.abs(image.pixels[8, 8:-16:16] - encoded(luminance)[:, None]).max() <= 4
    assert image.notes == ("Colours converted to sRGB (profile: A test profile).",)


def test_lab_tiff_comes_out_in_its_colours(tmp_path: Path) -> None:
    path = tmp_path / "lab.tif"
    red = Image.new("RGB", (8, 8), (200, 40, 60))
    red.convert("LAB").save(path)
    assert np.abs(read_image(path).pixels.astype(int) - (200, 40, 60)).max() <= 4
