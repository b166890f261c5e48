"""Pictures of every ordinary kind come in upright, RGB, and with the right values."""

from __future__ import annotations

import hashlib
import io
import itertools
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from camviewer.engine.image import (
    PICTURE_SUFFIXES,
    ImageError,
    display_levels,
    find_pictures,
    image_from_bytes,
    image_from_pixels,
    read_image,
    read_thumbnail,
)

RNG = np.random.default_rng(0)
NOISE = RNG.integers(0, 256, (37, 53, 3), dtype=np.uint8)


def smooth(height: int = 48, width: int = 64) -> np.ndarray:
    """A picture without symmetries that lossy formats keep well."""
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    return np.stack([255 * x, 255 * y, 255 * (1 - x) * y], axis=-1).round().astype(np.uint8)


def closeness(pixels: np.ndarray, expected: np.ndarray) -> float:
    assert pixels.shape == expected.shape
    return float(np.abs(pixels.astype(int) - expected.astype(int)).mean())


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


def test_a_folder_gives_its_pictures_in_counting_order(tmp_path: Path) -> None:
    for name in ("b10.png", "b9.png", "B1.JPG", "a.webp", ".hidden.png", "notes.txt"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "inner.png").mkdir()
    (tmp_path / "link.png").symlink_to(tmp_path / "a.webp")
    (tmp_path / "broken.png").symlink_to(tmp_path / "nowhere.png")
    names = [path.name for path in find_pictures([tmp_path])]
    assert names == ["a.webp", "B1.JPG", "b9.png", "b10.png", "link.png"]


def test_files_are_given_back_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "one.png").write_bytes(b"x")
    given = [tmp_path / "later.txt", tmp_path / "folder", tmp_path / "gone.png"]
    assert find_pictures(given) == (given[0], tmp_path / "folder" / "one.png", given[2])
    assert find_pictures([]) == ()


def test_a_folder_without_pictures_says_so(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing to see")
    with pytest.raises(ImageError) as failure:
        find_pictures([tmp_path])
    assert failure.value.message == f"The folder {tmp_path.name} has no pictures."
    assert "JPEG" in failure.value.hint


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
