"""What a ``config.json`` beside weights states: architecture, class names, preprocessing.

timm writes ``architecture``, ``pretrained_cfg`` and ``label_names``; Hugging Face's transformers
``model_type``, ``id2label`` and a ``preprocessor_config.json``; transformers' wrapper around timm
all of these.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import floor
from pathlib import Path
from typing import Any

from camviewer.engine.architectures.build_arguments import Arguments, read_arguments
from camviewer.engine.companions.image_processor import processed
from camviewer.engine.geometry.geometry import INTERPOLATIONS, Recipe, ResizeMode
from camviewer.engine.packs.manifest import (
    CONFIG,
    CROP_FRACTIONS,
    INPUT_SIDES,
    MEANS,
    MOST_CLASSES,
    STDS,
    one_line,
)

PROCESSOR = "preprocessor_config.json"
_MOST_BYTES = 64_000_000
_RESIZING = {
    "center": ResizeMode.SHORTER,
    "squash": ResizeMode.SQUASH,
    "border": ResizeMode.BORDER,
}
_TOLD_BY_TENSORS = {"num_classes", "in_chans", "drop_rate", "drop_path_rate", "pretrained"}
_NAME = re.compile(r"[A-Za-z0-9_]{1,100}")


@dataclass(frozen=True)
class StatedRecipe:
    """The parts of a recipe that a file states; None where it is silent.

    Attributes:
        input_size: (h, w).
        crop_fraction: see ``Recipe``, as the others.
        mean: RGB, on the scale 0 to 1.
        std: RGB, on the scale 0 to 1.
        interpolation: one of ``INTERPOLATIONS``.
        resize_mode: how the picture is resized before the crop.
        blue_first: whether the channels are blue, green, red.
    """

    input_size: tuple[int, int] | None = None
    crop_fraction: float | None = None
    mean: tuple[float, ...] | None = None
    std: tuple[float, ...] | None = None
    interpolation: str | None = None
    resize_mode: ResizeMode | None = None
    blue_first: bool | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it says how numbers are made of a picture; size and crop may be the usual."""
        return self.mean is not None and self.std is not None

    def laid_over(self, other: StatedRecipe) -> StatedRecipe:
        """All that is stated here, and what the other states beside."""
        stated = {name: value for name, value in vars(self).items() if value is not None}
        return replace(other, **stated)

    def over(self, recipe: Recipe) -> Recipe:
        """A recipe with all that is stated in the place of its own values."""
        stated = {name: value for name, value in vars(self).items() if value is not None}
        return replace(recipe, **stated)


@dataclass(frozen=True)
class Stated:
    """What a file beside the weights says of them.

    Attributes:
        source: the file's name.
        architecture: ``timm/...``; empty when it names none of timm's.
        model_type: of transformers; empty when it is none.
        classes: how many; None when it does not say.
        labels: class names by index; empty when it has none.
        recipe: what it says of preprocessing.
        arguments: what timm builds the network with beside what its tensors tell.
        problems: what of it could not be followed, in sentences.
    """

    source: str
    architecture: str = ""
    model_type: str = ""
    classes: int | None = None
    labels: tuple[str, ...] = ()
    recipe: StatedRecipe = StatedRecipe()
    arguments: Arguments = ()
    problems: tuple[str, ...] = ()

    def without_arguments(self) -> Stated:
        """The same of a network that was not built with them."""
        words = one_line(", ".join(f"{name}={value}" for name, value in self.arguments), 200)
        return replace(
            self, arguments=(), problems=(*self.problems, _unfollowed(self.source, words))
        )

    def without_size(self) -> Stated:
        """The same of a network that was built for a size of its own, which alone it takes."""
        if "img_size" not in dict(self.arguments):
            return self
        return replace(self, recipe=replace(self.recipe, input_size=None))


def stated_beside(path: Path) -> Stated | None:
    """What the ``config.json`` beside a file of weights says; None when there is none of use.

    Args:
        path: of the weights.
    """
    config = json_object(path.with_name(CONFIG))
    if config is None or not ({"architecture", "model_type", "id2label"} & config.keys()):
        return None
    stated = stated_in(config, CONFIG)
    processor = json_object(path.with_name(PROCESSOR))
    return stated if processor is None or stated.recipe.is_whole else _processed(stated, processor)


def _processed(stated: Stated, processor: Mapping[str, Any]) -> Stated:
    """The same with what an image processor of transformers does."""
    made = processed(processor, Recipe())
    own = made.recipe
    recipe = StatedRecipe(
        input_size=own.input_size,
        crop_fraction=own.crop_fraction,
        mean=own.mean,
        std=own.std,
        interpolation=own.interpolation,
        resize_mode=own.resize_mode,
        blue_first=made.blue_first or None,
    )
    problems = (*stated.problems, *made.problems)
    return replace(stated, source=f"{CONFIG} and {PROCESSOR}", recipe=recipe, problems=problems)


