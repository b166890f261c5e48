"""Reads TIFF files that hold measurements: any depth, any number of bands, pages, OME and GDAL."""

from __future__ import annotations

import io
import logging
import zlib
from dataclasses import dataclass
from importlib.util import find_spec
from typing import IO, TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.picture.file_kinds import (
    ImageError,
    PictureFile,
    damaged_error,
    foreign_error,
    page_error,
)
from camviewer.engine.picture.foreign_kinds import camera_raw
from camviewer.engine.picture.pillow_tiff import NO_DATA_TAG, no_data_number, sensor_file
from camviewer.engine.picture.pixels import upright
from camviewer.engine.picture.readers.checks import check_layout
from camviewer.engine.picture.readers.deflated import WITH_HEADER, unpacked_size
from camviewer.engine.picture.readers.gdal_tags import (
    METADATA_TAG,
    BandTags,
    band_tags,
)
from camviewer.engine.picture.readers.pillow_page import PillowPage
from camviewer.engine.picture.readers.tiff_pages import TiffPlace, tiff_places
from camviewer.engine.picture.readers.unnamed_stream import UnnamedStream
from camviewer.engine.picture.stored_values import (
    BANDS,
    COLOURS,
    GREY,
    RGB,
    DecodedValues,
    StoredValues,
    kept_type,
)

if TYPE_CHECKING:
    from tifffile import TiffFile, TiffFrame, TiffPage, TiffPageSeries

# What tifffile logs quotes the file, and its errors are told in sentences of our own.
logging.getLogger("tifffile").disabled = True

_ORIENTATION_TAG, _SMALLEST_TAG, _LARGEST_TAG = 274, 340, 341
_WHITE_IS_ZERO, _RGB, _PALETTE, _MASK = 0, 2, 3, 4
_GREYS = frozenset({0, 1})
_UNSIGNED, _SIGNED, _FLOAT = 1, 2, 3
_PILLOWS_GREYS = frozenset({(_UNSIGNED, 16), (_UNSIGNED, 32), (_SIGNED, 8), (_SIGNED, 16)}) | {
    (_SIGNED, 32),
    (_FLOAT, 32),
}
_PLANES_APART = 2
_BOUNDED, _DEFLATED = frozenset({1, 32773}), frozenset({8, 32946})
"""Compressions that unpack to at most 64 times their size (none, PackBits), and those by zlib."""

_ALPHA = frozenset({1, 2})


@dataclass(frozen=True)
class _Tags:
    """What a page's tags say of its values, beside their layout.

    Attributes:
        orientation: EXIF orientation, 1 to 8.
        no_data: as it is stored, before scale and offset.
        bands: names, scales, offsets and units.
        stated: (low, high) of the input scale, in stored values.
    """

    orientation: int
    no_data: float | None
    bands: BandTags
    stated: tuple[float, float] | None


def read(file: PictureFile, page: int = 0) -> DecodedValues | PillowPage:
    """Reads one page of a TIFF file as it is stored, unless Pillow reads it truly.

    Pillow is left colours of 8 and 16 bits and grey of one band; it keeps what there is of damaged
    files.

    Raises:
        ImageError: it holds no picture, is cut short, has too many values, or needs a codec that is
            not there.
    """
    with file.stream() as stream:
        kind = sensor_file(stream, file.name)
        if kind is not None:
            raise foreign_error(file.name, camera_raw(kind))
        from tifffile import TiffFile  # noqa: PLC0415  (for TIFF files alone)

        try:
            unnamed = cast(IO[bytes], UnnamedStream(stream))
            with TiffFile(unnamed, name=file.name, is_mmstack=False, is_ndtiff=False) as tiff:
                return _page(file, tiff, page)
        except (ImageError, MemoryError):
            raise
        except Exception as error:
            if page:
                raise damaged_error(file.name) from error
            return PillowPage(0)  # which keeps what it can, or refuses the file


def _page(file: PictureFile, tiff: TiffFile, page: int) -> DecodedValues | PillowPage:
    places = tiff_places(tiff)
    if not 0 <= page < max(len(places), 1):
        raise page_error(file.name, page, len(places))
    if not places:
        return PillowPage(0)
    place = places[page]
    series = tiff.series[place.series]
    names = tuple(one.name for one in places)
    names = names if any(names) else ()
    tags = _tags(series.keyframe)
    if len(place.planes) == 1 and _is_for_pillow(series.keyframe, tags):
        plane = series[place.planes[0]] if tiff.pages.is_multipage else series.keyframe
        if plane is not None and (tiff.pages.is_multipage or len(places) == 1):
            return PillowPage(plane.index, len(places), names)
    values = _values(_stored(file, tiff, place), series.keyframe, tags, place)
    return DecodedValues(
        values,
        pages=len(places),
        page_names=names,
        original_mode=_mode_words(series.keyframe, values.count),
    )


