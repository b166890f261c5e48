"""What exporters write into a program's file beside the network: names, task, size, preprocessing.

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

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import ResizeMode
from camviewer.engine.packs.stated import Stated, StatedRecipe, labels_of, stated_in

_LONGEST = 8_000_000
_NAMES = (
    *("names", "classes", "class_names", "classnames", "labels", "label_names", "categories"),
    *("id2label", "idx_to_class", "index_to_class", "label_map", "class_to_idx", "label2id"),
    *("class_labels", "vocab"),
)
_MEANS = ("mean", "image_mean", "input_mean", "pixel_mean", "normalize_mean", "norm_mean")
_STDS = (
    *("std", "image_std", "input_std", "pixel_std", "normalize_std", "norm_std", "stddev"),
    *("std_dev", "deviation"),
)
_SIZES = ("imgsz", "input_size", "image_size", "img_size")
_LEVELS = 255.0
_RANGES: dict[str, tuple[float, float]] = {
    "nominalrange_0_255": (0.0, 1 / _LEVELS),
    "nominalrange_16_235": (-16 / 219, 1 / 219),
    "normalized_0_1": (0.0, 1.0),
    "normalized_1_1": (0.5, 0.5),
}
"""Mean and deviation that make each of Windows ML's ranges of a value between 0 and 1."""
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
"""Its classifiers are fed values of 0 to 1, the shorter side resized, the middle cut out."""


def stated_in_metadata(entries: Mapping[str, str], name: str) -> Stated | None:
    """What entries of a program's file say; None when that is nothing of use.

    Args:
        entries: as they stand in the file.
        name: of the file, for sentences.

    Raises:
        CamviewerError: they say that the program is no classifier.
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
    for value in values.values():
        # A whole configuration of timm or transformers as one entry.
        if isinstance(value, Mapping) and {"architecture", "model_type"} & value.keys():
            return stated_in(value, name)
    labels = next((found for key in _NAMES if (found := labels_of(values.get(key)))), ())
    recipe = _recipe(values, is_ultralytics="ultralytics" in str(entries.get("author", "")).lower())
    if not labels and recipe == StatedRecipe():
        return None
    return Stated(source=name, labels=labels, classes=len(labels) or None, recipe=recipe)


def is_bgr(entries: Mapping[str, str]) -> bool:
    """Whether the program takes blue first."""
    return entries.get("Image.BitmapPixelFormat", "").lower().startswith("bgr")


def entries_of_zip(path: Path) -> dict[str, str]:
    """The texts that were saved with a program of torch, as ``_extra_files`` of TorchScript are.

    What is a JSON object gives its fields, as Ultralytics writes them.
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
    """What a text stands for: JSON, a literal of Python, or the text."""
    stripped = words.strip()
    if not stripped.startswith(("[", "{", "(", '"', "'")) and not stripped[:1].isdigit():
        return stripped
    for read in (json.loads, ast.literal_eval):
        try:
            return read(stripped)
        except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
            continue
    return stripped


def _recipe(values: Mapping[str, Any], *, is_ultralytics: bool) -> StatedRecipe:
    recipe = _ULTRALYTICS if is_ultralytics else StatedRecipe()
    mean, std = (_first(values, names) for names in (_MEANS, _STDS))
    if mean is not None and std is not None:
        recipe = replace(recipe, mean=mean, std=std)
    pixel_range = _RANGES.get(str(values.get("image.nominalpixelrange")).lower())
    if pixel_range is not None:
        low, width = pixel_range
        recipe = replace(recipe, mean=(low,) * 3, std=(width,) * 3)
    size = next((found for key in _SIZES if (found := _size(values.get(key)))), None)
    return recipe if size is None else replace(recipe, input_size=size)


def _first(values: Mapping[str, Any], names: tuple[str, ...]) -> tuple[float, float, float] | None:
    """Three numbers on the scale 0 to 1; what is larger counts grey levels."""
    for name in names:
        value = values.get(name)
        if isinstance(value, str):
            value = _numbers(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = [value] * 3
        if not isinstance(value, list | tuple) or len(value) != 3:
            continue
        if not all(type(number) in {int, float} for number in value):
            continue
        scale = _LEVELS if max(map(abs, value)) > 2 else 1.0
        red, green, blue = (float(number) / scale for number in value)
        return red, green, blue
    return None


def _numbers(words: str) -> list[float]:
    try:
        return [float(word) for word in words.replace(",", " ").split()]
    except ValueError:
        return []


def _size(value: object) -> tuple[int, int] | None:
    """(h, w) of a side, of [h, w] or of [channels, h, w]."""
    sides = [value, value] if type(value) is int else value
    if not isinstance(sides, list | tuple) or len(sides) not in {2, 3}:
        return None
    height, width = sides[-2:]
    if type(height) is not int or type(width) is not int:
        return None
    return (height, width) if 8 <= height <= 8192 and 8 <= width <= 8192 else None
