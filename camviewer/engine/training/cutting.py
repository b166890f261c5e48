"""Where a network is cut to be given a pooled head: found by running it, not by its name."""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn

from camviewer.engine.architectures.grid_cells import cells_of, run_until
from camviewer.engine.architectures.pooled_cut import ARRANGEMENTS, PooledCut
from camviewer.engine.architectures.pooled_network import remove_modules
from camviewer.engine.errors import CamviewerError
from camviewer.engine.network.grid_layers import grid_shape
from camviewer.engine.network.layouts import Arrangement, Layout, layout_of
from camviewer.engine.network.pooled_head import PooledHead

_POOLING = (nn.MaxPool2d, nn.AvgPool2d)
_ARRANGEMENT = {
    Arrangement.CHANNELS_FIRST: ARRANGEMENTS[0],
    Arrangement.CHANNELS_LAST: ARRANGEMENTS[1],
    Arrangement.TOKENS: ARRANGEMENTS[2],
}
_EQUAL = 1e-5
_REDUCTION = 1.9
"""A grid so many times as high and wide comes before the last reduction of the grid."""


@dataclass(frozen=True)
class _Ran:
    """A module that was called.

    Attributes:
        name: dotted.
        began: number of the event at which it was called, the first time.
        ended: number of the event at which it was done, the last time.
        calls: how often.
        layout: how its last output holds a grid; None when it holds none.
        shape: (C, h, w) of that grid.
    """

    name: str
    began: int
    ended: int
    calls: int
    layout: Layout | None
    shape: tuple[int, int, int]


def find_cut(
    network: nn.Module,
    example: Tensor,
    head: PooledHead | None,
    classes: int,
    *,
    keep_last_pool: bool = False,
    convolution: int = 0,
) -> PooledCut:
    """The last layer with a grid, and what of the network is not needed for it.

    Where the network has a pooled linear head already, it is the layer that this averages. A
    pooling that comes last (VGG's, AlexNet's) is left out unless it is to be kept: that doubles
    the rows and columns of the map.

    Args:
        network: in eval mode.
        example: (1, 3, h, w), not constant.
        head: the network's own pooled head, if it has one.
        classes: of the network's own head.
        keep_last_pool: cut behind the last pooling.
        convolution: channels of the 3x3 convolution that comes before the new head; 0 for none.

    Raises:
        CamviewerError: no layer has a grid that can be averaged.
    """
    ran = _running_order(network, example)
    last = _last(network, ran, head, classes)
    if not keep_last_pool:
        last = _before_pooling(network, ran, last)
    if last.layout is None or last.calls > 1:
        raise CamviewerError(
            "This network has no last layer with a grid that runs once.",
            "Choose another base model.",
        )
    cut = PooledCut(
        layer=last.name,
        channels=last.shape[0],
        arrangement=_ARRANGEMENT[last.layout.arrangement],
        prefix=last.layout.prefix,
        rectified=head is not None and head.rectified and head.layer == last.name,
        convolution=convolution,
        base_classes=classes,
    )
    return replace(cut, without=_not_needed(network, ran, last))


def pruned(network: nn.Module, example: Tensor, cut: PooledCut) -> PooledCut:
    """Takes out of a network what is not needed for the cut, if it runs the same without.

    A module may be used by a network that never calls it. What that breaks is kept.
    """
    with torch.no_grad():
        expected = cells_of(network, cut, example).clone()
    needless: list[str] = []
    for name in cut.without:
        parent, _, last = name.rpartition(".")
        owner, module = network.get_submodule(parent), network.get_submodule(name)
        setattr(owner, last, nn.Identity())
        if _runs_the_same(network, example, cut, expected):
            needless.append(name)
        else:
            setattr(owner, last, module)
    return replace(cut, without=tuple(needless))


def trailing_modules(network: nn.Module, example: Tensor, cut: PooledCut) -> tuple[str, ...]:
    """The last block: modules with parameters of their own, since the grid has its final size.

    In a network whose grid never changes (ViT) it is the last of its repeated blocks and what
    follows.
    """
    remove_modules(network, cut, "The network")
    ran = _running_order(network, example, until=cut.layer)
    ordered = sorted(ran.values(), key=lambda module: module.began)
    rows, columns = ran[cut.layer].shape[1:]
    finer = [
        module.began
        for module in ordered
        if module.shape[1] > _REDUCTION * rows
        and module.shape[2] > _REDUCTION * columns
        and _has_parameters(network, module.name)
    ]
    start = max(finer, default=-1)
    if start < 0 or not any(module.began > start for module in ordered):
        start = _start_of_last_block(network, ran)
    trailing = [module.name for module in ordered if module.began > start]
    # torchvision's attention has a linear layer that it uses without calling it.
    uncalled = [
        f"{name}.{child}"
        for name in trailing
        for child, _ in network.get_submodule(name).named_children()
        if f"{name}.{child}" not in ran
    ]
    return tuple(name for name in (*trailing, *uncalled) if _has_parameters(network, name))


