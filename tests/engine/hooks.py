"""Hooks that are on a network: torch has no public way to count them."""

from __future__ import annotations

from torch import nn


def hooks_on(network: nn.Module) -> int:
    """How many hooks there are on its modules, and on all modules of all networks."""
    states = [vars(nn.modules.module), *(vars(module) for module in network.modules())]
    return sum(
        len(value)
        for state in states
        for key, value in state.items()
        if key.endswith("_hooks") and isinstance(value, dict)
    )
