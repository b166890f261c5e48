"""Lists the modules of a network in printed order, with the shape of each output."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.utils.hooks import RemovableHandle

from camviewer.engine.network.layouts import Layout, layout_of
from camviewer.engine.structure.module_tree import NetworkParts, Part

_MOST_SETTINGS = 200
"""Maximum length of a module's printed settings, in characters; longer ones are cut off."""


def network_parts(network: nn.Module, example: Tensor, default_layer: str = "") -> NetworkParts:
    """Runs a network once and describes its modules, the network itself first.

    A module with two names is listed under both.

    Args:
        network: in eval mode.
        example: (1, 3, h, w).
        default_layer: the layer that is tapped by default.
    """
    input_size = (example.shape[2], example.shape[3])
    outputs = _outputs(network, example)
    parts: list[Part] = []
    places: dict[str, int] = {}
    for name, module in network.named_modules(remove_duplicate=False):
        output = outputs.get(id(module))
        shape = tuple(output.shape[1:]) if isinstance(output, Tensor) else None
        layout = layout_of(output, input_size) if isinstance(output, Tensor) else None
        grid = None
        if name and layout is not None and isinstance(output, Tensor):
            grid = _grid_shape(output, layout)
        places[name] = len(parts)
        parts.append(
            Part(
                name=name,
                kind=type(module).__name__,
                settings=_settings(module),
                parent=places[name.rpartition(".")[0]] if name else -1,
                parameters=sum(p.numel() for p in module.parameters()),
                output=shape,
                grid=grid,
                reason=_reason(name, output, grid),
            )
        )
    return NetworkParts(tuple(parts), input_size, default_layer)


class _Several:
    """Marks an output that is no single tensor."""


def _outputs(network: nn.Module, example: Tensor) -> dict[int, Tensor | _Several]:
    """Empty tensors of each module's output shape, by the module's identity."""
    outputs: dict[int, Tensor | _Several] = {}

    def add_hook(module: nn.Module) -> RemovableHandle:
        def hook(_module: nn.Module, _inputs: object, output: object) -> None:
            if isinstance(output, Tensor):
                outputs[id(module)] = torch.empty(output.shape, device="meta")
            else:
                outputs[id(module)] = _Several()

        return module.register_forward_hook(hook)

    handles = []
    try:
        handles += [add_hook(module) for module in network.modules()]
        with torch.no_grad():
            network(example)
    finally:
        for handle in handles:
            handle.remove()
    return outputs


def _settings(module: nn.Module) -> str:
    """The settings in the module's printed form, on one line."""
    describe: Callable[[], str] = module.extra_repr
    words = " ".join(describe().split())
    return words if len(words) <= _MOST_SETTINGS else f"{words[:_MOST_SETTINGS]}…"


def _grid_shape(output: Tensor, layout: Layout) -> tuple[int, int, int]:
    cells = layout.to_grid(output)
    return cells.shape[1], cells.shape[2], cells.shape[3]


def _reason(name: str, output: Tensor | _Several | None, grid: tuple[int, int, int] | None) -> str:
    if grid is not None:
        return ""
    if not name:
        return "This is the whole network; choose a layer inside it."
    if output is None:
        return "The picture does not pass through this module by itself."
    if isinstance(output, _Several):
        return "It puts out several tensors, so there is no one grid to tap."
    return _no_grid(tuple(output.shape[1:]))


def _no_grid(shape: tuple[int, ...]) -> str:
    if len(shape) == 1:
        return f"It puts out {shape[0]} numbers that have no place in the picture any more."
    if len(shape) == 3 and shape[1] * shape[2] == 1:
        return "Its grid is a single cell, so a map would have one value."
    words = " × ".join(str(size) for size in shape)
    return f"Its output, {words}, does not have the picture's proportions."
