"""Says in words what a calibrated model adds to a verdict."""

from __future__ import annotations

from collections.abc import Sequence

from camviewer.engine.render.number_words import share_words
from camviewer.engine.results.confidence import Confidence

_SHOWN = 5
"""Maximum number of classes of a set that are named."""
UNLIKE = 0.99
"""Share of a run's pictures that lie nearer to its classes, from which a picture is unlike them."""


def set_words(confidence: Confidence, labels: Sequence[str]) -> str:
    """The set, as in "One of: tabby, tiger cat: right in 95% of cases like those of cats.run."."""
    names = [labels[index] for index in confidence.classes]
    share = share_words(confidence.coverage)
    right = f"right in {share} of cases like those of {confidence.run}"
    if len(names) == 1:
        return f"Only {names[0]}: {right}."
    shown = ", ".join(names[:_SHOWN])
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return f"One of: {shown}{more}: {right}."


def temperature_words(confidence: Confidence, labels: Sequence[str]) -> str:
    """The prediction, as in "Calibrated (temperature 1.40): tabby 31%."."""
    name = labels[confidence.class_index]
    return (
        f"Calibrated (temperature {confidence.temperature:.2f}): {name} "
        f"{share_words(confidence.probability)}."
    )


def unlike_words(confidence: Confidence) -> str:
    """How unlike the run's pictures this one is; empty where that is not known."""
    if confidence.nearer is None:
        return ""
    if confidence.nearer >= UNLIKE:
        return (
            f"Unlike the pictures of {confidence.run}: further from its classes than "
            f"{share_words(confidence.nearer)} of them, so the rest may not hold."
        )
    return (
        f"Like the pictures of {confidence.run}: further from its classes than "
        f"{share_words(confidence.nearer)} of them."
    )


def confidence_lines(confidence: Confidence, labels: Sequence[str]) -> tuple[str, ...]:
    """Everything, a sentence a line."""
    lines = (
        temperature_words(confidence, labels),
        set_words(confidence, labels),
        unlike_words(confidence),
    )
    return tuple(line for line in lines if line)