def _running_order(
    network: nn.Module, example: Tensor, until: str | None = None
) -> dict[str, _Ran]:
    """The modules that are called, by name, in the order in which they end."""
    ran: dict[str, _Ran] = {}
    events = 0
    size = (example.shape[2], example.shape[3])

    def begin(name: str) -> None:
        nonlocal events
        events += 1
        known = ran.pop(name, None) or _Ran(name, events, -1, 0, None, (0, 0, 0))
        ran[name] = replace(known, calls=known.calls + 1)

    def end(name: str, output: object) -> None:
        nonlocal events
        events += 1
        layout = layout_of(output, size) if isinstance(output, Tensor) else None
        shape = (0, 0, 0)
        if layout is not None and isinstance(output, Tensor):
            shape = grid_shape(layout.to_grid(output))
        ran[name] = replace(ran.pop(name), ended=events, layout=layout, shape=shape)

    handles = []
    for name, module in network.named_modules():
        if name:
            handles += [
                module.register_forward_pre_hook(lambda _m, _i, name=name: begin(name)),
                module.register_forward_hook(lambda _m, _i, out, name=name: end(name, out)),
            ]
    try:
        with torch.no_grad():
            if until is None:
                network(example)
            else:
                run_until(network, until, example)
    finally:
        for handle in handles:
            handle.remove()
    return ran


def _last(network: nn.Module, ran: dict[str, _Ran], head: PooledHead | None, classes: int) -> _Ran:
    if head is not None:
        return ran[head.layer]
    modules = dict(network.named_modules())
    grids = [
        module
        for module in ran.values()
        if module.layout is not None
        and not isinstance(modules[module.name], nn.AdaptiveAvgPool2d)
        and module.shape[0] != classes
        and module.calls == 1
    ]
    if not grids:
        raise CamviewerError(
            "No layer of this network has a spatial grid.",
            "Choose a base model that looks at pictures in cells.",
        )
    return grids[-1]


def _before_pooling(network: nn.Module, ran: dict[str, _Ran], last: _Ran) -> _Ran:
    """The layer whose output the last pooling is fed, when a pooling is what ends the grid."""
    modules = dict(network.named_modules())
    leaves = [
        module
        for module in sorted(ran.values(), key=lambda module: module.ended)
        if module.ended <= last.ended and module.ended >= 0 and not _children(network, module.name)
    ]
    if len(leaves) < 2 or not isinstance(modules[leaves[-1].name], _POOLING):
        return last
    return next(
        (
            leaf
            for leaf in reversed(leaves[:-1])
            if leaf.layout is not None and leaf.shape[0] == last.shape[0]
        ),
        last,
    )


def _not_needed(network: nn.Module, ran: dict[str, _Ran], last: _Ran) -> tuple[str, ...]:
    """The largest subtrees that have not been called when the last layer is done.

    What lies in a module that is done by then may be used without being called.
    """
    needless: list[str] = []

    def visit(name: str, module: nn.Module) -> None:
        known = ran.get(name)
        if name and (known is None or known.began > last.ended):
            needless.append(name)
            return
        if known is not None and known.ended <= last.ended:
            return
        for child, below in module.named_children():
            visit(f"{name}.{child}" if name else child, below)

    visit("", network)
    return tuple(needless)


def _start_of_last_block(network: nn.Module, ran: dict[str, _Ran]) -> int:
    """When the last member of the longest row of like blocks was called; at worst the start."""
    rows = [
        [f"{name}.{child}" if name else child for child, _ in module.named_children()]
        for name, module in network.named_modules()
        if isinstance(module, nn.Sequential | nn.ModuleList)
    ]
    called = [[name for name in row if name in ran] for row in rows]
    longest = max(called, key=len, default=[])
    return ran[longest[-1]].began - 1 if longest else -1


def _has_parameters(network: nn.Module, name: str) -> bool:
    """Of its own, not its children's."""
    return any(True for _ in network.get_submodule(name).parameters(recurse=False))


def _children(network: nn.Module, name: str) -> bool:
    return any(True for _ in network.get_submodule(name).children())


def _runs_the_same(network: nn.Module, example: Tensor, cut: PooledCut, expected: Tensor) -> bool:
    try:
        with torch.no_grad():
            found = cells_of(network, cut, example)
    except Exception:  # noqa: BLE001  (each network misses a part in its own way)
        return False
    difference = float((found - expected).abs().max())
    return found.shape == expected.shape and difference <= _EQUAL * float(expected.abs().max())
