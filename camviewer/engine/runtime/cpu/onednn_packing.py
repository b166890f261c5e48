"""Convolutions whose weights are kept in the order that oneDNN multiplies them in.

oneDNN, which runs torch's convolutions on a CPU, brings the weights into that order anew in every
call. For one picture this takes up to half of the time of a network's last convolutions, whose
cells are few and whose weights are many.
"""

from __future__ import annotations

from contextlib import ExitStack

import torch
from torch import Tensor, nn

from camviewer.engine.network.module_copies import replace_module
from camviewer.engine.runtime.cpu.winograd import WinogradConvolution

_MOST_CELLS = 20 * 20
"""Of the output: with more of them the order of the weights takes little of the time."""
_MOST_BYTES = 128 * 2**20
"""What the ordered weights of a network may take together."""


class PackedConvolution(nn.Module):
    """A convolution that has its weights in order for one shape of input.

    What else it is asked for, other shapes, gradients or bfloat16, the direct convolution does: in
    the order for one shape the weights are slow for another.

    Args:
        direct: one for which ``can_be_packed`` holds; it is shared, not changed.
        shape: of the input, (N, C, h, w).
    """

    def __init__(self, direct: nn.Conv2d, shape: torch.Size) -> None:
        super().__init__()
        self.direct = direct
        self._shape = shape
        # Not a parameter: whoever looks through those finds the direct convolution's.
        self._weights = _ordered_weights(direct, shape)

    def forward(self, pictures: Tensor) -> Tensor:
        """(N, K, h, w) of (N, C, H, W)."""
        records = torch.is_grad_enabled() and pictures.requires_grad
        if records or pictures.shape != self._shape or torch.is_autocast_enabled("cpu"):
            return self.direct(pictures)  # type: ignore[no-any-return]
        return _convolved(pictures, self._weights, self.direct)


def pack(network: nn.Module, example: Tensor) -> None:
    """Puts packed convolutions in the places of those that they are made for.

    Those are the convolutions of few cells; the last ones, which win most, come first, as far as
    the memory for their weights goes. The network is run once.

    Args:
        network: a copy whose modules nobody else has; its tensors may be shared.
        example: (N, 3, h, w) of the only shape for which this is done.
    """
    transformed = {m.direct for m in network.modules() if isinstance(m, WinogradConvolution)}
    names = {
        module: name
        for name, module in network.named_modules()
        if type(module) is nn.Conv2d and module not in transformed and can_be_packed(module)
    }
    shapes: dict[nn.Conv2d, torch.Size] = {}

    def see(module: nn.Conv2d, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        if output.shape[2] * output.shape[3] <= _MOST_CELLS:
            shapes[module] = inputs[0].shape

    with ExitStack() as watched, torch.no_grad():
        for module in names:
            watched.enter_context(module.register_forward_hook(see))
        network(example)
    left = _MOST_BYTES
    for module, shape in reversed(shapes.items()):
        left -= module.weight.nbytes
        if left < 0:
            return
        replace_module(network, names[module], PackedConvolution(module, shape))


def can_be_packed(module: nn.Conv2d) -> bool:
    """Whether oneDNN runs a convolution, as it is and without gradients for its weights."""
    weight = module.weight
    return bool(
        hasattr(torch.ops.mkldnn, "_convolution_pointwise")
        and torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]
        and weight.device.type == "cpu"
        and weight.dtype == torch.float32
        and not weight.requires_grad
        and module.padding_mode == "zeros"
        and isinstance(module.padding, tuple)
    )


def _ordered_weights(direct: nn.Conv2d, shape: torch.Size) -> Tensor:
    found: Tensor = torch.ops.aten.mkldnn_reorder_conv2d_weight(
        direct.weight.detach().contiguous().to_mkldnn(),
        direct.padding,
        direct.stride,
        direct.dilation,
        direct.groups,
        tuple(shape),
    )
    return found


def _convolved(pictures: Tensor, weights: Tensor, direct: nn.Conv2d) -> Tensor:
    """By the operator that torch's own compiler puts in the place of convolutions."""
    found: Tensor = torch.ops.mkldnn._convolution_pointwise(
        pictures.contiguous(memory_format=torch.channels_last),
        weights,
        direct.bias,
        direct.padding,
        direct.stride,
        direct.dilation,
        direct.groups,
        "none",  # nothing is computed in the same step
        [],
        "",
    )
    return found
