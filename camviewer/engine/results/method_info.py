"""Defines the description of a method, as plain data without imports of the engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Cost(StrEnum):
    """How long a method takes compared with one pass through the network."""

    INSTANT = "instant"
    FAST = "fast"
    SLOW = "slow"


class ScoreKind(StrEnum):
    """Which score of a class a map explains."""

    LOGIT = "logit"
    LOG_PROBABILITY = "log-probability"
    PROBABILITY = "probability"


class Explains(StrEnum):
    """Which targets a method can explain, besides a class."""

    ANY = "any"
    CLASS_SUMS = "sums of class scores"
    CLASS = "classes"


OptionValue = bool | int | float | str
"""Value of a method's option."""

OptionValues = tuple[tuple[str, OptionValue], ...]
"""Options by name, in the order of the method's own list."""


@dataclass(frozen=True)
class MethodOption:
    """An option of a method.

    Attributes:
        key: its name on the command line and in the sidecar.
        title: its name on screen.
        default: its default, which also defines its type.
        summary: one line that says what it does.
        low: minimum of a number.
        high: maximum of a number.
        choices: allowed values of a text.
        picks: what the text lists, for the window to offer: ``class``, ``classes`` or ``layers``,
            as numbers or names separated by commas.
    """

    key: str
    title: str
    default: OptionValue
    summary: str
    low: float = 0.0
    high: float = 1e9
    choices: tuple[str, ...] = ()
    picks: str = ""


class BoundLayer(StrEnum):
    """The layer that a method is bound to."""

    ANY = "any"
    CAM = "cam"
    """The layer whose spatial mean is the input of the linear head."""
    DEFAULT = "default"


@dataclass(frozen=True)
class MethodInfo:
    """The description of a method.

    Attributes:
        id: the name on the command line, for example ``grad-cam``.
        title: the name on screen.
        summary: one line that a non-expert understands.
        citation: the paper.
        cost: instant, fast or slow.
        unit: unit of its raw values.
        group: the heading that it is listed under.
        defined_for: which models and layers it is defined for, in words.
        options: its options.
        scores: the scores of a class that it can explain.
        explains: the targets that it can explain.
        fixed_layer: shown in place of a layer when the user cannot choose one.
        classless: whether the map is the same for every class.
        detail: the best input size for it, in trained input sizes.
        signed: whether negative values are part of the explanation.
        bound_layer: the layer that it is bound to, where the user could choose another one.
        additive: whether the mean of its cells, plus the bias, is the logit.
        channel_option: key of the option that picks one channel of the layer; empty for methods
            that show more than one channel.
        stands_in_for: id of a method that it can be used in place of, where that is not defined.
        coloured: share of a map's values whose size colours tell apart, 0 to 1.
    """

    id: str
    title: str
    summary: str
    citation: str
    cost: Cost
    unit: str
    group: str = ""
    defined_for: str = ""
    options: tuple[MethodOption, ...] = ()
    scores: tuple[ScoreKind, ...] = tuple(ScoreKind)
    explains: Explains = Explains.ANY
    fixed_layer: str = ""
    classless: bool = False
    detail: float = 1.0
    signed: bool = False
    bound_layer: BoundLayer = BoundLayer.ANY
    additive: bool = False
    channel_option: str = ""
    stands_in_for: str = ""
    coloured: float = 1.0


def method_for_any_layer(methods: Iterable[MethodInfo]) -> MethodInfo | None:
    """The first method that explains a class at once on every layer with a grid."""
    return next(
        (
            method
            for method in methods
            if method.bound_layer is BoundLayer.ANY
            and method.cost is Cost.INSTANT
            and not (method.fixed_layer or method.classless)
        ),
        None,
    )


def channel_method(methods: Iterable[MethodInfo]) -> MethodInfo | None:
    """The method that shows one channel of a layer."""
    return next((method for method in methods if method.channel_option), None)


def usual_method(methods: Sequence[tuple[MethodInfo, str]]) -> str:
    """The id of the method for those who have chosen none, or one that is not defined.

    What takes long, needs an enlarged picture, or shows a part that must be picked is for the user
    to choose.

    Args:
        methods: each with the reason why it is undefined, which is empty if it is defined.
    """
    usable = [info for info, refusal in methods if not refusal]
    instant = [info for info in usable if info.cost is Cost.INSTANT]
    whole = [info for info in instant if not info.options]
    return (whole or instant or usable)[0].id
