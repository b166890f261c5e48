"""Keeps weights of convolutions in oneDNN's memory layout, which saves reordering in every call.

oneDNN runs torch's convolutions on the CPU and reorders the weights in every call. For a single
picture this takes up to half of the time of a network's last convolutions, which have few cells
and many weights.
"""

from __future__ import annotations

from contextlib import ExitStack

import torch
from torch import Tensor, nn

from camviewer.engine.network.module_copies import replace_module
from camviewer.engine.runtime.cpu.winograd import WinogradConvolution

_MOST_CELLS = 20 * 20
"""Maximum number of output cells; because reordering takes a small share of the time of larger
convolutions."""
_MOST_BYTES = 128 * 2**20
"""Maximum memory of all reordered weights of a network, in bytes."""


class PackedConvolution(nn.Module):
    """A convolution with weights in the memory layout for one input shape.

    The original convolution computes everything else: other shapes, for which this layout is slow,
    gradients and bfloat16.

    Args:
        direct: a convolution for which ``can_be_packed`` holds; it is shared, not changed.
        shape: shape of the input, (N, C, h, w).
    """

    def __init__(self, direct: nn.Conv2d, shape: torch.Size) -> None:
        super().__init__()
        self.direct = direct
        self._shape = shape
        # It is no parameter, because code that lists parameters should find the original's.
        self._weights = _ordered_weights(direct, shape)

    def forward(self, pictures: Tensor) -> Tensor:
        """(N, K, h, w) of (N, C, H, W)."""
        records = torch.is_grad_enabled() and pictures.requires_grad
        if records or pictures.shape != self._shape or torch.is_autocast_enabled("cpu"):
            return self.direct(pictures)  # type: ignore[no-any-return]
        return _convolved(pictures, self._weights, self.direct)


def pack(network: nn.Module, example: Tensor) -> None:
    """Replaces convolutions with few cells by packed ones.

    It starts with the last ones, which gain most, and goes on until the memory limit. The network
    runs once.

    Args:
        network: a copy whose modules nothing else uses; its tensors may be shared.
        example: (N, 3, h, w), an input of the shape to prepare for.
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
    """Whether oneDNN runs a convolution and its weights need no gradients."""
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
    """Calls the operator that torch's compiler uses for convolutions on the CPU."""
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
