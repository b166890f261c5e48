"""Reads what GDAL keeps in a TIFF's tags: names, scale, offset and unit of bands."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite

from camviewer.engine.picture.readers.checks import short_name
from camviewer.engine.picture.readers.embedded_xml import xml_root

METADATA_TAG = 42112


@dataclass(frozen=True)
class BandTags:
    """What is said of the bands of a picture; a band is counted from 0.

    Attributes:
        names: of bands that have one.
        scales: factors of stored values.
        offsets: what is added to scaled values.
        units: of the values after scale and offset.
    """

    names: dict[int, str] = field(default_factory=dict)
    scales: dict[int, float] = field(default_factory=dict)
    offsets: dict[int, float] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)

    @property
    def is_rescaled(self) -> bool:
        """Whether the stored values are not the measured ones."""
        return any(scale != 1.0 for scale in self.scales.values()) or any(self.offsets.values())


def band_tags(xml: str) -> BandTags:
    """Reads the tag GDAL_METADATA; what cannot be read is left out."""
    tags = BandTags()
    root = xml_root(xml)
    for item in () if root is None else root.iter("Item"):
        band, role, text = item.get("sample"), item.get("role", ""), item.text or ""
        if band is None or not band.isdecimal():
            continue
        if role == "description":
            tags.names[int(band)] = short_name(text)
        elif role == "unittype":
            tags.units[int(band)] = short_name(text)
        elif role in ("scale", "offset"):
            number = _finite_number(text)
            if number is not None:
                (tags.scales if role == "scale" else tags.offsets)[int(band)] = number
    return tags


def _finite_number(text: str) -> float | None:
    """The number that a text is; None for others, NaN and infinity."""
    try:
        number = float(text.strip("\0 \n\r\t"))
    except ValueError:
        return None
    return number if isfinite(number) else None
