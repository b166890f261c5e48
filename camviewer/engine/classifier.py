"""A network with everything that is needed to ask it about a picture."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from camviewer.engine.geometry import Recipe
from camviewer.engine.heads import HeadSearch, PooledHead, find_head
from camviewer.engine.layouts import Layout
from camviewer.engine.messages import ModelInfo


@dataclass(frozen=True, eq=False)
class Classifier:
    """A network in eval mode with frozen parameters, on its device.

    Attributes:
        network: (N, 3, h, w) in, logits (N, K) out.
        info: what may be told of it.
        head: its pooled linear head, when it ends in one.
        device: where it runs.
        layout: how the default layer holds its grid, for the trained input size.
    """

    network: nn.Module
    info: ModelInfo
    head: PooledHead | None
    device: torch.device
    layout: Layout | None = None

    def probabilities(self, logits: Tensor) -> Tensor:
        """(K,) in 0 to 1 from logits (K,)."""
        return logits.sigmoid() if self.info.activation == "sigmoid" else logits.softmax(-1)


def classifier(
    network: nn.Module,
    *,
    identifier: str,
    title: str,
    labels: tuple[str, ...],
    recipe: Recipe,
    weights_sha256: str,
    device: torch.device,
    activation: str = "softmax",
) -> Classifier:
    """Freezes a network, moves it to its device and finds out how it ends."""
    network = network.eval().requires_grad_(False).to(device)
    search = _search_head(network, recipe, device)
    info = ModelInfo(
        id=identifier,
        title=title,
        labels=labels,
        activation=activation,
        recipe=recipe,
        default_layer=search.last_layer,
        weights_sha256=weights_sha256,
        device=device_title(device),
        cam_layer=None if search.head is None else search.head.layer,
        cam_refusal=search.refusal,
    )
    return Classifier(network, info, search.head, device, search.layout)


def _search_head(network: nn.Module, recipe: Recipe, device: torch.device) -> HeadSearch:
    generator = torch.Generator().manual_seed(0)
    example = torch.rand((1, 3, *recipe.input_size), generator=generator).to(device)
    return find_head(network, example)


def best_device() -> torch.device:
    """CUDA where there is one, Apple's GPU where there is one, else the CPU."""
    if torch.cuda.is_available():
        return torch.device("cuda", 0)
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")


def device_title(device: torch.device) -> str:
    """The name of a device on screen."""
    if device.type == "cuda":
        return f"{torch.cuda.get_device_name(device)} (CUDA {device.index or 0})"
    return {"mps": "Apple GPU"}.get(device.type, device.type.upper())
