"""Models with one output: a number for one class, which a sigmoid turns into its probability.

They present two classes, *against* and *for*, with the logits -z and z, in this order: 0 is
against and 1 is for, as Keras and scikit-learn number the classes of such models.
"""

from __future__ import annotations

from collections.abc import Sequence

from camviewer.engine.errors import CamviewerError

SIDES = 2
_UNNAMED = ("class 0", "class 1")


def class_count(outputs: int) -> int:
    """How many classes a model with so many outputs presents."""
    return SIDES if outputs == 1 else outputs


def both_names(names: Sequence[str]) -> tuple[str, str]:
    """(against, for) of a model with one output.

    Args:
        names: both of them, or that of the class alone whose probability the output is; none where
            nothing is known.
    """
    if len(names) == SIDES:
        return names[0], names[1]
    if not names or names[0] == _UNNAMED[0]:  # which stood for no name in models kept before
        return _UNNAMED
    return f"not {names[0]}", names[0]


def one_output_note(names: Sequence[str]) -> str:
    """What is to be said of such a model.

    Args:
        names: (against, for).
    """
    against, in_favour = names
    return (
        f"It puts out one number: its sigmoid is the probability of {in_favour} (for, class 1), "
        f"and the rest that of {against} (against, class 0)."
    )


def require_sigmoid(name: str, activation: str | None) -> None:
    """Checks that nobody wants one output to be read with a softmax.

    Raises:
        CamviewerError: it is to be.
    """
    if activation == "softmax":
        raise CamviewerError(
            f"{name} puts out one number, and the softmax of one number is 100% for every picture.",
            "Choose sigmoid (several classes), or leave it to the file.",
        )
