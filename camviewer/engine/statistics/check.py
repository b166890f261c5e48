"""Checks a network's preprocessing and weights by its own statistics."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

import torch
from torch import Tensor, nn

from camviewer.engine.geometry.geometry import Recipe, place
from camviewer.engine.geometry.input_scale import ScaleKind
from camviewer.engine.network.input_tensor import picture_tensor
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.statistics.affine_fit import fitted_convention
from camviewer.engine.statistics.channel_order import compare_orders, prefers
from camviewer.engine.statistics.check_result import (
    Convention,
    ConventionFit,
    PublishedFit,
    PublishedRecipe,
    Standing,
    StatisticsCheck,
)
from camviewer.engine.statistics.conventions import (
    has_same_numbers,
    in_other_order,
    in_use,
    is_same,
    others,
)
from camviewer.engine.statistics.layer_fit import (
    FirstNormalisation,
    has_untouched_statistics,
    layer_fit,
    normalisations,
)
from camviewer.engine.support.cancellation import Cancellation

MOST_PICTURES = 6
"""Maximum number of the user's pictures that are looked at, beside the samples."""
_PASSES = 4
"""Maximum number of pictures that go through the whole network."""

_FITS = 0.3
"""Largest divergence at the first layer of a preprocessing that fits. Four photographs or more
gave 0.005 to 0.21 with the right one and 0.29 to 14,000 with wrong ones."""
_FAR = 3.0
"""How many times larger the divergence in use must be for another to fit far better."""
_ALIKE = 1.5
"""How many times smaller the divergence with another order of the channels must be."""
_MISFIT = 0.1
"""Mean corrected divergence of weights that do not belong: right networks gave 0.002 to 0.012 on
photographs, another activation 0.12, exchanged tensors of equal shapes 22."""


_CHANNELS = (1, 3)
_BANDS = "Its input is no picture in colours or grey, so its preprocessing cannot be checked."
_UNTOUCHED = (
    "Its batch normalisations still have the mean 0 and variance 1 that they were made with: it "
    "was never trained, or its statistics were not saved. Its preprocessing cannot be checked."
)


@dataclass(frozen=True, eq=False)
class _Sight:
    """Pictures that are judged together."""

    words: str
    pictures: tuple[int, ...]


_Divergence = Callable[[Sequence[int]], float]
"""Function that gives a convention's distance from what is remembered, for pictures by index."""


