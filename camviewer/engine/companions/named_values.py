"""Finds class names, preprocessing and activation among named values.

Exporters write such values beside a graph, and training scripts beside weights.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from camviewer.engine.companions.config_json import Stated, StatedRecipe, labels_of, stated_in
from camviewer.engine.packs.manifest import INPUT_SIDES, MEANS, STDS

_NAMES = (
    *("names", "classes", "class_names", "classnames", "labels", "label_names", "categories"),
    *("id2label", "idx_to_class", "idx2class", "index_to_class", "index_to_name", "label_map"),
    *("class_to_idx", "class2idx", "label2id", "class_labels", "vocab", "classes_names"),
)
_MEANS = ("mean", "image_mean", "input_mean", "pixel_mean", "normalize_mean", "norm_mean")
_STDS = (
    *("std", "image_std", "input_std", "pixel_std", "normalize_std", "norm_std", "stddev"),
    *("std_dev", "deviation"),
)
_SIZES = ("imgsz", "input_size", "image_size", "img_size")
_NETWORKS = (
    *("arch", "architecture", "model_name", "model_arch", "backbone", "encoder", "encoder_name"),
    *("base_model", "network", "net", "model"),
)
_LEVELS = 255.0
_LOSSES = ("loss", "criterion", "loss_fn", "loss_name", "task", "problem_type", "objective")
_SEVERAL = ("bcewithlogits", "multilabel", "asymmetricloss")
_SWITCHES = ("multilabel", "multi_label", "is_multilabel")


def stated_among(
    values: Mapping[str, Any], source: str, recipe: StatedRecipe | None = None
) -> Stated | None:
    """What values say of a model; None when that is nothing of use.

    Args:
        values: by name, in lower case.
        source: name of the file, for sentences.
        recipe: what is known of the preprocessing already.
    """
    for value in values.values():
        # A whole configuration of timm or transformers as one value.
        if isinstance(value, Mapping) and {"architecture", "model_type"} & value.keys():
            return stated_in(value, source)
    labels = next((found for key in _NAMES if (found := labels_of(values.get(key)))), ())
    recipe = _recipe(values, recipe or StatedRecipe())
    if not labels and recipe == StatedRecipe():
        return None
    return Stated(source=source, labels=labels, classes=len(labels) or None, recipe=recipe)


def network_called(values: Mapping[str, Any]) -> str:
    """What values call the network, for example ``resnet18``; empty when they do not."""
    found = (values.get(key) for key in _NETWORKS)
    return next((str(value) for value in found if isinstance(value, str) and value), "")


def hold_at_once(values: Mapping[str, Any]) -> bool:
    """Whether values say that several classes hold for one picture, so that sigmoids are meant.

    Args:
        values: by name, in lower case.
    """
    if any(key.endswith("pos_weight") and value is not None for key, value in values.items()):
        return True
    if any(values.get(key) is True for key in _SWITCHES):
        return True
    words = [str(values.get(key, "")).lower().replace("_", "").replace("-", "") for key in _LOSSES]
    return any(kind in word for word in words for kind in _SEVERAL)


def _recipe(values: Mapping[str, Any], recipe: StatedRecipe) -> StatedRecipe:
    mean, std = _first(values, _MEANS, MEANS), _first(values, _STDS, STDS)
    if mean is not None and std is not None:
        recipe = replace(recipe, mean=mean, std=std)
    size = next((found for key in _SIZES if (found := _size(values.get(key)))), None)
    return recipe if size is None else replace(recipe, input_size=size)


def _first(
    values: Mapping[str, Any], names: tuple[str, ...], allowed: tuple[float, float]
) -> tuple[float, float, float] | None:
    """Three numbers on the scale 0 to 1; what is larger counts grey levels."""
    low, high = allowed
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
        if all(low * scale <= number <= high * scale for number in value):
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
    low, high = INPUT_SIDES
    return (height, width) if low <= height <= high and low <= width <= high else None
