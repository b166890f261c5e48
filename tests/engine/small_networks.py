"""A network for formulas in plain loops, and networks as other programs need them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn


def bent_network(classes: int) -> nn.Sequential:
    """A small network whose score is not linear in its layer ``1``, for pictures of 11 x 11."""
    torch.manual_seed(0)
    return (
        nn.Sequential(
            nn.Conv2d(3, 6, 3, stride=2),
            nn.Sigmoid(),
            nn.Conv2d(6, 5, 3),
            nn.Tanh(),
            nn.Flatten(),
            nn.Linear(45, classes),
        )
        .double()
        .eval()
        .requires_grad_(False)
    )


@contextmanager
def without_in_place_layers(network: nn.Module) -> Iterator[None]:
    """Peers hook the tensor itself, which an in-place activation after it would change."""
    in_place = [module for module in network.modules() if getattr(module, "inplace", False)]
    for module in in_place:
        module.inplace = False  # type: ignore[assignment]
    try:
        yield
    finally:
        for module in in_place:
            module.inplace = True  # type: ignore[assignment]