def _is_for_pillow(page: TiffPage, tags: _Tags) -> bool:
    """Whether Pillow reads all of a page's values as they are stored."""
    if tags.bands != BandTags() or page.imagedepth > 1:
        return False
    depth, kind = page.bitspersample, page.sampleformat
    alphas = sum(int(extra) in _ALPHA for extra in page.extrasamples)
    if len(page.extrasamples) > alphas or alphas > 1:
        return False
    samples = page.samplesperpixel - alphas
    if page.photometric in _GREYS and samples == 1:
        few = kind == _UNSIGNED and depth <= 8 and tags.no_data is None
        return few or (not alphas and (kind, depth) in _PILLOWS_GREYS)
    if kind != _UNSIGNED or page.photometric in _GREYS:
        return False
    is_packed = page.planarconfig == _PLANES_APART and page.compression != 1
    deep = depth == 16 and page.photometric == _RGB and not (is_packed and not alphas)
    return samples in (1, 3, 4) and (depth <= 8 or deep)


def _tags(page: TiffPage) -> _Tags:
    value = page.tags.valueof
    text = value(NO_DATA_TAG)
    xml = value(METADATA_TAG)
    turned = value(_ORIENTATION_TAG)
    depth = page.bitspersample
    stated = _stated(value(_SMALLEST_TAG), value(_LARGEST_TAG))
    if stated is None and page.sampleformat == _UNSIGNED and (depth <= 8 or 8 < depth < 16):
        stated = (0.0, 2.0**depth - 1)
    return _Tags(
        int(turned) if turned in range(1, 9) else 1,
        None if text is None or page.dtype is None else no_data_number(str(text), page.dtype),
        band_tags(xml) if isinstance(xml, str) else BandTags(),
        stated,
    )


def _stated(low: Any, high: Any) -> tuple[float, float] | None:
    """The range that SMinSampleValue and SMaxSampleValue state, one number or one for each band."""
    try:
        lows, highs = np.atleast_1d(low if low is not None else 0), np.atleast_1d(high)
        found = float(lows.min()), float(highs.max())
    except (TypeError, ValueError):
        return None
    return found if np.isfinite(found).all() and found[0] < found[1] else None


def _stored(file: PictureFile, tiff: TiffFile, place: TiffPlace) -> NDArray[Any]:
    """The values of a page (H, W, C) in the order in which they are stored."""
    series = tiff.series[place.series]
    page = series.keyframe
    if page.imagedepth > 1 or page.dtype is None or page.dtype.kind not in "buif":
        raise ImageError(
            f"{file.name} is a TIFF picture of a kind that cannot be read.",
            "Save it as whole or floating-point numbers, one plane a page.",
        )
    samples = page.samplesperpixel
    count = samples * len(place.planes)
    check_layout(file.name, page.imagelength, page.imagewidth, count, page.dtype.itemsize)
    planes = [_bands_last(_plane(file, tiff, series, plane), page) for plane in place.planes]
    return planes[0] if len(planes) == 1 else np.concatenate(planes, axis=-1)


def _bands_last(values: NDArray[Any], page: TiffPage) -> NDArray[Any]:
    """A plane's values as (H, W, samples)."""
    height, width, samples = page.imagelength, page.imagewidth, page.samplesperpixel
    if page.planarconfig == _PLANES_APART and samples > 1:
        return np.moveaxis(values.reshape(samples, height, width), 0, -1)
    return values.reshape(height, width, samples)


def _plane(file: PictureFile, tiff: TiffFile, series: TiffPageSeries, plane: int) -> NDArray[Any]:
    page = series.keyframe
    if not tiff.pages.is_multipage and len(series.shape) > len(page.shape):
        return _plane_without_directory(tiff, series, plane)
    directory = series[plane]
    if directory is None:
        raise ImageError(
            f"This page of {file.name} lies in another file.",
            "Save all planes of the picture in one file.",
        )
    if find_spec("imagecodecs") is None:
        _check_packed(file, tiff, directory, page)
    try:
        return np.asarray(directory.asarray(maxworkers=1))
    except MemoryError:
        raise
    except Exception as error:
        raise _undecoded(file, page, error) from error


