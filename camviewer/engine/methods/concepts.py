"""Implements Deep Feature Factorization, which splits activations into a few concepts."""

from __future__ import annotations

import torch
from torch import Tensor

from camviewer.engine.methods.core.factorization import factorized
from camviewer.engine.methods.core.probe import Probe
from camviewer.engine.methods.core.registry import ClassMap, Effort, Group, Needs, method
from camviewer.engine.methods.decomposition import rows_of_cells
from camviewer.engine.results.heatmap import Concept, SpokenClass
from camviewer.engine.results.messages import Cost, MethodOption, ScoreKind
from camviewer.engine.results.notes import Note, NoteKind

_CLASSES = 3


def _one_pass_a_concept(effort: Effort) -> float:
    return effort.from_the_layer(float(effort.options["count"]) + 1.0)


@method(
    "dff",
    title="Concepts (DFF)",
    summary="The few concepts that the layer sees, where each is, and which classes it speaks for.",
    citation=(
        "Collins, Achanta, Süsstrunk: Deep Feature Factorization for Concept Discovery, ECCV 2018"
    ),
    cost=Cost.FAST,
    needs=Needs.ACTIVATIONS,
    unit="activation",
    group=Group.DECOMPOSITION,
    scores=(ScoreKind.LOGIT,),
    classless=True,
    options=(MethodOption("count", "Concepts", 4, "How many concepts are looked for.", 2, 8),),
    passes=_one_pass_a_concept,
    probes=True,
)
def deep_feature_factorization(probe: Probe, _class_index: int, *, count: int) -> ClassMap:
    """A = H W nearly, with A (cells x channels), H (cells x k) and W (k x channels), all >= 0.

    H holds the presence of each concept in each cell, W its channels, with rows of length 1. The
    map is the sum of H over the concepts. A concept is labelled with the classes whose logits
    rise most when the tail network gets this concept alone in place of zeros. Before a pooled
    linear head this rise is the concept's contribution to the logit. A model without classes
    leaves its concepts without labels.
    """
    activations = probe.forward.activations
    rows = rows_of_cells(activations)
    matrix = rows.clamp_min(0.0)
    count = min(count, *matrix.shape)
    presence, concepts = factorized(matrix, count)
    length = concepts.norm(dim=1)
    presence, concepts = presence * length, concepts / length.clamp_min(1e-12)[:, None]
    order = presence.sum(0).argsort(descending=True)
    presence, concepts = presence[:, order], concepts[order]
    labels = probe.classifier.info.labels
    nothing = _logits(probe, torch.zeros_like(activations)) if labels else activations.new_zeros(0)
    found = []
    for k in range(count):
        part = (presence[:, k, None] * concepts[k]).T.reshape(activations.shape).to(activations)
        rise = _logits(probe, part) - nothing if labels else nothing[:0]
        values = presence[:, k].reshape(part.shape[1:])
        share = float(values.sum() / presence.sum().clamp_min(1e-12))
        found.append(_concept(values, share, rise, labels))
    strength = presence.sum(1).reshape(activations.shape[1:]).to(torch.float32)
    return ClassMap(
        strength,
        float(strength.abs().max()),
        notes=_notes(rows),
        facts=(_kept(rows, presence @ concepts),),
        concepts=tuple(found),
    )


def _logits(probe: Probe, activations: Tensor) -> Tensor:
    """Logits (K,) of the tail network for activations (C, h, w)."""
    probe.cancellation.check()
    if probe.forward.head is None:
        probe.count_passes(1)
    return probe.logits_from_layer(activations[None])[0]


def _concept(presence: Tensor, share: float, rise: Tensor, labels: tuple[str, ...]) -> Concept:
    rises, indices = rise.topk(min(_CLASSES, len(rise)))
    values = presence.to(torch.float32).cpu().numpy()
    values.flags.writeable = False
    spoken = zip(indices.tolist(), rises.tolist(), strict=True)
    classes = tuple(SpokenClass(index, labels[index], gain) for index, gain in spoken)
    return Concept(values, share, classes)


def _kept(rows: Tensor, product: Tensor) -> str:
    matrix = rows.clamp_min(0.0)
    whole = float(matrix.square().sum())
    kept = 1.0 - float((matrix - product).square().sum()) / max(whole, 1e-12)
    return f"{kept:.0%} of the activity"


def _notes(rows: Tensor) -> tuple[Note, ...]:
    whole, negative = float(rows.square().sum()), float(rows.clamp_max(0.0).square().sum())
    if negative <= 0.01 * whole:
        return ()
    text = f"Activations below 0, {negative / whole:.0%} of the activity, count as none."
    return (Note(NoteKind.METHOD, text),)
