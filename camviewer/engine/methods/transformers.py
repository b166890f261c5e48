"""Explains transformers by their attention and their tokens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.methods.core.attention import (
    AttentionModule,
    attention_modules,
    attention_watched,
    no_token_attention,
    of_all_tokens,
    read_from,
)
from camviewer.engine.methods.core.probe import Probe
from camviewer.engine.methods.core.registry import ClassMap, Effort, Group, Needs, Step, method
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.interruption import interruptible
from camviewer.engine.network.layouts import Arrangement, Layout
from camviewer.engine.results.messages import Cost, ScoreKind

_ALL_BLOCKS = "all blocks"


def _one_pass(_effort: Effort) -> float:
    return 1.0


def _two_passes(_effort: Effort) -> float:
    return 2.0


def _one_pass_a_cell(effort: Effort) -> float:
    return float(effort.cells)


@method(
    "attention-rollout",
    title="Attention rollout",
    summary="Follows the attention through all blocks back to the picture. It needs no class.",
    citation="Abnar, Zuidema: Quantifying Attention Flow in Transformers, ACL 2020",
    cost=Cost.FAST,
    needs=Needs.ATTENTION,
    unit="share of attention",
    group=Group.TRANSFORMER,
    scores=(ScoreKind.LOGIT,),
    fixed_layer=_ALL_BLOCKS,
    classless=True,
    passes=_two_passes,
    refuses=no_token_attention,
    probes=True,
)
def attention_rollout(probe: Probe, _class_index: int) -> ClassMap:
    """R = B_L ... B_1, B_l = A_l / 2 + I / 2, with A_l averaged over the heads.

    The map is R's row of the token that the head reads, or the mean of the rows when the head reads
    the mean of several tokens. Class and register tokens are left out of the row, so its values
    sum to less than 1.
    """
    modules, layout = attention_modules(probe.classifier.network), _tokens(probe)
    kept: dict[str, Tensor] = {}
    with torch.no_grad(), interruptible(probe.cancellation), attention_watched(modules, kept):
        probe.classifier.network(probe.picture)
    rolled: Tensor | None = None
    for attention in of_all_tokens(kept, modules, layout):
        step = (attention.mean(0) + torch.eye(attention.shape[1]).to(attention)) / 2
        rolled = step if rolled is None else step @ rolled
    assert rolled is not None  # noqa: S101  (there is at least one attention)
    with interruptible(probe.cancellation):
        readers = read_from(probe.classifier.network, probe.picture, modules[-1].block)
    probe.count_passes(2)
    row = readers @ rolled
    values = row[layout.prefix :].reshape(layout.grid)
    return ClassMap(values, 1.0 / len(row))


@method(
    "legrad",
    title="LeGrad",
    summary="How strongly the class would gain if tokens attended more to each place.",
    citation=(
        "Bousselham, Boggust, Chaybouti, Strobelt, Kuehne: LeGrad: An Explainability Method for "
        "Vision Transformers via Feature Formation Sensitivity, ICCV 2025"
    ),
    cost=Cost.FAST,
    needs=Needs.ATTENTION,
    unit="score per attention",
    group=Group.TRANSFORMER,
    fixed_layer=_ALL_BLOCKS,
    passes=_one_pass,
    refuses=no_token_attention,
    probes=True,
)
def legrad(probe: Probe, class_index: int) -> ClassMap:
    """M = mean over blocks l, heads and querying tokens of relu(d s_l / d A_l).

    s_l is the class score when the network after the blocks gets the mean of block l's tokens.
    A_l's columns of class and register tokens are left out.
    """
    modules, layout = attention_modules(probe.classifier.network), _tokens(probe)
    kept: dict[str, Tensor] = {}
    logits = _logits_of_blocks(probe, modules, kept)
    attentions = [kept[module.name] for module in modules]
    of_all_tokens(kept, modules, layout)
    maps = []
    for block, attention in enumerate(attentions):
        probe.cancellation.check()
        with torch.enable_grad():
            score = probe.score.of(logits[block, None], class_index)[0]
        (gradient,) = torch.autograd.grad(score, attention, retain_graph=True)
        maps.append(gradient[0].relu().mean((0, 1))[layout.prefix :])
    probe.count_passes(1)
    values = torch.stack(maps).mean(0).reshape(layout.grid)
    return ClassMap(values, float(values.abs().max()))


def _logits_of_blocks(
    probe: Probe, modules: tuple[AttentionModule, ...], kept: dict[str, Tensor]
) -> Tensor:
    """Logits (L, K) of the network's head for the mean token of each block.

    One pass computes all: the last block returns the means of all blocks as a batch, each repeated
    for every token, so that it does not matter which token the head reads.
    """
    network, averages = probe.classifier.network, []
    last = modules[-1].block

    def average(module: nn.Module, _inputs: object, output: Tensor) -> Tensor | None:
        averages.append(output.mean(1, keepdim=True))
        if module is not network.get_submodule(last):
            return None
        return torch.cat(averages).expand(-1, output.shape[1], -1)

    with ExitStack() as stack:
        for module in modules:
            handle = network.get_submodule(module.block).register_forward_hook(average)
            stack.callback(handle.remove)
        stack.enter_context(attention_watched(modules, kept))
        stack.enter_context(torch.enable_grad())
        logits: Tensor = network(probe.picture.detach().clone().requires_grad_(True))
    if logits.shape[0] != len(modules) or len(averages) != len(modules):
        raise CamviewerError(
            "The end of this network cannot be asked about its earlier blocks.",
            "Choose attention rollout, or Grad-CAM.",
        )
    return logits


def _not_of_tokens(classifier: Classifier) -> str:
    layout = classifier.layout
    if layout is None or layout.arrangement is not Arrangement.TOKENS:
        return "this network does not look at tokens; Recipro-CAM is its counterpart here."
    return ""


@method(
    "vit-recipro-cam",
    title="ViT-Recipro-CAM",
    summary="Shows the end of the network one place at a time and looks at the class score.",
    citation=(
        "Byun, Lee: ViT-ReciproCAM: Gradient and Attention-Free Visual Explanations for Vision "
        "Transformer, 2023"
    ),
    cost=Cost.SLOW,
    needs=Needs.ATTENTION,
    unit="logit",
    group=Group.TRANSFORMER,
    passes=_one_pass_a_cell,
    refuses=_not_of_tokens,
    probes=True,
)
def vit_recipro_cam(probe: Probe, class_index: int) -> Iterator[Step]:
    """M(p) = s(f * G_p) - s(0), with G_p a 3 x 3 Gaussian around cell p and 0 elsewhere.

    f are the layer's tokens of the grid; class and register tokens stay as they are. The paper
    normalises the map to 0 to 1, so the score without any cell, s(0), does not change it.
    """
    activations = probe.forward.activations
    rows, columns = activations.shape[1:]
    nothing = torch.zeros_like(activations)[None]
    ground = float(probe.score.of(probe.logits_from_layer(nothing), class_index)[0])
    values = activations.new_zeros(rows * columns)

    def shown(numbers: range) -> Tensor:
        return torch.stack([activations * _spot(n, rows, columns).to(activations) for n in numbers])

    for numbers, scores in probe.scores_from_layer(rows * columns, shown, class_index):
        values[numbers.start : numbers.stop] = scores - ground
        size = float(values.abs().max()) + abs(ground)
        yield numbers.stop / len(values), ClassMap(values.reshape(rows, columns).clone(), size)


def _spot(cell: int, rows: int, columns: int) -> Tensor:
    """(h, w): 1/4 at a cell, 1/8 beside it, 1/16 diagonally, cut off at the grid's border."""
    row, column = divmod(cell, columns)
    down = (torch.arange(rows) - row).abs()
    across = (torch.arange(columns) - column).abs()
    side = torch.tensor([0.5, 0.25, 0.0])
    return side[down.clamp_max(2)][:, None] * side[across.clamp_max(2)]


def _tokens(probe: Probe) -> Layout:
    """The layout of the layer's tokens.

    Raises:
        CamviewerError: the layer has no tokens.
    """
    layout = probe.forward.layout
    if layout is None or layout.arrangement is not Arrangement.TOKENS:
        raise CamviewerError(
            f"Layer {probe.forward.layer} does not hold tokens.", "Choose Grad-CAM."
        )
    return layout
