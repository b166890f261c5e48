"""Copies networks and replaces modules in the copies."""

from __future__ import annotations

import copy

from torch import nn


def copy_sharing_tensors(network: nn.Module) -> nn.Module:
    """A copy of a network's modules that shares all parameters and buffers with it."""
    shared: dict[int, object] = {
        id(tensor): tensor for tensor in (*network.parameters(), *network.buffers())
    }
    return copy.deepcopy(network, shared)


def replace_module(network: nn.Module, name: str, module: nn.Module) -> None:
    """Puts a module in the place of the one of this dotted name."""
    parent, _, leaf = name.rpartition(".")
    setattr(network.get_submodule(parent), leaf, module)
