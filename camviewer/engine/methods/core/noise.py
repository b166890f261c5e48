"""Adds noise to what is fed to a network, the same for the same seed."""

from __future__ import annotations

import torch
from torch import Tensor

from camviewer.engine.results.messages import MethodOption

NOISE_SEED = MethodOption("seed", "Seed", 0, "Of the noise.", 0, 2**31 - 1)
"""The option of a method that lets the user choose other noise."""


def noisy(values: Tensor, deviation: float, generator: torch.Generator) -> Tensor:
    """The values of any shape plus normal noise, which is drawn on the CPU for any device."""
    noise = torch.randn(values.shape, generator=generator).to(values)
    return values + deviation * noise
