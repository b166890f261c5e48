"""The largest pictures that are accepted, with corners of known colours."""

from __future__ import annotations

import lzma
import shutil
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

from PIL import Image

SIDE = 14142
"""Pixels of the side of a square of 200 megapixels."""
CORNERS = {"upper left": (255, 0, 0), "upper right": (0, 255, 0), "lower left": (0, 0, 255)}
NO_DATA_TAG = 42113
FOLDER = Path(__file__).parent / "data" / "large_pictures"
KEPT: dict[str, tuple[int, dict[str, object]]] = {
    "progressive.jpg": (SIDE, {"quality": 75, "progressive": True, "subsampling": 0}),
    "large.webp": (10000, {"method": 0}),
    "large.avif": (10000, {"speed": 10}),
    "large.jp2": (7071, {}),
}
"""Sides and options of those that are kept packed, as writing them takes up to 2.7 GB.

``python -m scripts.make_large_pictures`` makes them anew.
"""


def marked(mode: str, width: int, height: int) -> Image.Image:
    """A picture with a red, a green, a blue and a black corner, opaque."""
    opaque = (255,) if mode == "RGBA" else ()
    picture = Image.new(mode, (width, height), (0, 0, 0, *opaque))
    half_width, half_height = width // 2, height // 2
    picture.paste((*CORNERS["upper left"], *opaque), (0, 0, half_width, half_height))
    picture.paste((*CORNERS["upper right"], *opaque), (half_width, 0, width, half_height))
    picture.paste((*CORNERS["lower left"], *opaque), (0, half_height, half_width, height))
    return picture


def save_marked(path: Path, mode: str, width: int, height: int, options: dict[str, object]) -> None:
    """Writes such a picture."""
    marked(mode, width, height).save(path, **options)


def save_floats_with_holes(path: Path) -> None:
    """Writes a TIFF of 32-bit numbers, some of which mark places without data."""
    picture = Image.new("F", (SIDE, SIDE), 0.25)
    picture.paste(-1.0, (0, 0, SIDE, 100))
    picture.save(path, tiffinfo={NO_DATA_TAG: "-1"})


def in_a_process_of_its_own(save: Callable[..., None], *arguments: object) -> None:
    """Calls a function of this file in a new process, with which its memory goes."""
    process = get_context("spawn").Process(target=save, args=arguments)
    process.start()
    process.join()
    assert process.exitcode == 0


def unpacked(name: str, folder: Path) -> Path:
    """One of the pictures that are kept packed, as a file in a folder."""
    path = folder / name
    with lzma.open(FOLDER / f"{name}.xz") as packed, path.open("wb") as file:
        shutil.copyfileobj(packed, file)
    return path
