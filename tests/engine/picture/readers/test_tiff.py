"""TIFF files that hold measurements: depths, layouts, bands, pages, GDAL, OME and ImageJ."""

from __future__ import annotations

import subprocess
import sys
import zlib
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import tifffile

from camviewer.engine.picture.smaller_copies import read_thumbnail
from camviewer.engine.picture.source_image import ImageError, SourceImage, read_image

RNG = np.random.default_rng(7)
HAS_CODECS = find_spec("imagecodecs") is not None
BANDS: dict[str, object] = {
    "photometric": "minisblack",
    "planarconfig": "contig",
    "metadata": None,
}
"""What tifffile is told so that it writes the last axis as bands."""
needs_codecs = pytest.mark.skipif(not HAS_CODECS, reason="imagecodecs is an extra")


def numbers(kind: str, *shape: int) -> np.ndarray:
    values = RNG.random(shape) * 200 + 20
    return (values - 120 if kind.startswith(("int", "float")) else values * 50).astype(kind)


def written(folder: Path, array: np.ndarray, **options: object) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "scan.tif"
    tifffile.imwrite(path, array, **options)
    return path


def stored(image: SourceImage) -> np.ndarray:
    return image.values.array


LAYOUTS = [
    {},
    {"tile": (16, 16)},
    {"rowsperstrip": 5, "byteorder": ">"},
    {"compression": "deflate", "predictor": True},
    {"compression": "deflate", "tile": (32, 16), "bigtiff": True},
    {"compression": "packbits"},
    pytest.param({"compression": "lzw", "predictor": True}, marks=needs_codecs),
    pytest.param({"compression": "zstd", "tile": (16, 16)}, marks=needs_codecs),
]


@pytest.mark.parametrize("options", LAYOUTS)
@pytest.mark.parametrize("planes", ["contig", "separate"])
@pytest.mark.parametrize("kind", ["uint8", "uint16", "int16", "uint32", "float32", "float64"])
def test_bands_of_any_layout_come_back_as_they_are(
    tmp_path: Path, kind: str, planes: str, options: dict[str, object]
) -> None:
    if options.get("predictor") and kind.startswith("float") and not HAS_CODECS:
        pytest.skip("the floating-point predictor is in imagecodecs")
    if options.get("compression") == "packbits" and not HAS_CODECS:
        pytest.skip("tifffile packs by imagecodecs")
    array = numbers(kind, 45, 31, 5)
    there = array if planes == "contig" else np.ascontiguousarray(np.moveaxis(array, -1, 0))
    path = written(tmp_path, there, **{**BANDS, "planarconfig": planes, **options})
    values = read_image(path).values
    assert (values.colour, values.count) == ("bands", 5)
    assert (values.array == array.astype(np.float32)).all()
    assert values.array.dtype == (kind if kind in ("uint8", "uint16") else stored_kind(array))
    assert read_thumbnail(path, 16).shape[0] == 16


def stored_kind(array: np.ndarray) -> str:
    whole = array.dtype.kind in "iu" and array.min() >= 0 and array.max() < 2**16
    return "uint16" if whole else "float32"


@pytest.mark.parametrize("kind", ["uint16", "int16", "int32", "uint32", "float32"])
@pytest.mark.parametrize("kind_of_file", ["plain", "lzw"])
def test_grey_is_exact(tmp_path: Path, kind: str, kind_of_file: str) -> None:
    from PIL import Image

    array = numbers(kind, 31, 45)
    if kind_of_file == "lzw" and kind in ("uint16", "int32", "float32"):
        path = tmp_path / "packed.tif"
        Image.fromarray(array).save(path, compression="tiff_lzw")
    else:
        path = written(tmp_path, array)
    assert (stored(read_image(path))[..., 0] == array.astype(np.float32)).all()


@pytest.mark.parametrize("kind", ["float16", "float64", "int64"])
def test_types_that_few_programs_know_are_read(tmp_path: Path, kind: str) -> None:
    array = numbers(kind, 31, 45)
    assert (stored(read_image(written(tmp_path, array)))[..., 0] == array.astype("f4")).all()


