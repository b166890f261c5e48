"""What may be told of a method, in plain data that imports nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Cost(StrEnum):
    """How long a method takes, next to one pass through the network."""

    INSTANT = "instant"
    FAST = "fast"
    SLOW = "slow"


class ScoreKind(StrEnum):
    """Which number of a class a map explains."""

    LOGIT = "logit"
    LOG_PROBABILITY = "log-probability"
    PROBABILITY = "probability"


OptionValue = bool | int | float | str
"""What an option of a method may be set to."""

OptionValues = tuple[tuple[str, OptionValue], ...]
"""Options by name, in the order of the method's own list."""


@dataclass(frozen=True)
class MethodOption:
    """Something of a method that the user may set.

    Attributes:
        key: its name on the command line and in the sidecar.
        title: its name on screen.
        default: also tells its type.
        summary: one line that says what it does.
        low: the smallest number that is allowed.
        high: the largest number that is allowed.
        choices: the words that are allowed, for text.
        picks: what the text names, so that the window can offer it: ``class``, ``classes`` or
            ``layers``; numbers or names with commas between them.
    """

    key: str
    title: str
    default: OptionValue
    summary: str
    low: float = 0.0
    high: float = 1e9
    choices: tuple[str, ...] = ()
    picks: str = ""


@dataclass(frozen=True)
class MethodInfo:
    """One way to make a heatmap, as far as it can be told in words.

    Attributes:
        id: the name on the command line, for example ``grad-cam``.
        title: the name on screen.
        summary: one line that a non-expert understands.
        citation: the paper.
        cost: instant, fast or slow.
        unit: what a value of its raw map means.
        group: the head that it is listed under.
        defined_for: which models and layers it is defined for, in words.
        options: what the user may set.
        scores: which numbers of a class it can explain.
        fixed_layer: what is said in place of a layer when the user cannot choose one.
        classless: whether the map is the same for every class.
        detail: how much larger than trained the input is best for it.
        signed: whether what speaks against the class belongs to what it says.
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
    fixed_layer: str = ""
    classless: bool = False
    detail: float = 1.0
    signed: bool = False
