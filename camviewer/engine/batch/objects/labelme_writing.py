"""Writes objects as LabelMe's JSON, from which they are read as they were."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from camviewer.engine.batch.objects.annotations import AnnotatedObject, Mask
from camviewer.engine.geometry.geometry import Box
from camviewer.engine.render.files import record_bytes, write_beside

_VERSION = "5.5.0"
"""Version of LabelMe whose form this is."""


def save_labelme(
    file: Path, objects: Sequence[AnnotatedObject], picture_name: str, size: tuple[int, int]
) -> None:
    """Writes a file with the objects of one picture.

    Args:
        file: is replaced if it is there.
        objects: of the picture. One of several outlines is written as a mask.
        picture_name: the picture's file name.
        size: its (width, height) in source pixels.

    Raises:
        CamviewerError: it cannot be written.
    """
    record: dict[str, Any] = {
        "version": _VERSION,
        "flags": {},
        "shapes": [_shape(each, size) for each in objects],
        "imagePath": picture_name,
        "imageData": None,
        "imageHeight": size[1],
        "imageWidth": size[0],
    }
    content = record_bytes(record)
    write_beside(file, lambda opened: opened.write(content))


def _shape(found: AnnotatedObject, size: tuple[int, int]) -> dict[str, Any]:
    box = found.box
    shape: dict[str, Any] = {"label": found.label, "group_id": None, "flags": {}}
    if found.crowd:
        shape["flags"] = {"crowd": True}
    if found.mask is not None or len(found.polygons) > 1:
        mask = found.mask if found.mask is not None else _mask_of(found, size)
        return shape | _mask_shape(mask, box)
    if found.polygons:
        points = [list(point) for point in found.polygons[0]]
        return shape | {"shape_type": "polygon", "points": points}
    corners = [[box.left, box.top], [box.right, box.bottom]]
    return shape | {"shape_type": "rectangle", "points": corners}


def _mask_shape(mask: Mask, box: Box) -> dict[str, Any]:
    """The object's own box of a mask (H, W), as a PNG in letters."""
    left, top = int(box.left), int(box.top)
    right, bottom = int(np.ceil(box.right)), int(np.ceil(box.bottom))
    buffer = io.BytesIO()
    Image.fromarray(mask[top:bottom, left:right].astype(np.uint8) * 255).save(buffer, "PNG")
    return {
        "shape_type": "mask",
        "points": [[left, top], [right - 1, bottom - 1]],
        "mask": base64.b64encode(buffer.getvalue()).decode("ascii"),
    }


def _mask_of(found: AnnotatedObject, size: tuple[int, int]) -> Mask:
    raster = Image.new("L", size)
    found.draw(raster, Box(0.0, 0.0, float(size[0]), float(size[1])))
    mask: Mask = np.asarray(raster) > 0
    return mask
