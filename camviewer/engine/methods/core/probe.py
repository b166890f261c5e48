"""Gives a method that needs several passes access to the picture and the network."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count as count_up
from typing import Protocol

import torch
from torch import Tensor, nn
from torch.nn.functional import interpolate

from camviewer.engine.geometry.cell_grid import GridGeometry, Registration
from camviewer.engine.geometry.geometry import Placement
from camviewer.engine.methods.core.activation_scorer import ActivationScorer
from camviewer.engine.methods.core.batches import Batches, memory_of_a_pass
from camviewer.engine.methods.core.limits import USUAL, Limits
from camviewer.engine.methods.core.logit_cache import LogitCache
from camviewer.engine.network import forward as passes
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.forward import Forward
from camviewer.engine.network.grid_layers import whole_batch
from camviewer.engine.network.interruption import interruptible
from camviewer.engine.network.layouts import Layout
from camviewer.engine.network.scores import Score
from camviewer.engine.runtime.tail_network import TailNetwork
from camviewer.engine.support.cancellation import Cancellation

_NOISE = 1e-6
"""Range of a mean of channels, as a share of the largest activation, below which it is rounding
noise."""


class ProbeContext(Protocol):
    """Gives a probe the network's layers, and passes in other placements."""

    def layer_names(self, placement: Placement) -> tuple[str, ...]:
        """All layers with a grid, in the network's order of definition."""

    def layer_grids(self, placement: Placement) -> tuple[tuple[str, tuple[int, int]], ...]:
        """All layers with a grid, as (name, (h, w))."""

    def layout(self, layer: str, input_size: tuple[int, int]) -> Layout:
        """How a layer holds its grid."""

    def stride(
        self, layer: str, placement: Placement, grid: tuple[int, int]
    ) -> tuple[float, float]:
        """(x, y): input pixels between a layer's cells, for a map that does not draw them."""

    def registration(self, layer: str, placement: Placement, grid: tuple[int, int]) -> Registration:
        """The registration of a layer's grid on the input."""

    def geometry(self, layer: str, placement: Placement, grid: tuple[int, int]) -> GridGeometry:
        """Where a layer's cells look in source pixels."""

    def tensor(self, placement: Placement) -> Tensor:
        """The network's input for the picture, (1, 3, h, w)."""

    def tensor_with_margin(self, placement: Placement, margin: tuple[int, int]) -> Tensor:
        """The network's input with a margin (x, y) of input pixels on every side."""

    def forward(self, placement: Placement, layer: str) -> Forward:
        """A pass of the picture in any placement."""