@needs_codecs
def test_twelve_packed_bits_state_their_range(tmp_path: Path) -> None:
    array = RNG.integers(0, 4096, (31, 44), np.uint16)
    values = read_image(written(tmp_path, array, bitspersample=12)).values
    assert (values.array[..., 0] == array).all()
    assert values.stated_range == (0, 4095)


def test_the_sample_range_tags_state_the_range(tmp_path: Path) -> None:
    tags = [(340, 3, 5, (10,) * 5, True), (341, 3, 5, (1000,) * 5, True)]
    path = written(
        tmp_path,
        numbers("uint16", 31, 45, 5),
        **BANDS,
        extratags=tags,
    )
    assert read_image(path).values.stated_range == (10, 1000)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_bands_are_turned_upright(tmp_path: Path, orientation: int) -> None:
    array = numbers("uint16", 6, 9, 5)
    upright = {
        1: array,
        2: array[:, ::-1],
        3: array[::-1, ::-1],
        4: array[::-1],
        5: array.swapaxes(0, 1),
        6: array[::-1].swapaxes(0, 1),
        7: array[::-1, ::-1].swapaxes(0, 1),
        8: array[:, ::-1].swapaxes(0, 1),
    }[orientation]
    path = written(
        tmp_path,
        array,
        **BANDS,
        extratags=[(274, 3, 1, orientation, True)],
    )
    assert (stored(read_image(path)) == upright).all()


GDAL = """<GDALMetadata>
  <Item name="DESCRIPTION" sample="0" role="description">B4</Item>
  <Item name="DESCRIPTION" sample="1" role="description">B8 near
infrared</Item>
  {more}
</GDALMetadata>"""


def gdal(more: str = "", no_data: str | None = None) -> dict[str, object]:
    tags: list[tuple[object, ...]] = [(42112, 2, 0, GDAL.format(more=more), True)]
    if no_data is not None:
        tags.append((42113, 2, 0, no_data, True))
    return {**BANDS, "extratags": tags}


def test_band_names_and_no_data_of_gdal(tmp_path: Path) -> None:
    array = numbers("int16", 31, 45, 3)
    array[2:4, 3:6] = -9999
    values = read_image(written(tmp_path, array, **gdal(no_data="-9999"))).values
    assert values.bands == ("B4", "B8 near infrared", "")
    assert values.no_data == -9999
    assert (values.array == array).all()


def test_scale_offset_and_unit_of_gdal(tmp_path: Path) -> None:
    more = "".join(
        f'<Item name="SCALE" sample="{band}" role="scale">{0.0001 * (band + 1)}</Item>'
        f'<Item name="OFFSET" sample="{band}" role="offset">-0.1</Item>'
        f'<Item name="UNITTYPE" sample="{band}" role="unittype">m</Item>'
        for band in range(3)
    )
    array = RNG.integers(1, 9999, (31, 45, 3), np.uint16)
    array[2:4, 3:6] = 0
    values = read_image(written(tmp_path, array, **gdal(more, "0"))).values
    expected = array * np.array([0.0001, 0.0002, 0.0003]) - 0.1
    measured = array > 0
    assert np.abs(values.array - expected)[measured].max() < 1e-6
    assert np.isnan(values.array[~measured]).all()  # 0 may be a measured value after the offset
    assert values.unit == "m"


@pytest.mark.parametrize("xml", ["", "<GDALMetadata>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"])
def test_metadata_that_cannot_be_read_are_left_out(tmp_path: Path, xml: str) -> None:
    array = numbers("uint16", 31, 45, 5)
    options = gdal() | {"extratags": [(42112, 2, 0, xml, True)]}
    values = read_image(written(tmp_path, array, **options)).values
    assert (values.array == array).all()
    assert values.bands == ("",) * 5


