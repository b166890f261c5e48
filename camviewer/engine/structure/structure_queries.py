"""Answers requests of the window and the command line about a network's modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from camviewer.engine.structure.module_tree import NetworkParts
from camviewer.engine.structure.tree_builder import network_parts

if TYPE_CHECKING:
    from camviewer.engine.session.session import Session


def parts_at(session: Session, input_size: tuple[int, int]) -> NetworkParts:
    """The network's modules with the shapes of their outputs for an input of (h, w) pixels."""
    classifier = session.classifier
    example = torch.zeros(
        (1, classifier.info.recipe.channels, *input_size), device=classifier.device
    )
    return network_parts(classifier.network, example, session.info.default_layer)
