"""Reads the metadata in a program's file: class names, task, input size, preprocessing.

Ultralytics writes ``names``, ``task`` and ``imgsz``; Windows ML's converters, and Azure's Custom
Vision with them, ``Image.BitmapPixelFormat`` and ``Image.NominalPixelRange``; others class names
and numbers as JSON or as Python literals under names of their own.
"""

from __future__ import annotations

import ast
import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from camviewer.engine.companions.config_json import Stated, StatedRecipe
from camviewer.engine.companions.named_values import stated_among
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import ResizeMode

_LONGEST = 8_000_000
_LEVELS = 255.0
_RANGES: dict[str, tuple[float, float]] = {
    "nominalrange_0_255": (0.0, 1 / _LEVELS),
    "nominalrange_16_235": (-16 / 219, 1 / 219),
    "normalized_0_1": (0.0, 1.0),
    "normalized_1_1": (0.5, 0.5),
}
"""Mean and deviation that turn values of 0 to 1 into each of Windows ML's ranges."""
_NO_CLASSES = {
    "detect": "finds boxes",
    "segment": "outlines objects",
    "semantic": "outlines areas",
    "pose": "finds joints",
    "obb": "finds turned boxes",
    "depth": "puts out depths",
}
_ULTRALYTICS = StatedRecipe(
    crop_fraction=1.0,
    mean=(0.0, 0.0, 0.0),
    std=(1.0, 1.0, 1.0),
    interpolation="bilinear",
    resize_mode=ResizeMode.SHORTER,
)
"""Recipe of Ultralytics classifiers: shorter side resized, centre crop, values of 0 to 1."""


def stated_in_metadata(entries: Mapping[str, str], name: str) -> Stated | None:
    """The usable statements in a program's metadata; None when there are none.

    Args:
        entries: the entries of the file.
        name: name of the file, for messages.

    Raises:
        CamviewerError: the metadata says that the program is no classifier.
    """
    values = {
        key.lower(): _value(words) for key, words in entries.items() if len(words) <= _LONGEST
    }
    task = values.get("task")
    if task in _NO_CLASSES:
        raise CamviewerError(
            f"{name} is no classifier: its task is {task}, it {_NO_CLASSES[str(task)]}.",
            "Choose a model that puts out class scores.",
        )
    return stated_among(values, name, _recipe(entries, values))


def is_bgr(entries: Mapping[str, str]) -> bool:
    """Whether the program's input is BGR."""
    return entries.get("Image.BitmapPixelFormat", "").lower().startswith("bgr")


def entries_of_zip(path: Path) -> dict[str, str]:
    """The texts inside the archive of a torch program, such as TorchScript's ``_extra_files``.

    A text that is a JSON object, as Ultralytics writes it, gives its fields.
    """
    found: dict[str, str] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                if "/extra/" not in entry.filename or entry.file_size > _LONGEST:
                    continue
                words = archive.read(entry).decode("utf-8", "replace")
                found[entry.filename.rpartition("/")[2]] = words
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return {}
    for words in tuple(found.values()):
        value = _value(words)
        if isinstance(value, Mapping):
            found |= {
                str(key): each if isinstance(each, str) else json.dumps(each)
                for key, each in value.items()
            }
    return found


def _value(words: str) -> Any:
    """The value of a text: JSON, a Python literal, or the text itself."""
    stripped = words.strip()
    if not stripped.startswith(("[", "{", "(", '"', "'")) and not stripped[:1].isdigit():
        return stripped
    for read in (json.loads, ast.literal_eval):
        try:
            return read(stripped)
        except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
            continue
    return stripped


def _recipe(entries: Mapping[str, str], values: Mapping[str, Any]) -> StatedRecipe:
    is_ultralytics = "ultralytics" in entries.get("author", "").lower()
    recipe = _ULTRALYTICS if is_ultralytics else StatedRecipe()
    pixel_range = _RANGES.get(str(values.get("image.nominalpixelrange")).lower())
    if pixel_range is None:
        return recipe
    low, width = pixel_range
    return replace(recipe, mean=(low,) * 3, std=(width,) * 3)