def test_pages_are_listed_and_read_one_by_one(tmp_path: Path) -> None:
    array = numbers("float32", 6, 31, 45)
    path = written(tmp_path, array, photometric="minisblack")
    for page in (0, 3, 5):
        image = read_image(path, page=page)
        assert (image.pages, image.page) == (6, page)
        assert (stored(image)[..., 0] == array[page]).all()
    with pytest.raises(ImageError, match=r"scan\.tif has 6 pages: there is no page 7"):
        read_image(path, page=6)


def test_pages_of_different_sizes_and_types(tmp_path: Path) -> None:
    pages = [numbers("uint8", 10, 12, 3), numbers("uint16", 31, 45), numbers("float64", 8, 9)]
    with tifffile.TiffWriter(tmp_path / "mixed.tif") as file:
        for page in pages:
            file.write(page, photometric="rgb" if page.ndim == 3 else "minisblack")
    for number, page in enumerate(pages):
        image = read_image(tmp_path / "mixed.tif", page=number)
        assert (stored(image) == np.atleast_3d(page).astype(np.float32)).all()


@pytest.mark.parametrize("contiguous", [True, False])
def test_ome_channels_are_bands_and_z_and_time_are_pages(tmp_path: Path, contiguous: bool) -> None:
    array = numbers("uint16", 2, 4, 3, 31, 45)  # T, Z, C, Y, X
    path = tmp_path / "cells.ome.tif"
    names = {"Name": ["DAPI", "GFP", "Alexa 647"]}
    axes = "TZCYX"
    options = {} if contiguous else {"compression": "deflate"}
    tifffile.imwrite(path, array, metadata={"axes": axes, "Channel": names}, **options)
    image = read_image(path, page=6)
    assert image.pages == 8
    assert image.page_names[6] == "time 2, z 3"
    assert image.values.bands == ("DAPI", "GFP", "Alexa 647")
    assert (stored(image) == np.moveaxis(array[1, 2], 0, -1)).all()


def test_imagej_stacks_with_one_directory(tmp_path: Path) -> None:
    array = numbers("uint16", 4, 2, 31, 45)  # Z, C, Y, X
    path = tmp_path / "stack.tif"
    tifffile.imwrite(path, array, imagej=True, metadata={"axes": "ZCYX"})
    image = read_image(path, page=2)
    assert image.pages == 4
    assert (stored(image) == np.moveaxis(array[2], 0, -1)).all()


def test_reduced_copies_in_subdirectories_are_no_pages(tmp_path: Path) -> None:
    array = numbers("uint16", 64, 96, 5)
    with tifffile.TiffWriter(tmp_path / "pyramid.tif") as file:
        file.write(array, subifds=1, **BANDS)
        file.write(np.ascontiguousarray(array[::2, ::2]), subfiletype=1, **BANDS)
    image = read_image(tmp_path / "pyramid.tif")
    assert image.pages == 1
    assert (stored(image) == array).all()


def test_an_ome_file_cannot_name_another_file(tmp_path: Path, monkeypatch) -> None:
    tifffile.imwrite(tmp_path / "secret.tif", np.full((31, 45), 777, np.uint16), metadata=None)
    xml = (
        '<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0">'
        '<Pixels ID="P:0" DimensionOrder="XYZCT" Type="uint16" SizeX="45" SizeY="31" SizeZ="2" '
        'SizeC="1" SizeT="1"><Channel ID="C:0" SamplesPerPixel="1"/>'
        '<TiffData IFD="0" FirstZ="0" PlaneCount="1"/>'
        f'<TiffData IFD="0" FirstZ="1" PlaneCount="1"><UUID FileName="{tmp_path}/secret.tif">'
        "urn:uuid:1</UUID></TiffData></Pixels></Image></OME>"
    )
    path = tmp_path / "cells.ome.tif"
    tifffile.imwrite(path, np.full((31, 45), 5, np.uint16), description=xml, metadata=None)
    monkeypatch.chdir(tmp_path)
    assert (stored(read_image(path)) == 5).all()
    with pytest.raises(ImageError):
        read_image(path, page=1)


