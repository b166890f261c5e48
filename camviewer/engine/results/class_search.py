"""Finds the class that a user means by an index, a name or a part of a name."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from camviewer.engine.errors import CamviewerError
from camviewer.engine.results.without_classes import require_classes

_NAMED = 8
_ALIKE = 0.5


def find_class(words: str, labels: Sequence[str]) -> int:
    """The index of the class that the words describe.

    They are an index, a whole name (matching case first, then any), or a part of a single name.

    Raises:
        CamviewerError: no class fits, or several do; the hint names them.
    """
    wanted = words.strip()
    require_classes(f"The class {wanted}", labels)
    if wanted.lstrip("-").isdecimal():
        return _by_index(int(wanted), labels)
    folded = wanted.casefold()
    for found in (
        [index for index, label in enumerate(labels) if label == wanted],
        [index for index, label in enumerate(labels) if label.casefold() == folded],
        [index for index, label in enumerate(labels) if folded and folded in label.casefold()],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            raise CamviewerError(
                f"{len(found)} classes are meant by {wanted}.",
                f"Choose one by its index: {_listed(found, labels)}.",
            )
    raise CamviewerError(
        f"There is no class {wanted or 'without a name'}.",
        f"The closest are: {_listed(_closest(folded, labels), labels)}.",
    )


def split_names(words: str, labels: Sequence[str]) -> list[str]:
    """Splits a list of classes at commas, except for commas inside a class name."""
    names: list[str] = []
    pieces = [piece.strip() for piece in words.split(",")]
    folded = {label.casefold() for label in labels}
    while pieces:
        whole = next(
            (n for n in range(len(pieces), 1, -1) if ", ".join(pieces[:n]).casefold() in folded), 1
        )
        names.append(", ".join(pieces[:whole]))
        pieces = pieces[whole:]
    return [name for name in names if name]


def _by_index(index: int, labels: Sequence[str]) -> int:
    if 0 <= index < len(labels):
        return index
    raise CamviewerError(
        f"There is no class {index}: this model has {len(labels)} classes.",
        f"Choose 0 to {len(labels) - 1}.",
    )


def _closest(folded: str, labels: Sequence[str]) -> list[int]:
    """The classes whose names, or one word of them, are most similar to the words."""

    def likeness(index: int) -> float:
        label = labels[index].casefold()
        return max(SequenceMatcher(None, folded, part).ratio() for part in (label, *label.split()))

    ranked = sorted(range(len(labels)), key=likeness, reverse=True)[:3]
    alike = [index for index in ranked if likeness(index) >= _ALIKE]
    return alike or ranked


def _listed(indices: Sequence[int], labels: Sequence[str]) -> str:
    words = [f"{index} {labels[index]}" for index in indices[:_NAMED]]
    more = len(indices) - len(words)
    return ", ".join(words) + (f" and {more} more" if more else "")
