"""Takes pictures as scripts and notebooks hold them."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, Union

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from camviewer.engine.errors import CamviewerError
from camviewer.engine.picture.source_image import (
    SourceImage,
    image_from_pixels,
    image_from_values,
    read_image,
)

if TYPE_CHECKING:
    from torch import Tensor

Picture: TypeAlias = Union[str, "PathLike[str]", Image.Image, "NDArray[Any]", "Tensor", SourceImage]
"""A path, a PIL picture, an array (H, W) or (H, W, C) of stored values, a tensor (C, H, W) of uint8
or of 0 to 1, whose numbers are kept as they are; or what was read already."""

_COLOURS = {1, 3, 4}
"""Numbers of channels by which a tensor (H, W, C) is told from the usual (C, H, W)."""
_HINT = (
    "Give a path, a PIL picture, an array (H, W) or (H, W, C), or a tensor (C, H, W) of uint8 or of"
    " numbers from 0 to 1."
)


def open_picture(picture: Picture, name: str = "picture") -> SourceImage:
    """The picture, decoded once for several questions.

    Args:
        picture: see ``Picture``. Three bands are red, green and blue.
        name: of what has no file name.

    Raises:
        CamviewerError: it cannot be read, or is none of these.
    """
    if isinstance(picture, SourceImage):
        return picture
    if isinstance(picture, str | PathLike):
        return read_image(Path(picture))
    if isinstance(picture, Image.Image):
        return _of_pillow(picture, name)
    return _of_numbers(picture, name)


def _of_pillow(picture: Image.Image, name: str) -> SourceImage:
    name = Path(getattr(picture, "filename", "")).name or name
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I") or upright.mode == "F":
        return image_from_values(np.asarray(upright), name)
    mode = "RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB"
    return image_from_pixels(np.asarray(upright.convert(mode)), name)


def _of_numbers(picture: object, name: str) -> SourceImage:
    """The picture of an array, or of a tensor."""
    if isinstance(picture, np.ndarray):
        values: NDArray[Any] = picture
    else:
        values = _tensor_values(picture)
        if values.dtype.kind == "f":
            return image_from_values(values, name, stated_range=(0.0, 1.0))
    if values.dtype != np.uint8 or (values.ndim == 3 and values.shape[2] not in {3, 4}):
        return image_from_values(values, name)
    if values.ndim == 2:
        values = np.repeat(values[:, :, None], 3, axis=2)
    return image_from_pixels(values, name)


def _tensor_values(picture: object) -> NDArray[Any]:
    """The numbers of a tensor as (H, W) or (H, W, C), of floating-point ones as float32.

    Raises:
        CamviewerError: it is no tensor, or its numbers were normalised already.
    """
    detach = getattr(picture, "detach", None)
    if detach is None:
        raise CamviewerError(f"A {type(picture).__name__} is no picture.", _HINT)
    tensor = detach().cpu()
    values: NDArray[Any] = (tensor.float() if tensor.is_floating_point() else tensor).numpy()
    if values.ndim == 3 and (values.shape[0] in _COLOURS or values.shape[2] not in _COLOURS):
        values = np.moveaxis(values, 0, 2)
    if values.dtype.kind == "f" and values.size:
        low, high = float(values.min()), float(values.max())
        if not (low >= 0.0 and high <= 1.0):
            raise CamviewerError(
                f"A tensor with values from {low:g} to {high:g} is no picture.",
                "Give it before normalisation: the model's recipe does that.",
            )
    return np.ascontiguousarray(values)
