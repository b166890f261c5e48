"""Implements FullGrad, which attributes the score to the input pixels and to every bias."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn.functional import interpolate
from torch.nn.modules.batchnorm import _BatchNorm
from torch.utils.hooks import RemovableHandle

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.cell_grid import Registration
from camviewer.engine.methods.core.probe import Probe
from camviewer.engine.methods.core.registry import ClassMap, Group, Needs, method
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.interruption import interruptible
from camviewer.engine.results.messages import Cost
from camviewer.engine.results.notes import Note, NoteKind, Severity

_BENT = (
    nn.CELU,
    nn.ELU,
    nn.GELU,
    nn.Hardsigmoid,
    nn.Hardswish,
    nn.Hardtanh,
    nn.Mish,
    nn.SELU,
    nn.Sigmoid,
    nn.SiLU,
    nn.Softplus,
    nn.Tanh,
)
"""Activations whose tangent does not pass through 0; ReLU6 is a Hardtanh."""
_BENT_OF_TIMM = "timm.layers.activations"
_MISSING = 0.01
"""Minimum difference between the score and the sum of its parts, as a share of the score, that
is reported in a note."""


@dataclass(frozen=True, eq=False)
class FullGradients:
    """A score as a sum of gradient times input and gradient times bias.

    Attributes:
        score: the score itself.
        by_input: gradient times picture, (3, h, w).
        by_bias: gradient times bias of each call of a layer with one, (C, h, w) or (C,).
    """

    score: Tensor
    by_input: Tensor
    by_bias: tuple[Tensor, ...]

    @property
    def total(self) -> Tensor:
        """The sum of all parts: the score, if all layers are linear, elementwise or selecting."""
        return self.by_input.sum() + sum(
            (part.sum() for part in self.by_bias), self.by_input.new_zeros(())
        )

    @property
    def adds_up(self) -> bool:
        """Whether the parts sum to the score, up to rounding."""
        parts = float(self.by_input.abs().sum() + sum(one.abs().sum() for one in self.by_bias))
        missing = abs(float(self.score - self.total))
        return missing <= max(_MISSING * abs(float(self.score)), 1e-5 * parts)


def full_gradients(
    network: nn.Module, picture: Tensor, score_of: Callable[[Tensor], Tensor]
) -> FullGradients:
    """Attributes a score to the input and to the biases.

    Args:
        network: in eval mode.
        picture: (1, 3, h, w).
        score_of: (N,) of logits (N, K).
    """
    added: list[tuple[Tensor, Tensor]] = []
    with _watched(network, added), torch.enable_grad():
        values = picture.detach().clone().requires_grad_()
        score = score_of(network(values)).sum()
    tensors = [values, *(output for output, _ in added)]
    # torch's type stubs omit that an unused tensor has the gradient None.
    gradients = cast(
        "tuple[Tensor | None, ...]", torch.autograd.grad(score, tensors, allow_unused=True)
    )
    parts = [
        (gradient * bias)[0]
        for gradient, (_, bias) in zip(gradients[1:], added, strict=True)
        if gradient is not None
    ]
    by_input = torch.zeros_like(values) if gradients[0] is None else gradients[0] * values.detach()
    return FullGradients(score.detach(), by_input[0], tuple(parts))


@contextmanager
def _watched(network: nn.Module, added: list[tuple[Tensor, Tensor]]) -> Iterator[None]:
    """Appends (output, bias) to ``added`` for each call of a layer with a bias."""
    handles: list[RemovableHandle] = []
    tangents: list[Tensor] = []

    def keep(bias: Tensor) -> Callable[[nn.Module, object, Tensor], Tensor]:
        def hook(module: nn.Module, _inputs: object, output: Tensor) -> Tensor:
            planes = output.dim() == 4 and not isinstance(module, nn.Linear)
            added.append((output, bias[:, None, None] if planes else bias))
            return output.clone()  # an in-place layer that follows must change a copy

        return hook

    def before(module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        tangents.append(_at_zero(module, inputs[0].detach()))

    def after(_module: nn.Module, _inputs: object, output: Tensor) -> Tensor:
        added.append((output, tangents.pop()))
        return output.clone()

    try:
        for module in network.modules():
            bias = _bias(module)
            if bias is not None:
                handles.append(_adding_part(module).register_forward_hook(keep(bias)))
            elif isinstance(module, _BENT) or type(module).__module__ == _BENT_OF_TIMM:
                handles.append(module.register_forward_pre_hook(before))
                handles.append(module.register_forward_hook(after))
        yield
    finally:
        for handle in handles:
            handle.remove()


def _at_zero(activation: nn.Module, values: Tensor) -> Tensor:
    """s(z) - s'(z) z: the intercept of an activation's tangent at z, which acts as a bias."""
    with torch.enable_grad():
        leaf = values.clone().requires_grad_()
        output = activation.forward(leaf.clone())  # its hooks are not to see this
        (slope,) = torch.autograd.grad(output.sum(), leaf)
    bias: Tensor = output.detach() - slope * values
    return bias


def _adding_part(module: nn.Module) -> nn.Module:
    """The submodule whose output is the sum with the bias.

    timm's normalisation layers contain the following activation, so their own output is too late.
    """
    parts = list(module.children()) if isinstance(module, _BatchNorm) else []
    return parts[0] if parts else module


def _bias(module: nn.Module) -> Tensor | None:
    """A layer's bias, (C,); None when it has none."""
    if isinstance(module, _BatchNorm):
        mean, variance = module.running_mean, module.running_var
        if mean is None or variance is None:
            return None
        scale = (variance + module.eps).rsqrt()
        if module.affine:
            return (module.bias - mean * scale * module.weight).detach()
        return -mean * scale
    if isinstance(module, nn.Conv2d | nn.Linear):
        return None if module.bias is None else module.bias.detach()
    return None