def _check_packed(
    file: PictureFile, tiff: TiffFile, directory: TiffPage | TiffFrame, page: TiffPage
) -> None:
    """Refuses packed parts that unpack to more than they should.

    imagecodecs unpacks no more than is wanted; tifffile's own codecs have no such limit.

    Raises:
        ImageError: one does, or is packed by a codec that is not measured here.
    """
    if page.compression in _BOUNDED:
        return
    if page.compression not in _DEFLATED:
        raise _missing_codec(file, page)
    limit = int(np.prod(page.chunks)) * (page.dtype.itemsize if page.dtype else 1)
    for offset, count in zip(directory.dataoffsets, directory.databytecounts, strict=True):
        tiff.filehandle.seek(offset)
        packed = io.BytesIO(tiff.filehandle.read(count))
        try:
            size = unpacked_size(packed, limit, WITH_HEADER)
        except zlib.error as error:
            raise _undecoded(file, page, error) from error
        if size > limit:
            raise _undecoded(file, page, ValueError("too many bytes"))


def _plane_without_directory(tiff: TiffFile, series: TiffPageSeries, plane: int) -> NDArray[Any]:
    """A plane of a stack whose planes follow each other behind the only directory."""
    page = series.keyframe
    if series.dataoffset is None or page.dtype is None:
        raise ValueError("planes that do not follow each other")
    size = int(np.prod(page.shape))
    dtype = page.dtype.newbyteorder(tiff.byteorder)
    tiff.filehandle.seek(series.dataoffset + plane * size * dtype.itemsize)
    return np.frombuffer(tiff.filehandle.read(size * dtype.itemsize), dtype, size)


def _undecoded(file: PictureFile, page: TiffPage, error: Exception) -> ImageError:
    if "imagecodecs" in str(error) or isinstance(error, NotImplementedError):
        return _missing_codec(file, page)
    return ImageError(
        f"{file.name} is cut short or damaged: this page of it cannot be read.",
        "Get another copy of the file.",
    )


def _missing_codec(file: PictureFile, page: TiffPage) -> ImageError:
    packed = getattr(page.compression, "name", str(page.compression)).replace("_", " ")
    return ImageError(
        f"{file.name} is packed by a codec ({packed}) that is not installed.",
        "Install it: pip install 'camviewer[imagecodecs]'.",
    )


def _values(stored: NDArray[Any], page: TiffPage, tags: _Tags, place: TiffPlace) -> StoredValues:
    """Upright values in the file's units, with what is known of them."""
    count = stored.shape[2]
    stored = upright(stored, tags.orientation)
    no_data, stated = tags.no_data, tags.stated
    if tags.bands.is_rescaled:
        stored, no_data = _rescaled(stored, no_data, tags.bands), None
        stated = None
    is_eye = page.photometric == _RGB and count == 3 and page.dtype in (np.uint8, np.uint16)
    colour = GREY if count == 1 else RGB if is_eye else BANDS
    units = set(tags.bands.units.values())
    return StoredValues(
        kept_type(stored),
        _band_names(page, tags.bands, place, count),
        colour,
        stated,
        no_data,
        unit=units.pop() if len(units) == 1 else "",
        inverted=page.photometric == _WHITE_IS_ZERO and count == 1,
    )


def _rescaled(stored: NDArray[Any], no_data: float | None, tags: BandTags) -> NDArray[np.float32]:
    """Values times scale plus offset; places without data are NaN, which no offset can hide."""
    rescaled = np.empty(stored.shape, np.float32)
    for band in range(stored.shape[2]):
        values = stored[..., band]
        scale, offset = tags.scales.get(band, 1.0), tags.offsets.get(band, 0.0)
        rescaled[..., band] = values * np.float64(scale) + offset
        if no_data is not None:
            rescaled[values == no_data, band] = np.nan
    return rescaled


def _band_names(page: TiffPage, tags: BandTags, place: TiffPlace, count: int) -> tuple[str, ...]:
    if len(place.bands) == count:
        return place.bands
    named = [tags.names.get(band, "") for band in range(count)]
    if page.photometric == _RGB and count >= 3:
        colours = (*COLOURS, *[""] * (count - 3))
        named = [name or colour for name, colour in zip(named, colours, strict=True)]
    return tuple(named)


def _mode_words(page: TiffPage, count: int) -> str:
    """The layout in a word, such as ``uint16 x 5``."""
    name = "" if page.dtype is None else page.dtype.name
    return f"{name} x {count}" if count > 1 else name
