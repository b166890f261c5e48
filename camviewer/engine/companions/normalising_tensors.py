"""Mean and deviation among a checkpoint's tensors: networks that normalise pictures themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from camviewer.engine.companions.config_json import Stated, StatedRecipe

if TYPE_CHECKING:
    from torch import Tensor

_MEAN = re.compile(r"(^|.*[._])mean")
_RGB = 3
_LEVELS = 255.0
_LEAST_STD, _MOST_STD = 0.003, 1.0
"""Range of deviations on the scale 0 to 1 that preprocessing has."""


@dataclass(frozen=True, eq=False)
class NormalisingTensors:
    """What a network does to pictures of 0 to 1 (or 0 to 255) before its first layer.

    Attributes:
        names: of the tensors.
        stated: the recipe that they make.
    """

    names: tuple[str, ...]
    stated: Stated


def normalising_tensors(tensors: Mapping[str, Tensor], source: str) -> NormalisingTensors | None:
    """The mean and deviation that a network keeps as buffers; None when it keeps none, or several.

    Args:
        tensors: of a checkpoint, by name.
        source: name of its file, for sentences.
    """
    found = []
    for name, tensor in tensors.items():
        if not _MEAN.fullmatch(name):
            continue
        other = f"{name.removesuffix('mean')}std"
        mean, std = _numbers(tensor), _numbers(tensors.get(other))
        recipe = None if mean is None or std is None else _recipe(mean, std)
        if recipe is not None:
            found.append((name, other, recipe))
    if len({recipe for *_, recipe in found}) != 1:
        return None
    mean_name, std_name, recipe = found[0]
    words = f"{mean_name} and {std_name} among the tensors of {source}"
    names = tuple(name for pair in found for name in pair[:2])
    return NormalisingTensors(names, Stated(source=words, recipe=recipe))


def _numbers(tensor: Tensor | None) -> tuple[float, ...] | None:
    """One number or three, whatever sides of length 1 stand around them."""
    if tensor is None or not tensor.is_floating_point() or tensor.numel() not in {1, _RGB}:
        return None
    if tensor.dim() and max(tensor.shape) != tensor.numel():
        return None
    return tuple(round(value, 6) for value in tensor.flatten().tolist())


def _recipe(mean: tuple[float, ...], std: tuple[float, ...]) -> StatedRecipe | None:
    scale = _LEVELS if max(*mean, *std) > 1.0 else 1.0
    means, stds = ([value / scale for value in each] for each in (mean, std))
    if not all(0.0 <= value <= 1.0 for value in means):
        return None
    if not all(_LEAST_STD <= value <= _MOST_STD for value in stds):
        return None
    red, green, blue = means if len(means) == _RGB else means * _RGB
    std_red, std_green, std_blue = stds if len(stds) == _RGB else stds * _RGB
    return StatedRecipe(mean=(red, green, blue), std=(std_red, std_green, std_blue))
