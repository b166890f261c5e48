"""Defines options that several commands share, and parses their values.

Nothing here imports numpy or torch before a command runs, so that help is instant.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from camviewer.engine.geometry.geometry import DETAILS, PlacementMode
from camviewer.engine.geometry.input_scale import bands_of_words
from camviewer.engine.results.method_info import ScoreKind

if TYPE_CHECKING:
    from camviewer.api import Model
    from camviewer.engine.render.look import Look

_SOFTMAX = "softmax"

Command = TypeVar("Command", bound=Callable[..., Any])


class _Detail(click.ParamType[float]):
    """A magnification such as 1.5 or 1.5x."""

    name = "detail"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        words = ", ".join(f"{detail:g}" for detail in DETAILS)
        try:
            detail = float(str(value).lower().removesuffix("x"))
        except ValueError:
            detail = 0.0
        if detail not in DETAILS:
            self.fail(f"{value!r} is not one of {words}.", param, ctx)
        return detail


def placement_options(command: Command, default_detail: str = "1") -> Command:
    """Adds ``--placement`` and ``--detail``.

    A default of the detail in words means that the command gets None.
    """
    command = click.option(
        "--detail",
        type=_Detail(),
        default=DETAILS[0] if default_detail == "1" else None,
        metavar="|".join(f"{detail:g}" for detail in DETAILS),
        help=f"How much larger than trained the input is.  [default: {default_detail}]",
    )(command)
    return click.option(
        "--placement",
        type=click.Choice([mode.value for mode in PlacementMode]),
        default=PlacementMode.CROP.value,
        show_default=True,
        help="What the network sees: the trained centre crop, the whole picture in its own "
        "shape, or the whole picture stretched to the trained shape.",
    )(command)


def map_options(command: Command) -> Command:
    """Adds ``--layer``, ``--score``, ``--option`` and ``--nominal``, for how maps are made."""
    for option in (
        click.option(
            "--nominal",
            is_flag=True,
            help="Lay maps as other programs do, without the measured offset of their grid.",
        ),
        click.option(
            "options",
            "--option",
            metavar="KEY=VALUE",
            multiple=True,
            help="Set something of the method, as in --option seed=1; `camviewer methods` lists "
            "what there is.  May be given several times.",
        ),
        click.option(
            "--score",
            type=click.Choice([*(kind.value for kind in ScoreKind), _SOFTMAX]),
            default=ScoreKind.LOGIT.value,
            show_default=True,
            callback=lambda _context, _option, word: _score(word),
            help="Which number of the class is explained; softmax is another word for probability.",
        ),
        click.option(
            "--layer",
            metavar="NAME",
            help="Where maps are made; `camviewer layers` lists the layers.  "
            "[default: the method's own]",
        ),
    ):
        command = option(command)
    return command


def _score(word: str) -> ScoreKind:
    return ScoreKind.PROBABILITY if word == _SOFTMAX else ScoreKind(word)


def look_options(command: Command) -> Command:
    """Adds ``--colormap``, ``--signed`` and ``--opacity``, which ``look_of`` takes."""
    for option in (
        click.option(
            "--opacity",
            type=click.FloatRange(0.0, 1.0),
            default=0.6,
            show_default=True,
            help="Of an overlay's strongest colours.",
        ),
        click.option("--signed", is_flag=True, help="Show what speaks against the class as well."),
        click.option(
            "--colormap",
            metavar="NAME",
            help="Colours of overlays: inferno, viridis, magma, cividis, turbo, jet; for signed "
            "maps vik, RdBu_r, berlin.",
        ),
    ):
        command = option(command)
    return command


def json_option(command: Command) -> Command:
    """Adds ``--json``."""
    return click.option(
        "as_json", "--json", is_flag=True, help="Print one JSON document and nothing else."
    )(command)


def target_option(command: Command) -> Command:
    """Adds ``--target``."""
    return click.option(
        "target_words",
        "--target",
        metavar="TARGET",
        help="What is explained: class:NAME, against:NAME (what lowers the class), "
        "difference:NAME:NAME (why the first more than the second), output:INDEX:up or "
        "output:INDEX:down (a number that the network puts out), like:PICTURE, "
        "unlike:PICTURE;PICTURE, or pixels:NAME@X,Y,W,H.  [default: the class]",
    )(command)


def model_option(command: Command) -> Command:
    """Adds ``--model``."""
    return click.option(
        "--model",
        metavar="ID|FILE|FOLDER",
        help="Ask this model: one of those that `camviewer models` lists, or a file or folder, "
        "which is opened for this run only.  [default: the embedded one]",
    )(command)


def look_of(colormap: str | None, *, signed: bool, opacity: float) -> Look:
    """The look of the overlay; a colormap for signed maps makes it signed.

    Raises:
        CamviewerError: the colormap does not exist, or not for this kind of map.
    """
    from camviewer.engine.errors import CamviewerError  # noqa: PLC0415
    from camviewer.engine.render.look import (  # noqa: PLC0415
        COLORMAPS,
        SIGNED_COLORMAPS,
        Look,
    )

    if colormap is None:
        return Look(opacity=opacity, signed=signed)
    if colormap in SIGNED_COLORMAPS:
        return Look(opacity=opacity, signed=True, signed_colormap=colormap)
    if signed and colormap in COLORMAPS:
        raise CamviewerError(
            f"The colormap {colormap} has no middle for a signed map.",
            f"Choose one of {', '.join(SIGNED_COLORMAPS)}.",
        )
    if colormap not in COLORMAPS:
        raise CamviewerError(
            f"There is no colormap named {colormap}.",
            f"Choose one of {', '.join((*COLORMAPS, *SIGNED_COLORMAPS))}.",
        )
    return Look(opacity=opacity, colormap=colormap)


def rectangle_of(words: str | None) -> tuple[float, float, float, float] | None:
    """Parses a rectangle (x, y, width, height) in source pixels; None without one.

    Raises:
        CamviewerError: it is not four numbers, or it has no area.
    """
    if words is None:
        return None
    from camviewer.engine.errors import CamviewerError  # noqa: PLC0415

    try:
        x, y, width, height = (float(word) for word in words.split(","))
    except ValueError:
        width = height = 0.0
    if not (width > 0.0 and height > 0.0):
        raise CamviewerError(
            f"{words} is not a rectangle.", "Give x,y,width,height in pixels: 40,60,200,150."
        )
    return x, y, width, height


def input_options(command: Command) -> Command:
    """Adds ``--bands`` and ``--values``."""
    for option in (values_option, bands_option):
        command = option(command)
    return command


def page_option(command: Command) -> Command:
    """Adds ``--page``, counted from 1."""
    return click.option(
        "--page",
        type=click.IntRange(min=1),
        default=1,
        metavar="N",
        show_default=True,
        help="Which page or frame of files that have several.",
    )(command)


def bands_option(command: Command) -> Command:
    """Adds ``--bands``."""
    return click.option(
        "--bands",
        metavar="N,N...",
        help="The picture's bands that the model is fed, from 1, in the order of its channels: "
        "8,4,3.  [default: what its preprocessing says, else luma, the colours or one for one]",
    )(command)


def values_option(command: Command) -> Command:
    """Adds ``--values``."""
    return click.option(
        "--values",
        metavar="auto|depth|LOW,HIGH|percentiles[:LOW,HIGH]|extremes",
        help="Which stored values the model is fed as 0 and 1: what the file says or a usual "
        "depth, the file's whole depth, two values in its units, percentiles, or each picture's "
        "own extremes.  [default: what its preprocessing says, else auto]",
    )(command)


def open_model(
    model: str | None = None,
    bands: str | None = None,
    values: str | None = None,
    tensor: str | None = None,
) -> Model:
    """A model, with the offsets that were measured on this machine; its remarks are printed.

    Args:
        model: its id or a file; the embedded one when None.
        bands: what ``--bands`` says.
        values: what ``--values`` says.
        tensor: what ``--tensor`` says.

    Raises:
        CamviewerError: there is none with this id, it is damaged, or it cannot be fed that.
    """
    from camviewer.api import load  # noqa: PLC0415  (torch alone takes a second)

    opened = load(
        model, bands=bands_of_words(bands) if bands else (), values=values or "", output=tensor
    )
    if opened.info.is_for_this_run:
        for remark in opened.info.remarks:
            click.echo(remark, err=True)
    return opened
