"""Fuses the maps of several layers: early layers add detail, late layers meaning."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

import torch
from torch import Tensor

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.cell_grid import GridGeometry
from camviewer.engine.methods.core.attention import attention_modules
from camviewer.engine.methods.core.probe import Probe
from camviewer.engine.methods.core.registry import (
    ClassMap,
    Effort,
    Group,
    Needs,
    find_method,
    method,
)
from camviewer.engine.methods.core.resampling import sampled
from camviewer.engine.network.forward import Forward
from camviewer.engine.network.layouts import Arrangement
from camviewer.engine.results.messages import Cost, MethodOption
from camviewer.engine.results.notes import Note, NoteKind

_BASES = ("grad-cam++", "grad-cam", "layercam", "hirescam", "xgrad-cam", "grad-cam-elementwise")
_MOST_LAYERS = 12
_AUTOMATIC = 3
_CHOSEN = "several layers"
_LAYERS = MethodOption(
    "layers",
    "Layers",
    "",
    "Names of the layers; empty for the last ones of the three coarsest grids.",
    picks="layers",
)


def _a_pass_with_gradients(_effort: Effort) -> float:
    return 2.0


@method(
    "refine-cam",
    title="RefineCAM",
    summary="Maps of several layers multiplied: only what all of them see stays, in fine detail.",
    citation="Domeniconi, Stramiglio, Lombardi, Salti: How to Evaluate and Refine your CAM, 2026",
    cost=Cost.FAST,
    needs=Needs.GRADIENTS,
    unit="product of shares",
    group=Group.SEVERAL_LAYERS,
    options=(
        _LAYERS,
        MethodOption("base", "Maps by", _BASES[0], "How each layer's map is made.", choices=_BASES),
    ),
    fixed_layer=_CHOSEN,
    passes=_a_pass_with_gradients,
    probes=True,
)
def refine_cam(probe: Probe, class_index: int, *, layers: str, base: str) -> ClassMap:
    """M(p) = product over layers l of (R_l(p) - min R_l) / (max R_l - min R_l), R_l = relu(M_l).

    Each R_l is resampled to the cells of the finest layer.
    """
    shares, geometry, maps = _shares(probe, class_index, layers, base, from_lowest=True)
    return ClassMap(shares.prod(0), 1.0, geometry, _notes(maps), (" × ".join(maps),))


@method(
    "layer-fusion",
    title="Fusion of layers",
    summary="Maps of several layers in one: their average, or the most that any of them says.",
    citation=(
        "Jiang, Zhang, Hou, Cheng, Wei: LayerCAM: Exploring Hierarchical Class Activation Maps "
        "for Localization, IEEE TIP 2021"
    ),
    cost=Cost.FAST,
    needs=Needs.GRADIENTS,
    unit="share of each layer's largest",
    group=Group.SEVERAL_LAYERS,
    options=(
        _LAYERS,
        MethodOption(
            "base", "Maps by", "layercam", "How each layer's map is made.", choices=_BASES
        ),
        MethodOption(
            "how",
            "Fused by",
            "mean",
            "Their average, or in every place the largest, as in the paper.",
            choices=("mean", "max"),
        ),
    ),
    fixed_layer=_CHOSEN,
    passes=_a_pass_with_gradients,
    probes=True,
)
def layer_fusion(probe: Probe, class_index: int, *, layers: str, base: str, how: str) -> ClassMap:
    """M(p) = mean, or max, over layers l of relu(M_l)(p) / max relu(M_l).

    Each M_l is resampled to the cells of the finest layer.
    """
    shares, geometry, maps = _shares(probe, class_index, layers, base)
    fused = shares.mean(0) if how == "mean" else shares.amax(0)
    return ClassMap(fused, 1.0, geometry, _notes(maps), (f"{how} of {', '.join(maps)}",))


def _shares(
    probe: Probe, class_index: int, layers: str, base: str, *, from_lowest: bool = False
) -> tuple[Tensor, GridGeometry, dict[str, Tensor]]:
    """The layers' positive maps, (L, h, w), each scaled from 0 or its lowest value to 0 to 1.

    Returns:
        The scaled maps, their geometry, and the unscaled maps by layer.
    """
    names = _named(layers) or coarsest_layers(probe)
    forwards = probe.forwards(names)
    maps = {
        name: find_method(base).explain(forward, class_index).values.relu()
        for name, forward in forwards.items()
    }
    grids = {name: _grid_of(forward) for name, forward in forwards.items()}
    finest = max(names, key=lambda name: grids[name][0] * grids[name][1])
    look = {name: probe.context.geometry(name, probe.placement, grids[name]) for name in names}
    shares = torch.stack(
        [
            sampled(_share(maps[name], from_lowest=from_lowest), look[name], look[finest])
            for name in names
        ]
    )
    return shares, look[finest], maps


def _holds_tokens(probe: Probe) -> bool:
    layout = probe.forward.layout
    return layout is not None and layout.arrangement is Arrangement.TOKENS


def _grid_of(forward: Forward) -> tuple[int, int]:
    return forward.activations.shape[1], forward.activations.shape[2]


def _share(values: Tensor, *, from_lowest: bool) -> Tensor:
    low = values.min() if from_lowest else torch.zeros_like(values.min())
    return (values - low) / (values.max() - low).clamp_min(1e-30)


def _notes(maps: Mapping[str, Tensor]) -> tuple[Note, ...]:
    nothing = [name for name, values in maps.items() if not bool(torch.any(values > 0))]
    if not nothing:
        return ()
    return (Note(NoteKind.METHOD, f"No evidence for the class on {', '.join(nothing)}."),)


def _named(words: str) -> tuple[str, ...]:
    """Layers by name, each once.

    Raises:
        CamviewerError: there is only one, or so many that memory would not suffice.
    """
    names = tuple(dict.fromkeys(words.replace(",", " ").split()))
    if len(names) == 1:
        raise CamviewerError(
            "Only one layer was chosen.", "Choose two or more, or none for the automatic choice."
        )
    if len(names) > _MOST_LAYERS:
        raise CamviewerError(f"{len(names)} layers were chosen.", f"Choose at most {_MOST_LAYERS}.")
    return names


def coarsest_layers(probe: Probe) -> tuple[str, ...]:
    """The last layer of each of the coarsest grids, or a transformer's last blocks.

    Raises:
        CamviewerError: the network has one grid only, and no blocks with attention.
    """
    default, last_grid = probe.forward.layer, _grid_of(probe.forward)
    last_of_grid: dict[tuple[int, int], str] = {}
    for name, grid in probe.context.layer_grids(probe.placement):
        known = last_of_grid.get(grid)
        if known is None or name.count(".") <= known.count("."):
            last_of_grid[grid] = name
    last_of_grid[last_grid] = default
    coarse = sorted(last_of_grid, key=lambda grid: grid[0] * grid[1])
    names = [last_of_grid[grid] for grid in coarse if grid[0] * grid[1] >= prod(last_grid)]
    if _holds_tokens(probe) or len(names) < 2:
        blocks = [module.block for module in attention_modules(probe.classifier.network)]
        # After the last attention only the class token matters, so the last block is left out.
        names = [default, *blocks[-2::-1]] if blocks else names
    if len(names) < 2:
        raise CamviewerError(
            "This network's layers all have the same grid.", "Choose the layers by name."
        )
    return tuple(names[:_AUTOMATIC])
