"""Tells networks apart that have the same tensors, by what their batch normalisation remembers.

Only the right one of several networks reproduces the running statistics at every layer. The sample
photographs serve as pictures: how a layer follows from the one before hardly depends on them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import torch
from torch import Tensor, nn

from camviewer.engine.architectures.changed_network import build_changed
from camviewer.engine.architectures.network_changes import RGB, NetworkChanges
from camviewer.engine.architectures.published_recipes import published_recipe
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe, place
from camviewer.engine.network.input_tensor import picture_tensor
from camviewer.engine.packs.network import filled
from camviewer.engine.picture.samples import sample_pictures
from camviewer.engine.picture.source_image import read_image
from camviewer.engine.statistics.check_result import SOUND_INNER, SOUND_WORST
from camviewer.engine.statistics.layer_fit import LayerFit, best_fit, layer_fit, unbeaten

_QUICK = 5 / 7
"""Share of the input size at which candidates are compared first. With the embedded weights the
right padding is told from the other by a t statistic of 4.4 there and of 5.5 at the whole size."""
_MOST_MISFIT = 0.1
"""Mean divergence behind the first layer, in nats, from which on none of the networks is right."""


def fit_of(
    architecture: str,
    classes: int,
    changes: NetworkChanges | None,
    tensors: Mapping[str, Tensor],
    *,
    quick: bool = False,
) -> LayerFit | None:
    """How well a network reproduces the statistics among its own tensors.

    Args:
        architecture: that the tensors may belong to.
        classes: of its head.
        changes: what differs from the architecture.
        tensors: by name in the network.
        quick: whether smaller pictures will do, which take half the time.

    Returns:
        None when it has no such statistics, or takes no photographs.
    """
    channels = RGB if changes is None else changes.channels
    if channels not in {1, RGB} or not _have_seen_pictures(tensors):
        return None
    network = loaded_network(architecture, classes, changes, tensors)
    recipe = published_recipe(architecture).with_channels(channels)
    if quick and recipe.flexible:
        height, width = (
            max(round(side * _QUICK / recipe.step), 1) * recipe.step for side in recipe.input_size
        )
        recipe = replace(recipe, input_size=(height, width))
    try:
        return layer_fit(network, _photographs(recipe))
    except (RuntimeError, AssertionError):
        return None  # it does not run with pictures of the size that it was published for


def fitting_best(fits: Sequence[LayerFit | None]) -> int | None:
    """The index of the network that alone reproduces its statistics; None when that is not sure."""
    if any(fit is None for fit in fits):
        return None
    known = [fit for fit in fits if fit is not None]
    best = best_fit(known)
    return best if best is not None and known[best].inner <= _MOST_MISFIT else None


def still_possible(fits: Sequence[LayerFit | None]) -> tuple[int, ...]:
    """The indices of the networks that none of the others fits better than beyond doubt."""
    known = [fit for fit in fits if fit is not None]
    everything = tuple(range(len(fits)))
    if len(known) < len(fits) or min(fit.inner for fit in known) > _MOST_MISFIT:
        return everything
    return unbeaten(known) or everything


def is_sound(fit: LayerFit | None) -> bool:
    """Whether every layer follows from the one before: then no two were exchanged."""
    return fit is not None and fit.inner <= SOUND_INNER and fit.worst <= SOUND_WORST


def loaded_network(
    architecture: str,
    classes: int,
    changes: NetworkChanges | None,
    tensors: Mapping[str, Tensor],
) -> nn.Module:
    """The network with its tensors, in eval mode with frozen parameters, on the CPU.

    Raises:
        CamviewerError: the tensors do not fit.
    """
    try:
        network = filled(
            lambda device: build_changed(architecture, classes, changes, device=device), tensors
        )
    except RuntimeError as error:
        raise CamviewerError(
            f"The weights do not fit {architecture}.",
            "Choose the architecture that they were trained with.",
        ) from error
    return network.eval().requires_grad_(False)


def _have_seen_pictures(tensors: Mapping[str, Tensor]) -> bool:
    """Whether any normalisation among these remembers more than what it was made with."""
    return any(
        name.endswith("running_var") and bool((tensor != 1).any())
        for name, tensor in tensors.items()
    )


@lru_cache(maxsize=1)
def _photographs(recipe: Recipe) -> Tensor:
    """(4, C, h, w); kept, as the candidates of one checkpoint are mostly fed alike."""
    fed = [
        picture_tensor(image, place(image.size, recipe), recipe)
        for image in map(read_image, sample_pictures())
    ]
    return torch.cat(fed)
