"""Defines what a report tells of one picture: its map with all that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.render.look import Look
from camviewer.engine.render.sidecar import provenance
from camviewer.engine.results.messages import Explanation, ModelInfo, Verdict
from camviewer.engine.trust.messages import TrustCard
from camviewer.engine.trust.records import region_record
from camviewer.engine.trust.region import RegionScore

_HASH_DIGITS = 8
"""Digits of its hash by which a DICOM picture is called; because file names may name a patient."""


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
        return found


def shown_name(image: SourceImage) -> str:
    """What a picture is called in a report: its file's name, but that of a DICOM file."""
    if not image.is_dicom:
        return image.name
    return f"{image.modality or 'DICOM'} {image.sha256[:_HASH_DIGITS]}"
