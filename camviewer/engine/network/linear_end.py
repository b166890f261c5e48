"""The linear end of a loaded classifier at work: all its class maps from one pass."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from camviewer.engine.network.convolutional_conversion import Conversion, convolutional_end
from camviewer.engine.network.shared_convolution import ConvolutionalHead

if TYPE_CHECKING:
    from camviewer.engine.network.classifier import Classifier

_KEPT_MAPS = 4
"""All classes' maps of so many grids are kept, 2 MB each for VGG16 at 4x."""


class LinearEnd:
    """Finds the convolutional form of a classifier's end when it is first asked for.

    Args:
        classifier: on the device where it runs; one that has moved has another end.
    """

    def __init__(self, classifier: Classifier) -> None:
        self._classifier = classifier
        self._maps: list[tuple[Tensor, bool, Tensor]] = []

    @property
    def head(self) -> ConvolutionalHead | None:
        """The end as convolutions; None when it has no such form, or needs none."""
        return self._conversion.head

    def refusal(self, layer: str) -> str:
        """Why there are no class maps on a layer; empty when there are."""
        head = self.head
        if head is None:
            return self._conversion.refusal
        if layer in {head.layer, self._classifier.info.default_layer}:
            return ""
        return f"the linear layers are fed the grid of layer {head.layer}, not that of {layer}."

    def logits(self, activations: Tensor, *, pad: bool) -> Tensor:
        """(K, h, w): class scores of all windows of a grid; the last grids' are kept.

        Args:
            activations: (C, h, w) of the head's layer.
            pad: so that the map covers the whole input.
        """
        for grid, padded, kept in self._maps:
            if grid is activations and padded == pad:
                return kept
        head = self.head
        assert head is not None  # noqa: S101  (whoever asks has asked for the refusal before)
        maps = head.class_maps(activations, pad=pad)
        self._maps = [*self._maps[1 - _KEPT_MAPS :], (activations, pad, maps)]
        return maps

    @cached_property
    def _conversion(self) -> Conversion:
        info = self._classifier.info
        if info.cam_layer is not None:
            return Conversion(
                None,
                "this network ends in a pooled linear head, so CAM itself is exact and nothing "
                "has to be converted.",
            )
        generator = torch.Generator().manual_seed(0)
        example = torch.rand(
            (1, info.recipe.channels, *info.recipe.input_size), generator=generator
        )
        return convolutional_end(
            self._classifier.network, example.to(self._classifier.device), info.default_layer
        )
