"""Pictures with more than eight bits, or with measurements: never wrong, and always said."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from camviewer.engine.picture.smaller_copies import read_thumbnail
from camviewer.engine.picture.source_image import ImageError, read_image

tifffile = pytest.importorskip("tifffile")

RNG = np.random.default_rng(1)
SIXTEEN = RNG.integers(0, 65536, (31, 45, 3), dtype=np.uint16)


def stretched(values: np.ndarray) -> np.ndarray:
    values = values.astype(np.float64)
    share = (values - values.min()) / (values.max() - values.min())
    return np.floor(share * 255 + 0.5)


def shows_its_range(path: Path, values: np.ndarray, *words: str) -> None:
    """The picture is the values stretched to their range, and its note says so."""
    image = read_image(path)
    assert image.pixels.shape == (*values.shape, 3)
    assert np.abs(image.pixels - stretched(values)[..., None]).max() <= 1
    for word in words:
        assert word in image.notes[-1]
    assert read_thumbnail(path, 16).shape[1] == 16


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("compression", [None, "deflate"])
@pytest.mark.parametrize("kind", ["uint16", "int16", "int32", "float32"])
def test_grey_tiff_shows_its_true_range(
    tmp_path: Path, order: str, compression: str | None, kind: str
) -> None:
    path = tmp_path / "grey.tif"
    values = (RNG.random((31, 45)) * 3700 + 120).astype(kind)
    if kind.startswith("int"):
        values -= 2000
    tifffile.imwrite(path, values, byteorder=order, compression=compression)
    number = f"{values.min():g}" if kind == "float32" else str(values.min())
    shows_its_range(path, values, number, kind[-2:] + "-bit")


@pytest.mark.parametrize("kind", ["uint16", "int32", "float32"])
def test_grey_tiff_packed_with_lzw_shows_its_true_range(tmp_path: Path, kind: str) -> None:
    values = (RNG.random((31, 45)) * 3700 + 120).astype(kind)
    Image.fromarray(values).save(tmp_path / "packed.tif", compression="tiff_lzw")
    shows_its_range(tmp_path / "packed.tif", values)


def test_unsigned_32_bit_values_do_not_wrap(tmp_path: Path) -> None:
    values = np.array([[0, 2**31 - 1, 2**31, 2**32 - 1]], np.uint32)
    tifffile.imwrite(tmp_path / "long.tif", values)
    image = read_image(tmp_path / "long.tif")
    assert image.pixels[0, :, 0].tolist() == [0, 128, 128, 255]
    assert "0 to 4294967296" in image.notes[0]  # single precision


def test_white_is_zero_is_honoured(tmp_path: Path) -> None:
    for kind in ("uint8", "uint16", "float32"):
        path = tmp_path / f"{kind}.tif"
        tifffile.imwrite(path, np.array([[0, 100, 255]], kind), photometric="miniswhite")
        assert read_image(path).pixels[0, :, 0].tolist() in ([255, 155, 0], [255, 154, 0])


def test_values_that_are_no_numbers_are_counted_and_harmless(tmp_path: Path) -> None:
    path = tmp_path / "holes.tif"
    values = np.array([[np.nan, -1.5, 0.0, 1.5, np.inf, -np.inf]], np.float32)
    tifffile.imwrite(path, values)
    image = read_image(path)
    assert image.pixels[0, :, 0].tolist() == [0, 0, 128, 255, 255, 0]
    assert "-1.5 to 1.5" in image.notes[0]
    assert "3 values are not finite" in image.notes[0]


def test_the_largest_floats_do_not_overflow(tmp_path: Path) -> None:
    path = tmp_path / "huge.tif"
    largest = np.finfo(np.float32).max
    tifffile.imwrite(path, np.array([[-largest, 0, largest]], np.float32))
    assert read_image(path).pixels[0, :, 0].tolist() == [0, 128, 255]


def test_one_value_everywhere_is_black_and_said(tmp_path: Path) -> None:
    path = tmp_path / "flat.tif"
    tifffile.imwrite(path, np.full((5, 6), 777, np.uint16))
    image = read_image(path)
    assert (image.pixels == 0).all()
    assert "all values are 777" in image.notes[0]


def test_sixteen_bit_grey_png_shows_its_true_range(tmp_path: Path) -> None:
    values = RNG.integers(300, 4000, (31, 45), dtype=np.uint16)
    path = tmp_path / "grey.png"
    Image.fromarray(values).save(path)
    shows_its_range(path, values, "16-bit", str(values.min()), str(values.max()))
    assert read_image(path).original_mode == "I;16"


def write_png16(path: Path, values: np.ndarray, colour_type: int) -> None:
    """A 16-bit PNG, written from its specification: Pillow cannot."""
    height, width = values.shape[:2]
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 16, colour_type, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def test_sixteen_bit_rgb_png_keeps_the_upper_eight_bits_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "deep.png"
    write_png16(path, SIXTEEN, 2)
    image = read_image(path)
    assert (image.pixels == SIXTEEN >> 8).all()
    assert image.notes == ("16 bits per channel: shown with 8, the finest steps are lost.",)


def test_sixteen_bit_png_with_alpha(tmp_path: Path) -> None:
    path = tmp_path / "deep.png"
    opaque = np.full((31, 45, 1), 65535, np.uint16)
    write_png16(path, np.concatenate([SIXTEEN, opaque], axis=-1), 6)
    assert (read_image(path).pixels == SIXTEEN >> 8).all()
    write_png16(path, np.concatenate([SIXTEEN[..., :1], opaque], axis=-1), 4)
    assert (read_image(path).pixels == SIXTEEN[..., :1] >> 8).all()


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("planes", ["contig", "separate"])
@pytest.mark.parametrize("channels", [3, 4])
@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("layout", [{}, {"tile": (16, 16)}, {"rowsperstrip": 5}])
def test_rgb_tiff_of_any_layout_has_the_right_colours(
    tmp_path: Path, order: str, planes: str, channels: int, depth: int, layout: dict[str, object]
) -> None:
    path = tmp_path / "rgb.tif"
    alpha = np.full((31, 45, channels - 3), 65535, np.uint16)
    values = np.concatenate([SIXTEEN, alpha], axis=-1)
    values = values if depth == 16 else (values >> 8).astype(np.uint8)
    if planes == "separate":
        values = np.ascontiguousarray(np.moveaxis(values, -1, 0))
    extra = ["unassalpha"] if channels == 4 else None
    tifffile.imwrite(
        path,
        values,
        photometric="rgb",
        planarconfig=planes,
        byteorder=order,
        extrasamples=extra,
        **layout,
    )
    image = read_image(path)
    assert (image.pixels == SIXTEEN >> 8).all()
    assert any("16 bits" in note for note in image.notes) == (depth == 16)


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_adobe_deflate", "packbits", "tiff_jpeg"])
def test_compressed_tiff(tmp_path: Path, compression: str) -> None:
    path = tmp_path / "packed.tif"
    y, x = np.mgrid[0:240:31j, 0:240:45j]
    values = np.stack([x, y, 240 - x], axis=-1).astype(np.uint8)
    Image.fromarray(values).save(path, compression=compression)
    tolerance = 12 if compression == "tiff_jpeg" else 0
    assert np.abs(read_image(path).pixels.astype(int) - values).max() <= tolerance


def test_of_a_tiff_with_pages_the_first_is_shown_and_said(tmp_path: Path) -> None:
    path = tmp_path / "pages.tif"
    pages = [Image.new("RGB", (20, 10), colour) for colour in ("red", "lime", "blue")]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    image = read_image(path)
    assert (image.pixels == (255, 0, 0)).all()
    assert image.notes == ("Page 1 of 3.",)


def test_tiff_of_unsupported_numbers_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "strange.tif"
    tifffile.imwrite(path, np.ones((4, 5), "complex64"))
    with pytest.raises(ImageError) as failure:
        read_image(path)
    assert failure.value.message == "strange.tif is a TIFF picture of a kind that cannot be read."


def test_signed_eight_bit_values_do_not_wrap(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "signed.tif", np.array([[-128, 0, 127]], np.int8))
    assert read_image(tmp_path / "signed.tif").pixels[0, :, 0].tolist() == [0, 128, 255]


@pytest.mark.parametrize("maximum", [255, 4095, 65535])
@pytest.mark.parametrize("as_text", [False, True])
def test_pgm_and_ppm_of_any_depth(tmp_path: Path, maximum: int, as_text: bool) -> None:
    values = RNG.integers(maximum // 10, maximum - 5, (31, 45, 3)).astype(np.uint16)

    def write(path: Path, magic: int, data: np.ndarray) -> None:
        header = f"P{magic - 3 if as_text else magic}\n# a comment\n45 31\n{maximum}\n"
        body = data.astype("u1" if maximum < 256 else ">u2").tobytes()
        if as_text:
            body = b"# more\n" + " ".join(map(str, data.ravel())).encode()
        path.write_bytes(header.encode() + body)

    write(tmp_path / "grey.pgm", 5, values[..., 0])
    if maximum > 255:
        shows_its_range(tmp_path / "grey.pgm", values[..., 0], str(values[..., 0].min()), "16-bit")
    else:
        assert (read_image(tmp_path / "grey.pgm").pixels == values[..., :1]).all()
    write(tmp_path / "colour.ppm", 6, values)
    image = read_image(tmp_path / "colour.ppm")
    assert np.abs(image.pixels - values * (255 / maximum)).max() <= 1
    assert any("16 bits" in note for note in image.notes) == (maximum > 255)


def test_pbm_in_both_writings(tmp_path: Path) -> None:
    (tmp_path / "text.pbm").write_bytes(b"P1\n4 2\n0110\n1001\n")
    bits = np.array([[1, 0, 0, 1], [0, 1, 1, 0]])
    assert (read_image(tmp_path / "text.pbm").pixels[..., 0] == 255 * bits).all()
    Image.fromarray(bits.astype(bool)).save(tmp_path / "raw.pbm")
    assert (read_image(tmp_path / "raw.pbm").pixels[..., 0] == 255 * bits).all()


def test_big_tiff_is_read(tmp_path: Path) -> None:
    tifffile.imwrite(
        tmp_path / "big.tif", (SIXTEEN >> 8).astype(np.uint8), bigtiff=True, photometric="rgb"
    )
    assert (read_image(tmp_path / "big.tif").pixels == SIXTEEN >> 8).all()


@pytest.mark.parametrize("bits", [10, 12, 14])
@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(
    "layout",
    [
        {},
        {"planarconfig": "separate"},
        {"compression": "deflate"},
        {"compression": "deflate", "predictor": 2, "tile": (16, 16)},
    ],
)
def test_colours_of_few_bits_in_sixteen_are_shown_as_grey_ones_are(
    tmp_path: Path, bits: int, order: str, layout: dict[str, object]
) -> None:
    path = tmp_path / "microscope.tif"
    values = RNG.integers(37, 2**bits, (31, 45, 3), dtype=np.uint16)
    values[3, 4] = 2**bits - 1
    stored = np.moveaxis(values, -1, 0) if "planarconfig" in layout else values
    tifffile.imwrite(
        path, np.ascontiguousarray(stored), photometric="rgb", byteorder=order, **layout
    )
    image = read_image(path)
    assert np.abs(image.pixels - stretched(values)).max() <= 1
    (note,) = image.notes
    assert note.startswith(f"{bits} of 16 bits per channel are used: values {values.min()} to ")


def test_alpha_and_no_data_take_no_part_in_the_range_of_colours(tmp_path: Path) -> None:
    path = tmp_path / "scene.tif"
    values = RNG.integers(37, 4096, (31, 45, 4), dtype=np.uint16)
    values[..., 3] = 65535
    values[2:5, 2:5, :3] = 65535
    tag = [(42113, 2, 0, "65535", True)]
    tifffile.imwrite(path, values, photometric="rgb", extrasamples=["unassalpha"], extratags=tag)
    image = read_image(path)
    known = np.ones((31, 45), bool)
    known[2:5, 2:5] = False
    assert np.abs(image.pixels[known] - stretched(values[known][:, :3])).max() <= 1
    assert (image.pixels[~known] == 0).all()
    assert "no data (65535) is black" in image.notes[0]


@pytest.mark.parametrize("full", [4095, 65535])
def test_alpha_may_have_as_few_bits_as_the_colours(tmp_path: Path, full: int) -> None:
    path = tmp_path / "stained.tif"
    values = RNG.integers(37, 4096, (31, 45, 4), dtype=np.uint16)
    values[..., 3] = full
    values[:, :9, 3] = 0
    tifffile.imwrite(path, values, photometric="rgb", extrasamples=["unassalpha"])
    image = read_image(path)
    expected = stretched(values[..., :3])
    assert np.abs(image.pixels[:, 9:] - expected[:, 9:]).max() <= 1
    assert (image.pixels[:, :9] == 255).all()
    premultiplied = np.where(values[..., 3:] > 0, values, 0).astype(np.uint16)
    tifffile.imwrite(path, premultiplied, photometric="rgb", extrasamples=["assocalpha"])
    with pytest.raises(ImageError, match="a layout that cannot be read"):
        read_image(path)


def test_packed_planes_of_few_bits_are_read(tmp_path: Path) -> None:
    path = tmp_path / "planes.tif"
    planes = RNG.integers(0, 4096, (3, 31, 45), dtype=np.uint16)
    tifffile.imwrite(
        path, planes, photometric="rgb", planarconfig="separate", compression="deflate"
    )
    image = read_image(path)
    assert image.values.colour == "rgb"
    assert (image.values.array == np.moveaxis(planes, 0, -1)).all()


@pytest.mark.parametrize(
    ("kind", "missing", "tag"),
    [
        ("int16", -32768, None),
        ("int16", -32768, "-32768"),
        ("int16", -9999, "-9999"),
        ("uint16", 65535, "65535 "),
        ("float32", np.finfo(np.float32).min, "-3.4028234663852886e+38"),
        ("float32", np.float32(-9999.9), "-9999.9"),
    ],
)
@pytest.mark.parametrize("order", ["<", ">"])
def test_places_without_data_are_left_out_of_the_range(
    tmp_path: Path, kind: str, missing: float, tag: str | None, order: str
) -> None:
    path = tmp_path / "elevation.tif"
    values = (RNG.random((31, 45)) * 1900 + 40).astype(kind)
    whole = stretched(values)
    values[4:7, 5:8] = missing
    known = values != missing
    extra = [] if tag is None else [(42113, 2, 0, tag, True)]
    tifffile.imwrite(path, values, byteorder=order, extratags=extra)
    image = read_image(path)
    assert np.abs(image.pixels[known] - stretched(values[known])[:, None]).max() <= 1
    assert np.abs(image.pixels[known] - whole[known][:, None]).max() <= 2
    assert (image.pixels[~known] == 0).all()
    assert f"9 values mark places without data ({missing:g}), shown black." in image.notes[0]
    assert read_thumbnail(path, 16).max() > 120


@pytest.mark.parametrize("tag", ["none", "", "1e400", "nan", "-1e99"])
def test_a_no_data_value_that_makes_no_sense_is_ignored(tmp_path: Path, tag: str) -> None:
    path = tmp_path / "odd.tif"
    values = RNG.integers(300, 4000, (31, 45), dtype=np.uint16)
    tifffile.imwrite(path, values, extratags=[(42113, 2, 0, tag, True)])
    shows_its_range(path, values)


@pytest.mark.parametrize(
    ("bands", "words"),
    [(2, "1 is"), (4, "red, green, blue are"), (6, "red, green, blue are")],
)
def test_bands_that_are_not_on_screen_are_said(tmp_path: Path, bands: int, words: str) -> None:
    path = tmp_path / "bands.tif"
    values = RNG.integers(0, 256, (31, 45, bands), dtype=np.uint8)
    values[0, 0], values[0, 1] = 0, 255
    tifffile.imwrite(
        path,
        values,
        photometric="minisblack" if bands == 2 else "rgb",
        planarconfig="contig",
        extrasamples=["unspecified"] * (bands - (1 if bands == 2 else 3)),
    )
    image = read_image(path)
    assert (image.values.array == values).all()
    assert (image.pixels == values[..., : 1 if bands == 2 else 3]).all()
    assert image.notes[-1] == f"Of {bands} bands, {words} on screen."


@pytest.mark.parametrize("bits", [12, 16])
def test_jpeg_2000_says_how_many_bits_it_has(tmp_path: Path, bits: int) -> None:
    path = tmp_path / "scan.j2k"
    values = RNG.integers(7, 2**bits, (31, 45), dtype=np.uint16)
    # Pillow writes 16 bits alone: the middle of the range moves to that of fewer bits.
    Image.fromarray(values + np.uint16(2**15 - 2 ** (bits - 1))).save(path)
    data = bytearray(path.read_bytes())
    data[data.index(b"\xff\x4f\xff\x51") + 42] = bits - 1
    path.write_bytes(data)
    shows_its_range(path, values, f"{bits}-bit grey", str(values.min()), str(values.max()))
