"""Builds an explanation from a map, the pass, the verdict and the notes."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
import torch
from torch import Tensor

from camviewer.engine.geometry.cell_grid import GridGeometry, grid_geometry
from camviewer.engine.methods import ClassMap
from camviewer.engine.methods.core.method_run import Outcome
from camviewer.engine.methods.core.registry import ScoreAtMap
from camviewer.engine.network.forward import Forward
from camviewer.engine.network.input_words import input_words
from camviewer.engine.results.heatmap import Evidence, Heatmap
from camviewer.engine.results.messages import Explanation, LayerInfo
from camviewer.engine.results.notes import Note, NoteKind, Severity
from camviewer.engine.results.target_words import target_name
from camviewer.engine.results.targets import (
    AgainstClass,
    LikePicture,
    Output,
    UnlikePictures,
    scores_classes,
)
from camviewer.engine.results.values import NO_ACTIVATION
from camviewer.engine.results.without_classes import NO_CLASS
from camviewer.engine.session.layer_catalogue import LayerCatalogue
from camviewer.engine.session.resolved_request import ResolvedRequest


@dataclass(frozen=True, eq=False)
class MadeMap:
    """A map, complete or so far, and how it was made.

    Attributes:
        outcome: the map.
        forward: the pass of the picture.
        engine: name of the engine that ran the network; empty for torch.
        milliseconds: time since the request came.
        passes: number of passes since then.
        fell_back: whether the processor was used for lack of memory on a card.
    """

    outcome: Outcome
    forward: Forward
    engine: str
    milliseconds: float
    passes: int
    fell_back: bool


def build_explanation(
    catalogue: LayerCatalogue,
    resolved: ResolvedRequest,
    made: MadeMap,
    alike: Explanation | None = None,
) -> Explanation:
    """The explanation of a map.

    Args:
        catalogue: describes the layers.
        resolved: the request.
        made: the map.
        alike: one of the same request for another class, whose cells lie where these do.
    """
    classifier, info = catalogue.classifier, resolved.method.info
    class_map, class_index = made.outcome.class_map, resolved.class_index
    values = as_numpy(class_map.values)
    if alike is None or class_map.geometry or values.shape != alike.heatmap.values.shape:
        alike = None
    heatmap = Heatmap(
        values=values,
        geometry=alike.heatmap.geometry if alike else _geometry(catalogue, resolved, class_map),
        unit=_score_unit(catalogue, resolved) if info.unit == "logit" else info.unit,
        noise_scale=class_map.terms,
        coloured=info.coloured,
    )
    class_name, probability, logit = _under_recipe(resolved)
    score_at_map = class_map.score_at_map or (
        ScoreAtMap(logit, probability, "")
        if resolved.is_recipe and classifier.info.has_classes
        else _score_of_pass(catalogue, made.forward, class_index)
    )
    name = _target_name(resolved, resolved.labels)
    return Explanation(
        request=resolved.request,
        heatmap=heatmap,
        placement=resolved.placement,
        class_index=class_index,
        class_name=class_name,
        method=info,
        layer=alike.layer if alike else _layer(catalogue, resolved, made),
        probability=probability,
        logit=logit,
        probability_here=score_at_map.probability,
        logit_here=score_at_map.logit,
        milliseconds=made.milliseconds,
        passes=made.passes,
        device=classifier.info.device,
        notes=(
            *_fed(catalogue, resolved),
            *_notes(
                heatmap,
                "" if info.classless else class_name,
                target=name,
                fell_back=made.fell_back,
            ),
            *_last_call(resolved, made.forward),
            *_without_place(catalogue, resolved, class_map),
            *class_map.notes,
        ),
        share=made.outcome.share,
        engine=made.engine,
        facts=(*_compared(class_map.versus, resolved.labels), *class_map.facts),
        versus=class_map.versus,
        concepts=class_map.concepts,
        remark=score_at_map.remark,
        target_name=name,
        target_score=_target_score(resolved, made.forward),
    )


def _score_unit(catalogue: LayerCatalogue, resolved: ResolvedRequest) -> str:
    """The unit of the score that is explained."""
    target = resolved.request.target
    match target:
        case LikePicture():
            return "cosine similarity"
        case UnlikePictures():
            return "distance of features"
    info = catalogue.classifier.info
    if scores_classes(target) and info.activation != NO_ACTIVATION:
        return resolved.request.score.value
    return info.unit or "output"


def _target_name(resolved: ResolvedRequest, labels: tuple[str, ...]) -> str:
    """What is explained in place of the score of the class; empty when that is explained."""
    target = resolved.request.target
    if target is None or resolved.method.info.classless:
        return ""
    if (
        isinstance(target, AgainstClass)
        and resolved.parts.passes.classifier.info.activation == NO_ACTIVATION
    ):
        target = Output(resolved.class_index, up=False)
    return target_name(target, labels)


def _target_score(resolved: ResolvedRequest, forward: Forward) -> float:
    """The explained score of the pass; not a number where there is none."""
    if resolved.class_index == NO_CLASS and resolved.score.is_of_one_class:
        return nan
    return float(resolved.score.of(forward.logits[None], resolved.class_index)[0])


def as_numpy(tensor: Tensor) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """A read-only float32 copy."""
    values = tensor.detach().to("cpu", torch.float32).numpy().copy()
    values.flags.writeable = False
    return values


def _layer(catalogue: LayerCatalogue, resolved: ResolvedRequest, made: MadeMap) -> LayerInfo:
    fixed = resolved.method.info.fixed_layer
    if fixed:
        rows, columns = made.outcome.class_map.values.shape
        return LayerInfo(fixed, "", (1, rows, columns), cam=False)
    channels, height, width = made.forward.activations.shape
    return catalogue.info(resolved.layer, (channels, height, width))


def _under_recipe(resolved: ResolvedRequest) -> tuple[str, float, float]:
    """The class's name, probability and logit under the model's own recipe."""
    class_index, verdict = resolved.class_index, resolved.verdict
    if class_index == NO_CLASS:
        return "", nan, nan
    probability = float(verdict.probabilities[class_index])
    return resolved.labels[class_index], probability, float(verdict.logits[class_index])


def _score_of_pass(catalogue: LayerCatalogue, forward: Forward, class_index: int) -> ScoreAtMap:
    """The scores of the pass itself."""
    if class_index == NO_CLASS or not catalogue.classifier.info.has_classes:
        return ScoreAtMap(nan, nan, "")
    probabilities = catalogue.classifier.probabilities(forward.logits)
    return ScoreAtMap(float(forward.logits[class_index]), float(probabilities[class_index]), "")


def _geometry(
    catalogue: LayerCatalogue, resolved: ResolvedRequest, class_map: ClassMap
) -> GridGeometry:
    if isinstance(class_map.geometry, GridGeometry):
        return class_map.geometry
    rows, columns = class_map.values.shape
    registration = class_map.geometry or catalogue.registration(
        resolved.layer, resolved.placement, (rows, columns)
    )
    registration = registration.nominal() if resolved.request.nominal else registration
    return grid_geometry(resolved.placement, (rows, columns), registration)


def _fed(catalogue: LayerCatalogue, resolved: ResolvedRequest) -> tuple[Note, ...]:
    words = input_words(resolved.image, catalogue.classifier.info.recipe)
    return (Note(NoteKind.INPUT, words),) if words else ()


def _last_call(resolved: ResolvedRequest, forward: Forward) -> tuple[Note, ...]:
    if resolved.method.info.fixed_layer or forward.calls < 2:
        return ()
    times = forward.calls
    text = f"Layer {resolved.layer} runs {times} times in a pass: this is its last call."
    return (Note(NoteKind.METHOD, text),)


def _without_place(
    catalogue: LayerCatalogue, resolved: ResolvedRequest, class_map: ClassMap
) -> tuple[Note, ...]:
    """Notes on unmeasured layers that the map, which may come from the cache, does not have."""
    notes = () if resolved.request.nominal else catalogue.cells_without_place()
    return tuple(note for note in notes if note not in class_map.notes)


def _notes(heatmap: Heatmap, class_name: str, *, target: str, fell_back: bool) -> tuple[Note, ...]:
    """What the map alone tells; it is named by its target, in words, if that is no class."""
    notes = []
    of_class = f" of {class_name}" if class_name and not target else ""
    aim = f" ({target})" if target else ""
    if heatmap.evidence is Evidence.FLAT:
        text = f"No evidence: the map{of_class} is flat up to rounding noise{aim}."
        notes.append(Note(NoteKind.EVIDENCE, text, Severity.WARNING))
    if heatmap.evidence is Evidence.ONLY_NEGATIVE:
        for_class = f" for {class_name}" if class_name and not target else ""
        text = f"No positive evidence{for_class} here{aim}."
        notes.append(Note(NoteKind.EVIDENCE, text, Severity.WARNING))
    if fell_back:
        text = "The GPU's memory did not suffice, so this ran on the CPU."
        notes.append(Note(NoteKind.RUN, text))
    return tuple(notes)


def _compared(versus: tuple[int, ...], labels: tuple[str, ...]) -> tuple[str, ...]:
    if not versus:
        return ()
    return (f"against {', '.join(labels[index] for index in versus)}",)
