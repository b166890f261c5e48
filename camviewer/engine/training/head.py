"""Defines the head that is trained on frozen features, and puts it into a network."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from camviewer.engine.architectures.pooled_network import PooledNetwork

_LEAST = 1e-6
_CALM = 8.0
"""Factor that features are divided by before a convolution; because Adam changes all of its
thousands of weights by the same amount. With smaller features and larger weights these steps have
less effect."""


class FeatureHead(nn.Module):
    """A linear layer on averaged features, or on those of a 3x3 convolution.

    Features of different channels differ by orders of magnitude, which slows the training down.
    They are scaled first, and ``put_into`` folds the scale into the weights.

    Args:
        features: (n, C) or (n, C, h, w), a sample of the training features, to find their scale.
        convolution: channels of the 3x3 convolution; 0 for none.
        classes: number of outputs of the linear layer.
    """

    mean: Tensor
    scale: Tensor

    def __init__(self, features: Tensor, convolution: int, classes: int) -> None:
        super().__init__()
        channels = features.shape[1]
        self.convolution: nn.Conv2d | None = None
        if convolution:
            # A factor without an offset, because the convolution's padding must stay zero.
            self.register_buffer("mean", torch.zeros(1))
            size = features.square().mean().sqrt().clamp_min(_LEAST)
            self.register_buffer("scale", _CALM * size[None])
            self.convolution = nn.Conv2d(channels, convolution, 3, padding=1)
            nn.init.kaiming_normal_(self.convolution.weight, nonlinearity="relu")
            self.convolution.weight.data.mul_(_CALM)
            nn.init.zeros_(self.convolution.bias)  # type: ignore[arg-type]
        else:
            spread = features.std(0, correction=0)
            least = spread.median() * 1e-2 + _LEAST
            self.register_buffer("mean", features.mean(0))
            self.register_buffer("scale", spread.clamp_min(float(least)))
        self.linear = nn.Linear(convolution or channels, classes)
        nn.init.zeros_(self.linear.bias)

    def forward(self, features: Tensor) -> Tensor:
        """(N, C) or (N, C, h, w) in, logits (N, classes) out."""
        features = (features - self.mean) / self.scale
        if self.convolution is not None:
            features = self.convolution(features).relu().mean((2, 3))
        logits: Tensor = self.linear(features)
        return logits

    def put_into(self, network: PooledNetwork) -> None:
        """Puts the trained head into a network, with the scale folded into its weights."""
        with torch.no_grad():
            weight, bias = self.linear.weight.detach(), self.linear.bias.detach()
            if self.convolution is not None and network.convolution is not None:
                state = network.convolution.state_dict()
                state["0.weight"].copy_(self.convolution.weight / self.scale)
                state["0.bias"].copy_(self.convolution.bias.detach())  # type: ignore[union-attr]
            else:
                weight = weight / self.scale
                bias = bias - weight @ self.mean
            network.classifier.weight.copy_(weight)
            network.classifier.bias.copy_(bias)


def class_weights(labels: Sequence[int], classes: int) -> Tensor:
    """Weights (K,) that make classes equally important in the loss, with a mean of 1."""
    counts = torch.bincount(torch.tensor(labels), minlength=classes).float()
    return len(labels) / (classes * counts.clamp_min(1))
