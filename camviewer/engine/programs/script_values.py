"""The values that are known while a TorchScript program is interpreted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from torch import Tensor

from camviewer.engine.programs.program import Ref


class UnconvertibleError(Exception):
    """The script cannot be expressed as a plain list of operators."""


@dataclass(frozen=True, eq=False)
class KnownValue:
    """A value of the script.

    Attributes:
        template: its form as an argument of an operator: a number, a list, or a ``Ref``.
        real: its value for the example picture.
        path: path of its module, for modules and weights.
    """

    template: Any
    real: Any
    path: str = ""


def logits_among(known: KnownValue) -> Ref:
    """The class scores among the outputs of a script, which may be a tuple or a dictionary."""
    templates, reals = (
        (known.template, known.real)
        if isinstance(known.template, list)
        else ([known.template], [known.real])
    )
    for template, real in zip(templates, reals, strict=True):
        if isinstance(template, Ref) and isinstance(real, Tensor) and real.dim() == 2:
            return template
    raise UnconvertibleError("no class scores")


def copied(template: Any) -> Any:
    """A copy that does not change when the script appends to its list."""
    return [copied(item) for item in template] if isinstance(template, list) else template


def is_plain(value: Any) -> bool:
    """Whether a value is a number, a text, None, or a list of such."""
    if isinstance(value, list | tuple):
        return all(is_plain(item) for item in value)
    return value is None or isinstance(value, bool | int | float | str)
