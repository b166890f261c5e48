"""Defines the options by which commands explain pictures, and what they say together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from camviewer.cli.parameters import (
    Command,
    input_options,
    look_of,
    look_options,
    map_options,
    model_option,
    page_option,
    placement_options,
    target_option,
)
from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.results.method_info import ScoreKind

if TYPE_CHECKING:
    from camviewer.engine.render.look import Look


@dataclass(frozen=True)
class MapChoice:
    """Which maps are made of pictures, and how; it holds for every picture.

    Attributes:
        model: id of the model; None for the embedded one.
        page: which page or frame of each file, from 0.
        bands: numbers of the bands that it is fed; None for its recipe's.
        values: which values it is fed as 0 and 1; None for its recipe's.
        class_words: the class in the user's words; None for the most probable class.
        target_words: what is explained, as text; None for the class.
        method: id of the method; None for the first that is defined.
        layer: dotted name; None for the method's default.
        score: the score of the class that is explained.
        option_words: options of the method, each as ``key=value``.
        nominal: whether to ignore the measured offset.
        mode: placement.
        detail: input size in trained input sizes; None for the method's best.
        look: how overlays are drawn.
        tensor: which of several tensors the model's file gives; None for its own.
        layers: dotted names separated by commas; None for the method's own choice.
        versus: classes to compare with, as the user named them; None for the nearest.
        bfloat16: whether to score the many pictures of a slow method in bfloat16.
    """

    model: str | None
    page: int
    bands: str | None
    values: str | None
    class_words: str | None
    target_words: str | None
    method: str | None
    layer: str | None
    score: ScoreKind
    option_words: tuple[str, ...]
    nominal: bool
    mode: PlacementMode
    detail: float | None
    look: Look
    tensor: str | None = None
    layers: str | None = None
    versus: str | None = None
    bfloat16: bool = False


def map_choice_options(command: Command) -> Command:
    """Adds the options that ``map_choice`` takes."""
    for decorate in (
        look_options,
        partial(placement_options, default_detail="what the method is best at: 1, or 2 for fc-cam"),
        map_options,
        click.option(
            "--method",
            metavar="ID",
            help="How the map is made; `camviewer methods` lists them.  [default: the first of "
            "them that the model and the layer allow]",
        ),
        target_option,
        click.option(
            "class_words",
            "--class",
            metavar="NAME|INDEX",
            help="Explain this class: its index, its name, or a part that only its name has.  "
            "[default: the most probable one]",
        ),
        input_options,
        page_option,
        model_option,
    ):
        command = decorate(command)
    return command


def map_choice(words: Mapping[str, Any]) -> MapChoice:
    """What the options of ``map_choice_options`` say, and further ones of ``MapChoice`` by name.

    Raises:
        CamviewerError: the colormap does not exist, or not for this kind of map.
    """
    named = dict(words)
    look = look_of(named.pop("colormap"), signed=named.pop("signed"), opacity=named.pop("opacity"))
    return MapChoice(
        look=look,
        page=named.pop("page") - 1,
        mode=PlacementMode(named.pop("placement")),
        option_words=named.pop("options"),
        **named,
    )
