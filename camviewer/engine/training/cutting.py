"""Finds the layer at which a network is cut for a new pooled head, by running it once."""

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
"""Minimum ratio of grid sizes that counts as a reduction of the grid."""


@dataclass(frozen=True)
class _Ran:
    """A module that ran in a pass.

    Attributes:
        name: dotted name.
        began: index of the event of its first call.
        ended: index of the event of its last return.
        calls: number of calls.
        layout: how its last output holds a grid; None without a grid.
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
    """The last layer with a grid, and the modules that it does not need.

    In a network with a pooled linear head it is the layer whose cells that head averages. A final
    pooling layer, as in VGG and AlexNet, is left out by default, which doubles the rows and columns
    of the map.

    Args:
        network: in eval mode.
        example: (1, 3, h, w), not constant.
        head: the network's own pooled head, if it has one.
        classes: number of classes of the network's own head.
        keep_last_pool: whether to cut after the final pooling.
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
    """Removes modules that the cut network does not need.

    A network may use a module without calling it. If a removal changes the result, it is undone.
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
    """The last block: the modules with parameters that run after the last reduction of the grid.

    In a network with one grid size (ViT) it is the last repeated block and everything after it.
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
    # torchvision's attention uses the weights of a linear layer without calling it.
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
    """The modules that run, by name, in the order of their last return."""
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
    """The layer that feeds the final pooling, if pooling is the last reduction of the grid."""
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
    """The largest subtrees without a call before the last layer returns.

    Children of modules that have returned by then are kept, because they may be used uncalled.
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
    """Event of the first call of the last block in the longest row of equal blocks; else 0."""
    rows = [
        [f"{name}.{child}" if name else child for child, _ in module.named_children()]
        for name, module in network.named_modules()
        if isinstance(module, nn.Sequential | nn.ModuleList)
    ]
    called = [[name for name in row if name in ran] for row in rows]
    longest = max(called, key=len, default=[])
    return ran[longest[-1]].began - 1 if longest else -1


def _has_parameters(network: nn.Module, name: str) -> bool:
    """Whether a module has parameters of its own, apart from its children's."""
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
