"""What other programs make of targets other than a class."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from pytorch_grad_cam import GradCAM, HiResCAM, LayerCAM
from pytorch_grad_cam.utils.model_targets import (
    BinaryClassifierOutputTarget,
    RawScoresOutputTarget,
)
from torch import Tensor, nn
from torchcam import methods as torchcam

from tests.engine.peer_places import CLASS, Values
from tests.engine.peers import PeerSubject
from tests.engine.small_networks import without_in_place_layers

OTHER = 281
LAST_LAYERS = {
    "embedded": "classifier",
    "resnet18": "fc",
    "vgg11": "classifier.6",
    "densenet121": "classifier",
    "mobilenet_v2": "classifier.1",
    "convnext_tiny": "classifier.2",
    "efficientnet_b0": "classifier.1",
    "swin_t": "head",
    "timm/resnet10t": "fc",
    "timm/deit_tiny_patch16_224": "head",
}
"""The layer that puts out the class scores."""


class OneOutput(nn.Module):
    """A network that puts out one of another network's numbers, as a regression does."""

    def __init__(self, network: nn.Module, index: int) -> None:
        super().__init__()
        self.network, self.index = network, index

    def forward(self, pictures: Tensor) -> Tensor:
        """(N, 1)."""
        logits: Tensor = self.network(pictures)
        return logits[:, self.index : self.index + 1]


class Features(nn.Module):
    """A network that puts out what its last layer gets, (N, D)."""

    def __init__(self, network: nn.Module, last: str) -> None:
        super().__init__()
        self.network, self.last = network, last

    def forward(self, pictures: Tensor) -> Tensor:
        """(N, D)."""
        kept: list[Tensor] = []
        handle = self.network.get_submodule(self.last).register_forward_pre_hook(
            lambda _module, inputs: kept.append(inputs[0])
        )
        try:
            self.network(pictures)
        finally:
            handle.remove()
        return kept[-1].flatten(1)


@dataclass(frozen=True)
class DifferenceTarget:
    """pytorch-grad-cam's own example of a target that somebody writes."""

    one: int
    other: int

    def __call__(self, output: Tensor) -> Tensor:
        return output[self.one] - output[self.other]


@dataclass(frozen=True, eq=False)
class SimilarityToConceptTarget:
    """The target of pytorch-grad-cam's tutorial on embeddings."""

    features: Tensor

    def __call__(self, output: Tensor) -> Tensor:
        return torch.nn.CosineSimilarity(dim=0)(output, self.features)


def maps_of_targets(subject: PeerSubject, reference: Tensor) -> dict[str, Values]:
    """Each peer's raw maps, by the peer, the target and the method.

    Args:
        subject: a network with a layer, in front of a photograph.
        reference: another photograph as the network is fed it, (1, 3, h, w).
    """
    network = subject.classifier.network
    difference = DifferenceTarget(CLASS, OTHER)
    methods: dict[str, type] = {"grad-cam": GradCAM, "hirescam": HiResCAM, "layercam": LayerCAM}
    others: dict[str, type] = {"grad-cam": torchcam.GradCAM, "layercam": torchcam.LayerCAM}
    if subject.name == "convnext_tiny":  # in front of its LayerNorm the products cancel
        del methods["hirescam"]
    features = Features(network, LAST_LAYERS[subject.name])
    with torch.no_grad():
        (concept,) = features(reference)
    like = SimilarityToConceptTarget(concept)
    one = OneOutput(network, CLASS)
    asked: dict[str, tuple[Callable[[Tensor], Tensor], nn.Module]] = {
        f"difference:{CLASS}:{OTHER}": (difference, network),
        f"output:{CLASS}:up": (RawScoresOutputTarget(), one),
        f"against:{CLASS}": (BinaryClassifierOutputTarget(0), one),
        "like": (like, features),
    }
    found: dict[str, Values] = {}
    with without_in_place_layers(network):
        for target, (function, whole) in asked.items():
            for method, kind in methods.items():
                theirs = subject.of_grad_cam(kind, function, whole)
                found[f"pytorch-grad-cam/{target}/{method}"] = theirs
        for method, kind in others.items():
            theirs = subject.of_gradient_of_torch_cam(kind, difference)
            found[f"torch-cam/difference:{CLASS}:{OTHER}/{method}"] = theirs
    return {name: np.asarray(values, dtype=np.float32) for name, values in found.items()}