def test_many_bands_and_huge_pages_are_refused_before_they_are_decoded(tmp_path: Path) -> None:
    array = np.zeros((4, 5, 3000), np.uint8)
    path = written(tmp_path, array, **BANDS)
    with pytest.raises(ImageError) as failure:
        read_image(path)
    assert failure.value.message == "scan.tif has 3,000 bands; the limit is 1,024."


@pytest.mark.parametrize("hole", [np.nan, np.inf])
def test_values_that_are_no_numbers_stay_and_are_said(tmp_path: Path, hole: float) -> None:
    array = numbers("float32", 31, 45, 2)
    array[3, 4, 1] = hole
    image = read_image(written(tmp_path, array, **BANDS))
    assert not np.isfinite(stored(image)[3, 4, 1])
    assert any("not" in note and "finite" in note for note in image.notes)


@pytest.mark.parametrize(
    ("array", "words"),
    [
        (np.full((31, 45, 2), np.nan, np.float32), "has no value that is a finite number"),
        (np.ones((31, 45, 2), np.complex64), "of a kind that cannot be read"),
    ],
)
def test_what_holds_no_values_is_refused(tmp_path: Path, array: np.ndarray, words: str) -> None:
    with pytest.raises(ImageError) as failure:
        read_image(written(tmp_path, array, **BANDS))
    assert words in failure.value.message


@pytest.mark.parametrize("keep", [0.3, 0.9])
@pytest.mark.parametrize("compression", [None, "deflate"])
def test_bands_that_end_early_are_refused(
    tmp_path: Path, keep: float, compression: str | None
) -> None:
    path = written(
        tmp_path,
        numbers("uint16", 64, 96, 5),
        **BANDS,
        compression=compression,
    )
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    with pytest.raises(ImageError) as failure:
        read_image(path)
    assert failure.value.message.startswith("scan.tif is")


WITHOUT_CODECS = """
import sys
from pathlib import Path
sys.modules["imagecodecs"] = None
from camviewer.engine.picture.source_image import ImageError, read_image
for name in sys.argv[1:]:
    try:
        print(read_image(Path(name)).values.array.sum())
    except ImageError as error:
        print(error.message, error.hint)
"""


@needs_codecs
def test_without_imagecodecs_pillow_reads_what_it_can_and_the_rest_names_the_extra(
    tmp_path: Path,
) -> None:
    bands = numbers("uint16", 31, 45, 5)
    packed = written(tmp_path, bands, compression="lzw", **BANDS)
    grey = tmp_path / "grey.tif"
    tifffile.imwrite(grey, bands[..., 0], compression="lzw", metadata=None)
    bomb = tmp_path / "bomb.tif"
    tifffile.imwrite(bomb, bands, compression="deflate", rowsperstrip=45, **BANDS)
    replace_strip(bomb, zlib.compress(bytes(2**26)))
    fine = written(tmp_path / "fine", bands, compression="deflate", **BANDS)
    command = [sys.executable, "-c", WITHOUT_CODECS, *map(str, (packed, grey, bomb, fine))]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == [
        (
            "scan.tif is packed by a codec (LZW) that is not installed. "
            "Install it: pip install 'camviewer[imagecodecs]'."
        ),
        str(bands[..., 0].sum()),
        (
            "bomb.tif is cut short or damaged: this page of it cannot be read. "
            "Get another copy of the file."
        ),
        str(bands.sum()),
    ]


def replace_strip(path: Path, packed: bytes) -> None:
    """Puts other bytes in place of the only strip."""
    data = bytearray(path.read_bytes())
    with tifffile.TiffFile(path) as file:
        places = [file.pages[0].tags[code].valueoffset for code in (273, 279)]
    for place, number in zip(places, (len(data), len(packed)), strict=True):
        data[place : place + 4] = number.to_bytes(4, "little")
    path.write_bytes(data + packed)
