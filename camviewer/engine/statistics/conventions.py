"""The usual ways to turn pixels into the numbers that a network is fed."""

from __future__ import annotations

from math import isclose

from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.statistics.verdict import Convention

IN_USE = "the preprocessing in use"
_CLOSE = 0.02
"""Means and deviations that differ by less than this share of a deviation are one convention."""

_BYTE = 1 / 255
CONVENTIONS = (
    Convention("ImageNet's mean and deviation", (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
    Convention("mean 0.5, deviation 0.5", (0.5, 0.5, 0.5), (0.5, 0.5, 0.5)),
    Convention("values of 0 to 1", (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)),
    Convention("values of 0 to 255", (0.0, 0.0, 0.0), (_BYTE, _BYTE, _BYTE)),
    Convention(
        "Caffe's means of 0 to 255",
        (123.68 / 255, 116.779 / 255, 103.939 / 255),
        (_BYTE, _BYTE, _BYTE),
    ),
    Convention(
        "Caffe's means of 0 to 255, blue first",
        (123.68 / 255, 116.779 / 255, 103.939 / 255),
        (_BYTE, _BYTE, _BYTE),
        blue_first=True,
    ),
    Convention(
        "CLIP's mean and deviation",
        (0.48145466, 0.4578275, 0.40821073),
        (0.26862954, 0.26130258, 0.27577711),
    ),
    Convention(
        "values of −1024 to 1024 (TorchXRayVision)", (0.5, 0.5, 0.5), (1 / 2048, 1 / 2048, 1 / 2048)
    ),
)


def in_use(recipe: Recipe) -> Convention:
    """The convention of a recipe, by its usual name where it has one."""
    own = Convention(IN_USE, recipe.mean, recipe.std)
    known = next((one for one in CONVENTIONS if is_same(one, own)), None)
    return own if known is None else Convention(known.title, recipe.mean, recipe.std)


def others(recipe: Recipe, published: tuple[Recipe, ...]) -> tuple[Convention, ...]:
    """The conventions to try beside a recipe's own, each once.

    Args:
        recipe: that is in use.
        published: further recipes that the architecture's weights were published with.
    """
    found = [Convention(IN_USE, recipe.mean, recipe.std)]
    theirs = (
        Convention(f"mean {_numbers(one.mean)}, deviation {_numbers(one.std)}", one.mean, one.std)
        for one in published
    )
    for convention in (*CONVENTIONS, *theirs):
        if not any(is_same(convention, one) for one in found):
            found.append(convention)
    return tuple(found[1:])


def is_same(first: Convention, second: Convention) -> bool:
    """Whether no statistics could tell two conventions apart."""
    return first.blue_first == second.blue_first and all(
        abs(mean - other_mean) <= _CLOSE * min(std, other_std)
        and isclose(std, other_std, rel_tol=_CLOSE)
        for mean, other_mean, std, other_std in zip(
            first.mean, second.mean, first.std, second.std, strict=True
        )
    )


def _numbers(values: tuple[float, float, float]) -> str:
    shown = [f"{value:.4g}" for value in values]
    return shown[0] if len(set(shown)) == 1 else " / ".join(shown)
