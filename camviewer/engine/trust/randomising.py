"""Runs the sanity check: randomises weights and compares the maps before and after."""

from __future__ import annotations

import copy
import threading
from collections.abc import Iterator
from dataclasses import replace
from statistics import fmean

import numpy as np
import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.pooled_head import PooledHead
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import Explanation
from camviewer.engine.results.targets import RegionPixels
from camviewer.engine.session.session import Session
from camviewer.engine.trust.masking import rank_correlation
from camviewer.engine.trust.saliency import at_input_pixels, mask_of
from camviewer.engine.trust.sanity import SanityCheck, SanityStep
from camviewer.engine.trust.similarity import structural

_STEPS = (
    ("The class weights", 0.0),
    ("The upper quarter of the layers", 0.25),
    ("The upper half of the layers", 0.5),
    ("Three quarters of the layers", 0.75),
    ("All layers", 1.0),
)


def check_sanity(
    session: Session,
    image: SourceImage,
    explanation: Explanation,
    *,
    draws: int = 2,
    seed: int = 0,
    cancelled: threading.Event | None = None,
) -> Iterator[SanityCheck]:
    """Randomises weights from the class weights down, and repeats the map after each step.

    Adebayo, Gilmer, Muelly, Goodfellow, Hardt, Kim: Sanity Checks for Saliency Maps, NeurIPS 2018
    (cascading randomisation). Weights are drawn from a normal distribution with the mean and the
    deviation of their tensor, which keeps activations in a usable range. Running statistics stay.
    The network in use is not changed; the copy shares all tensors that are not random.

    Args:
        session: the session that made the map.
        image: the picture.
        explanation: its map.
        draws: number of random networks per step, over which results are averaged.
        seed: seed of the first.
        cancelled: polled between maps.

    Raises:
        CamviewerError: the model has no weights to randomise, or the method needs more than the
            network's input.
        Cancelled: told to stop.
    """
    if not weighted_modules(session.classifier.network):
        raise CamviewerError(
            "This model's weights cannot be replaced by chance: they are sealed in its file.",
            "The check works with imported checkpoints.",
        )
    if isinstance(explanation.request.target, RegionPixels):
        raise CamviewerError(
            "The pixels of a region are not explained by networks of random weights.",
            "Check the map of the class itself.",
        )
    picture = session.input_tensor(image, explanation.placement)
    session.map_of(picture, explanation.request, cancelled)  # a method that cannot says so here
    return _Randomising(session.classifier, picture, explanation, cancelled).checks(draws, seed)


class _Randomising:
    def __init__(
        self,
        classifier: Classifier,
        picture: Tensor,
        explanation: Explanation,
        cancelled: threading.Event | None,
    ) -> None:
        self._classifier = classifier
        self._picture = picture
        self._explanation = explanation
        self._cancelled = cancelled
        self._found: list[list[tuple[float, float]]] = [[] for _ in _STEPS]

    def checks(self, draws: int, seed: int) -> Iterator[SanityCheck]:
        done, total = 0, draws * len(_STEPS)
        for draw in range(draws):
            network = sharing_copy(self._classifier.network)
            generator = torch.Generator().manual_seed(seed + draw)
            waiting = weighted_modules(network)[::-1]
            count = len(waiting)
            for place, (_, share) in enumerate(_STEPS):
                if self._cancelled is not None and self._cancelled.is_set():
                    raise Cancelled
                while waiting and (len(waiting) == count or count - len(waiting) < share * count):
                    randomise(network.get_submodule(waiting.pop(0)), generator)
                values = self._map_of(network)
                if values is not None:
                    self._found[place].append(_likeness(self._explanation, values))
                done += 1
                yield self._check(draws, done / total)

    def _check(self, draws: int, share_done: float) -> SanityCheck:
        steps = [
            SanityStep(
                title,
                share,
                fmean(rank for rank, _ in pairs) if pairs else None,
                fmean(alike for _, alike in pairs) if pairs else None,
            )
            for (title, share), pairs in zip(_STEPS, self._found, strict=True)
            if pairs or share_done == 1.0
        ]
        finished = share_done == 1.0
        return SanityCheck(self._explanation, tuple(steps), draws, share_done, finished)

    def _map_of(self, network: nn.Module) -> Tensor | None:
        """The map (h, w); None when the random network's results are not finite."""
        head = self._classifier.head
        randomised = Session(
            replace(
                self._classifier,
                network=network,
                head=None if head is None else self._head(head, network),
            )
        )
        try:
            values = randomised.map_of(self._picture, self._explanation.request, self._cancelled)
        except CamviewerError:
            return None
        return values if bool(torch.isfinite(values).all()) else None

    def _head(self, head: PooledHead, network: nn.Module) -> PooledHead:
        """The pooled head with the weights of the copy."""
        for name, module in self._classifier.network.named_modules():
            if isinstance(module, nn.Linear) and torch.equal(module.weight, head.weight):
                parameters = dict(network.get_submodule(name).named_parameters())
                return replace(
                    head, weight=parameters["weight"], bias=parameters.get("bias", head.bias)
                )
        return head


def weighted_modules(network: nn.Module) -> list[str]:
    """Names of the modules with parameters of their own, in the order of the network."""
    return [name for name, module in network.named_modules() if module._parameters]


def sharing_copy(network: nn.Module) -> nn.Module:
    """A copy of the modules that shares all tensors and takes almost no memory."""
    shared = (*network.parameters(), *network.buffers())
    return copy.deepcopy(network, {id(tensor): tensor for tensor in shared})


def randomise(module: nn.Module, generator: torch.Generator) -> None:
    """Gives a module's own parameters random values in new tensors."""
    for name, parameter in list(module.named_parameters(recurse=False)):
        spread = float(parameter.detach().std()) if parameter.numel() > 1 else 0.0
        drawn = torch.empty(parameter.shape).normal_(
            float(parameter.detach().mean()), spread, generator=generator
        )
        chance = nn.Parameter(drawn.to(parameter), requires_grad=False)
        module.register_parameter(name, chance)


def _likeness(explanation: Explanation, values: Tensor) -> tuple[float, float]:
    """Spearman's correlation over the cells, and SSIM of the positive parts at input pixels."""
    heatmap = explanation.heatmap
    own = torch.from_numpy(np.array(heatmap.values))
    shown = [
        mask_of(at_input_pixels(map_.numpy(), heatmap.geometry, explanation.placement))
        for map_ in (own, values)
    ]
    blank = torch.zeros(explanation.placement.input_size)
    left, right = (blank if mask is None else mask for mask in shown)
    return rank_correlation(own, values), structural(left, right)
