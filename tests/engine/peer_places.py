"""Layers of networks at which maps are compared with those of other programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import torch
from torch import Tensor

from camviewer.engine.network import forward as passes
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.forward import Forward
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest, OptionValue
from camviewer.engine.session.session import Session

CLASS = 285
Values = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
Reshape = Callable[[Tensor], Tensor] | None


def of_tokens(tokens: Tensor) -> Tensor:
    """(N, 1 + side * side, C) with a class token as (N, C, side, side)."""
    count, length, channels = tokens.shape
    side = round((length - 1) ** 0.5)
    return tokens[:, 1:].transpose(1, 2).reshape(count, channels, side, side)


def of_channels_last(cells: Tensor) -> Tensor:
    return cells.permute(0, 3, 1, 2)


@dataclass(frozen=True)
class Place:
    """A layer of a network, how a peer finds its grid, and what makes the network small."""

    layer: str
    side: int = 64
    reshape: Reshape = None
    arguments: dict[str, object] = field(default_factory=dict)


PLACES = {
    "embedded": Place("blocks.3"),
    "resnet18": Place("layer2"),
    "vgg11": Place("features.2", 32),
    "densenet121": Place("features.transition1"),
    "mobilenet_v2": Place("features.10"),
    "convnext_tiny": Place("features.1", 32),
    "efficientnet_b0": Place("features.4"),
    "vit_b_16": Place("encoder.layers.encoder_layer_11.ln_1", 48, of_tokens, {"image_size": 48}),
    "swin_t": Place("features.1", 32, of_channels_last),
    "timm/resnet10t": Place("layer2"),
    "timm/deit_tiny_patch16_224": Place("blocks.11.norm1", 64, of_tokens, {"img_size": 64}),
}
LARGE = {"vit_b_16"}
"""768 passes through 86 million weights take a minute, and the peer's another."""
RECTIFIED = {"resnet18", "vgg11", "timm/resnet10t"}
PIXEL_MAPS = {"embedded", "resnet18", "vgg11", "densenet121"}
"""Networks whose attributions to pixels are compared."""
GUIDED = {"resnet18", "vgg11"}
"""Networks of these in which every ReLU is a module of its own kind, as the peer needs."""


@dataclass(frozen=True, eq=False)
class Subject:
    """A network with a layer, in front of a photograph."""

    name: str
    classifier: Classifier
    place: Place
    image: SourceImage

    @cached_property
    def session(self) -> Session:
        return Session(self.classifier)

    @cached_property
    def picture(self) -> Tensor:
        """What the peers are given."""
        found = self.session.explain(
            self.image, ExplainRequest(CLASS, "grad-cam", self.place.layer)
        )
        return self.session.input_tensor(self.image, found.placement)

    @cached_property
    def score(self) -> float:
        with torch.no_grad():
            return float(self.classifier.network(self.picture)[0, CLASS])

    @cached_property
    def activations(self) -> Tensor:
        """(C, h, w)."""
        output = self.forward(self.picture).output
        assert output is not None
        return (output if self.place.reshape is None else self.place.reshape(output))[0]

    def mine(self, method: str, **options: OptionValue) -> Values:
        """The raw map."""
        request = ExplainRequest(CLASS, method, self.place.layer, options=tuple(options.items()))
        return self.session.explain(self.image, request).heatmap.values

    def forward(self, picture: Tensor) -> Forward:
        """A pass of any picture."""
        return passes.run(self.classifier.network, picture, self.place.layer)


def same(one: Values, other: Values) -> None:
    assert one.shape == other.shape
    assert np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.9999
    scaled = [(each - other.min()) / np.ptp(other) for each in (one, other)]
    assert np.abs(scaled[0] - scaled[1]).max() < 1e-3
