"""Defines EfficientNet-Lite0 in plain torch, because start-up avoids torchvision and timm.

Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", 2019;
the Lite variant drops squeeze-and-excitation and uses ReLU6. Padding is TensorFlow's SAME.
"""

from __future__ import annotations

from collections import OrderedDict

import torch
from torch import Tensor, nn
from torch.nn import functional

_NORM_EPSILON = 1e-3

# (repeats, kernel size, stride of the first block, expansion, output channels)
_STAGES = (
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)
_STEM_CHANNELS = 32
_HEAD_CHANNELS = 1280


class SameConv2d(nn.Conv2d):
    """A strided convolution with TensorFlow's SAME padding.

    The grid has ``ceil(size / stride)`` cells; what has to be padded is split evenly, the odd
    pixel going to the lower right.
    """

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002  (torch's name)
        """(N, inputs, h, w) in, (N, outputs, ceil(h / stride), ceil(w / stride)) out."""
        (kernel, _), (stride, _) = self.kernel_size, self.stride
        missing_h, missing_w = (
            max((-(-size // stride) - 1) * stride + kernel - size, 0) for size in input.shape[-2:]
        )
        padding = (
            missing_w // 2,
            missing_w - missing_w // 2,
            missing_h // 2,
            missing_h - missing_h // 2,
        )
        return functional.conv2d(
            functional.pad(input, padding), self.weight, self.bias, self.stride, 0, 1, self.groups
        )


def _convolution(
    inputs: int, outputs: int, kernel: int = 1, stride: int = 1, groups: int = 1
) -> nn.Conv2d:
    if stride > 1:
        return SameConv2d(inputs, outputs, kernel, stride, groups=groups, bias=False)
    return nn.Conv2d(inputs, outputs, kernel, 1, kernel // 2, groups=groups, bias=False)


def _norm(channels: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(channels, eps=_NORM_EPSILON)


class Block(nn.Sequential):
    """An inverted residual: widen, convolve each channel by itself, narrow, add the input."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, expansion: int) -> None:
        wide = inputs * expansion
        layers: OrderedDict[str, nn.Module] = OrderedDict()
        if expansion != 1:
            layers["expand"] = _convolution(inputs, wide)
            layers["expand_norm"] = _norm(wide)
            layers["expand_act"] = nn.ReLU6(inplace=True)
        layers["depthwise"] = _convolution(wide, wide, kernel, stride, groups=wide)
        layers["depthwise_norm"] = _norm(wide)
        layers["depthwise_act"] = nn.ReLU6(inplace=True)
        layers["project"] = _convolution(wide, outputs)
        layers["project_norm"] = _norm(outputs)
        super().__init__(layers)
        self.is_residual = stride == 1 and inputs == outputs

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002  (torch's name)
        """(N, inputs, h, w) in, (N, outputs, ceil(h / stride), ceil(w / stride)) out."""
        output: Tensor = super().forward(input)  # type: ignore[no-untyped-call]
        return output + input if self.is_residual else output


class EfficientNetLite0(nn.Module):
    """The network: (N, 3, h, w) in, logits (N, classes) out; stride 32."""

    def __init__(self, classes: int = 1000) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            OrderedDict(
                conv=_convolution(3, _STEM_CHANNELS, 3, 2),
                norm=_norm(_STEM_CHANNELS),
                act=nn.ReLU6(inplace=True),
            )
        )
        stages = []
        channels = _STEM_CHANNELS
        for repeats, kernel, stride, expansion, outputs in _STAGES:
            blocks = []
            for index in range(repeats):
                first = index == 0
                blocks.append(Block(channels, outputs, kernel, stride if first else 1, expansion))
                channels = outputs
            stages.append(nn.Sequential(*blocks))
        self.blocks = nn.Sequential(*stages)
        self.head = nn.Sequential(
            OrderedDict(
                conv=_convolution(channels, _HEAD_CHANNELS),
                norm=_norm(_HEAD_CHANNELS),
                act=nn.ReLU6(inplace=True),
            )
        )
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Linear(_HEAD_CHANNELS, classes)

    def forward(self, pictures: Tensor) -> Tensor:
        """(N, 3, h, w) in, logits (N, classes) out."""
        features = self.head(self.blocks(self.stem(pictures)))
        logits: Tensor = self.classifier(torch.flatten(self.pool(features), 1))
        return logits