@dataclass(frozen=True, eq=False)
class _Finding:
    """How the conventions fit some pictures; the others sorted, best first.

    Attributes:
        sight: the pictures.
        own: the convention in use.
        rest: the others.
    """

    sight: _Sight
    own: ConventionFit
    rest: list[ConventionFit]

    @classmethod
    def of(cls, sight: _Sight, fits: list[tuple[Convention, _Divergence]]) -> _Finding:
        own, *rest = (ConventionFit(one, divergence(sight.pictures)) for one, divergence in fits)

        def rank(fit: ConventionFit) -> tuple[bool, float]:
            # Red and blue are much alike: statistics seldom tell their order, and never alone.
            in_order = fit.convention.blue_first == own.convention.blue_first
            only_order = has_same_numbers(fit.convention, own.convention)
            return only_order, fit.divergence * (1.0 if in_order else _ALIKE)

        return cls(sight, own, sorted(rest, key=rank))

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
    published: Sequence[PublishedRecipe] = (),
    one_class: bool = True,
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
        published: the recipes that weights of the architecture were published with.
        one_class: whether one class alone holds for a picture, so that it can be asked how sure of
            it the network is.
        device: where the network is; the CPU when None.
        cancelled: polled at every step.

    Raises:
        Cancelled: told to stop.
    """
    published = _others_published(recipe, published)
    unchecked = tuple(PublishedFit(one, None) for one in published)
    nothing = StatisticsCheck(Standing.NOTHING, "", published=unchecked)
    if recipe.channels not in _CHANNELS:
        return replace(nothing, why=_BANDS)
    if has_untouched_statistics(network):
        return replace(nothing, why=_UNTOUCHED)
    if recipe.bands or recipe.scale.kind not in (ScaleKind.AUTO, ScaleKind.DEPTH):
        samples = ()  # photographs have neither these bands nor these values
    own_pictures = list(pictures)[:MOST_PICTURES]
    everything = [*own_pictures, *samples]
    if not everything or not normalisations(network):
        return nothing
    run = _Check(network, everything, device or torch.device("cpu"), Cancellation(cancelled))
    own = in_use(recipe)
    try:
        fits = run.fits(recipe, (own, *others(own, published)))
    except LookupError:
        return nothing
    found = []
    for sight in _sights(len(own_pictures), len(samples)):
        found.append(_Finding.of(sight, fits))
        if found[-1].standing is not Standing.UNLIKE:
            break
    else:
        found.sort(key=lambda one: -one.least)
    check = run.whole_network(recipe, found[-1], one_class=one_class)
    if check.standing is Standing.UNLIKE:
        check = replace(check, fitted=run.fitted(recipe, found[-1].sight))
    return replace(check, published=run.published(published, found[-1].sight))


def _others_published(
    recipe: Recipe, published: Sequence[PublishedRecipe]
) -> tuple[PublishedRecipe, ...]:
    """The recipes that differ from the one in use, and that the network can be fed."""
    found: dict[Recipe, PublishedRecipe] = {}
    for one in published:
        theirs = replace(
            one.recipe, channels=recipe.channels, step=recipe.step, flexible=recipe.flexible
        )
        if theirs.input_size == recipe.input_size or recipe.flexible:
            found.setdefault(theirs, replace(one, recipe=theirs))
    return tuple(one for theirs, one in found.items() if theirs != recipe)


@dataclass(frozen=True, eq=False)
class _Check:
    """A network, the pictures that it is looked at with, and where it runs."""

    network: nn.Module
    images: Sequence[SourceImage]
    device: torch.device
    cancellation: Cancellation

    def fits(
        self, recipe: Recipe, conventions: tuple[Convention, ...]
    ) -> list[tuple[Convention, _Divergence]]:
        """How far each convention is from what is remembered, for any choice of the pictures.

        Raises:
            LookupError: no normalisation with statistics runs.
        """
        raw = self._raw(recipe, range(len(self.images)))
        first = FirstNormalisation(self.network, _fed(raw[:1], conventions[0]))
        return [(one, self._divergence(first, _fed(raw, one))) for one in conventions]

    def published(
        self, published: Sequence[PublishedRecipe], sight: _Sight
    ) -> tuple[PublishedFit, ...]:
        """How recipes fit with their own size, crop and filter."""
        seen = sight.pictures[-_PASSES:]
        fits = []
        for one in published:
            fed = _fed(self._raw(one.recipe, seen), in_use(one.recipe))
            divergence = self._divergence(FirstNormalisation(self.network, fed[:1]), fed)
            fits.append(PublishedFit(one, divergence(range(len(seen)))))
        return tuple(fits)

    def fitted(self, recipe: Recipe, sight: _Sight) -> Convention | None:
        """The mean and deviation that fit some pictures; None when none do."""
        raw = self._raw(recipe, sight.pictures)
        first = FirstNormalisation(self.network, raw[:1])
        found = fitted_convention(first, raw, in_use(recipe), _fed)
        return found.convention if found.divergence <= _FITS / 2 else None

    def whole_network(
        self, recipe: Recipe, finding: _Finding, *, one_class: bool
    ) -> StatisticsCheck:
        """Judges the weights and the order of the channels with the convention that fits."""
        own, rest, standing = finding.own, finding.rest, finding.standing
        # The last ones: among these are the samples, which suit most networks.
        raw = self._raw(recipe, finding.sight.pictures[-_PASSES:])
        fitting = rest[0] if standing is Standing.ANOTHER else own
        fed = _fed(raw, fitting.convention)
        found = layer_fit(self.network, fed, self.cancellation)
        check = StatisticsCheck(standing, finding.sight.words, own, tuple(rest))
        if found is None:
            return check
        check = replace(
            check,
            layers=len(found.layers),
            inner=found.inner,
            worst=found.worst,
        )
        if not found.inner <= _MISFIT:
            return replace(check, standing=Standing.MISFIT)
        if not one_class or recipe.channels == 1 or standing is Standing.UNLIKE:
            return check
        blue_first = fitting.convention.blue_first
        order = compare_orders(
            self.network, fed, blue_first=blue_first, cancellation=self.cancellation
        )
        check = replace(check, order=order)
        if order is None or not prefers(order, blue_first=not blue_first):
            return check
        return _in_other_order(check, fitting)

    def _raw(self, recipe: Recipe, which: Sequence[int]) -> Tensor:
        """(N, C, h, w), RGB from 0 to 1: resized and cropped as the recipe says."""
        plain = replace(recipe, mean=(0.0,) * 3, std=(1.0,) * 3, blue_first=False)
        made = []
        for image in (self.images[index] for index in which):
            self.cancellation.check()
            made.append(picture_tensor(image, place(image.size, plain), plain))
        return torch.cat(made).to(self.device)

    def _divergence(self, first: FirstNormalisation, fed: Tensor) -> _Divergence:
        self.cancellation.check()
        moments = first.moments(fed)
        return lambda which: first.divergence(reduce(add, (moments[index] for index in which)))


def _in_other_order(check: StatisticsCheck, fitting: ConventionFit) -> StatisticsCheck:
    """Suggests the other order of the channels, unless the statistics speak against it.

    They hardly ever tell the order: red and blue of photographs are much alike.
    """
    exchanged = in_other_order(fitting.convention)
    fits = {fit.convention: fit for fit in check.others}
    other = next((fit for one, fit in fits.items() if is_same(one, exchanged)), None)
    if other is None or other.divergence > max(_FITS, _FAR * fitting.divergence):
        return check
    rest = tuple(fit for fit in check.others if fit is not other)
    return replace(check, standing=Standing.ANOTHER, others=(other, *rest))


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


def _fed(raw: Tensor, convention: Convention) -> Tensor:
    channels = raw.shape[1]
    mean, std = (_sides(each)[:, :channels].to(raw) for each in (convention.mean, convention.std))
    values = (raw - mean) / std
    return values.flip(1) if convention.blue_first else values


def _sides(values: tuple[float, ...]) -> Tensor:
    return torch.tensor(values).view(1, 3, 1, 1)
