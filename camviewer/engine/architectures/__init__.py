"""Known networks: how to build them, and how to recognise their tensors."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.architectures.catalogue import build, tensor_shapes
    from camviewer.engine.architectures.changed_network import build_changed
    from camviewer.engine.architectures.fingerprints import (
        TABLE,
        Shapes,
        different_functions,
        essential,
        headless_sentence,
        known_architectures,
        recognise,
        without_prefix,
    )
    from camviewer.engine.architectures.grid_cells import cells_of
    from camviewer.engine.architectures.network_changes import (
        RGB,
        NetworkChanges,
        activation_note,
        is_activation_note,
    )
    from camviewer.engine.architectures.network_search import (
        FoundNetwork,
        network_sources,
        search_network,
    )
    from camviewer.engine.architectures.pooled_cut import PooledCut
    from camviewer.engine.architectures.pooled_network import PooledNetwork
    from camviewer.engine.architectures.published_recipes import published_recipe
    from camviewer.engine.architectures.training_tensors import plain_name
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "catalogue": ["build", "tensor_shapes"],
            "changed_network": ["build_changed"],
            "fingerprints": [
                "Shapes",
                "TABLE",
                "different_functions",
                "essential",
                "headless_sentence",
                "known_architectures",
                "recognise",
                "without_prefix",
            ],
            "grid_cells": ["cells_of"],
            "network_changes": ["NetworkChanges", "RGB", "activation_note", "is_activation_note"],
            "network_search": ["FoundNetwork", "network_sources", "search_network"],
            "pooled_cut": ["PooledCut"],
            "pooled_network": ["PooledNetwork"],
            "published_recipes": ["published_recipe"],
            "training_tensors": ["plain_name"],
        },
    )

__all__ = [
    "RGB",
    "TABLE",
    "FoundNetwork",
    "NetworkChanges",
    "PooledCut",
    "PooledNetwork",
    "Shapes",
    "activation_note",
    "build",
    "build_changed",
    "cells_of",
    "different_functions",
    "essential",
    "headless_sentence",
    "is_activation_note",
    "known_architectures",
    "network_sources",
    "plain_name",
    "published_recipe",
    "recognise",
    "search_network",
    "tensor_shapes",
    "without_prefix",
]
