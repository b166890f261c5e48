"""Defines what a report tells of one picture: its map with all that belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.render.files import drawn
from camviewer.engine.render.look import Look
from camviewer.engine.render.sidecar import provenance
from camviewer.engine.results.messages import Explanation, ModelInfo, Verdict
from camviewer.engine.trust.messages import TrustCard
from camviewer.engine.trust.records import region_record
from camviewer.engine.trust.region import RegionScore

_HASH_DIGITS = 8
"""Digits of its hash by which a DICOM picture is called; because file names may name a patient."""


@dataclass(frozen=True, eq=False)
class MarkedObjects:
    """How a map lies on the objects of its picture, and what draws them.

    Attributes:
        record: the measures as plain data, as a saved map's sidecar has them.
        draw: draws the objects and the evidence's box on a picture, uint8 (H, W, 3), whose scale is
            given in pixels to a source pixel.
    """

    record: Mapping[str, Any]
    draw: Callable[[NDArray[np.uint8], float], NDArray[np.uint8]]


@dataclass(frozen=True, eq=False)
class ReportedMap:
    """A map as a report shows it.

    Attributes:
        image: the picture; ``shown_image`` has the name that a report may say.
        explanation: its map.
        model: what made it.
        verdict: what the model says of the picture under its own recipe.
        look: how the map is coloured.
        card: what was measured of the map; None when nothing was.
        seed: of the random maps on the card.
        region: what a part of the picture means to the class; None without one.
        note: what the user wrote about this picture.
        objects: of the picture; None without any.
        objects_problem: why its objects could not be read; empty where nothing is wrong.
    """

    image: SourceImage
    explanation: Explanation
    model: ModelInfo
    verdict: Verdict
    look: Look
    card: TrustCard | None = None
    seed: int = 0
    region: RegionScore | None = None
    note: str = ""
    objects: MarkedObjects | None = None
    objects_problem: str = ""

    @cached_property
    def shown_image(self) -> SourceImage:
        """The picture under a name that tells nothing of a patient."""
        return replace(self.image, name=shown_name(self.image))

    @cached_property
    def record(self) -> dict[str, Any]:
        """What the sidecar of the map says: how to make it again."""
        found = provenance(self.shown_image, self.explanation, self.model, self.look, self.verdict)
        if self.region is not None:
            found["region"] = region_record(self.region)
        if self.objects is not None:
            found["map_on_objects"] = dict(self.objects.record)
        return found

    def overlay(self, side: int | None = None) -> NDArray[np.uint8]:
        """The picture with its map, and with its objects where it has some, uint8 (H, W, 3).

        Args:
            side: maximum width and height in pixels; in full without.
        """
        pixels = self._drawn
        if side is not None:
            pixels = np.asarray(small_copy(Image.fromarray(pixels), side))
        if self.objects is None:
            return pixels
        return self.objects.draw(pixels, pixels.shape[1] / self.image.width)

    @cached_property
    def _drawn(self) -> NDArray[np.uint8]:
        """The map in full; because a bundle has it so, too, beside the small one of its report."""
        return drawn(self.image, self.explanation, self.look)


def small_copy(image: Image.Image, side: int) -> Image.Image:
    """A copy of at most this width and height, in pixels."""
    small = image.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    return small


def shown_name(image: SourceImage) -> str:
    """What a picture is called in a report: its file's name, but that of a DICOM file."""
    if not image.is_dicom:
        return image.name
    return f"{image.modality or 'DICOM'} {image.sha256[:_HASH_DIGITS]}"
