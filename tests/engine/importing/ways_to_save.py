"""The ways in which people keep the networks that they made out of known ones.

Each way takes a body and gives the network as it was trained, whose logits are the truth, and the
state dict as it was saved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

Shape = dict[str, Tensor]


@dataclass(frozen=True)
class BodyKind:
    """A network that people build on.

    Attributes:
        make: builds it with so many classes and input channels.
        classifier: dotted name of its last linear layer.
        features: how many numbers that layer is given.
        sequential: whether its children one after the other, with pooling and flattening between
            the last two, compute the same.
        grid: its children up to the last grid, where ``sequential``.
        channels: of that grid.
    """

    make: Callable[[int], nn.Module]
    classifier: str
    features: int
    sequential: bool = False
    grid: int = 0
    channels: int = 0


@dataclass(frozen=True)
class Saved:
    """A network and the state dict that is kept of it.

    Attributes:
        network: (N, C, h, w) in, logits out.
        state: what is saved.
        channels: of the input.
    """

    network: nn.Module
    state: dict[str, Tensor]
    channels: int = 3


class Wrapped(nn.Module):
    """A class of somebody's own around a backbone, with or without a head beside it."""

    def __init__(self, backbone: nn.Module, head: nn.Module | None, names: tuple[str, str]) -> None:
        super().__init__()
        self.names = names
        setattr(self, names[0], backbone)
        if head is not None:
            setattr(self, names[1], head)

    def forward(self, pictures: Tensor) -> Tensor:
        features = getattr(self, self.names[0])(pictures)
        head = getattr(self, self.names[1], None)
        return features if head is None else head(features)


class TwoLayers(nn.Module):
    """Two linear layers as attributes, with a ReLU that is no module."""

    def __init__(self, features: int, classes: int) -> None:
        super().__init__()
        self.fc1 = nn.Linear(features, 64)
        self.fc2 = nn.Linear(64, classes)

    def forward(self, features: Tensor) -> Tensor:
        return self.fc2(self.fc1(features).relu())


class ConcatPool(nn.Module):
    """fastai's AdaptiveConcatPool2d: maximum first."""

    def forward(self, cells: Tensor) -> Tensor:
        return torch.cat((cells.amax((2, 3), keepdim=True), cells.mean((2, 3), keepdim=True)), 1)


def remembering(network: nn.Module, pictures: Tensor) -> nn.Module:
    """The network with running statistics as training leaves them: those of pictures.

    Args:
        network: in eval mode.
        pictures: (N, 3, h, w), normalised.
    """
    norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    momenta = [norm.momentum for norm in norms]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None  # the mean of all batches
        norm.train()
    with torch.no_grad():
        for batch in pictures.split(8):
            network(batch)
    for norm, momentum in zip(norms, momenta, strict=True):
        norm.momentum = momentum
        norm.eval()
    return network


def put(network: nn.Module, name: str, module: nn.Module) -> nn.Module:
    parent, _, last = name.rpartition(".")
    setattr(network.get_submodule(parent), last, module)
    return network


CLASSES = 5
HEADS: dict[str, Callable[[int], nn.Module]] = {
    "linear": lambda width: nn.Linear(width, CLASSES),
    "no bias": lambda width: nn.Linear(width, CLASSES, bias=False),
    "dropout": lambda width: nn.Sequential(nn.Dropout(0.3), nn.Linear(width, CLASSES)),
    "two layers": lambda width: nn.Sequential(
        nn.Linear(width, 64), nn.ReLU(), nn.Dropout(), nn.Linear(64, CLASSES)
    ),
    "two attributes": lambda width: TwoLayers(width, CLASSES),
    "three layers": lambda width: nn.Sequential(
        nn.Linear(width, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, CLASSES)
    ),
    "batch norm": lambda width: nn.Sequential(
        nn.Linear(width, 64), nn.BatchNorm1d(64), nn.ReLU(), nn.Linear(64, CLASSES)
    ),
    "batch norm first": lambda width: nn.Sequential(
        nn.BatchNorm1d(width), nn.Dropout(), nn.Linear(width, CLASSES)
    ),
    "layer norm first": lambda width: nn.Sequential(nn.LayerNorm(width), nn.Linear(width, CLASSES)),
    "linear twice": lambda width: nn.Sequential(nn.Linear(width, 64), nn.Linear(64, CLASSES)),
}


