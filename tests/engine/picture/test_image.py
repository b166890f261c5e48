"""Pictures of every ordinary kind come in upright, RGB, and with the right values."""

from __future__ import annotations

import hashlib
import io
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from camviewer.engine.picture.smaller_copies import display_levels, read_thumbnail
from camviewer.engine.picture.source_image import (
    PICTURE_SUFFIXES,
    ImageError,
    image_from_bytes,
    image_from_pixels,
    read_image,
)
from tests.engine.pictures import NOISE, closeness, smooth


@pytest.mark.parametrize("suffix", [".png", ".bmp", ".tif", ".ppm", ".ico"])
def test_lossless_pictures_come_back_exactly(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"noise{suffix}"
    options = {"sizes": [(53, 37)]} if suffix == ".ico" else {}
    Image.fromarray(NOISE).save(path, **options)
    image = read_image(path)
    assert (image.pixels == NOISE).all()
    assert image.size == (37, 53)
    assert (image.height, image.width) == (37, 53)
    assert image.notes == ()
    assert image.name == path.name
    assert image.path == path
    assert image.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_pixels_are_contiguous_and_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "noise.png"
    Image.fromarray(NOISE).save(path)
    pixels = read_image(path).pixels
    assert pixels.dtype == np.uint8
    assert pixels.flags.c_contiguous
    assert not pixels.flags.writeable


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("subsampling", [0, 2])
def test_jpeg_is_what_pillow_decodes(tmp_path: Path, progressive: bool, subsampling: int) -> None:
    path = tmp_path / "smooth.jpg"
    Image.fromarray(smooth()).save(
        path, quality=95, progressive=progressive, subsampling=subsampling
    )
    image = read_image(path)
    assert closeness(image.pixels, smooth()) < 2
    assert (image.pixels == np.asarray(Image.open(path))).all()
    assert image.original_mode == "RGB"


ORIENTED = {
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.swapaxes(0, 1),
    6: lambda a: np.rot90(a, 1),
    7: lambda a: a[::-1, ::-1].swapaxes(0, 1),
    8: lambda a: np.rot90(a, -1),
}
"""How a camera that notes this orientation stores an upright picture."""


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp", ".avif"])
def test_every_exif_orientation_comes_out_upright(
    tmp_path: Path, orientation: int, suffix: str
) -> None:
    if suffix not in PICTURE_SUFFIXES:
        pytest.skip("no decoder here")
    path = tmp_path / f"turned{suffix}"
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = np.ascontiguousarray(ORIENTED[orientation](smooth()))
    Image.fromarray(stored).save(path, exif=exif, quality=95)
    assert closeness(read_image(path).pixels, smooth()) < 3
    thumbnail = read_thumbnail(path, 32)
    assert thumbnail.shape == (24, 32, 3)
    assert closeness(thumbnail, smooth(24, 32)) < 8


def test_a_turned_picture_of_many_bands_comes_out_upright(tmp_path: Path) -> None:
    upright = np.zeros((2501, 3001, 3), np.uint8)
    upright[:, :, 0] = np.arange(2501)[:, None] % 251
    upright[:, :, 1] = np.arange(3001)[None] % 241
    path = tmp_path / "large.tif"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(np.ascontiguousarray(np.rot90(upright))).save(
        path.with_suffix(".png"), exif=exif
    )
    assert (read_image(path.with_suffix(".png")).pixels == upright).all()


def test_an_orientation_that_makes_no_sense_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "odd.jpg"
    exif = Image.Exif()
    exif[0x0112] = 77
    Image.fromarray(smooth()).save(path, exif=exif, quality=95)
    assert read_image(path).size == (48, 64)


def test_grey_and_one_bit_pictures_become_grey_rgb(tmp_path: Path) -> None:
    grey = NOISE[..., 0]
    Image.fromarray(grey).save(tmp_path / "grey.png")
    image = read_image(tmp_path / "grey.png")
    assert (image.pixels == grey[..., None]).all()
    assert image.original_mode == "L"
    Image.fromarray(grey > 127).save(tmp_path / "bit.png")
    image = read_image(tmp_path / "bit.png")
    assert (image.pixels == 255 * (grey > 127)[..., None]).all()
    assert image.original_mode == "1"


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".png"])
def test_of_an_animation_the_first_frame_is_shown_and_said(tmp_path: Path, suffix: str) -> None:
    colours = [(255, 0, 0), (0, 255, 0), (0, 0, 255)]
    frames = [Image.new("RGB", (20, 10), colour) for colour in colours]
    path = tmp_path / f"moving{suffix}"
    frames[0].save(path, save_all=True, append_images=frames[1:], lossless=True)
    image = read_image(path)
    assert np.abs(image.pixels.astype(int) - (255, 0, 0)).max() <= 2
    assert image.notes == ("Animated: frame 1 of 3.",)


def test_of_an_mpo_the_first_picture_is_shown_and_said(tmp_path: Path) -> None:
    path = tmp_path / "stereo.mpo"
    left, right = Image.fromarray(smooth()), Image.new("RGB", (64, 48), "red")
    left.save(path, save_all=True, append_images=[right], quality=95)
    image = read_image(path)
    assert closeness(image.pixels, smooth()) < 3
    assert image.notes == ("Picture 1 of 2 in the file.",)
    assert closeness(read_thumbnail(path, 32), smooth(24, 32)) < 8


