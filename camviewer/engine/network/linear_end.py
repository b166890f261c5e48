"""Computes the maps of all classes with a classifier's linear layers as convolutions."""

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
"""Maximum number of grids whose maps of all classes are cached; because VGG16's take 2 MB each at
4x."""


class LinearEnd:
    """Converts a classifier's linear layers to convolutions at the first use.

    Args:
        classifier: on the device where it runs; a classifier that was moved needs a new object.
    """

    def __init__(self, classifier: Classifier) -> None:
        self._classifier = classifier
        self._maps: list[tuple[Tensor, bool, Tensor]] = []

    @property
    def head(self) -> ConvolutionalHead | None:
        """The linear layers as convolutions; None when they have no such form, or need none."""
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
        """(K, h, w): class scores of all windows of a grid, cached for the last few grids.

        Args:
            activations: (C, h, w) of the head's layer.
            pad: whether to pad the grid, which makes the map cover the whole input.
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
