"""What cannot be opened says why in one sentence; what is damaged shows what is left."""

from __future__ import annotations

import os
import stat
import struct
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFile

from camviewer.engine.errors import CamviewerError
from camviewer.engine.picture import file_kinds as image_file
from camviewer.engine.picture.smaller_copies import read_thumbnail
from camviewer.engine.picture.source_image import (
    PICTURE_SUFFIXES,
    ImageError,
    SourceImage,
    find_pictures,
    image_from_bytes,
    image_from_pixels,
    read_image,
)

pytestmark = pytest.mark.filterwarnings("ignore:::PIL")
RNG = np.random.default_rng(2)


KINDS = sorted(
    PICTURE_SUFFIXES & {".jpg", ".png", ".webp", ".tif", ".gif", ".bmp", ".ppm", ".avif", ".jp2"}
)


def opened(path: Path) -> SourceImage | ImageError:
    """The picture, or the sentence about it."""
    try:
        return read_image(path)
    except ImageError as error:
        return error


def busy(height: int = 300, width: int = 400) -> np.ndarray:
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    waves = 127 + 90 * np.sin(20 * x + 9 * y)
    noise = RNG.integers(0, 30, (height, width, 3))
    return (waves[..., None] + noise).astype(np.uint8)


def refusal(path: Path) -> ImageError:
    """The error of opening, after checking that it is fit for a user."""
    with pytest.raises(ImageError) as failure:
        read_image(path)
    error = failure.value
    assert isinstance(error, CamviewerError)
    assert path.name in error.message
    assert error.message.endswith(".")
    assert error.hint.endswith(".")
    for jargon in ("Traceback", "Error", "PIL", "object", "0x", "<", "cannot identify"):
        assert jargon not in str(error)
    with pytest.raises(ImageError):
        read_thumbnail(path, 64)
    return error


@pytest.mark.parametrize("progressive", [False, True])
def test_of_a_cut_jpeg_the_upper_part_is_shown_and_said(tmp_path: Path, progressive: bool) -> None:
    path = tmp_path / "cut.jpg"
    Image.fromarray(busy()).save(path, quality=90, progressive=progressive)
    whole = np.asarray(Image.open(path)).astype(int)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])
    image = read_image(path)
    assert image.size == (300, 400)
    assert np.abs(image.pixels[:120] - whole[:120]).mean() < (20 if progressive else 0.01)
    assert image.notes == ("The file is damaged or cut short: what could be decoded is shown.",)
    assert image.is_damaged
    assert read_thumbnail(path, 64).shape == (48, 64, 3)


@pytest.mark.parametrize(
    ("suffix", "options"),
    [
        (".png", {}),
        (".bmp", {}),
        (".ppm", {}),
        (".gif", {"interlace": 0}),
        (".tif", {"compression": "tiff_lzw"}),
    ],
)
def test_of_other_cut_files_what_came_first_is_shown_and_said(
    tmp_path: Path, suffix: str, options: dict[str, object]
) -> None:
    path = tmp_path / f"cut{suffix}"
    picture = Image.fromarray(busy()[..., 0]) if suffix == ".gif" else Image.fromarray(busy())
    picture.save(path, **options)
    with Image.open(path) as file:
        whole = np.asarray(file.convert("RGB"))
    data = path.read_bytes()
    if suffix == ".tif":
        # Its table of contents may stand at the end: damage the pixels instead.
        middle = len(data) // 2
        data = data[:middle] + bytes(len(data) - middle - 400) + data[-400:]
    else:
        data = data[: len(data) * 2 // 3]
    path.write_bytes(data)
    image = read_image(path)
    shown = slice(200, 300) if suffix == ".bmp" else slice(0, 100)  # a BMP begins at its foot
    assert (image.pixels[shown] == whole[shown]).all()
    assert image.notes[0] == "The file is damaged or cut short: what could be decoded is shown."


def test_of_a_cut_tiff_on_its_side_what_came_first_is_upright(tmp_path: Path) -> None:
    path = tmp_path / "turned.tif"
    exif = Image.Exif()
    exif[0x0112] = 6
    upright = busy()
    Image.fromarray(np.ascontiguousarray(np.rot90(upright))).save(path, exif=exif)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])
    image = read_image(path)
    assert image.size == (300, 400)
    assert (image.pixels[:, 200:] == upright[:, 200:]).all()


