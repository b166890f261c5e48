"""Compares the running statistics of batch normalisation with those on pictures.

Batch normalisation keeps the mean and variance of every channel over what it was trained on. A
network that is fed as it was trained, and whose weights lie where they belong, reproduces them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf, isnan, log, sqrt
from statistics import fmean, stdev
from typing import Any

import torch
from torch import Tensor, nn

from camviewer.engine.support.cancellation import Cancellation

_FEWEST_VALUES = 32
"""Minimum values per channel for a mean and a variance that say something."""
_LEAST_VARIANCE = 1e-12
_GRID = 4
"""Dimensions of values on a grid: (N, C, h, w)."""
_ENOUGH_CELLS = 18
"""Cells along a side of a grid that suffice for a mean and a variance."""
_DECISIVE = 3.0
"""Minimum t statistic over the layers; photographs gave 4 to 10 for a right network."""
_FEWEST_LAYERS = 5
_FAR_WORSE = log(8.0)
"""Minimum logarithm of the ratio of divergences at a layer that does not follow from the others."""
_NO_WORSE = log(2.0)
"""Maximum logarithm of that ratio which chance explains, with few photographs."""

_INSTANCE_NORMS = (nn.InstanceNorm1d, nn.InstanceNorm2d, nn.InstanceNorm3d)


@dataclass(frozen=True)
class LayerFit:
    """How far running statistics are from the statistics on pictures, layer by layer.

    Every number is the Kullback-Leibler divergence of two Gaussians, the pictures' from the
    remembered one, in nats; the median over the channels of a layer.

    Attributes:
        layers: names of the normalisations in the order in which they run.
        divergences: of each, while all normalisations before it had their statistics on the
            pictures replaced by the remembered ones. These tell whether a layer follows from the
            layer before it, and hardly depend on which pictures were used.
    """

    layers: tuple[str, ...]
    divergences: tuple[float, ...]

    @property
    def inner(self) -> float:
        """The mean of those behind the first layer; 0 when there is only one."""
        return fmean(self.divergences[1:]) if len(self.divergences) > 1 else 0.0

    @property
    def worst(self) -> float:
        """The largest of those behind the first layer; 0 when there is only one."""
        return max(self.divergences[1:], default=0.0)


def normalisations(network: nn.Module) -> dict[str, nn.Module]:
    """The normalisations of a network that remember statistics, by name.

    What still has the mean 0 and variance 1 that it was made with has never seen a picture and is
    left out.
    """
    return {name: one for name, one in _remembering(network).items() if not _is_untouched(one)}


def has_untouched_statistics(network: nn.Module) -> bool:
    """Whether a network has normalisations, and none of them has ever seen a picture."""
    found = _remembering(network)
    return bool(found) and all(map(_is_untouched, found.values()))


def _remembering(network: nn.Module) -> dict[str, nn.Module]:
    return {
        name: module
        for name, module in network.named_modules()
        if not isinstance(module, (*_INSTANCE_NORMS, torch.jit.ScriptModule))
        and isinstance(getattr(module, "running_mean", None), Tensor)
        and isinstance(getattr(module, "running_var", None), Tensor)
    }


def layer_fit(
    network: nn.Module, pictures: Tensor, cancellation: Cancellation | None = None
) -> LayerFit | None:
    """Runs pictures through a network and compares all its normalisations.

    Args:
        network: in eval mode; it is left as it was.
        pictures: (N, C, h, w) as the network is fed them; four different photographs suffice.
        cancellation: polled at every layer.

    Returns:
        None when the network remembers no statistics.

    Raises:
        Cancelled: told to stop.
    """
    known = normalisations(network)
    if not known:
        return None
    found: dict[str, float] = {}
    cancellation = cancellation or Cancellation()

    def look(name: str, module: nn.Module, values: Tensor) -> Tensor:
        cancellation.check()
        moments = _moments(values)
        if name not in found and moments.count >= _FEWEST_VALUES:
            found[name] = _divergence(moments, module)
        return _corrected(values, moments, module)

    with _looking(known, look), torch.no_grad():
        network(pictures)
    return LayerFit(tuple(found), tuple(found.values())) if found else None


def best_fit(fits: Sequence[LayerFit]) -> int | None:
    """Which of several networks with the same weights reproduces their statistics.

    Args:
        fits: of candidates of one checkpoint, on the same pictures.

    Returns:
        The index of the only one that is better than each of the others beyond doubt; None when
        there is none. The layers' logarithms of divergences are compared in pairs.
    """
    for index, fit in enumerate(fits):
        others = (other for place, other in enumerate(fits) if place != index)
        if all(_is_better(fit, other) for other in others):
            return index
    return None


def unbeaten(fits: Sequence[LayerFit]) -> tuple[int, ...]:
    """The indices of those that none of the others is better than beyond doubt.

    Args:
        fits: of candidates of one checkpoint, on the same pictures.
    """
    return tuple(
        index
        for index, fit in enumerate(fits)
        if not any(_is_better(other, fit) for other in fits if other is not fit)
    )


def _is_better(fit: LayerFit, other: LayerFit) -> bool:
    """Whether the layers behind the first speak for one network, against another.

    Either by a paired t test, or because some layer fits far worse in the other while none speaks
    clearly against this one: a blur or a stride that is missing shows in few layers.
    """
    pairs = list(zip(fit.divergences[1:], other.divergences[1:], strict=False))
    if len(pairs) < _FEWEST_LAYERS or len(fit.divergences) != len(other.divergences):
        return False
    if any(value == inf for value in fit.divergences):
        return False
    least = 1e-9
    ratios = [
        float(torch.tensor((theirs + least) / (own + least)).log())
        for own, theirs in pairs
        if theirs != inf
    ]
    if len(ratios) < len(pairs):
        return True
    spread = stdev(ratios)
    gain = fmean(ratios)
    if gain > 0 and gain * sqrt(len(ratios)) > _DECISIVE * spread:
        return True
    return max(ratios) > _FAR_WORSE and min(ratios) > -_NO_WORSE


@dataclass(frozen=True, eq=False)
class Moments:
    """Sums over the values of every channel, of one picture or several.

    Attributes:
        count: values per channel.
        mean: (C,), float64.
        square: (C,), float64: the mean of the squared distance from ``mean``.
    """

    count: int
    mean: Tensor
    square: Tensor

    def __add__(self, other: Moments) -> Moments:
        count = self.count + other.count
        share = other.count / count
        apart = other.mean - self.mean
        return Moments(
            count,
            self.mean + apart * share,
            self.square * (1 - share) + other.square * share + apart**2 * share * (1 - share),
        )


class FirstNormalisation:
    """What is fed to the normalisation that runs first.

    Args:
        network: in eval mode; it is left as it was.
        example: (1, C, h, w), any input that the network accepts.

    Raises:
        LookupError: the network remembers no statistics.
    """

    def __init__(self, network: nn.Module, example: Tensor) -> None:
        self._network = network
        known = normalisations(network)
        ran: list[str] = []

        def note(name: str, _module: nn.Module, _values: Tensor) -> None:
            ran.append(name)
            raise _Enough

        self._run(known, note, example)
        if not ran:
            raise LookupError("no normalisation with statistics runs")
        self.name = ran[0]
        self._module = known[self.name]

    def moments(self, pictures: Tensor) -> list[Moments]:
        """The statistics on each of some pictures (N, C, h, w)."""
        found: list[Moments] = []

        def measure(_name: str, _module: nn.Module, values: Tensor) -> None:
            found.extend(_moments(values[place : place + 1]) for place in range(len(values)))
            raise _Enough

        self._run({self.name: self._module}, measure, pictures)
        return found

    @property
    def remembered(self) -> tuple[Tensor, Tensor]:
        """Mean and variance (C,) of its training, float64."""
        return _remembered(self._module)

    def divergence(self, moments: Moments) -> float:
        """How far the remembered statistics are from these; the median over the channels."""
        return _divergence(moments, self._module)

    def _run(
        self,
        modules: dict[str, nn.Module],
        look: Callable[[str, nn.Module, Tensor], Tensor | None],
        picture: Tensor,
    ) -> None:
        with _looking(modules, look), torch.no_grad():
            try:
                self._network(picture)
            except _Enough:
                return


class _Enough(Exception):  # noqa: N818  (ends a pass whose rest nobody needs)
    pass


@contextmanager
def _looking(
    modules: dict[str, nn.Module], look: Callable[[str, nn.Module, Tensor], Tensor | None]
) -> Iterator[None]:
    """Shows ``look`` what is fed to modules; a tensor that it returns is fed instead."""

    def hook_for(name: str) -> Callable[[nn.Module, tuple[Any, ...]], tuple[Tensor] | None]:
        def hook(module: nn.Module, arguments: tuple[Any, ...]) -> tuple[Tensor] | None:
            instead = look(name, module, arguments[0])
            return None if instead is None else (instead,)

        return hook

    handles = [module.register_forward_pre_hook(hook_for(name)) for name, module in modules.items()]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


def _moments(values: Tensor) -> Moments:
    thinned = _thinned(values)
    over = [side for side in range(thinned.dim()) if side != 1]
    # Several times faster than torch.var_mean on a processor.
    mean = thinned.mean(over, keepdim=True, dtype=torch.float32)
    variance = (thinned - mean).square_().mean(over)
    mean = mean.flatten()
    count = thinned.numel() // max(thinned.shape[1], 1)
    return Moments(count, mean.double().cpu(), variance.double().cpu())


def _thinned(values: Tensor) -> Tensor:
    """Fewer cells of a large grid: neighbours are alike, and memory is what takes long.

    The step is odd, so that cells at every phase of the strides before are among them.
    """
    if values.dim() != _GRID:
        return values
    step = max(min(values.shape[2:]) // _ENOUGH_CELLS, 1)
    step -= 1 - step % 2
    return values[:, :, ::step, ::step].contiguous()


def _corrected(values: Tensor, moments: Moments, module: nn.Module) -> Tensor:
    """The values with the remembered mean and variance in the place of their own."""
    mean, variance = _remembered(module)
    scale = (variance.clamp_min(0.0) / moments.square.clamp_min(_LEAST_VARIANCE)).sqrt()
    shift = mean - moments.mean * scale
    sides = [1, -1] + [1] * (values.dim() - 2)
    return (values * scale.to(values).view(sides)).add_(shift.to(values).view(sides))


def _divergence(moments: Moments, module: nn.Module) -> float:
    """KL(pictures || remembered); infinite where the remembered variance cannot be one."""
    mean, variance = _remembered(module)
    if not bool((variance >= 0).all()):
        return inf
    variance = variance.clamp_min(_LEAST_VARIANCE)
    square = moments.square.clamp_min(_LEAST_VARIANCE)
    apart = (square + (moments.mean - mean) ** 2) / variance
    nats = 0.5 * (apart - 1.0 - (square / variance).log())
    value = float(nats.median())
    return inf if isnan(value) else value


def _remembered(module: nn.Module) -> tuple[Tensor, Tensor]:
    mean, variance = module.running_mean, module.running_var
    assert isinstance(mean, Tensor)  # noqa: S101
    assert isinstance(variance, Tensor)  # noqa: S101
    return mean.double().cpu(), variance.double().cpu()


def _is_untouched(module: nn.Module) -> bool:
    mean, variance = _remembered(module)
    return bool((mean == 0).all()) and bool((variance == 1).all())
