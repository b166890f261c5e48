"""The values that are known while a TorchScript program is interpreted."""

from __future__ import annotations

from collections.abc import Iterator
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
        template: its form as an argument of an operator: a number, a list, a dictionary, or a
            ``Ref``.
        real: its value for the example picture.
        path: path of its module, for modules and weights.
    """

    template: Any
    real: Any
    path: str = ""


def logits_among(known: KnownValue, place: int | None = None) -> Ref:
    """The class scores among the outputs of a script, which may be a tuple or a dictionary.

    Args:
        known: all that it puts out.
        place: which of all tensors in it is taken; None for the class scores.
    """
    tensors = list(_tensors(known.template, known.real))
    if place is not None:
        return tensors[place][0]
    for axes in (2, 4):
        for template, real in tensors:
            if real.dim() == axes:
                return template
    raise UnconvertibleError("no class scores")


def _tensors(template: Any, real: Any) -> Iterator[tuple[Ref, Tensor]]:
    """The tensors in lists and dictionaries, in the order of ``tensors_by_path``."""
    if isinstance(template, Ref) and isinstance(real, Tensor):
        yield template, real
    elif isinstance(template, list):
        for each, value in zip(template, real, strict=True):
            yield from _tensors(each, value)
    elif isinstance(template, dict):
        for key, each in template.items():
            yield from _tensors(each, real[key])


def copied(template: Any) -> Any:
    """A copy that does not change when the script changes its list or dictionary."""
    if isinstance(template, dict):
        return {key: copied(item) for key, item in template.items()}
    return [copied(item) for item in template] if isinstance(template, list) else template


def is_plain(value: Any) -> bool:
    """Whether a value is a number, a text, None, or a list or dictionary of such."""
    if isinstance(value, dict):
        return all(is_plain(item) for item in value.values())
    if isinstance(value, list | tuple):
        return all(is_plain(item) for item in value)
    return value is None or isinstance(value, bool | int | float | str)
