"""Implements ShapleyCAM, a second-order approximation of the cells' Shapley values."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor

from camviewer.engine.methods.core.probe import Probe
from camviewer.engine.methods.core.registry import ClassMap, Group, Needs, method, weighted_sum
from camviewer.engine.methods.core.second_derivative import bent
from camviewer.engine.network.scores import Score
from camviewer.engine.results.messages import Cost, MethodOption, ScoreKind
from camviewer.engine.results.notes import Note, NoteKind

_REST, _SCORE = "ReST", "score"


@method(
    "shapley-cam",
    title="ShapleyCAM",
    summary="Grad-CAM that also counts how the score bends, as fair shares in a game of cells.",
    citation="Cai: CAMs as Shapley Value-based Explainers, The Visual Computer 2025",
    cost=Cost.FAST,
    needs=Needs.GRADIENTS,
    unit="logit",
    group=Group.GRADIENT,
    options=(
        MethodOption(
            "utility",
            "Utility",
            _REST,
            "What is shared out: the paper's logit plus log-probability, or the explained score, "
            "which is taken where that is not the score of a class.",
            choices=(_REST, _SCORE),
        ),
    ),
    probes=True,
)
def shapley_cam(probe: Probe, class_index: int, *, utility: str) -> ClassMap:
    """M = sum_k a_k f_k, a_k = mean over cells of (g - H f / 2)_k.

    g and H are the utility's gradient and Hessian with respect to the layer's activations f, of
    which only the product H f is ever computed. Where the utility is linear in them H is 0 and
    the map is Grad-CAM's.
    """

    def shared_out(logits: Tensor) -> Tensor:
        if utility == _SCORE or not probe.score.is_of_one_class:
            return probe.score.of(logits, class_index)
        log_probability = Score(ScoreKind.LOG_PROBABILITY, probe.score.activation)
        return logits[:, class_index] + log_probability.of(logits, class_index)

    forward, bend = bent(probe, shared_out)
    importance = (forward.gradients_of(shared_out) - bend / 2).mean((1, 2))
    class_map = weighted_sum(importance, forward.activations)
    if not bool(torch.any(bend)):
        text = "Behind this layer the score does not bend, so ShapleyCAM is Grad-CAM here."
        return replace(class_map, notes=(Note(NoteKind.METHOD, text),))
    return class_map