def _only_piecewise_linear(classifier: Classifier) -> str:
    norms = (nn.LayerNorm, nn.GroupNorm, nn.InstanceNorm2d)
    found = next((m for m in classifier.network.modules() if isinstance(m, norms)), None)
    if found is None:
        return ""
    return f"the score of a network with {type(found).__name__} is no sum over pixels and biases."


@method(
    "fullgrad",
    title="FullGrad",
    summary="Shares the whole score out over pixels and every layer's biases.",
    citation=(
        "Srinivas, Fleuret: Full-Gradient Representation for Neural Network Visualization, "
        "NeurIPS 2019"
    ),
    cost=Cost.FAST,
    needs=Needs.GRADIENTS,
    defined_for="networks whose only normalisation is batch normalisation",
    unit="",
    group=Group.SEVERAL_LAYERS,
    fixed_layer="whole network",
    passes=lambda _effort: 3.0,
    refuses=_only_piecewise_linear,
    probes=True,
)
def fullgrad(probe: Probe, class_index: int) -> ClassMap:
    """M = sum over colours of psi(g x) + sum over biases b and channels of psi(g_b b).

    psi takes absolute values, scales a plane to 0 to 1 and enlarges it to the input size. Each
    channel is scaled by itself, as in the paper's formula; the authors' code scales all channels
    of a layer together.

    The intercept of an activation s, s(z) - s'(z) z, counts as a bias: it is 0 for ReLU, and 6 for
    ReLU6 above 6. The parts sum to the score only with these, which the authors' code leaves out.
    Biases of linear layers have no position and are left out.

    Raises:
        CamviewerError: a gradient is not finite.
    """
    with interruptible(probe.cancellation):
        full = full_gradients(
            probe.classifier.network,
            probe.picture,
            lambda logits: probe.score.of(logits, class_index),
        )
    if not bool(torch.isfinite(full.total)):
        raise CamviewerError(
            "FullGrad's gradients are not finite in this network.", "Choose another method."
        )
    size = (probe.picture.shape[2], probe.picture.shape[3])
    values = _psi(full.by_input, size)
    for part in full.by_bias:
        if part.dim() == 3:
            values = values + _psi(part, size)
    return ClassMap(values, float(values.max()), Registration((1.0, 1.0)), _notes(full))


def _notes(full: FullGradients) -> tuple[Note, ...]:
    if full.adds_up:
        return ()
    total, score = float(full.total), float(full.score)
    text = f"Pixels and biases add up to {total:.3g}, not to the score's {score:.3g}."
    return (Note(NoteKind.METHOD, text, Severity.WARNING),)


def _psi(planes: Tensor, size: tuple[int, int]) -> Tensor:
    """(H, W): the sum of absolute planes (C, h, w), each scaled to 0 to 1 and enlarged."""
    sizes = planes.abs()
    low = sizes.amin((1, 2), keepdim=True)
    spread = sizes.amax((1, 2), keepdim=True) - low
    scaled = (sizes - low) / torch.where(spread > 0, spread, 1.0)
    # Enlarging is linear, so the planes are summed first and one plane is enlarged.
    summed = scaled.sum(0)[None, None]
    return interpolate(summed, size, mode="bilinear", align_corners=False)[0, 0]
