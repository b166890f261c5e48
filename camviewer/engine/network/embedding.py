"""Gives a classifier's pooled features, which its last layer scores, as the network's outputs."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.grid_layers import outputs_watched
from camviewer.engine.network.module_copies import copy_sharing_tensors, replace_module
from camviewer.engine.results.without_classes import FEATURES
from camviewer.engine.support.numeric_comparison import same_numbers

_CLASSES_LEFT_OUT = "the features of the picture are explained, and no sum of class scores."


def with_features(classifier: Classifier, example: Tensor) -> Classifier:
    """The same network without its last layer: it puts out what that layer scores, (N, D).

    A network that puts out features already stays as it is. Parameters and names of modules are
    shared.

    Args:
        classifier: whose last linear layer, or last convolution, puts out the class scores.
        example: (1, 3, h, w), not constant.

    Raises:
        CamviewerError: no such layer puts out the class scores.
    """
    if not classifier.info.has_classes:
        return classifier
    name = _last_layer(classifier.network, example)
    network = None if name is None else _without(classifier.network, name, example)
    if network is None:
        raise CamviewerError(
            f"The features of {classifier.info.title} cannot be reached: its class scores come "
            "from no linear layer at its end.",
            "Explain a class instead.",
        )
    info = replace(
        classifier.info, activation=FEATURES, cam_layer=None, cam_refusal=_CLASSES_LEFT_OUT
    )
    return replace(classifier, network=network, info=info, head=None)


def _last_layer(network: nn.Module, example: Tensor) -> str | None:
    """The last linear layer that puts out the scores, or the last convolution with K channels."""
    kinds = {n: m for n, m in network.named_modules() if isinstance(m, nn.Linear | nn.Conv2d)}
    seen: list[tuple[str, Tensor]] = []

    def see(name: str, output: Tensor) -> None:
        if name in kinds:
            seen.append((name, output.clone()))

    with outputs_watched(network, see), torch.no_grad():
        scores = network(example)
    for name, output in reversed(seen):  # other outputs may have linear layers of their own
        fits = isinstance(kinds[name], nn.Linear) and output.numel() == scores.numel()
        if fits and same_numbers(output.reshape(scores.shape), scores):
            return name
    name, output = seen[-1] if seen else ("", scores)
    is_end = output.dim() == 4 and output.shape[1] == scores.shape[1]
    return name if is_end and isinstance(kinds[name], nn.Conv2d) else None


def _without(network: nn.Module, name: str, example: Tensor) -> nn.Module | None:
    """A copy whose last layer passes its input on; None if that is no vector of features."""
    copied = copy_sharing_tensors(network)
    replace_module(copied, name, nn.Identity())
    try:
        with torch.no_grad():
            features = copied(torch.cat((example, example.flip(3))))
    except (RuntimeError, ValueError, TypeError, IndexError):
        return None
    is_vector = isinstance(features, Tensor) and features.dim() == 2 and len(features) == 2
    return copied if is_vector else None
