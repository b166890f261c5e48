"""The usual ways to turn pixels into the numbers that a network is fed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isclose

from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.statistics.check_result import (
    IN_USE,
    Convention,
    PublishedRecipe,
    numbers_words,
)

_BLUE_FIRST, _RED_FIRST = ", blue first", ", red first"
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
    own = Convention(IN_USE, recipe.mean, recipe.std, recipe.blue_first)
    known = (*CONVENTIONS, *(in_other_order(one) for one in CONVENTIONS))
    title = next((one.title for one in known if is_same(one, own)), own.title)
    return replace(own, title=title)


def in_other_order(convention: Convention) -> Convention:
    """The same numbers with blue and red exchanged."""
    if convention.blue_first:
        title = convention.title.removesuffix(_BLUE_FIRST)
        title += _RED_FIRST if title == convention.title else ""
    else:
        title = convention.title.removesuffix(_RED_FIRST)
        title += _BLUE_FIRST if title == convention.title else ""
    return replace(convention, title=title, blue_first=not convention.blue_first)


def others(own: Convention, published: Sequence[PublishedRecipe]) -> tuple[Convention, ...]:
    """The conventions to try beside the one in use, each once; its other order comes last.

    Args:
        own: that is in use.
        published: recipes that weights of the architecture were published with.
    """
    found = [own, in_other_order(own)]
    theirs = (_of(one) for one in published)
    for convention in (*CONVENTIONS, *theirs):
        if not any(is_same(convention, one) for one in found):
            found.append(convention)
    return (*found[2:], found[1])


def is_same(first: Convention, second: Convention) -> bool:
    """Whether no statistics could tell two conventions apart."""
    return first.blue_first == second.blue_first and has_same_numbers(first, second)


def has_same_numbers(first: Convention, second: Convention) -> bool:
    """The same, whatever the order of the channels."""
    return all(
        abs(mean - other_mean) <= _CLOSE * min(std, other_std)
        and isclose(std, other_std, rel_tol=_CLOSE)
        for mean, other_mean, std, other_std in zip(
            first.mean, second.mean, first.std, second.std, strict=True
        )
    )


def _of(published: PublishedRecipe) -> Convention:
    recipe = published.recipe
    numbers = f"mean {numbers_words(recipe.mean)}, deviation {numbers_words(recipe.std)}"
    title = f"{numbers} of {published.source}"
    return Convention(title, recipe.mean, recipe.std, recipe.blue_first)