@pytest.mark.parametrize("suffix", [*KINDS, ".heic"])
def test_a_file_cut_at_any_place_is_a_picture_or_a_sentence(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"cut{suffix}"
    if suffix == ".heic":
        pillow_heif = pytest.importorskip("pillow_heif")
        pillow_heif.from_pillow(Image.fromarray(busy(60, 80))).save(path)
    else:
        Image.fromarray(busy(60, 80)).save(path)
    data = path.read_bytes()
    for length in sorted({1, 2, 3, 5, 9, 17, 30, 64, 100, *range(150, len(data), len(data) // 25)}):
        path.write_bytes(data[:length])
        image = opened(path)
        if isinstance(image, ImageError):
            assert path.name in image.message
        else:
            assert image.pixels.shape == (60, 80, 3)
            assert image.notes or length > 0.9 * len(data)


@pytest.mark.parametrize("suffix", KINDS)
def test_scrambled_bytes_are_a_picture_or_a_sentence(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"scrambled{suffix}"
    Image.fromarray(busy(60, 80)).save(path)
    data = np.frombuffer(path.read_bytes(), np.uint8)
    for _ in range(40):
        scrambled = data.copy()
        places = RNG.integers(0, min(len(data), 700), 6)
        scrambled[places] = RNG.integers(0, 256, 6)
        path.write_bytes(scrambled.tobytes())
        image = opened(path)
        assert path.name in (image.message if isinstance(image, ImageError) else image.name)


def test_a_jpeg_that_ends_after_its_header_is_damaged_beyond_reading(tmp_path: Path) -> None:
    path = tmp_path / "header.jpg"
    Image.fromarray(busy()).save(path)
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"\xff\xda") + 14])
    assert refusal(path).message == "header.jpg is damaged beyond reading."
    path.write_bytes(data[:100])
    assert refusal(path).message == "header.jpg is damaged beyond reading."


def test_a_png_that_ends_after_its_header_is_damaged_beyond_reading(tmp_path: Path) -> None:
    path = tmp_path / "header.png"
    Image.fromarray(busy()).save(path)
    path.write_bytes(path.read_bytes()[:60])
    assert refusal(path).message == "header.png is damaged beyond reading."


def test_pillows_own_switches_are_never_touched(tmp_path: Path) -> None:

    def switches() -> tuple[object, object]:
        return ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS

    before = switches()
    path = tmp_path / "cut.jpg"
    Image.fromarray(busy()).save(path)
    path.write_bytes(path.read_bytes()[:9000])
    read_image(path)
    assert switches() == before


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    error = refusal(tmp_path / "gone.jpg")
    assert error.message == "gone.jpg is not there any more, or never was."


def test_a_folder_is_not_a_picture(tmp_path: Path) -> None:
    assert refusal(tmp_path).message == f"{tmp_path.name} is a folder, not a picture."


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty.png").write_bytes(b"")
    assert refusal(tmp_path / "empty.png").message == "empty.png is empty (0 bytes)."


def test_a_text_file_named_jpg_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "letter.jpg").write_text("Dear camviewer,\n")
    error = refusal(tmp_path / "letter.jpg")
    assert error.message == "letter.jpg is not a picture that can be opened."
    assert "JPEG, PNG" in error.hint


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    assert "device" in refusal(tmp_path / "pipe.jpg").message


@pytest.fixture
def without_privileges() -> Iterator[Path]:
    """A folder that anyone may enter, seen as a user who may not read everything."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    if os.geteuid() != os.getuid():
        os.seteuid(os.getuid())
    for path in folder.iterdir():
        path.chmod(stat.S_IRWXU)
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()


def give_up_privileges() -> None:
    if os.geteuid() == 0:
        os.seteuid(65534)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="no POSIX permissions here")
def test_a_file_that_may_not_be_read_says_so(without_privileges: Path) -> None:
    path = without_privileges / "secret.png"
    Image.fromarray(busy()).save(path)
    path.chmod(0)
    give_up_privileges()
    assert refusal(path).message == "secret.png may not be read by you."


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="no POSIX permissions here")
def test_a_folder_that_may_not_be_read_says_so(without_privileges: Path) -> None:
    folder = without_privileges / "secret"
    folder.mkdir()
    folder.chmod(0)
    give_up_privileges()
    with pytest.raises(ImageError, match="folder secret cannot be read"):
        find_pictures([folder])


def enormous_png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(bytes(100_000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


def test_too_many_pixels_are_refused_before_decoding(tmp_path: Path) -> None:
    path = tmp_path / "enormous.png"
    path.write_bytes(enormous_png(50_000, 40_000))
    error = refusal(path)
    assert error.message == (
        "enormous.png has 2,000.0 megapixels (50000 x 40000); the limit is 200."
    )
    with pytest.raises(ImageError, match="Clipboard has 2,000"):
        image_from_bytes(path.read_bytes(), "Clipboard")
    with pytest.raises(ImageError, match=r"Clipboard has 200\.0 megapixels"):
        image_from_pixels(np.broadcast_to(np.uint8(0), (1, 200_000_001, 3)), "Clipboard")


def test_a_gif_whose_frame_is_larger_than_its_screen_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gif"
    Image.new("P", (4, 4)).save(path)
    data = bytearray(path.read_bytes())
    frame = data.index(b"\x2c", 13 + 3)
    data[frame + 5 : frame + 9] = struct.pack("<HH", 65535, 65535)
    path.write_bytes(data)
    assert "200 megapixels" in refusal(path).message


def test_a_heic_without_its_decoder_names_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = tuple(kind for kind in image_file.KINDS if kind.name != "HEIC")
    monkeypatch.setattr(image_file, "KINDS", kinds)
    path = tmp_path / "photo.heic"
    path.write_bytes(struct.pack(">I", 24) + b"ftypheic" + bytes(4) + b"mif1heic" + bytes(100))
    error = refusal(path)
    assert error.message == "photo.heic is a HEIC picture, which this installation cannot read."
    assert "pillow-heif" in error.hint


@pytest.mark.parametrize(
    ("name", "start", "words"),
    [
        ("a.eps", b"%!PS-Adobe-3.0 EPSF", "a PostScript drawing"),
        ("a.pdf", b"%PDF-1.7", "a PDF document"),
        ("a.psd", b"8BPS", "a Photoshop file (PSD)"),
        ("a.nii", b"\x5c\x01\0\0" + bytes(340) + b"n+1\0", "a NIfTI volume"),
        ("a.nii.gz", b"\x1f\x8b\x08", "a NIfTI volume"),
        ("a.svg", b"<?xml version='1.0'?>\n<svg>", "an SVG drawing"),
        ("a.jxl", b"\xff\x0a", "a JPEG XL picture"),
        ("a.mp4", b"\0\0\0\x20ftypisom", "a video (MP4)"),
        ("a.mov", b"\0\0\0\x14ftypqt  ", "a video (QuickTime)"),
        ("a.avi", b"RIFF\0\0\0\0AVI LIST", "a video (AVI)"),
        ("a.webm", b"\x1a\x45\xdf\xa3", "a video (Matroska or WebM)"),
        ("a.cr2", b"II*\0\x10\0\0\0CR\x02\0", "a camera raw file (Canon CR2)"),
        ("a.cr3", b"\0\0\0\x18ftypcrx ", "a camera raw file (Canon CR3)"),
        ("a.nef", b"MM\0*\0\0\0\x08", "a camera raw file (Nikon NEF)"),
        ("a.arw", b"II*\0\x08\0\0\0", "a camera raw file (Sony ARW)"),
        ("a.orf", b"IIRO", "a camera raw file (Olympus ORF)"),
        ("a.rw2", b"IIU\0", "a camera raw file (Panasonic RW2)"),
        ("a.raf", b"FUJIFILMCCD-RAW ", "a camera raw file (Fujifilm RAF)"),
    ],
)
def test_files_of_other_programs_are_called_by_their_names(
    tmp_path: Path, name: str, start: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(start + bytes(500))
    assert refusal(tmp_path / name).message == f"{name} is {words}, which cannot be opened."


@pytest.mark.parametrize("name", ["photo.dng", "photo.tif"])
def test_a_camera_raw_file_never_shows_its_thumbnail(tmp_path: Path, name: str) -> None:
    """The first directory of a DNG is a small RGB picture; the sensor's values lie below it."""
    tifffile = pytest.importorskip("tifffile")
    with tifffile.TiffWriter(tmp_path / name) as file:
        file.write(
            busy(85, 128),
            photometric="rgb",
            subfiletype=1,
            subifds=1,
            extratags=[(50706, 1, 4, b"\1\4\0\0", True)],
        )
        file.write(np.ones((340, 512), np.uint16), photometric=32803)
    assert refusal(tmp_path / name).message == (
        f"{name} is a camera raw file (DNG), which cannot be opened."
    )


def test_a_folder_of_folders_names_those_with_pictures(tmp_path: Path) -> None:
    for name in ("cats", "dogs", "notes", "train/10", ".hidden", "more", "birds"):
        (tmp_path / name).mkdir(parents=True)
        if name != "notes":
            (tmp_path / name / "1.png").touch()
    with pytest.raises(ImageError) as failure:
        find_pictures([tmp_path])
    assert failure.value.message == (
        f"The folder {tmp_path.name} has no pictures itself, "
        "but its subfolders birds, cats, dogs and 2 more."
    )
    with pytest.raises(ImageError, match="but its subfolder 10"):
        find_pictures([tmp_path / "train"])
    with pytest.raises(ImageError, match="notes has no pictures\\."):
        find_pictures([tmp_path / "notes"])


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_adobe_deflate", "tiff_jpeg", "group4"])
def test_a_damaged_tiff_puts_no_lines_of_its_library_on_the_terminal(
    tmp_path: Path, compression: str, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "damaged.tif"
    picture = Image.fromarray(busy(60, 80))
    (picture.convert("1") if compression == "group4" else picture).save(
        path, compression=compression
    )
    data = path.read_bytes()
    for at in range(8, len(data) - 300, len(data) // 12):
        path.write_bytes(data[:at] + bytes(200) + data[at + 200 :])
        opened(path)
    assert capfd.readouterr() == ("", "")
