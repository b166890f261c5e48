"""Explains which evidence distinguishes a class from other classes."""

from __future__ import annotations

from dataclasses import replace

from torch import Tensor

from camviewer.engine.errors import CamviewerError
from camviewer.engine.methods.core.registry import ClassMap, Group, Needs, method, weighted_sum
from camviewer.engine.network.forward import Forward
from camviewer.engine.results.messages import Cost, Explains, MethodOption


@method(
    "finer-cam",
    title="Finer-CAM",
    summary="What sets the class apart from the classes that are most like it.",
    citation=(
        "Zhang, Gu, Chowdhury, Mai, Carlyn, Berger-Wolf, Su, Chao: Finer-CAM: Spotting the "
        "Difference Reveals Finer Details for Visual Explanation, CVPR 2025"
    ),
    cost=Cost.INSTANT,
    needs=Needs.GRADIENTS,
    unit="logit",
    group=Group.CONTRAST,
    explains=Explains.CLASS,
    options=(
        MethodOption(
            "versus",
            "Compare with",
            "",
            "Numbers of the classes to compare with; empty for those of the nearest scores.",
            picks="classes",
        ),
        MethodOption(
            "count",
            "How many",
            3,
            "How many of the nearest classes are taken when none are named.",
            1,
            20,
        ),
        MethodOption(
            "strength", "Strength", 0.6, "How much of what they share is taken away.", 0.0, 1.0
        ),
    ),
)
def finer_cam(
    forward: Forward, class_index: int, *, versus: str, count: int, strength: float
) -> ClassMap:
    """Grad-CAM of y_c - s mean_d y_d, over the reference classes d.

    Without ``versus`` these are the ``count`` classes with the nearest logits, as in the paper.
    """
    others = classes_named(versus, class_index, forward.logits) or nearest_classes(
        forward.logits, class_index, count
    )
    weights = {class_index: 1.0} | dict.fromkeys(others, -strength / len(others))
    importance = forward.mean_gradients_of_sum(weights)
    return replace(weighted_sum(importance, forward.activations), versus=others)


@method(
    "difference",
    title="Class difference",
    summary="Why this class and not that one: red speaks for this, blue for the other.",
    signed=True,
    citation="The difference of two CAMs (Zhou et al., CVPR 2016) or Grad-CAMs (Selvaraju et al.)",
    cost=Cost.INSTANT,
    needs=Needs.GRADIENTS,
    unit="logit",
    group=Group.CONTRAST,
    explains=Explains.CLASS,
    options=(
        MethodOption(
            "versus",
            "And not",
            "",
            "Number of the other class; empty for the one of the nearest score.",
            picks="class",
        ),
    ),
)
def difference(forward: Forward, class_index: int, *, versus: str) -> ClassMap:
    """M = M_c - M_d, where M_c is CAM below a pooled linear head and Grad-CAM elsewhere.

    Below a pooled linear head its mean over the cells, plus the difference of the two biases, is
    the difference of the two logits.
    """
    named = classes_named(versus, class_index, forward.logits)
    if len(named) > 1:
        raise CamviewerError(
            "The difference is that of two classes, and more were named.",
            "Name one other class, or choose Finer-CAM.",
        )
    others = named or nearest_classes(forward.logits, class_index, 1)
    (other,) = others
    importance = forward.mean_gradients_of_sum({class_index: 1.0, other: -1.0})
    if forward.head is not None:
        importance = importance * forward.cells
    return replace(weighted_sum(importance, forward.activations), versus=others)


def nearest_classes(logits: Tensor, class_index: int, count: int) -> tuple[int, ...]:
    """The classes whose logits (K,) are nearest to that of a class, nearest first.

    Raises:
        CamviewerError: there is no other class.
    """
    if len(logits) < 2:
        raise CamviewerError(
            "This model has one class only, so there is none to compare with.",
            "Choose another method.",
        )
    order = (logits - logits[class_index]).abs().argsort(stable=True).tolist()
    return tuple(index for index in order if index != class_index)[:count]


def classes_named(words: str, class_index: int, logits: Tensor) -> tuple[int, ...]:
    """The classes with the numbers in ``words``, such as ``281, 282``; empty for none.

    Raises:
        CamviewerError: one is not a number of a class, or is the class itself.
    """
    named: dict[int, None] = {}
    for word in words.replace(",", " ").split():
        if not word.isdecimal() or int(word) >= len(logits):
            raise CamviewerError(
                f"There is no class {word} to compare with.",
                f"Choose 0 to {len(logits) - 1}.",
            )
        named[int(word)] = None
    if class_index in named:
        raise CamviewerError(
            "A class cannot be compared with itself.", "Choose another class to compare with."
        )
    return tuple(named)
