"""Writes into the table of architectures which of them compute the same function.

Architectures whose bodies have the same tensors are given the same random weights and the same
random picture. Where the logits agree, a checkpoint cannot be opened as the wrong one of them. Run
it after ``make_fingerprints.py``; it takes about ten minutes:

    python scripts/find_same_functions.py
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Mapping
from math import prod
from pathlib import Path

import numpy as np
import torch  # noqa: TID253  (nobody waits for a window here)
from torch import Tensor, nn  # noqa: TID253

from camviewer.engine.architectures.body_match import (
    Body,
    Expected,
    match_by_name,
    match_by_order,
)
from camviewer.engine.architectures.catalogue import build, tensor_shapes, trained_size
from camviewer.engine.architectures.fingerprints import (
    TABLE,
    architectures_by_sum,
    essential,
    known_architectures,
    known_input_sizes,
)
from camviewer.engine.architectures.head_parsing import parse_head
from camviewer.engine.architectures.network_changes import NetworkChanges
from camviewer.engine.architectures.network_search import FoundNetwork, network_sources

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
CLASSES = 7
MOST_PARAMETERS = 250_000_000
"""Of larger networks nothing is tried, and each counts as one of its own."""
SMALL = 96
AGREEING = 1e-4


def main() -> None:
    """Compares what the table groups by its sums."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--to", type=Path, default=RESOURCES / TABLE, help="the file to change")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    names = known_architectures()
    function = {name: place for place, name in enumerate(names)}
    for group in architectures_by_sum().values():
        for place, name in enumerate(group):
            for former in group[:place]:
                if function[former] == names.index(former) and same_function(former, name):
                    function[name] = function[former]
                    print(f"{name} computes what {former} does", flush=True)
                    break
    with np.load(arguments.to) as file:
        columns = {name: file[name] for name in file.files}
    columns["function"] = np.array([function[name] for name in names], np.uint16)
    np.savez_compressed(arguments.to, **columns)


def same_function(one: str, other: str) -> bool:
    """Whether two architectures with the same weights give the same logits."""
    if parameters(one) > MOST_PARAMETERS:
        return False
    try:
        network = filled(build(one, CLASSES))
        state = state_for(other, network.state_dict(), one)
        if state is None:
            return False
        second = build(other, CLASSES)
        second.load_state_dict({**second.state_dict(), **state})
        picture = torch.randn((1, 3, *common_size(one, other)), generator=seeded())
        with torch.no_grad():
            expected, found = network(picture), second(picture)
    except Exception as reason:  # noqa: BLE001  (told, whatever it is; then they are not the same)
        print(f"{one}, {other}: {type(reason).__name__}: {reason}"[:200], file=sys.stderr)
        return False
    difference = float((expected - found).abs().max() / expected.std())
    print(f"{one}, {other}: {difference:.1e}", file=sys.stderr, flush=True)
    return difference < AGREEING


def parameters(architecture: str) -> int:
    """How many numbers its tensors have."""
    return sum(abs(prod(shape)) for shape in tensor_shapes(architecture).values())


def common_size(one: str, other: str) -> tuple[int, int]:
    """A picture that both accept, a small one if they do."""
    sizes = known_input_sizes(one), known_input_sizes(other)
    if all(size is not None and size.flexible for size in sizes):
        steps = [size.step for size in sizes if size is not None]
        side = max(step * -(-SMALL // step) for step in steps)
        return side, side
    return trained_size(one)


def state_for(
    architecture: str, state: Mapping[str, Tensor], former: str
) -> dict[str, Tensor] | None:
    """The tensors of a network as another architecture names them; None when they do not fit."""
    shapes = {name: tuple(tensor.shape) for name, tensor in state.items()}
    wanted = build(architecture, CLASSES, device="meta").state_dict()
    if {name: tuple(tensor.shape) for name, tensor in wanted.items()} == shapes:
        return dict(state)
    telling, expected, theirs = essential(shapes), *both(architecture, former)
    body = match_by_name(expected, telling) or match_by_order(
        expected, telling, (theirs.container,)
    )
    if body is None:
        return None
    sources = network_sources(
        found_as(architecture, body, telling, theirs), wanted, {name: name for name in state}
    )
    return {name: state[source].reshape(wanted[name].shape) for name, source in sources.items()}


def both(*architectures: str) -> list[Expected]:
    """What the architectures' tensors are."""
    return [Expected(tensor_shapes(architecture)) for architecture in architectures]


def found_as(
    architecture: str, body: Body, telling: Mapping[str, tuple[int, ...]], theirs: Expected
) -> FoundNetwork:
    """The other architecture with its own head, filled from the former's."""
    module = theirs.places[0]
    head = {name: shape for name, shape in telling.items() if name.startswith(f"{module}.")}
    return FoundNetwork(
        architecture,
        "",
        body,
        NetworkChanges(),
        CLASSES,
        parse_head(head, head[f"{module}.weight"][1]),
        (),
    )


def filled(network: nn.Module) -> nn.Module:
    """With weights and statistics under which every tensor counts."""
    generator = seeded()

    def drawn(tensor: Tensor) -> Tensor:
        return torch.randn(tensor.shape, generator=generator)

    with torch.no_grad():
        for name, tensor in network.named_parameters():
            fan_in = tensor.numel() / max(tensor.shape[0] if tensor.dim() else 1, 1)
            if tensor.dim() > 1 and name.endswith("weight"):
                tensor.copy_(drawn(tensor) * 1.2 / max(fan_in, 1) ** 0.5)
            else:
                tensor.copy_(drawn(tensor) * 0.1 + (0.0 if "bias" in name else 1.0))
        for name, tensor in network.named_buffers():
            if name.endswith("running_mean"):
                tensor.copy_(drawn(tensor) * 0.1)
            elif name.endswith("running_var"):
                tensor.copy_(1.0 + drawn(tensor).clamp(-2, 2) * 0.1)
    return network


def seeded() -> torch.Generator:
    """The same numbers every time."""
    return torch.Generator().manual_seed(0)


if __name__ == "__main__":
    main()
