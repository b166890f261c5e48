"""Presents models with one output, whose sigmoid is the probability of one class, as two classes.

The classes are *against* and *for*, with the logits -z and z. Class 0 is against and 1 is for, as
Keras and scikit-learn number the classes of such models.
"""

from __future__ import annotations

from collections.abc import Sequence

from camviewer.engine.errors import CamviewerError

SIDES = 2
_UNNAMED = ("class 0", "class 1")
_NOTE = "It puts out one number:"


def both_names(names: Sequence[str]) -> tuple[str, str]:
    """The names (against, for) of a model with one output.

    Args:
        names: both names, or only that of the class whose probability the output is; empty when
            they are unknown.
    """
    if len(names) == SIDES:
        return names[0], names[1]
    if not names or names[0] == _UNNAMED[0]:  # which stood for no name in models kept before
        return _UNNAMED
    return f"not {names[0]}", names[0]


def one_output_note(names: Sequence[str]) -> str:
    """The note on such a model.

    Args:
        names: (against, for).
    """
    against, in_favour = names
    return (
        f"{_NOTE} its sigmoid is the probability of {in_favour} (for, class 1), "
        f"and the rest that of {against} (against, class 0)."
    )


def without_one_output_note(notes: Sequence[str]) -> tuple[str, ...]:
    """The notes on a model without that one, which says nothing of a value."""
    return tuple(note for note in notes if not note.startswith(_NOTE))


def require_sigmoid(name: str, activation: str | None) -> None:
    """Checks that one output is not combined with a softmax.

    Raises:
        CamviewerError: it is.
    """
    if activation == "softmax":
        raise CamviewerError(
            f"{name} puts out one number, and the softmax of one number is 100% for every picture.",
            "Choose sigmoid (several classes), none for a value, or leave it to the file.",
        )
