"""Finds where a DICOM frame, and a grid on it, lie in the patient's coordinate system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.picture.readers.dicom_scale import groups_of

if TYPE_CHECKING:
    from pydicom import Dataset


_ALONG = 1e-4
"""Least part of a direction along an axis, as a cosine, that is worth a letter."""


@dataclass(frozen=True)
class PlaneGeometry:
    """A plane of pixels in space.

    Attributes:
        position: (x, y, z) of the centre of the upper left pixel, in mm.
        orientation: direction of a row (x, y, z), then of a column, as unit vectors.
        spacing: (between rows, between columns) in mm.
        thickness: of the slice in mm; None if the file does not say it.
    """

    position: tuple[float, float, float]
    orientation: tuple[float, float, float, float, float, float]
    spacing: tuple[float, float]
    thickness: float | None

    @property
    def letters(self) -> list[str]:
        """Where a row and a column lead in the patient, as L, R, P, A, H and F by their weight."""
        return [_letters(direction) for direction in np.reshape(self.orientation, (2, 3))]

    def point(self, x: float, y: float) -> tuple[float, float, float]:
        """Where a point of the picture lies; (0, 0) is the corner of the upper left pixel."""
        along_row, along_column = np.reshape(self.orientation, (2, 3))
        right = (x - 0.5) * self.spacing[1] * along_row
        down = (y - 0.5) * self.spacing[0] * along_column
        found = np.asarray(self.position) + right + down
        return float(found[0]), float(found[1]), float(found[2])

    def of_grid(self, origin: tuple[float, float], pitch: tuple[float, float]) -> PlaneGeometry:
        """The plane of a grid on the picture.

        Args:
            origin: (x, y) of the centre of its upper left cell, in pixels of the picture.
            pitch: (x, y) distance of its cells, in pixels of the picture.
        """
        return PlaneGeometry(
            self.point(*origin),
            self.orientation,
            (self.spacing[0] * pitch[1], self.spacing[1] * pitch[0]),
            self.thickness,
        )


def _letters(direction: NDArray[np.float64]) -> str:
    order = np.argsort(-np.abs(direction), kind="stable")
    return "".join(
        ("LR", "PA", "HF")[axis][int(direction[axis] < 0)]
        for axis in order
        if abs(direction[axis]) > _ALONG
    )


def plane_geometry(header: Dataset, page: int) -> PlaneGeometry | None:
    """The place of a frame; None if the file does not say it."""
    if not header.get("FrameOfReferenceUID"):
        return None
    position = _numbers(header, page, "PlanePositionSequence", "ImagePositionPatient", 3)
    turned = _numbers(header, page, "PlaneOrientationSequence", "ImageOrientationPatient", 6)
    spacing = _numbers(header, page, "PixelMeasuresSequence", "PixelSpacing", 2)
    if position is None or turned is None or spacing is None or min(spacing) <= 0:
        return None
    thickness = _numbers(header, page, "PixelMeasuresSequence", "SliceThickness", 1)
    return PlaneGeometry(
        (position[0], position[1], position[2]),
        (turned[0], turned[1], turned[2], turned[3], turned[4], turned[5]),
        (spacing[0], spacing[1]),
        thickness[0] if thickness else None,
    )


def _numbers(
    header: Dataset, page: int, sequence: str, name: str, count: int
) -> list[float] | None:
    """So many finite numbers of an attribute, where it is; None if it has others."""
    for group in groups_of(header, page, sequence):
        value: Any = group.get(name)
        if value is None or value == "":
            continue
        try:
            found = [float(one) for one in np.atleast_1d(np.asarray(value, np.float64))]
        except (TypeError, ValueError):
            return None
        return found if len(found) == count and np.isfinite(found).all() else None
    return None
