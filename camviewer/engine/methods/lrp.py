"""Implements layer-wise relevance propagation for convolutional networks."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.methods.core.activation_kinds import other_activation
from camviewer.engine.methods.core.input_gradients import (
    input_gradient,
    over_channels,
    pixel_method,
)
from camviewer.engine.methods.core.probe import Probe
from camviewer.engine.methods.core.registry import ClassMap
from camviewer.engine.methods.core.relevance import Box, RelevanceGradients, Rule, Rules
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.results.messages import Cost, MethodOption, ScoreKind

_PASSES = {Rule.EPSILON: 4.0, Rule.GAMMA: 8.0, Rule.Z_PLUS: 8.0}
_NO_RULE = (nn.LayerNorm, nn.GroupNorm, nn.InstanceNorm2d, nn.LocalResponseNorm, nn.RNNBase)


def _no_rule(classifier: Classifier) -> str:
    other = other_activation(classifier.network)
    if not other:
        found = (m for m in classifier.network.modules() if isinstance(m, _NO_RULE))
        other = next((type(module).__name__ for module in found), "")
    return f"there is no rule for this network's {other}." if other else ""


@pixel_method(
    "lrp",
    title="LRP",
    summary="Hands the score back layer by layer, in proportion to what each value added.",
    citation=(
        "Bach, Binder, Montavon, Klauschen, Müller, Samek: On Pixel-Wise Explanations for "
        "Non-Linear Classifier Decisions by Layer-Wise Relevance Propagation, PLoS ONE 2015; "
        "Montavon, Binder, Lapuschkin, Samek, Müller: Layer-Wise Relevance Propagation: An "
        "Overview, 2019"
    ),
    cost=Cost.FAST,
    defined_for=(
        "networks of convolutions, dense layers, batch normalisation, ReLU, pooling, sums and "
        "concatenations"
    ),
    unit="logit",
    scores=(ScoreKind.LOGIT,),
    options=(
        MethodOption(
            "rule",
            "Rule",
            Rule.GAMMA.value,
            "Rule of convolutions; dense layers have epsilon, the first layer under gamma z-box.",
            choices=tuple(each.value for each in Rule),
        ),
        MethodOption(
            "epsilon",
            "Epsilon",
            0.01,
            "Added to denominators, as a share of the layer's root mean square.",
            0.0,
            10.0,
        ),
        MethodOption("gamma", "Gamma", 0.25, "Extra weight of terms of the output's sign.", 0, 100),
    ),
    passes=lambda effort: _PASSES[Rule(effort.options["rule"])],
    refuses=_no_rule,
)
def lrp(probe: Probe, class_index: int, *, rule: str, epsilon: float, gamma: float) -> ClassMap:
    """R_i = sum_j R_j p_ij / sum_i p_ij from layer to layer; M sums pixels over channels.

    With terms x_i w_ij, their sum z_j and the positive ones among them, bias included:

    - *epsilon*: p_ij = x_i w_ij, and the denominator is z_j + epsilon sign(z_j);
    - *gamma*: p_ij = x_i w_ij, plus gamma times it where it has the sign of z_j;
    - *z-plus*: p_ij = the positive terms alone;
    - *z-box*: p_ij = x_i w_ij - l_i w_ij+ - h_i w_ij-, with the input's least and largest values
      l and h: those of black and white, or of the picture where it goes beyond.

    Batch normalisation is folded into the layer before it. Relevance begins as the explained logit,
    and the map's sum is that logit less what biases and epsilon take, and less what z-plus loses at
    values without any positive term (in depthwise convolutions that no ReLU follows).
    """
    chosen, box = Rule(rule), _box(probe.picture, probe.classifier.info.recipe)
    boxed = chosen is Rule.GAMMA
    rules = Rules(chosen, epsilon, gamma, box if boxed else None)
    modes: list[RelevanceGradients] = []

    def changed(given: Tensor) -> RelevanceGradients:
        modes.append(RelevanceGradients(rules, given))
        return modes[0]

    leaves = (probe.picture, *(box if boxed else ()))
    gradients = input_gradient(probe, class_index, changed=changed, also_by=box if boxed else ())
    if not modes[0].layers:
        raise CamviewerError(
            "LRP is not defined here: no convolution of this network can be reached.",
            "Choose Grad-CAM or another method.",
        )
    relevance = sum(
        (leaf.detach()[0] * one for leaf, one in zip(leaves, gradients, strict=True)),
        torch.zeros_like(probe.picture[0]),
    )
    return over_channels(relevance)


def _box(picture: Tensor, recipe: Recipe) -> Box:
    """The values of black and white, widened to the picture's own, each (1, C, h, w)."""
    ends = []
    for level, widest in ((0.0, torch.minimum), (1.0, torch.maximum)):
        scales = zip(recipe.channel_means, recipe.channel_stds, strict=True)
        ends_of_channels = [(level - mean) / std for mean, std in scales]
        if recipe.blue_first:
            ends_of_channels.reverse()
        plane = picture.new_tensor(ends_of_channels)[None, :, None, None]
        ends.append(widest(plane, picture.detach()))
    low, high = ends
    return low.clone().requires_grad_(), high.clone().requires_grad_()
