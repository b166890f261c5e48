"""Lists the pages of a TIFF file, and what OME and ImageJ say of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from camviewer.engine.picture.readers.checks import BAND_LIMIT, short_name
from camviewer.engine.picture.readers.embedded_xml import xml_root

if TYPE_CHECKING:
    from tifffile import TiffFile, TiffPageSeries

PAGE_LIMIT = 100_000
"""Maximum number of pages that are listed; because the window keeps a name for each."""

_AXIS_WORDS = {"T": "time", "Z": "z", "R": "region", "P": "position", "V": "view", "I": "image"}


@dataclass(frozen=True)
class TiffPlace:
    """Where the values of one page lie.

    Attributes:
        series: number of the series of pictures.
        planes: numbers of its planes, each a band or several.
        name: of the page; empty where the file has none.
        bands: names of the planes, where they are channels.
    """

    series: int
    planes: tuple[int, ...]
    name: str
    bands: tuple[str, ...] = ()


def tiff_places(tiff: TiffFile) -> tuple[TiffPlace, ...]:
    """The pages of all series but reduced copies; channels of a page lie together."""
    names = _channel_names(tiff)
    found: list[TiffPlace] = []
    for number, series in enumerate(tiff.series):
        found.extend(islice(_places(series, number, names), PAGE_LIMIT - len(found)))
    return tuple(found)


def plane_axes(series: TiffPageSeries) -> tuple[str, tuple[int, ...]]:
    """The axes (with their lengths) that count planes; the others lie within a plane."""
    inner = len(series.keyframe.shape)
    return series.axes[: len(series.axes) - inner], tuple(series.shape[: len(series.axes) - inner])


def _places(
    series: TiffPageSeries, number: int, channels: dict[int, tuple[str, ...]]
) -> Iterator[TiffPlace]:
    axes, lengths = plane_axes(series)
    count = int(np.prod(lengths)) if lengths else 1
    order = np.arange(count).reshape(lengths)
    at = axes.find("C")
    if at >= 0 and 1 < lengths[at] <= BAND_LIMIT:
        order = np.moveaxis(order, at, -1)
        axes, lengths = axes.replace("C", ""), (*lengths[:at], *lengths[at + 1 :])
    else:
        order = order[..., None]
    names = channels.get(number, ())
    for place in np.ndindex(*lengths):
        planes = tuple(int(plane) for plane in order[place])
        bands = names if len(names) == len(planes) else ()
        yield TiffPlace(number, planes, _name(axes, place, lengths), bands)


def _name(axes: str, place: tuple[int, ...], lengths: tuple[int, ...]) -> str:
    """Words for a place in a stack, such as "time 2, z 5"."""
    words = [
        f"{_AXIS_WORDS[axis]} {at + 1}"
        for axis, at, length in zip(axes, place, lengths, strict=True)
        if length > 1 and axis in _AXIS_WORDS and axis != "I"
    ]
    return ", ".join(words)


def _channel_names(tiff: TiffFile) -> dict[int, tuple[str, ...]]:
    """Names of the channels of each series."""
    if tiff.is_ome:
        return _ome_channels(tiff.ome_metadata or "")
    labels: Any = (tiff.imagej_metadata or {}).get("Labels") if tiff.is_imagej else None
    return {0: tuple(short_name(label) for label in labels)} if isinstance(labels, list) else {}


def _ome_channels(xml: str) -> dict[int, tuple[str, ...]]:
    root = xml_root(xml)
    images = [] if root is None else [element for element in root if _tag(element) == "Image"]
    return {
        number: tuple(
            short_name(element.get("Name", ""))
            for element in image.iter()
            if _tag(element) == "Channel"
        )
        for number, image in enumerate(images)
    }


def _tag(element: Any) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]