@dataclass(frozen=True, eq=False)
class Probe:
    """A picture and the network that is asked about it.

    Attributes:
        classifier: the network, its head, its device.
        forward: the pass of the picture, with the score that is explained.
        picture: (1, 3, h, w), normalised: 0 is the mean colour of the training set.
        placement: how the network sees the picture.
        context: gives the layers and other placements.
        cancellation: polled between batches and inside passes.
        run_pictures: (N, 3, h, w) in, logits (N, K) out, without gradients: torch's network, or
            a faster engine of the same numbers.
        torch_network: the network that torch runs for such pictures.
        count_passes: called with the number of pictures that went through the network.
        find_tail: gives the tail network of a layer, by name and picture.
        logit_cache: logits of earlier runs for this picture, layer and options.
        limits: limits of a batch.
    """

    classifier: Classifier
    forward: Forward
    picture: Tensor
    placement: Placement
    context: ProbeContext
    cancellation: Cancellation
    run_pictures: Callable[[Tensor], Tensor]
    torch_network: nn.Module
    count_passes: Callable[[int], None]
    find_tail: Callable[[str, Tensor], TailNetwork | None]
    logit_cache: LogitCache
    limits: Limits = USUAL
    _calls: Iterator[int] = field(default_factory=count_up)
    _batches_made: list[Batches] = field(default_factory=list)

    @property
    def score(self) -> Score:
        """The score that is explained."""
        return self.forward.score

    @cached_property
    def batches(self) -> Batches:
        """Runs pictures through the whole network."""
        with interruptible(self.cancellation):
            memory, seconds = memory_of_a_pass(self.torch_network, self.picture)
        whole = whole_batch(self.classifier.network)
        return self._made(self.run_pictures, memory / whole, seconds / whole, whole=whole)

    def _made(
        self, run: Callable[[Tensor], Tensor], memory: float, seconds: float, *, whole: int = 1
    ) -> Batches:
        device, limits = self.classifier.device, self.limits
        batches = Batches(
            run, device, self.cancellation, memory, seconds, limits=limits, whole=whole
        )
        self._batches_made.append(batches)
        return batches

    @property
    def ran_whole_network(self) -> bool:
        """Whether pictures went through the whole network, whose pace they then tell."""
        return any(each.run is self.run_pictures for each in self._batches_made)

    @property
    def memory_note(self) -> str:
        """A note that batches were reduced for lack of memory; empty when they were not."""
        least = min((each.size for each in self._batches_made if each.ran_out), default=0)
        if not least:
            return ""
        return (
            f"The memory of {self.classifier.info.device} did not suffice, so this went on with "
            f"{least} picture{'' if least == 1 else 's'} at once."
        )

    def logits(self, count: int, make: Callable[[range], Tensor]) -> Iterator[tuple[range, Tensor]]:
        """The logits (n, K) of ``count`` pictures, batch by batch and without gradients.

        The logits are cached for other classes.

        Args:
            count: number of pictures.
            make: the pictures (n, 3, h, w) with these numbers; they must not depend on the class
                or on its score.
        """

        def run(start: int) -> Iterator[tuple[range, Tensor]]:
            for rows, logits in self.batches.over(count, make, start):
                self.count_passes(len(rows))
                yield rows, logits

        return self._cached_or(run, count)

    def _cached_or(
        self, run: Callable[[int], Iterator[tuple[range, Tensor]]], count: int
    ) -> Iterator[tuple[range, Tensor]]:
        return self.logit_cache.over(next(self._calls), count, self.picture.device, run)

    def scores(
        self, count: int, make: Callable[[range], Tensor], class_index: int
    ) -> Iterator[tuple[range, Tensor]]:
        """The scores (n,) of a class for ``count`` pictures, batch by batch."""
        for rows, logits in self.logits(count, make):
            yield rows, self.score.of(logits, class_index)

    @cached_property
    def _activation_scorer(self) -> ActivationScorer:
        def find_tail() -> TailNetwork | None:
            return self.find_tail(self.forward.layer, self.picture)

        return ActivationScorer(self.classifier, self.forward, self.picture, find_tail)

    def logits_from_layer(self, activations: Tensor) -> Tensor:
        """The logits (N, K) for other activations (N, C, h, w) of the tapped layer."""
        with interruptible(self.cancellation):
            return self._activation_scorer(activations)

    def score_from_layer(self, activations: Tensor, class_index: int) -> Tensor:
        """The score of a class, (), for other activations (C, h, w) of the tapped layer."""
        return self.score.of(self.logits_from_layer(activations[None]), class_index)[0]

    def scores_from_layer(
        self, count: int, make: Callable[[range], Tensor], class_index: int
    ) -> Iterator[tuple[range, Tensor]]:
        """The scores (n,) of a class for other activations of the tapped layer.

        Args:
            count: number of sets of activations.
            make: the activations (n, C, h, w) with these numbers; they must not depend on the
                class or on its score, because the logits are cached for other classes.
            class_index: the class.
        """

        def run(start: int) -> Iterator[tuple[range, Tensor]]:
            with interruptible(self.cancellation):
                memory, seconds = self._activation_scorer.memory_of_a_pass(self.forward.activations)
            return self._made(self._activation_scorer, memory, seconds).over(count, make, start)

        for rows, logits in self._cached_or(run, count):
            yield rows, self.score.of(logits, class_index)

    @cached_property
    def _noise(self) -> float:
        return _NOISE * float(self.forward.activations.abs().max())

    def is_flat(self, grid: Tensor) -> bool:
        """Whether a mean of the layer's channels, (h, w), is constant up to rounding noise."""
        low, high = grid.detach().aminmax()
        return float(high - low) <= self._noise

    def score_of_masked(self, grid: Tensor, class_index: int) -> Tensor:
        """The score of a class, (), for the picture under a mask; gradients flow to the mask.

        Args:
            grid: (h, w) of any range; it is enlarged to the picture and scaled to 0 to 1. A grid
                that is constant up to rounding noise becomes 0 and keeps its gradient.
            class_index: the class.
        """
        large = interpolate(
            grid[None, None], self.picture.shape[2:], mode="bilinear", align_corners=False
        )
        low, high = large.min(), large.max()
        if self.is_flat(grid):  # its lowest cell would be arbitrary
            mask = (large - large.detach()) / max(self._noise, torch.finfo(large.dtype).tiny)
        else:
            mask = (large - low) / (high - low)
        self.count_passes(1)
        with interruptible(self.cancellation):
            logits = self.classifier.network(self.picture * mask)
        return self.score.of(logits, class_index)[0]

    def passes(self, count: int, make: Callable[[int], Tensor]) -> Iterator[Forward]:
        """A pass for each of ``count`` other pictures, with the graph for gradients.

        Args:
            count: number of pictures.
            make: the picture (1, 3, h, w) with this number.
        """
        for number in range(count):
            self.cancellation.check()
            with interruptible(self.cancellation):
                forward = passes.run(
                    self.classifier.network,
                    make(number),
                    self.forward.layer,
                    self.classifier.head,
                    self.forward.layout,
                )
            self.count_passes(1)
            yield forward.scored(self.score)

    def forwards(self, layers: Sequence[str]) -> dict[str, Forward]:
        """One pass of the picture with several layers tapped in one graph."""
        size = self.placement.input_size
        layouts = {layer: self.context.layout(layer, size) for layer in layers}
        with interruptible(self.cancellation):
            found = passes.run_layers(
                self.classifier.network, self.picture, layouts, self.classifier.head
            )
        self.count_passes(1)
        return {layer: forward.scored(self.score) for layer, forward in found.items()}

    def forward_at(self, placement: Placement) -> Forward:
        """A pass of the picture in another placement, with the same layer tapped."""
        self.cancellation.check()
        found = self.context.forward(placement, self.forward.layer)
        return found.scored(self.score)

    def generator(self, seed: int) -> torch.Generator:
        """A CPU generator, which draws the same random numbers whatever the device."""
        return torch.Generator().manual_seed(seed)
