"""Reads a mask that lies in a PNG of its own: 0 is background, each other value an object."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, UnidentifiedImageError

from camviewer.engine.batch.objects.annotations import AnnotationError, Annotations, masked
from camviewer.engine.picture.file_kinds import PIXEL_LIMIT

_NOT_READ = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    ValueError,
    SyntaxError,
)
_MODES = {"1", "L", "P", "I", "I;16"}
_MOST_VALUES = 64
"""Maximum number of values of a mask; a picture in shades of grey has more."""


def read_mask(data: bytes, name: str) -> Annotations:
    """The objects of a mask, which may be of any class.

    Raises:
        AnnotationError: it is no PNG, too large, or a picture rather than a mask.
    """
    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as picture:
            if picture.width * picture.height > PIXEL_LIMIT:
                raise AnnotationError(f"The mask {name} is too large.", "Make it smaller.")
            if picture.mode not in _MODES:
                raise AnnotationError(
                    f"The mask {name} is a picture in colours.",
                    "Save it with one channel, where 0 is the background.",
                )
            values = np.asarray(picture)
    except _NOT_READ as error:
        raise AnnotationError(
            f"The mask {name} cannot be read as PNG.", "Write it again, or leave it out."
        ) from error
    kinds = [value for value in np.unique(values).tolist() if value]
    if len(kinds) > _MOST_VALUES:
        raise AnnotationError(
            f"The mask {name} has {len(kinds)} different values.",
            "Save it without smoothing: 0 for the background and a value for each object.",
        )
    objects = (masked("", values == value) for value in kinds)
    height, width = values.shape
    return Annotations(tuple(found for found in objects if found is not None), (width, height))
