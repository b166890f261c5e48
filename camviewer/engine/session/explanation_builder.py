"""Builds an explanation from a map, the pass, the verdict and the notes."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
import torch
from torch import Tensor

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import GridGeometry, Placement, grid_geometry
from camviewer.engine.methods import ClassMap, Method
from camviewer.engine.methods.core.driver import Outcome
from camviewer.engine.methods.core.registry import ScoreAtMap
from camviewer.engine.network.forward import Forward
from camviewer.engine.results.heatmap import Evidence, Heatmap
from camviewer.engine.results.messages import ExplainRequest, Explanation, LayerInfo, Verdict
from camviewer.engine.results.notes import Note, NoteKind, Severity
from camviewer.engine.results.without_classes import NO_CLASS, TEACH_CLASSES, WITHOUT_CLASSES
from camviewer.engine.session.layer_catalogue import LayerCatalogue


@dataclass(frozen=True, eq=False)
class ExplanationBuilder:
    """Builds the explanations of one request, for partial maps and the final one.

    Attributes:
        catalogue: the network's layers.
        request: with class, layer and all options filled in.
        method: the method.
        layer: the tapped layer.
        forward: the pass of the picture.
        placement: how the network sees the picture.
        verdict: the model's verdict under its own recipe.
        engine: name of the engine that ran the network; empty for torch.
    """

    catalogue: LayerCatalogue
    request: ExplainRequest
    method: Method
    layer: str
    forward: Forward
    placement: Placement
    verdict: Verdict
    engine: str

    def explanation(
        self,
        outcome: Outcome,
        class_index: int,
        *,
        milliseconds: float,
        passes: int,
        fell_back: bool,
    ) -> Explanation:
        """The explanation of a map."""
        classifier, info = self.catalogue.classifier, self.method.info
        class_map, (rows, columns) = outcome.class_map, outcome.class_map.values.shape
        heatmap = Heatmap(
            values=as_numpy(class_map.values),
            geometry=self._geometry(class_map),
            unit=self.request.score.value if info.unit == "logit" else info.unit,
            noise_scale=class_map.terms,
        )
        score_at_map = class_map.score_at_map or self._score_of_pass(class_index)
        class_name, probability, logit = self._under_recipe(class_index)
        channels, height, width = self.forward.activations.shape
        return Explanation(
            request=self.request,
            heatmap=heatmap,
            placement=self.placement,
            class_index=class_index,
            class_name=class_name,
            method=info,
            layer=(
                LayerInfo(info.fixed_layer, "", (1, rows, columns), cam=False)
                if info.fixed_layer
                else self.catalogue.info(self.layer, (channels, height, width))
            ),
            probability=probability,
            logit=logit,
            probability_here=score_at_map.probability,
            logit_here=score_at_map.logit,
            milliseconds=milliseconds,
            passes=passes,
            device=classifier.info.device,
            notes=(
                *_notes(heatmap, "" if info.classless else class_name, fell_back=fell_back),
                *self._last_call(),
                *self._without_place(class_map),
                *class_map.notes,
            ),
            share=outcome.share,
            engine=self.engine,
            facts=(*_compared(class_map.versus, classifier.info.labels), *class_map.facts),
            versus=class_map.versus,
            concepts=class_map.concepts,
            remark=score_at_map.remark,
        )

    def _last_call(self) -> tuple[Note, ...]:
        if self.method.info.fixed_layer or self.forward.calls < 2:
            return ()
        times = self.forward.calls
        text = f"Layer {self.layer} runs {times} times in a pass: this is its last call."
        return (Note(NoteKind.METHOD, text),)

    def _without_place(self, class_map: ClassMap) -> tuple[Note, ...]:
        """Notes on unmeasured layers that the map, which may come from the cache, does not have."""
        notes = () if self.request.nominal else self.catalogue.cells_without_place()
        return tuple(note for note in notes if note not in class_map.notes)

    def _under_recipe(self, class_index: int) -> tuple[str, float, float]:
        """The class's name, probability and logit under the model's own recipe."""
        if class_index == NO_CLASS:
            return "", nan, nan
        verdict, labels = self.verdict, self.catalogue.classifier.info.labels
        probability = float(verdict.probabilities[class_index])
        return labels[class_index], probability, float(verdict.logits[class_index])

    def _score_of_pass(self, class_index: int) -> ScoreAtMap:
        """The scores of the pass itself."""
        if class_index == NO_CLASS:
            return ScoreAtMap(nan, nan, "")
        probabilities = self.catalogue.classifier.probabilities(self.forward.logits)
        return ScoreAtMap(
            float(self.forward.logits[class_index]), float(probabilities[class_index]), ""
        )

    def _geometry(self, class_map: ClassMap) -> GridGeometry:
        if isinstance(class_map.geometry, GridGeometry):
            return class_map.geometry
        nominal = self.request.nominal
        rows, columns = class_map.values.shape
        registration = class_map.geometry or self.catalogue.registration(
            self.layer, self.placement, (rows, columns)
        )
        registration = registration.nominal() if nominal else registration
        return grid_geometry(self.placement, (rows, columns), registration)


def chosen_class(wanted: int | None, verdict: Verdict, labels: tuple[str, ...]) -> int:
    """The class to explain; the most probable one when ``wanted`` is None.

    Raises:
        CamviewerError: the model has no such class.
    """
    if not labels:
        if wanted in {None, NO_CLASS}:
            return NO_CLASS
        raise CamviewerError(
            f"There is no class {wanted}: {WITHOUT_CLASSES}", f"Name no class. {TEACH_CLASSES}"
        )
    if wanted is None:
        return verdict.top(1)[0]
    if not 0 <= wanted < len(labels):
        raise CamviewerError(
            f"There is no class {wanted}: this model has {len(labels)} classes.",
            f"Choose 0 to {len(labels) - 1}.",
        )
    return wanted


def as_numpy(tensor: Tensor) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """A read-only float32 copy."""
    values = tensor.detach().to("cpu", torch.float32).numpy().copy()
    values.flags.writeable = False
    return values


def _notes(heatmap: Heatmap, class_name: str, *, fell_back: bool) -> tuple[Note, ...]:
    notes = []
    of_class = f" of {class_name}" if class_name else ""
    if heatmap.evidence is Evidence.FLAT:
        text = f"No evidence: the map{of_class} is flat up to rounding noise."
        notes.append(Note(NoteKind.EVIDENCE, text, Severity.WARNING))
    if heatmap.evidence is Evidence.ONLY_NEGATIVE:
        for_class = f" for {class_name}" if class_name else ""
        text = f"No positive evidence{for_class} here."
        notes.append(Note(NoteKind.EVIDENCE, text, Severity.WARNING))
    if fell_back:
        text = "The GPU's memory did not suffice, so this ran on the CPU."
        notes.append(Note(NoteKind.RUN, text))
    return tuple(notes)


def _compared(versus: tuple[int, ...], labels: tuple[str, ...]) -> tuple[str, ...]:
    if not versus:
        return ()
    return (f"against {', '.join(labels[index] for index in versus)}",)
