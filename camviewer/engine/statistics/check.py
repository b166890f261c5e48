"""Checks a network's preprocessing and weights by its own statistics."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import torch
from torch import Tensor, nn

from camviewer.engine.geometry.geometry import Recipe, place
from camviewer.engine.network.input_tensor import picture_tensor
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.statistics.conventions import in_use, others
from camviewer.engine.statistics.layer_fit import (
    FirstNormalisation,
    Moments,
    layer_fit,
    normalisations,
)
from camviewer.engine.statistics.verdict import (
    Convention,
    ConventionFit,
    Standing,
    StatisticsCheck,
)
from camviewer.engine.support.cancellation import Cancellation

MOST_PICTURES = 6
"""The user's pictures that are looked at, beside the samples."""
_PASSES = 4
"""Pictures that go through the whole network."""

_FITS = 0.3
"""Largest divergence at the first layer of a preprocessing that fits. Four photographs or more
gave 0.005 to 0.21 with the right one and 0.29 to 14,000 with wrong ones."""
_FAR = 3.0
"""How many times larger the divergence in use must be for another to fit far better."""
_MISFIT = 0.1
"""Mean corrected divergence of weights that do not belong: right networks gave 0.002 to 0.012 on
photographs, another activation 0.12, exchanged tensors of equal shapes 22."""


_CHANNELS = (1, 3)
_BANDS = "Its input is no picture in colours or grey, so its preprocessing cannot be checked."


@dataclass(frozen=True, eq=False)
class _Sight:
    """Pictures that are judged together."""

    words: str
    pictures: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class _Finding:
    """How the conventions fit some pictures; the others sorted, best first."""

    sight: _Sight
    own: ConventionFit
    rest: list[ConventionFit]

    @property
    def least(self) -> float:
        """The smallest divergence of all conventions."""
        return min(self.own.divergence, self.rest[0].divergence)

    @property
    def standing(self) -> Standing:
        """The outcome; ``UNLIKE`` while these pictures decide nothing."""
        far = self.own.divergence > _FAR * self.rest[0].divergence
        if far and self.own.divergence > _FITS / 2:
            return Standing.ANOTHER if self.rest[0].divergence <= _FITS else Standing.UNLIKE
        return Standing.AGREES if self.own.divergence <= _FITS else Standing.UNLIKE


def check_statistics(
    network: nn.Module,
    recipe: Recipe,
    samples: Sequence[SourceImage],
    pictures: Sequence[SourceImage] = (),
    *,
    published: tuple[Recipe, ...] = (),
    device: torch.device | None = None,
    cancelled: threading.Event | None = None,
) -> StatisticsCheck:
    """Compares what a network remembers with what it is fed.

    One picture says little: a close-up of a cat looks like another deviation. The user's pictures
    are therefore judged together with the sample photographs; where nothing fits these, the samples
    alone, then the user's alone (an X-ray network knows no photographs).

    Args:
        network: in eval mode; it is left as it was.
        recipe: that is in use.
        samples: the program's photographs.
        pictures: the user's own; the first six count.
        published: further recipes of the architecture.
        device: where the network is; the CPU when None.
        cancelled: polled at every step.

    Raises:
        Cancelled: told to stop.
    """
    cancellation = Cancellation(cancelled)
    device = device or torch.device("cpu")
    own_pictures = list(pictures)[:MOST_PICTURES]
    everything = [*own_pictures, *samples]
    if recipe.channels not in _CHANNELS:
        return StatisticsCheck(Standing.NOTHING, "", why=_BANDS)
    if not everything or not normalisations(network):
        return StatisticsCheck(Standing.NOTHING, "")
    raw = []
    for image in everything:
        cancellation.check()
        raw.append(_raw(image, recipe).to(device))
    conventions = (in_use(recipe), *others(recipe, published))
    try:
        first = FirstNormalisation(network, _fed(raw[0], conventions[0]))
    except LookupError:
        return StatisticsCheck(Standing.NOTHING, "")
    moments = [
        [_moments(first, picture, one, cancellation) for picture in raw] for one in conventions
    ]
    found = []
    for sight in _sights(len(own_pictures), len(samples)):
        own, *rest = (
            ConventionFit(one, first.divergence(reduce(add, (of[at] for at in sight.pictures))))
            for one, of in zip(conventions, moments, strict=True)
        )
        found.append(_Finding(sight, own, sorted(rest, key=lambda fit: fit.divergence)))
        if found[-1].standing is not Standing.UNLIKE:
            return _whole_network(network, raw, found[-1], cancelled)
    return _whole_network(network, raw, min(found, key=lambda one: one.least), cancelled)


def _whole_network(
    network: nn.Module,
    raw: list[Tensor],
    finding: _Finding,
    cancelled: threading.Event | None,
) -> StatisticsCheck:
    sight, own, rest, standing = finding.sight, finding.own, finding.rest, finding.standing
    fitting = rest[0] if standing is Standing.ANOTHER else own
    # The last ones: among these are the samples, which suit most networks.
    fed = [_fed(raw[at], fitting.convention) for at in sight.pictures[-_PASSES:]]
    found = layer_fit(network, torch.cat(fed), cancelled)
    if found is None:
        return StatisticsCheck(standing, sight.words, own, tuple(rest))
    if not found.inner <= _MISFIT:
        standing = Standing.MISFIT
    return StatisticsCheck(
        standing,
        sight.words,
        own,
        tuple(rest),
        layers=len(found.layers),
        mean=found.mean,
        inner=found.inner,
        worst=found.worst,
    )


def _sights(own: int, samples: int) -> list[_Sight]:
    """What may be judged, in this order."""
    theirs = tuple(range(own, own + samples))
    of_samples = _Sight(f"the {samples} sample pictures", theirs)
    if not own:
        return [of_samples]
    plural = "picture" if own == 1 else "pictures"
    alone = _Sight(f"your {own} {plural}", tuple(range(own)))
    if not samples:
        return [alone]
    together = _Sight(f"your {own} {plural} and the {samples} samples", tuple(range(own + samples)))
    return [together, of_samples, alone]


def _raw(image: SourceImage, recipe: Recipe) -> Tensor:
    """(1, 3, h, w), 0 to 1: resized and cropped as the recipe says."""
    tensor = picture_tensor(image, place(image.size, recipe), recipe)
    channels = tensor.shape[1]
    return tensor * _sides(recipe.std)[:, :channels] + _sides(recipe.mean)[:, :channels]


def _fed(raw: Tensor, convention: Convention) -> Tensor:
    channels = raw.shape[1]
    mean, std = (_sides(each)[:, :channels].to(raw) for each in (convention.mean, convention.std))
    values = (raw - mean) / std
    return values.flip(1) if convention.blue_first else values


def _sides(values: tuple[float, float, float]) -> Tensor:
    return torch.tensor(values).view(1, 3, 1, 1)


def _moments(
    first: FirstNormalisation, picture: Tensor, convention: Convention, cancellation: Cancellation
) -> Moments:
    cancellation.check()
    return first.moments(_fed(picture, convention))
