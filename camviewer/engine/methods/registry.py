"""What a method is, and the list of all of them.

A method is a function ``(Forward, class_index) -> ClassMap`` with a ``@method(...)`` line above
it; the window, the command line and the tests find it here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from torch import Tensor

from camviewer.engine.errors import CamviewerError
from camviewer.engine.forward import Forward
from camviewer.engine.messages import Cost, MethodInfo


class Needs(Enum):
    """What a method must be given."""

    POOLED_LINEAR_HEAD = "pooled linear head"
    GRADIENTS = "gradients"
    ACTIVATIONS = "activations"


@dataclass(frozen=True, eq=False)
class ClassMap:
    """A raw map, and the size of what was summed up into it.

    Attributes:
        values: (h, w), signed.
        terms: the largest sum of absolute terms in any cell; a range far below it is noise.
    """

    values: Tensor
    terms: float


def weighted_sum(weights: Tensor, activations: Tensor) -> ClassMap:
    """Sum over channels of ``weights * activations``.

    Args:
        weights: (C,) or (C, h, w).
        activations: (C, h, w).
    """
    if weights.dim() == 1:
        weights = weights[:, None, None]
    products = weights * activations
    return ClassMap(products.sum(0), float(products.abs().sum(0).max()))


@dataclass(frozen=True)
class Method:
    """One way to make a heatmap: its words, its need and its function."""

    info: MethodInfo
    needs: Needs
    explain: Callable[[Forward, int], ClassMap]


_METHODS: dict[str, Method] = {}


def method(
    identifier: str,
    *,
    title: str,
    summary: str,
    citation: str,
    cost: Cost,
    needs: Needs,
    unit: str,
) -> Callable[[Callable[[Forward, int], ClassMap]], Callable[[Forward, int], ClassMap]]:
    """Enters a function into the registry."""

    def enter(explain: Callable[[Forward, int], ClassMap]) -> Callable[[Forward, int], ClassMap]:
        info = MethodInfo(identifier, title, summary, citation, cost, unit)
        _METHODS[identifier] = Method(info, needs, explain)
        return explain

    return enter


def all_methods() -> tuple[Method, ...]:
    """Every method, in the order of the registry."""
    return tuple(_METHODS.values())


def find_method(identifier: str) -> Method:
    """The method of that id.

    Raises:
        CamviewerError: there is none.
    """
    try:
        return _METHODS[identifier]
    except KeyError:
        known = ", ".join(_METHODS)
        raise CamviewerError(
            f"There is no method called {identifier}.", f"Choose one of: {known}."
        ) from None
