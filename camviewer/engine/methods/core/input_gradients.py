"""Computes gradients of the explained score by the network's input, and maps of pixels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial

import torch
from torch import Tensor

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.cell_grid import Registration
from camviewer.engine.methods.core.probe import Probe
from camviewer.engine.methods.core.registry import ClassMap, Group, Needs, method
from camviewer.engine.network.interruption import interruptible
from camviewer.engine.results.notes import Note
from camviewer.engine.support.numeric_comparison import all_finite, same_numbers

PASS_WITH_GRADIENT = 3.0
"""Cost of a pass and of the gradient by its input, in passes without gradients."""
PIXELS = Registration((1.0, 1.0))
"""The registration of a map with one cell for each input pixel."""

pixel_method = partial(
    method,
    needs=Needs.GRADIENTS,
    group=Group.PIXELS,
    fixed_layer="input pixels",
    signed=True,
    coloured=0.98,  # a few pixels are far larger than all others
    passes=lambda _effort: PASS_WITH_GRADIENT,
    probes=True,
)
"""Enters a method whose map has a cell for each input pixel; by default it takes one gradient."""


def input_gradient(
    probe: Probe,
    class_index: int,
    picture: Tensor | None = None,
    *,
    changed: Callable[[Tensor], AbstractContextManager[object]] | None = None,
    also_by: Sequence[Tensor] = (),
) -> tuple[Tensor, ...]:
    """The gradient of the explained score by the network's input.

    Args:
        probe: gives the network and the score.
        class_index: the class.
        picture: (1, C, h, w); the probe's own when None.
        changed: gives, for the tensor that the network is fed, a context around the pass that
            changes gradients and leaves all values as they are, which is checked.
        also_by: leaves that the context lets the score depend on.

    Returns:
        (C, h, w) for the picture, then (C, h, w) for each of ``also_by``; 0 where the score does
        not depend on it.

    Raises:
        CamviewerError: the score does not depend on the input, the gradient is not finite, the
            network overwrites what it needs, or the context changed the network's values.
    """
    values = (probe.picture if picture is None else picture).detach().clone().requires_grad_()
    probe.cancellation.check()
    with interruptible(probe.cancellation), torch.enable_grad():
        given = values.clone()  # the network's first layer may be in place
        with changed(given) if changed else nullcontext():
            logits = probe.classifier.network(given)
        if changed is not None and not same_numbers(logits[0], probe.forward.logits, 1e-3):
            raise CamviewerError(
                "This network's layers cannot be followed: with changed gradients its scores are "
                "not its own.",
                "Choose another method.",
            )
        score = probe.score.of(logits, class_index).sum()
        if not score.requires_grad:
            raise CamviewerError(
                "The class score does not depend on the picture by way of gradients.",
                "Choose Occlusion or another method that needs no gradients.",
            )
        gradients = _differentiated(score, [values, *also_by])
    probe.count_passes(1)
    if not all(all_finite(gradient) for gradient in gradients):
        raise CamviewerError(
            "The gradient by the picture is not finite in this network.", "Choose another method."
        )
    return tuple(gradient[0].detach() for gradient in gradients)


def _differentiated(score: Tensor, by: Sequence[Tensor]) -> tuple[Tensor, ...]:
    try:
        return torch.autograd.grad(score, list(by), materialize_grads=True)
    except RuntimeError as error:
        if "modified by an inplace operation" not in str(error):
            raise
        raise CamviewerError(
            "This network overwrites values that its gradient by the picture would need.",
            "Choose Grad-CAM on a late layer, or Occlusion, which needs no gradients.",
        ) from error


def over_channels(
    values: Tensor, notes: tuple[Note, ...] = (), registration: Registration = PIXELS
) -> ClassMap:
    """The sum over the input's channels of (C, h, w), as a map with a cell for each input pixel."""
    return ClassMap(values.sum(0), float(values.abs().sum(0).max()), registration, notes)
