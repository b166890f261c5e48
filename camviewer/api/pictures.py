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
"""A path, a PIL picture, an array (H, W) or (H, W, C) of stored values, a tensor (3, H, W) of uint8
or of 0 to 1; or what was read already."""

_HINT = (
    "Give a path, a PIL picture, an array (H, W) or (H, W, C), or a tensor (3, H, W) of uint8 or of"
    " numbers from 0 to 1."
)


def open_picture(picture: Picture, name: str = "picture") -> SourceImage:
    """The picture, decoded once for several questions.

    Args:
        picture: see ``Picture``. Arrays and tensors are RGB.
        name: of what has no file name.

    Raises:
        CamviewerError: it cannot be read, or is none of these.
    """
    if isinstance(picture, SourceImage):
        return picture
    if isinstance(picture, str | PathLike):
        return read_image(Path(picture))
    if isinstance(picture, Image.Image):
        filename = getattr(picture, "filename", "")
        upright = ImageOps.exif_transpose(picture)
        if upright.mode.startswith("I") or upright.mode == "F":
            return image_from_values(np.asarray(upright), Path(filename).name or name)
        mode = "RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB"
        pixels = np.asarray(upright.convert(mode))
        return image_from_pixels(pixels, Path(filename).name or name)
    values = _as_array(picture)
    if values.dtype != np.uint8 or (values.ndim == 3 and values.shape[2] not in {3, 4}):
        return image_from_values(values, name)
    if values.ndim == 2:
        values = np.repeat(values[:, :, None], 3, axis=2)
    return image_from_pixels(values, name)


def _as_array(picture: object) -> NDArray[Any]:
    if isinstance(picture, np.ndarray):
        return picture
    detach = getattr(picture, "detach", None)
    if detach is None:
        raise CamviewerError(f"A {type(picture).__name__} is no picture.", _HINT)
    values = detach().cpu().numpy()
    if values.ndim == 3 and values.shape[0] == 3:
        values = np.moveaxis(values, 0, 2)
    if np.issubdtype(values.dtype, np.floating):
        low, high = float(values.min()), float(values.max())
        if not (low >= 0.0 and high <= 1.0):
            raise CamviewerError(
                f"A tensor with values from {low:g} to {high:g} is no picture.",
                "Give it before normalisation: the model's recipe does that.",
            )
        values = np.round(values * 255.0).astype(np.uint8)
    return np.ascontiguousarray(values)
