"""Defines the command line options for a model's preprocessing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from camviewer.cli.parameters import bands_option, values_option
from camviewer.engine.architectures.network_changes import ACTIVATIONS
from camviewer.engine.geometry.geometry import INTERPOLATIONS, RGB_CHANNELS, Recipe, ResizeMode
from camviewer.engine.geometry.input_scale import (
    InputScale,
    bands_of_words,
    scale_of_words,
    scale_words,
)
from camviewer.engine.results.values import NO_ACTIVATION

_Command = TypeVar("_Command", bound=Callable[..., Any])

OUTPUT_ACTIVATIONS = ("softmax", "sigmoid", NO_ACTIVATION)
"""What can make answers of a network's outputs."""
_ORDERS = ("rgb", "bgr")
_LEVELS = 255.0
"""Scale of means and deviations above 2, which count as grey levels."""


class _Size(click.ParamType[tuple[int, int]]):
    """An input size such as 224 or 320x240 (width x height); becomes (h, w)."""

    name = "size"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value
        sides = str(value).lower().replace("\u00d7", "x").split("x")
        if len(sides) not in {1, 2} or not all(side.strip().isdecimal() for side in sides):
            self.fail(f"{value!r} is no size like 224 or 320x240.", param, ctx)
        return int(sides[-1]), int(sides[0])


class _Channels(click.ParamType[tuple[float, ...]]):
    """One number for each channel, or one for all."""

    name = "channels"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, ...]:
        if isinstance(value, tuple):
            return value
        try:
            numbers = [float(part) for part in str(value).replace(",", " ").split()]
        except ValueError:
            numbers = []
        if not numbers:
            self.fail(f"{value!r} is not a list of numbers like 0.485,0.456,0.406.", param, ctx)
        if max(numbers) > 2.0:
            numbers = [number / _LEVELS for number in numbers]
        return tuple(numbers)


class _Activations(click.ParamType[tuple[str, ...]]):
    """Names of activations between commas."""

    name = "activations"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        names = tuple(name.strip() for name in str(value).lower().split(","))
        for name in names:
            if name not in ACTIVATIONS:
                self.fail(f"{name!r} is none of {', '.join(ACTIVATIONS)}.", param, ctx)
        return names


_OPTIONS = (
    click.option(
        "--input-size", type=_Size(), metavar="WIDTHxHEIGHT", help="In pixels; one number for both."
    ),
    click.option(
        "--crop", type=float, metavar="SHARE", help="The part of the resized picture, 0.05 to 1."
    ),
    click.option(
        "--resize",
        type=click.Choice([mode.value for mode in ResizeMode]),
        help="Which side is made to fit: the shorter one; both, which squashes; or the longer one, "
        "with a border beside the shorter one.",
    ),
    click.option("--interpolation", type=click.Choice(INTERPOLATIONS)),
    click.option(
        "--mean",
        type=_Channels(),
        metavar="R,G,B",
        help="Taken from each channel, on the scale 0 to 1 (or 0 to 255).",
    ),
    click.option(
        "--std", type=_Channels(), metavar="R,G,B", help="Each channel is divided by it then."
    ),
    click.option(
        "--channel-order",
        type=click.Choice(_ORDERS),
        help="Whether the network takes red or blue as its first channel.",
    ),
    bands_option,
    values_option,
    click.option("--reset", is_flag=True, help="Begin with what was found at the import."),
    click.option(
        "--activation",
        type=click.Choice(OUTPUT_ACTIVATIONS),
        help="softmax for one class of all, sigmoid for each class by itself, none for values.",
    ),
    click.option("--unit", metavar="WORDS", help="Of the values, as in --unit years."),
    click.option(
        "head_activations",
        "--head-activation",
        type=_Activations(),
        metavar="NAME[,NAME]...",
        help="What stands between the linear layers of a head, which weights do not tell: one for "
        f"all places or one for each, of {', '.join(ACTIVATIONS)}.",
    ),
    click.option(
        "--labels",
        type=Path,
        metavar="FILE",
        help="Other names for the classes: one per line, lines of index,name, or JSON.",
    ),
)


def edit_options(command: _Command) -> _Command:
    """Adds all options of preprocessing to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def edited_recipe(current: Recipe, published: Recipe, wishes: Mapping[str, Any]) -> Recipe | None:
    """The recipe with the user's changes; None when there are none."""
    fields = {
        "input_size": "input_size",
        "crop": "crop_fraction",
        "resize": "resize_mode",
        "interpolation": "interpolation",
        "mean": "mean",
        "std": "std",
        "channel_order": "blue_first",
        "bands": "bands",
        "values": "scale",
    }
    changes = {
        field: wishes[option] for option, field in fields.items() if wishes[option] is not None
    }
    if not changes and not wishes["reset"]:
        return None
    if "blue_first" in changes:
        changes["blue_first"] = changes["blue_first"] == _ORDERS[1]
    if "resize_mode" in changes:
        changes["resize_mode"] = ResizeMode(changes["resize_mode"])
    if "bands" in changes:
        changes["bands"] = bands_of_words(changes["bands"])
    if "scale" in changes:
        changes["scale"] = scale_of_words(changes["scale"])
    recipe = published if wishes["reset"] else current
    for field in ("mean", "std"):
        if field in changes:
            changes[field] = _one_each(changes[field], recipe.channels)
    return replace(recipe, **changes)


def _one_each(numbers: tuple[float, ...], channels: int) -> tuple[float, ...]:
    """One number for each channel of a network; three for those of colours and of grey."""
    if len(numbers) > 1:
        return numbers
    return numbers * (RGB_CHANNELS if channels == 1 else channels)


def recipe_words(recipe: Recipe) -> str:
    """Gives ``bicubic, shorter side, crop 87.5%, mean 0.485 0.456 0.406, std ...``."""
    resize = {
        ResizeMode.SHORTER: "shorter side",
        ResizeMode.SQUASH: "squashed",
        ResizeMode.BORDER: "with a border",
    }[recipe.resize_mode]
    mean, std = (
        " ".join(f"{value:.3g}" for value in each)
        for each in (recipe.channel_means, recipe.channel_stds)
    )
    order = ", blue first" if recipe.blue_first else ""
    values = "" if recipe.scale == InputScale() else f", values {scale_words(recipe.scale)}"
    bands = f", bands {','.join(map(str, recipe.bands))}" if recipe.bands else ""
    return (
        f"{recipe.interpolation}, {resize}, crop {recipe.crop_fraction:.4g}, mean {mean}, std {std}"
        f"{order}{values}{bands}"
    )
