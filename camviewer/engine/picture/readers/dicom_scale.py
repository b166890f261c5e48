"""Reads rescale, unit and windows of a DICOM frame, in classic and in multi-frame files."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.picture.readers.checks import short_name
from camviewer.engine.picture.readers.dicom_modality import modality

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydicom import Dataset

HOUNSFIELD = "HU"
_UNITS = {
    "HU": "HU",
    "BQML": "Bq/ml",
    "OD": "OD",
    "HU_MOD": "HU",
    "MGML": "mg/ml",
    "CNTS": "counts",
}
"""Rescale types and units of the standard; because a field with other text could hold anything."""

_MOST_WINDOWS = 8
"""Maximum number of a file's own windows that are offered."""


@dataclass(frozen=True)
class Scale:
    """How stored values become measured ones.

    Attributes:
        slope: factor of stored values.
        intercept: what is added.
        unit: of the result; empty where the file does not say it.
        table: the dataset with a lookup table in place of slope and intercept; None without one.
    """

    slope: float = 1.0
    intercept: float = 0.0
    unit: str = ""
    table: Dataset | None = None

    @property
    def is_table(self) -> bool:
        """Whether a lookup table takes the place of slope and intercept."""
        return self.table is not None

    def applied(self, stored: NDArray[Any]) -> NDArray[Any]:
        """The measured values; the same array where stored values are the measured ones."""
        if self.table is not None:
            from pydicom.pixels.processing import apply_modality_lut  # noqa: PLC0415  (for DICOM alone)

            return np.asarray(apply_modality_lut(stored, self.table))
        if self.slope == 1.0 and self.intercept == 0.0:
            return stored
        return (stored * np.float64(self.slope) + self.intercept).astype(np.float32)


def frame_scale(header: Dataset, page: int) -> Scale:
    """Rescale and unit of a frame.

    Raises:
        ValueError: a number is none, or is not finite.
    """
    if header.get("ModalityLUTSequence"):
        return Scale(table=header)
    for group in groups_of(header, page, "PixelValueTransformationSequence"):
        slope, intercept = group.get("RescaleSlope"), group.get("RescaleIntercept")
        if slope is None and intercept is None:
            slope = group.get("DoseGridScaling")
        if slope is None and intercept is None:
            continue
        slope = 1.0 if slope is None else float(slope)
        intercept = 0.0 if intercept is None else float(intercept)
        if not (isfinite(slope) and isfinite(intercept) and slope):
            raise ValueError("a rescale by no number")
        return Scale(slope, intercept, _unit(header, group))
    return Scale(unit=_unit(header, header))


def windows_of(header: Dataset, page: int) -> tuple[tuple[str, float, float], ...]:
    """The file's own windows as (name, centre, width); the name is "" where it has none."""
    found: list[tuple[str, float, float]] = []
    for group in groups_of(header, page, "FrameVOILUTSequence"):
        centres, widths = _numbers(group.get("WindowCenter")), _numbers(group.get("WindowWidth"))
        names = _texts(group.get("WindowCenterWidthExplanation"))
        for number, (centre, width) in enumerate(zip(centres, widths, strict=False)):
            name = names[number] if number < len(names) else ""
            if isfinite(centre) and isfinite(width) and width > 0:
                found.append((name, centre, width))
        if found:
            break
    return tuple(found[:_MOST_WINDOWS])


def groups_of(header: Dataset, page: int, sequence: str) -> Iterator[Dataset]:
    """Where a frame's attribute may be: in its own group, in the shared one, in the header."""
    for place, index in (
        ("PerFrameFunctionalGroupsSequence", page),
        ("SharedFunctionalGroupsSequence", 0),
    ):
        groups = header.get(place) or ()
        if index < len(groups):
            yield from (groups[index].get(sequence) or ())[:1]
    yield header


def _unit(header: Dataset, group: Dataset) -> str:
    stated = [group.get("RescaleType"), header.get("Units"), header.get("DoseUnits")]
    named = str(next(filter(None, stated), "")).strip().upper()
    if named in _UNITS:
        return _UNITS[named]
    is_ct = modality(header) == "CT"
    return HOUNSFIELD if is_ct and "RescaleIntercept" in group else ""


def _numbers(value: Any) -> list[float]:
    try:
        return [float(one) for one in _several(value)]
    except (TypeError, ValueError):
        return []


def _texts(value: Any) -> list[str]:
    return [short_name(one).capitalize() for one in _several(value)]


def _several(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return list(value) if not isinstance(value, str) and hasattr(value, "__iter__") else [value]
