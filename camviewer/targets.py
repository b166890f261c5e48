"""What a map can explain: pass one of these, or a text of ``FORMS``, to ``Model.explain``."""

from collections.abc import Iterable

from camviewer.api.pictures import Picture, open_picture
from camviewer.engine.geometry.region import Region
from camviewer.engine.results.target_words import FORMS
from camviewer.engine.results.targets import (
    AgainstClass,
    ClassDifference,
    LikePicture,
    OneClass,
    Output,
    OutputFunction,
    Rectangle,
    Reference,
    RegionPixels,
    Target,
    UnlikePictures,
)

__all__ = [
    "FORMS",
    "AgainstClass",
    "ClassDifference",
    "LikePicture",
    "OneClass",
    "Output",
    "OutputFunction",
    "Reference",
    "Region",
    "RegionPixels",
    "Target",
    "UnlikePictures",
    "like",
    "unlike",
]


def like(picture: Picture, region: Rectangle | None = None) -> LikePicture:
    """How like a reference picture the explained picture is.

    Args:
        picture: the reference: a path, PIL picture, array or tensor.
        region: (x, y, width, height) of the part of it that counts, in its pixels.

    Raises:
        CamviewerError: it cannot be read.
    """
    return LikePicture(_reference(picture), region)


def unlike(pictures: Iterable[Picture]) -> UnlikePictures:
    """How the explained picture differs from a set of reference pictures.

    Raises:
        CamviewerError: one cannot be read.
    """
    return UnlikePictures(tuple(_reference(picture) for picture in pictures))


def _reference(picture: Picture) -> Reference:
    image = open_picture(picture)
    return Reference(image.name, image.sha256, image)
