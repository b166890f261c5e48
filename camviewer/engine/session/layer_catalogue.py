"""Describes a network's layers: their grids, strides and measured offsets."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field

import torch

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.cell_grid import Registration
from camviewer.engine.geometry.geometry import Placement
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.grid_layers import (
    GridLayer,
    even_stride,
    grid_layers,
    grid_stride,
    mixes_globally,
)
from camviewer.engine.network.layouts import Arrangement, Layout
from camviewer.engine.network.measured_offsets import (
    OffsetUnknownError,
    is_sound,
    measure_offset,
    slack_of,
)
from camviewer.engine.network.offset_store import OffsetStore
from camviewer.engine.results.messages import LayerInfo
from camviewer.engine.results.notes import Note, NoteKind, Severity
from camviewer.engine.session.pass_runner import PassRunner

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class KnownLayers:
    """What was found out about layers.

    Attributes:
        grids: layers with a grid, by input size (h, w).
        strides: (x, y) in input pixels, by layer, where they are not even.
        laid: the layers whose registration was used since ``begin_map``.
    """

    grids: dict[tuple[int, int], tuple[GridLayer, ...]] = field(default_factory=dict)
    strides: dict[str, tuple[float, float]] = field(default_factory=dict)
    laid: set[str] = field(default_factory=set)


class LayerCatalogue:
    """The layers of one classifier, found at the first use.

    Args:
        passes: runs the classifier.
        offsets: where the measured offsets are kept.
        known: what another network with the same layers has found out, which both then share.
    """

    def __init__(
        self, passes: PassRunner, offsets: OffsetStore, known: KnownLayers | None = None
    ) -> None:
        known = known or KnownLayers()
        self._passes = passes
        self._offsets = offsets
        self._known = known
        self._layers, self._strides, self._laid = known.grids, known.strides, known.laid
        self._mixes_globally = mixes_globally(passes.classifier.network)
        self._names = {name for name, _ in passes.classifier.network.named_modules()}

    def of_network(self, passes: PassRunner) -> LayerCatalogue:
        """The layers of another network, which has the same ones up to its last."""
        return LayerCatalogue(passes, self._offsets, self._known)

    @property
    def classifier(self) -> Classifier:
        """The classifier, on the device where it is now."""
        return self._passes.classifier

    def grids(self, input_size: tuple[int, int]) -> tuple[GridLayer, ...]:
        """Every layer with a grid for this input."""
        if input_size not in self._layers:
            example = torch.zeros(
                (1, self.classifier.info.recipe.channels, *input_size),
                device=self.classifier.device,
            )
            self._layers[input_size] = grid_layers(self.classifier.network, example)
        return self._layers[input_size]

    def infos(self, input_size: tuple[int, int]) -> tuple[LayerInfo, ...]:
        """Descriptions of all layers with a grid for this input."""
        return tuple(
            LayerInfo(layer.name, layer.kind, layer.shape, self._is_cam(layer.name))
            for layer in self.grids(input_size)
        )

    def info(self, layer: str, shape: tuple[int, int, int]) -> LayerInfo:
        """Description of a layer with an output of shape (C, h, w)."""
        kind = type(self.classifier.network.get_submodule(layer)).__name__
        return LayerInfo(layer, kind, shape, self._is_cam(layer))

    def layout(self, layer: str, input_size: tuple[int, int]) -> Layout:
        """How a layer holds its grid.

        Raises:
            CamviewerError: there is no such layer, or it has no grid for this input.
        """
        known, info = self.classifier.layout, self.classifier.info
        if layer == info.default_layer and known is not None:
            always = known.arrangement is not Arrangement.TOKENS
            if always or input_size == info.recipe.input_size:
                return known
        for found in self.grids(input_size):
            if found.name == layer:
                return found.layout
        if layer not in self._names:
            raise CamviewerError(
                f"There is no layer called {layer}.", "`camviewer layers` lists them."
            )
        height, width = input_size
        raise CamviewerError(
            f"Layer {layer} puts out no grid of several cells for {width} x {height} pixels.",
            "Choose a larger detail, or a layer in front of it: `camviewer layers` lists them.",
        )

    def stride(
        self, layer: str, input_size: tuple[int, int], grid: tuple[int, int]
    ) -> tuple[float, float]:
        """(x, y): input pixels between a layer's cells, for an input and a grid (h, w)."""
        even = even_stride(input_size, grid)
        if even is not None:
            return even
        if layer not in self._strides:
            self._strides[layer] = grid_stride(
                self.classifier.network, layer, self.classifier.info.recipe, input_size
            )
        return self._strides[layer]

    def registration(
        self, layer: str, placement: Placement, grid: tuple[int, int], *, nominal: bool = False
    ) -> Registration:
        """The registration of a layer's grid on the input."""
        stride = self.stride(layer, placement.input_size, grid)
        offset = self._offsets.get(layer)
        self._laid.add(layer)
        if offset is None:
            return Registration(stride)
        if not is_sound(offset, stride, slack_of(placement.input_size, grid, stride)):
            _log.warning("the offset %s of layer %s cannot be true", offset, layer)
            self._offsets.forget(layer)
            return Registration(stride)
        registration = Registration(stride, offset, measured=True)
        return registration.nominal() if nominal else registration

    def cells_without_place(self) -> tuple[Note, ...]:
        """Notes on the layers used since ``begin_map`` whose offset could not be measured."""
        return tuple(
            Note(
                NoteKind.PLACE,
                f"Layer {name} is drawn at its nominal centres, because where its cells look could "
                f"not be measured: {why}",
                Severity.WARNING,
            )
            for name in sorted(self._laid)
            if (why := self._offsets.refusal(name))
        )

    def begin_map(self) -> None:
        """Starts to record the layers whose registration is used for a map."""
        self._laid.clear()

    def wants_offset(self, layer: str) -> bool:
        """Whether a layer's offset has not been measured yet; layers of attention have none.

        Args:
            layer: its name, or the words that a map of several layers has in its place, which mean
                the layers recorded since ``begin_map``.
        """
        measurable = not self._mixes_globally and not self.classifier.info.layer_refusal
        return measurable and self._unmeasured(layer) is not None

    def _unmeasured(self, layer: str) -> str | None:
        meant = [layer] if layer in self._names else sorted(self._laid)
        known = self._offsets
        return next((n for n in meant if known.get(n) is None and not known.refusal(n)), None)

    def measure_offset(self, layer: str, cancelled: threading.Event | None = None) -> None:
        """Measures and stores the offset of a layer, or of the next one of several layers.

        A failure is stored as well, and maps on the layer have a note.

        Raises:
            Cancelled: told to stop.
        """
        name = self._unmeasured(layer) or layer
        try:
            offset = measure_offset(
                self.classifier.network, name, self.classifier.info.recipe, cancelled=cancelled
            )
        except OffsetUnknownError as error:
            self._offsets.refuse(name, error.message, lasting=error.lasting)
        else:
            self._offsets.put(name, (round(offset.x, 2), round(offset.y, 2)))

    def _is_cam(self, layer: str) -> bool:
        return layer == self.classifier.info.cam_layer
