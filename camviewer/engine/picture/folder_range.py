"""Decides the range of values that holds for all pictures that are looked at together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path

from camviewer.engine.errors import CamviewerError
from camviewer.engine.picture.file_kinds import EIGHT_BIT_SUFFIXES
from camviewer.engine.picture.input_range import InputRange, assumed_range
from camviewer.engine.picture.source_image import SourceImage, counting_order, read_image

_MOST_TRIED = 16
"""Maximum number of pictures that are read for one whose values have no stated range; because
reading more of a folder takes seconds."""

_MOST_LOOKED_AT = 10_000
"""Maximum number of files whose name, or first bytes, are looked at for such a picture."""

_PNG_HEADER, _PNG_DEPTH = 25, 24


def in_order(paths: Iterable[Path]) -> list[Path]:
    """Paths by name, with numbers by value, in whatever order they were given."""
    return sorted(paths, key=lambda path: (counting_order(path.name), str(path)))


def range_of_pictures(paths: Iterable[Path]) -> InputRange | None:
    """The range that is assumed for pictures of which neither file nor model says one.

    Args:
        paths: in an order that does not depend on who looks at them; the first such picture
            decides.

    Returns:
        None when the first pictures that may have more than eight bits all say their range, or have
        no more.
    """
    likely = filter(_may_be_deep, islice(paths, _MOST_LOOKED_AT))
    for path in islice(likely, _MOST_TRIED):
        try:
            image = read_image(path)
        except (CamviewerError, MemoryError, OSError):
            continue  # opening it says what is wrong with it
        if needs_range(image):
            return assumed_range(image.values)
    return None


def needs_range(image: SourceImage) -> bool:
    """Whether the picture's file does not say which values it may have."""
    return image.values.stated_range is None


def with_kept_range(image: SourceImage, kept: InputRange | None) -> SourceImage:
    """The picture with the range that holds for all, where it may hold for this one."""
    if kept is None or not kept.fits(image.values):
        return image
    return replace(image, kept_range=kept)


def _may_be_deep(path: Path) -> bool:
    """Whether a file may have more than eight bits, as far as its name and first bytes tell."""
    suffix = path.suffix.lower()
    if suffix != ".png":
        return suffix not in EIGHT_BIT_SUFFIXES
    try:
        with path.open("rb") as file:
            start = file.read(_PNG_HEADER)
    except OSError:
        return False
    return len(start) == _PNG_HEADER and start[_PNG_DEPTH] > 8
