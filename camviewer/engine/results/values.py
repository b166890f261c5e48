"""Networks that put out values and no class scores, as regressions do: their names and units."""

from __future__ import annotations

from collections.abc import Sequence

from camviewer.engine.results.one_output import SIDES, both_names
from camviewer.engine.results.without_classes import FEATURES

NO_ACTIVATION = "none"
"""The activation of such a model: its outputs are taken as they are."""

LONGEST_UNIT = 24
"""Maximum length of a unit, in characters; because it stands behind every value."""


def value_names(labels: Sequence[str], outputs: int) -> tuple[str, ...]:
    """The names of the outputs; ``output 0`` and so on where nobody has named them.

    Args:
        labels: as a pack keeps them, which has two names for a single output.
        outputs: number of the network's outputs.
    """
    if outputs == 1 and len(labels) == SIDES:
        labels = labels[1:] if tuple(labels) != both_names(()) else ("class 0",)
    return tuple(
        f"output {index}" if label in {f"class {index}", str(index)} else label
        for index, label in enumerate(labels)
    )


def class_count(outputs: int, activation: str = "") -> int:
    """Number of classes of a model with this number of outputs, and with this activation."""
    if activation == FEATURES:
        return 0
    return SIDES if outputs == 1 and activation != NO_ACTIVATION else outputs