def test_avif_is_read(tmp_path: Path) -> None:
    if ".avif" not in PICTURE_SUFFIXES:
        pytest.skip("Pillow without AVIF")
    path = tmp_path / "picture.avif"
    Image.fromarray(smooth()).save(path, quality=95)
    assert closeness(read_image(path).pixels, smooth()) < 3


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
@pytest.mark.parametrize("compression", [None, "tga_rle"])
def test_tga_is_read(tmp_path: Path, mode: str, compression: str | None) -> None:
    path = tmp_path / "texture.TGA"
    picture = Image.fromarray(NOISE).convert(mode)
    picture.save(path, compression=None if mode == "1" else compression)
    assert (read_image(path).pixels == np.asarray(picture.convert("RGB"))).all()


def test_a_tga_whose_alpha_was_never_written_is_opaque(tmp_path: Path) -> None:
    path = tmp_path / "texture.tga"
    Image.fromarray(np.dstack([NOISE, np.zeros((37, 53), np.uint8)])).save(path)
    image = read_image(path)
    assert (image.pixels == NOISE).all()
    assert image.notes == ()


def test_heic_is_read(tmp_path: Path) -> None:
    heif = pytest.importorskip("pillow_heif")
    path = tmp_path / "picture.heic"
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = Image.fromarray(np.ascontiguousarray(np.rot90(smooth())))
    heif.from_pillow(turned).save(path, quality=95, exif=exif.tobytes())
    image = read_image(path)
    assert closeness(image.pixels, smooth()) < 3
    assert image.original_mode == "RGB"


@pytest.mark.parametrize("size", [(1, 1), (20000, 3), (3, 20000), (1, 7)])
@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif"])
def test_extreme_shapes_are_read(tmp_path: Path, size: tuple[int, int], suffix: str) -> None:
    path = tmp_path / f"shape{suffix}"
    Image.new("RGB", size, (200, 100, 50)).save(path, quality=95)
    image = read_image(path)
    assert image.size == (size[1], size[0])
    assert np.abs(image.pixels.astype(int) - (200, 100, 50)).max() <= 3
    assert max(read_thumbnail(path, 64).shape) <= 64
    assert min(display_levels(image)[-1].shape) >= 1


def test_the_contents_count_and_not_the_suffix(tmp_path: Path) -> None:
    path = tmp_path / "really-a.jpg"
    Image.fromarray(NOISE).save(path, format="PNG")
    assert (read_image(path).pixels == NOISE).all()


def test_clipboard_bytes_are_read_like_a_file() -> None:
    buffer = io.BytesIO()
    Image.fromarray(NOISE).save(buffer, format="PNG")
    image = image_from_bytes(buffer.getvalue(), "Clipboard")
    assert (image.pixels == NOISE).all()
    assert image.path is None
    assert image.name == "Clipboard"
    assert image.sha256 == hashlib.sha256(buffer.getvalue()).hexdigest()


def test_clipboard_pixels_are_copied_and_hashed() -> None:
    given = NOISE.copy()
    image = image_from_pixels(given, "Clipboard")
    given[:] = 0
    assert (image.pixels == NOISE).all()
    assert image.sha256 == hashlib.sha256(NOISE.tobytes()).hexdigest()
    assert image.original_mode == "RGB"
    clear = np.dstack([NOISE, np.zeros((37, 53), np.uint8)])
    image = image_from_pixels(clear, "Clipboard")
    assert (image.pixels == 255).all()
    assert image.notes == ("Transparent parts are shown over white.",)


@pytest.mark.parametrize("shape", [(4, 4), (4, 4, 2), (0, 4, 3)])
def test_an_array_that_is_no_picture_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ImageError, match="Clipboard"):
        image_from_pixels(np.zeros(shape, np.uint8), "Clipboard")


def test_many_threads_read_at_once(tmp_path: Path) -> None:
    paths = []
    for index in range(8):
        path = tmp_path / f"{index}.png"
        Image.new("RGB", (300, 200), (index, 2 * index, 3 * index)).save(path)
        paths.append(path)
    Image.fromarray(smooth(400, 600)).save(tmp_path / "whole.jpg")
    cut = tmp_path / "cut.jpg"
    cut.write_bytes((tmp_path / "whole.jpg").read_bytes()[:4000])
    failures: list[str] = []

    def read(number: int) -> None:
        for path in paths[number:] + paths[:number]:
            image = read_image(path)
            index = int(path.stem)
            if image.notes or image.pixels[-1, -1].tolist() != [index, 2 * index, 3 * index]:
                failures.append(path.name)
            if "cut short" not in "".join(read_image(cut).notes):
                failures.append("cut.jpg")

    threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_reading_leaves_no_file_open(tmp_path: Path) -> None:
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        pytest.skip("the system does not list open files")
    path = tmp_path / "pages.tif"
    frames = [Image.fromarray(NOISE)] * 3
    frames[0].save(path, save_all=True, append_images=frames[1:], compression="tiff_lzw")
    before = len(list(descriptors.iterdir()))
    for _ in range(5):
        read_image(path)
        read_thumbnail(path, 16)
    assert len(list(descriptors.iterdir())) == before