def json_object(path: Path) -> Mapping[str, Any] | None:
    """The object in a JSON file; None when there is no such file or it holds something else."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            return None
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def stated_in(config: Mapping[str, Any], source: str) -> Stated:
    """What a configuration says.

    Args:
        config: as timm or transformers write it.
        source: name of its file, for sentences.
    """
    published = config.get("pretrained_cfg")
    fields = published if isinstance(published, Mapping) else config
    recipe, problems = _recipe(fields, source)
    name = config.get("architecture")
    named = isinstance(name, str) and _NAME.fullmatch(name.partition(".")[0])
    kind = config.get("model_type")
    labels = _labels(config)
    if not labels and fields is not config:
        labels = _labels(fields)
    built_with = config.get("model_args")
    built_with = built_with if isinstance(built_with, Mapping) else {}
    count = next(
        (each["num_classes"] for each in (config, fields, built_with) if "num_classes" in each),
        None,
    )
    classes = _whole(count, 0, MOST_CLASSES)
    others = {key: value for key, value in built_with.items() if key not in _TOLD_BY_TENSORS}
    try:
        arguments = read_arguments(others)
    except ValueError:
        words = one_line(", ".join(f"{key}={value}" for key, value in others.items()), 200)
        arguments, problems = (), (*problems, _unfollowed(source, words))
    return Stated(
        source=source,
        architecture=f"timm/{str(name).partition('.')[0]}" if named else "",
        model_type=kind if isinstance(kind, str) and re.fullmatch(r"[\w-]{1,80}", kind) else "",
        classes=classes if classes is not None else len(labels) or None,
        labels=labels,
        recipe=recipe,
        arguments=arguments,
        problems=problems,
    )


def require_labels(stated: Stated, classes: int) -> tuple[tuple[str, ...], str]:
    """The class names that are stated, where they are as many as the classes.

    Returns:
        The names (empty where they do not fit), and what is to be said of them.
    """
    if not stated.labels:
        return (), ""
    if len(stated.labels) == classes or (classes, len(stated.labels)) == (1, 2):
        return stated.labels, f"The class names are those of {stated.source}."
    return (), (
        f"{stated.source} has {len(stated.labels)} class names, and the model has {classes} "
        "classes: they were left aside."
    )


def labels_of(names: object) -> tuple[str, ...]:
    """Class names by index: of a list, of {index: name} or of {name: index}; empty otherwise."""
    if isinstance(names, Mapping):
        if names and all(type(index) is int for index in names.values()):
            names = {index: name for name, index in names.items()}
        return _by_index(names)
    if isinstance(names, str):
        names = [name.strip() for name in names.replace("\n", ",").split(",")]
        if len(names) < 2 or not all(names):
            return ()
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        return ()
    return tuple(one_line(name, 1000) for name in names)


def _labels(config: Mapping[str, Any]) -> tuple[str, ...]:
    if isinstance(config.get("id2label"), Mapping):
        return labels_of(config["id2label"])
    names, words = config.get("label_names"), config.get("label_descriptions")
    if isinstance(names, list) and isinstance(words, Mapping):
        names = [
            words[name] if isinstance(name, str) and isinstance(words.get(name), str) else name
            for name in names
        ]
    return labels_of(names)


def _by_index(names: Mapping[Any, Any]) -> tuple[str, ...]:
    """Names of the indices 0, 1, 2 ..., in whatever order they stand."""
    found = {
        int(key): name
        for key, name in names.items()
        if str(key).isdecimal() and isinstance(name, str | int)
    }
    if len(found) != len(names) or sorted(found) != list(range(len(names))):
        return ()
    labels = tuple(one_line(str(found[index]), 1000) for index in range(len(found)))
    # What transformers writes when nobody has given names.
    if all(label == f"LABEL_{index}" for index, label in enumerate(labels)):
        return ()
    return labels


def _recipe(fields: Mapping[str, Any], source: str) -> tuple[StatedRecipe, tuple[str, ...]]:
    """What timm's fields say; what cannot be is left out and named."""
    size = _size(fields.get("input_size"))
    crop = _number(fields.get("crop_pct"), *CROP_FRACTIONS)
    if crop is not None:
        side = min(size) if size is not None else 224
        crop = side / floor(side / crop)  # timm rounds the size to resize to down
    recipe = StatedRecipe(
        input_size=size,
        crop_fraction=crop,
        mean=_triple(fields.get("mean"), *MEANS),
        std=_triple(fields.get("std"), *STDS),
        interpolation=_one_of(fields.get("interpolation"), INTERPOLATIONS),
        resize_mode=_RESIZING.get(str(fields.get("crop_mode"))),
    )
    names = {
        "input_size": recipe.input_size,
        "crop_pct": recipe.crop_fraction,
        "mean": recipe.mean,
        "std": recipe.std,
        "interpolation": recipe.interpolation,
        "crop_mode": recipe.resize_mode,
    }
    problems = tuple(
        f"{source} says {name} {one_line(str(fields[name]), 60)}, which cannot be followed."
        for name, value in names.items()
        if value is None and fields.get(name) is not None
    )
    return recipe, problems


def _unfollowed(source: str, words: str) -> str:
    return f"{source} builds the network with {words}; this was not followed."


def _size(value: object) -> tuple[int, int] | None:
    """(h, w) of timm's [channels, h, w]."""
    if not isinstance(value, list) or len(value) != 3:
        return None
    height, width = (_whole(side, *INPUT_SIDES) for side in value[1:])
    return None if height is None or width is None else (height, width)


def _triple(value: object, low: float, high: float) -> tuple[float, float, float] | None:
    if not isinstance(value, list):
        return None
    numbers = [_number(item, low, high) for item in (value * 3 if len(value) == 1 else value)]
    if len(numbers) != 3:
        return None
    red, green, blue = numbers
    return None if red is None or green is None or blue is None else (red, green, blue)


def _number(value: object, low: float, high: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if low <= value <= high else None


def _whole(value: object, low: int, high: int) -> int | None:
    return value if type(value) is int and low <= value <= high else None


def _one_of(value: object, allowed: tuple[str, ...]) -> str | None:
    return value if isinstance(value, str) and value in allowed else None
