"""Networks that put out features and no classes: what stands where a class would."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from camviewer.engine.errors import CamviewerError

FEATURES = "features"
"""The activation of such a model: what it puts out is no score of anything."""

NO_CLASS = -1
"""The index of the class of a map when the model has none."""

WITHOUT_CLASSES = "this model puts out features and has no classes."
"""Why what needs a class cannot be had, as the end of a sentence."""

TEACH_CLASSES = (
    "camviewer train PICTURES --base FILE teaches it classes. See docs/models.md#without-classes."
)
"""The way out for who wants classes."""


def feature_names(count: int) -> tuple[str, ...]:
    """What a pack keeps in the place of class names."""
    return tuple(f"feature {index}" for index in range(count))


def require_no_labels(labels: Path | None) -> None:
    """Checks that nobody gives names to features.

    Raises:
        CamviewerError: somebody does.
    """
    if labels is not None:
        require_classes(f"The list {labels.name}", ())


def require_classes(what: str, labels: Sequence[str]) -> None:
    """Checks that a model has classes.

    Args:
        what: what cannot be had otherwise, as the beginning of a sentence.
        labels: its class names.

    Raises:
        CamviewerError: it has none.
    """
    if not labels:
        raise CamviewerError(f"{what} needs classes, and {WITHOUT_CLASSES}", TEACH_CLASSES)