def with_head(body: BodyKind, head: str) -> nn.Module:
    return put(body.make(CLASSES), body.classifier, HEADS[head](body.features))


def without_head(body: BodyKind) -> nn.Module:
    return put(body.make(CLASSES), body.classifier, nn.Identity())


def beside(names: tuple[str, str], head: str) -> Callable[[BodyKind], nn.Module]:
    return lambda body: Wrapped(without_head(body), HEADS[head](body.features), names)


def in_place(head: str) -> Callable[[BodyKind], nn.Module]:
    return lambda body: with_head(body, head)


def around(*names: str) -> Callable[[BodyKind], nn.Module]:
    def wrap(body: BodyKind) -> nn.Module:
        network = body.make(CLASSES)
        for name in reversed(names):
            network = Wrapped(network, None, (name, ""))
        return network

    return wrap


def in_a_row(body: BodyKind) -> nn.Module:
    """``Sequential(*children[:-1], Flatten, Linear)``."""
    children = list(body.make(CLASSES).children())
    pooled = children[: body.grid]
    return nn.Sequential(
        *pooled, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(body.channels, CLASSES)
    )


def fastai(body: BodyKind) -> nn.Module:
    """What fastai's ``vision_learner`` makes."""
    children = list(body.make(CLASSES).children())
    head = nn.Sequential(
        ConcatPool(),
        nn.Flatten(),
        nn.BatchNorm1d(2 * body.channels),
        nn.Dropout(0.25),
        nn.Linear(2 * body.channels, 64, bias=False),
        nn.ReLU(inplace=True),
        nn.BatchNorm1d(64),
        nn.Dropout(0.5),
        nn.Linear(64, CLASSES, bias=False),
    )
    return nn.Sequential(nn.Sequential(*children[: body.grid]), head)


NETWORKS: dict[str, Callable[[BodyKind], nn.Module]] = {
    "as it is": lambda body: body.make(CLASSES),
    "in a class": around("resnet"),
    "in a class within a class": around("net", "encoder"),
    "numbered": around("0"),
    **{f"{head} in place": in_place(head) for head in HEADS},
    **{f"{head} beside": beside(("backbone", "head"), head) for head in HEADS},
    "linear behind an encoder": beside(("encoder", "fc"), "linear"),
    "dropout behind features": beside(("feature_extractor", "classifier"), "dropout"),
    "in a row": in_a_row,
    "fastai": fastai,
}
"""What is trained."""

NEED_CHILDREN = {"in a row", "fastai"}
"""Ways that only networks take whose children can be run one after the other."""


def prefixed(prefix: str) -> Callable[[Shape], Shape]:
    return lambda state: {f"{prefix}{name}": tensor for name, tensor in state.items()}


def with_more(more: Callable[[], Shape]) -> Callable[[Shape], Shape]:
    return lambda state: {**state, **more()}


STATES: dict[str, Callable[[Shape], Shape]] = {
    "plain": dict,
    "DataParallel": prefixed("module."),
    "Lightning": lambda state: {**prefixed("model.")(state), "criterion.weight": torch.ones(5)},
    "compiled": prefixed("_orig_mod."),
    "sorted": lambda state: dict(sorted(state.items())),
    "metrics": with_more(
        lambda: {"train_accuracy.tp": torch.zeros(5), "val_metrics.total": torch.tensor(3.0)}
    ),
    "averaged": lambda state: {
        **{
            f"module.{name}": tensor.float() if "num_batches" in name else tensor
            for name, tensor in state.items()
        },
        "n_averaged": torch.tensor(4),
    },
    "no counters": lambda state: {
        name: tensor for name, tensor in state.items() if "num_batches" not in name
    },
}
"""How it is saved."""
