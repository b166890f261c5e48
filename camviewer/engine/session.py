"""A loaded model at work: verdicts and maps, with everything reused that can be.

A session belongs to one thread. It keeps the last passes, so that another class, or another
method on the same layer, costs no second pass through the network.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor

from camviewer.engine import forward as passes
from camviewer.engine.classifier import Classifier
from camviewer.engine.embedded import IDENTIFIER, load_embedded
from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.forward import Forward
from camviewer.engine.geometry import (
    Placement,
    PlacementMode,
    Registration,
    grid_geometry,
    place,
)
from camviewer.engine.heatmap import Evidence, Heatmap
from camviewer.engine.image import SourceImage
from camviewer.engine.layers import GridLayer, grid_layers, grid_stride, mixes_globally
from camviewer.engine.layouts import Arrangement, Layout
from camviewer.engine.messages import (
    ExplainRequest,
    Explanation,
    LayerInfo,
    MethodInfo,
    ModelInfo,
    Verdict,
)
from camviewer.engine.methods import Method, all_methods, find_method
from camviewer.engine.methods.registry import Needs
from camviewer.engine.offset_store import OffsetStore
from camviewer.engine.offsets import measure_offset
from camviewer.engine.tensors import picture_tensor

_Value = TypeVar("_Value")
_log = logging.getLogger(__name__)

_KEPT_PASSES = 4
_KEPT_TENSORS = 2
_KEPT_VERDICTS = 64


class Session:
    """Answers questions about pictures with one classifier.

    Args:
        classifier: what to ask.
        offsets: where the measured offsets of its layers are kept.
    """

    def __init__(self, classifier: Classifier, offsets: OffsetStore | None = None) -> None:
        self._classifier = classifier
        self._offsets = offsets or OffsetStore(classifier.info.weights_sha256)
        self._passes: OrderedDict[Hashable, Forward] = OrderedDict()
        self._tensors: OrderedDict[Hashable, Tensor] = OrderedDict()
        self._verdicts: OrderedDict[Hashable, Verdict] = OrderedDict()
        self._layers: dict[tuple[int, int], tuple[GridLayer, ...]] = {}
        self._strides: dict[str, tuple[float, float]] = {}
        self._mixes_globally = mixes_globally(classifier.network)
        self._fell_back = False
        self.pass_count = 0

    @classmethod
    def embedded(cls, cache: Path | None = None, device: torch.device | None = None) -> Session:
        """A session with the model that comes with the program.

        Args:
            cache: folder for measured offsets; None keeps them for this run only.
            device: the best one when None.
        """
        classifier = load_embedded(device)
        store = OffsetStore(classifier.info.weights_sha256, cache, shipped=IDENTIFIER)
        return cls(classifier, store)

    @property
    def info(self) -> ModelInfo:
        """The model, in words."""
        return self._classifier.info

    @property
    def classifier(self) -> Classifier:
        """What is asked; nobody may change it."""
        return self._classifier

    @property
    def size_bytes(self) -> int:
        """Memory that the model's weights take."""
        network = self._classifier.network
        tensors = (*network.parameters(), *network.buffers())
        return sum(tensor.numel() * tensor.element_size() for tensor in tensors)

    def verdict(self, image: SourceImage) -> Verdict:
        """What the model says of the picture under its own recipe."""
        known = self._verdicts.get(image.sha256)
        if known is not None:
            return known
        recipe_placement = self._place(image, PlacementMode.CROP, 1.0)
        return self._verdict_of(
            image, self._forward(image, recipe_placement, self.info.default_layer)
        )

    def explain(
        self,
        image: SourceImage,
        request: ExplainRequest,
        cancelled: threading.Event | None = None,
    ) -> Explanation:
        """Makes the map that was asked for.

        Raises:
            CamviewerError: the class, layer or method does not exist or does not fit.
            Cancelled: told to stop.
        """
        start, passes_before = perf_counter(), self.pass_count
        method = find_method(request.method)
        layer = request.layer or self._default_layer(method)
        placement = self._place(image, request.mode, request.detail)
        self._layout(layer, placement.input_size)
        refusal = self.refusal(method, layer)
        if refusal:
            raise CamviewerError(
                f"{method.info.title} is not defined here: {refusal}", self._way_out
            )
        forward = self._forward(image, placement, layer)
        _stop_if(cancelled)
        if placement == self._place(image, PlacementMode.CROP, 1.0):
            verdict = self._verdict_of(image, forward)
        else:
            verdict = self.verdict(image)
        _stop_if(cancelled)
        class_index = self._class_index(request.class_index, verdict)
        class_map = method.explain(forward, class_index)
        shape = forward.activations.shape
        heatmap = Heatmap(
            values=_as_numpy(class_map.values),
            geometry=grid_geometry(
                placement,
                (shape[1], shape[2]),
                self._registration(layer, placement, (shape[1], shape[2]), request.nominal),
            ),
            unit=method.info.unit,
            noise_scale=class_map.terms,
        )
        here = self._classifier.probabilities(forward.logits)
        return Explanation(
            request=replace(request, class_index=class_index, layer=layer),
            heatmap=heatmap,
            placement=placement,
            class_index=class_index,
            class_name=self.info.labels[class_index],
            method=method.info,
            layer=LayerInfo(
                layer,
                self._kind(layer),
                (shape[0], shape[1], shape[2]),
                layer == self.info.cam_layer,
            ),
            probability=float(verdict.probabilities[class_index]),
            logit=float(verdict.logits[class_index]),
            probability_here=float(here[class_index]),
            logit_here=float(forward.logits[class_index]),
            milliseconds=(perf_counter() - start) * 1000,
            passes=self.pass_count - passes_before,
            device=self.info.device,
            notes=_notes(heatmap, self.info.labels[class_index], self._fell_back),
        )

    def input_tensor(self, image: SourceImage, placement: Placement) -> Tensor:
        """(1, 3, h, w) as the network is fed the picture, on its device; nobody may change it."""
        return self._tensor(image, placement)

    def map_of(
        self,
        picture: Tensor,
        request: ExplainRequest,
        cancelled: threading.Event | None = None,
    ) -> Tensor:
        """(h, w) on the CPU: the raw map of any input, for a request with class and layer.

        Args:
            picture: (1, 3, h, w), normalised, on the network's device.
            request: tells method, layer and class.
            cancelled: polled where the method takes long.

        Raises:
            CamviewerError: the pass is not finite, or the method does not fit.
            Cancelled: told to stop.
        """
        _stop_if(cancelled)
        method = find_method(request.method)
        layer = request.layer or self._default_layer(method)
        layout = self._layout(layer, (picture.shape[2], picture.shape[3]))
        head = self._classifier.head
        forward = passes.run(self._classifier.network, picture, layer, head, layout)
        class_map = method.explain(forward, request.class_index or 0)
        return class_map.values.detach().float().cpu()

    def layers(
        self, image: SourceImage, mode: PlacementMode = PlacementMode.CROP, detail: float = 1.0
    ) -> tuple[LayerInfo, ...]:
        """Every layer with a grid, with its output shape for this picture and placement."""
        input_size = self._place(image, mode, detail).input_size
        return tuple(
            LayerInfo(layer.name, layer.kind, layer.shape, layer.name == self.info.cam_layer)
            for layer in self._grid_layers(input_size)
        )

    def methods(self, layer: str | None = None) -> tuple[tuple[MethodInfo, str], ...]:
        """Every method with the reason why it is not defined; empty when it is.

        Args:
            layer: the tapped layer; the method's own default when None.
        """
        return tuple(
            (method.info, self.refusal(method, layer or self._default_layer(method)))
            for method in all_methods()
        )

    def refusal(self, method: Method, layer: str) -> str:
        """Why a method is not defined on a layer of this model; empty when it is."""
        if method.needs is Needs.POOLED_LINEAR_HEAD:
            if self.info.cam_layer is None:
                return self.info.cam_refusal
            if layer != self.info.cam_layer:
                return (
                    f"the class weights belong to the channels of layer {self.info.cam_layer}, "
                    f"not to those of {layer}."
                )
        return ""

    def wants_offset(self, layer: str) -> bool:
        """Whether a layer's offset has not been measured yet; cells of attention have none."""
        return self._offsets.get(layer) is None and not self._mixes_globally

    def measure_offset(self, layer: str, cancelled: threading.Event | None = None) -> None:
        """Measures and keeps where a layer's cells look; takes seconds.

        Raises:
            Cancelled: told to stop.
        """
        offset = measure_offset(
            self._classifier.network, layer, self.info.recipe, cancelled=cancelled
        )
        self._offsets.put(layer, (round(offset.x, 2), round(offset.y, 2)))

    @property
    def _way_out(self) -> str:
        if self.info.cam_layer is None:
            return "Choose Grad-CAM, which is defined for every layer with a grid."
        return f"Choose layer {self.info.cam_layer}, or Grad-CAM."

    def _default_layer(self, method: Method) -> str:
        if method.needs is Needs.POOLED_LINEAR_HEAD and self.info.cam_layer is not None:
            return self.info.cam_layer
        return self.info.default_layer

    def _class_index(self, wanted: int | None, verdict: Verdict) -> int:
        if wanted is None:
            return verdict.top(1)[0]
        if not 0 <= wanted < len(self.info.labels):
            raise CamviewerError(
                f"There is no class {wanted}: this model has {len(self.info.labels)} classes.",
                f"Choose 0 to {len(self.info.labels) - 1}.",
            )
        return wanted

    def _place(self, image: SourceImage, mode: PlacementMode, detail: float) -> Placement:
        return place((image.height, image.width), self.info.recipe, mode, detail)

    def _forward(self, image: SourceImage, placement: Placement, layer: str) -> Forward:
        def run() -> Forward:
            layout = self._layout(layer, placement.input_size)
            self.pass_count += 1
            return passes.run(
                self._classifier.network,
                self._tensor(image, placement),
                layer,
                self._classifier.head,
                layout,
            )

        def run_where_memory_suffices() -> Forward:
            try:
                return run()
            except torch.OutOfMemoryError:
                if self._classifier.device.type == "cpu":
                    raise
                _log.warning("out of memory on %s, going on with the CPU", self.info.device)
            self.move_to(torch.device("cpu"))
            self._fell_back = True
            return run()

        key = (image.sha256, placement, layer)
        return _remembered(self._passes, key, run_where_memory_suffices, _KEPT_PASSES)

    def move_to(self, device: torch.device) -> None:
        """Runs on another device from now on; what was kept on the old one is dropped."""
        if device == self._classifier.device:
            return
        self._passes.clear()
        self._tensors.clear()
        self._fell_back = False
        self._classifier = self._classifier.moved_to(device)

    def _tensor(self, image: SourceImage, placement: Placement) -> Tensor:
        def make() -> Tensor:
            tensor = picture_tensor(image, placement, self.info.recipe)
            return tensor.to(self._classifier.device)

        return _remembered(self._tensors, (image.sha256, placement), make, _KEPT_TENSORS)

    def _verdict_of(self, image: SourceImage, forward: Forward) -> Verdict:
        def make() -> Verdict:
            return Verdict(
                logits=_as_numpy(forward.logits),
                probabilities=_as_numpy(self._classifier.probabilities(forward.logits)),
            )

        return _remembered(self._verdicts, image.sha256, make, _KEPT_VERDICTS)

    def _layout(self, layer: str, input_size: tuple[int, int]) -> Layout:
        known = self._classifier.layout
        if layer == self.info.default_layer and known is not None:
            always = known.arrangement is not Arrangement.TOKENS
            if always or input_size == self.info.recipe.input_size:
                return known
        for found in self._grid_layers(input_size):
            if found.name == layer:
                return found.layout
        raise CamviewerError(
            f"There is no layer called {layer} with a spatial grid.",
            "`camviewer layers` lists them.",
        )

    def _grid_layers(self, input_size: tuple[int, int]) -> tuple[GridLayer, ...]:
        if input_size not in self._layers:
            example = torch.zeros((1, 3, *input_size), device=self._classifier.device)
            self._layers[input_size] = grid_layers(self._classifier.network, example)
        return self._layers[input_size]

    def _stride(
        self, layer: str, input_size: tuple[int, int], grid: tuple[int, int]
    ) -> tuple[float, float]:
        height, width = input_size
        if height % grid[0] == 0 and width % grid[1] == 0:
            return width / grid[1], height / grid[0]
        if layer not in self._strides:
            self._strides[layer] = grid_stride(
                self._classifier.network, layer, self.info.recipe, input_size
            )
        return self._strides[layer]

    def _kind(self, layer: str) -> str:
        return type(self._classifier.network.get_submodule(layer)).__name__

    def _registration(
        self, layer: str, placement: Placement, grid: tuple[int, int], nominal: bool
    ) -> Registration:
        stride = self._stride(layer, placement.input_size, grid)
        offset = self._offsets.get(layer)
        if offset is None:
            return Registration(stride)
        registration = Registration(stride, offset, measured=True)
        return registration.nominal() if nominal else registration


def _remembered(
    memory: OrderedDict[Hashable, _Value],
    key: Hashable,
    make: Callable[[], _Value],
    limit: int,
) -> _Value:
    """The value of ``key``, made when it is not there; the least recently used goes first."""
    if key in memory:
        memory.move_to_end(key)
        return memory[key]
    value = memory[key] = make()
    while len(memory) > limit:
        memory.popitem(last=False)
    return value


def _as_numpy(tensor: Tensor) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    values = tensor.detach().to("cpu", torch.float32).numpy().copy()
    values.flags.writeable = False
    return values


def _notes(heatmap: Heatmap, class_name: str, fell_back: bool) -> tuple[str, ...]:
    notes = []
    if heatmap.evidence is Evidence.FLAT:
        notes.append(f"No evidence: the map of {class_name} is flat up to rounding noise.")
    if heatmap.evidence is Evidence.ONLY_NEGATIVE:
        notes.append(f"No positive evidence for {class_name} here.")
    if fell_back:
        notes.append("The GPU's memory did not suffice, so this ran on the CPU.")
    return tuple(notes)


def _stop_if(cancelled: threading.Event | None) -> None:
    if cancelled is not None and cancelled.is_set():
        raise Cancelled
