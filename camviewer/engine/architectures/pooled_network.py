"""A network that was cut and given a pooled linear head, so that CAM is exact for it.

Zhou et al., "Learning Deep Features for Discriminative Localization", 2016, did so with AlexNet,
VGG and GoogLeNet; nothing in it depends on the network.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from camviewer.engine.architectures.catalogue import build
from camviewer.engine.architectures.pooled_cut import ARRANGEMENTS, PooledCut
from camviewer.engine.errors import CamviewerError
from camviewer.engine.network.efficientnet_lite import EfficientNetLite0
from camviewer.engine.network.layouts import Arrangement, Layout, layout_of

EMBEDDED_ARCHITECTURE = "camviewer/efficientnet_lite0"
"""The embedded model's network, which is ours and neither torchvision's nor timm's."""

_ARRANGEMENT = dict(
    zip(
        ARRANGEMENTS,
        (Arrangement.CHANNELS_FIRST, Arrangement.CHANNELS_LAST, Arrangement.TOKENS),
        strict=True,
    )
)


class PooledNetwork(nn.Module):
    """Base network up to a layer, optionally a 3x3 convolution, global averaging, linear layer.

    Args:
        base: without the modules that are not needed.
        cut: where it ends.
        classes: of the new head.
    """

    def __init__(self, base: nn.Module, cut: PooledCut, classes: int) -> None:
        super().__init__()
        self.base = base
        self.cut = cut
        self.grid = Cells(cut)
        self.convolution: nn.Sequential | None = None
        if cut.convolution:
            self.convolution = nn.Sequential(
                nn.Conv2d(cut.channels, cut.convolution, 3, padding=1), nn.ReLU()
            )
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Linear(cut.convolution or cut.channels, classes)

    def forward(self, pictures: Tensor) -> Tensor:
        """(N, 3, h, w) in, logits (N, classes) out."""
        features = self.cells(pictures)
        if self.convolution is not None:
            features = self.convolution(features)
        logits: Tensor = self.classifier(torch.flatten(self.pool(features), 1))
        return logits

    def cells(self, pictures: Tensor) -> Tensor:
        """What the base network sees: (N, 3, h, w) in, its last grid (N, C, rows, columns) out."""
        output = run_until(self.base, self.cut.layer, pictures)
        cells: Tensor = self.grid(output, (pictures.shape[2], pictures.shape[3]))
        return cells


class Cells(nn.Module):
    """The output of the base's last layer as (N, C, h, w), whatever its arrangement."""

    def __init__(self, cut: PooledCut) -> None:
        super().__init__()
        self.arrangement = _ARRANGEMENT[cut.arrangement]
        self.prefix = cut.prefix
        self.rectified = cut.rectified

    def forward(self, output: Tensor, input_size: tuple[int, int]) -> Tensor:
        """The cells of an output, for pictures of ``input_size`` (h, w)."""
        layout: Layout | None = Layout(self.arrangement, (0, 0), self.prefix)
        if self.arrangement is Arrangement.TOKENS:
            layout = layout_of(output, input_size)
            if layout is None:
                raise CamviewerError(
                    "The tokens of this network form no grid for this picture size.",
                    "Choose the trained crop at detail 1x.",
                )
        assert layout is not None  # noqa: S101
        cells = layout.to_grid(output)
        return cells.relu() if self.rectified else cells


def cells_of(network: nn.Module, cut: PooledCut, pictures: Tensor) -> Tensor:
    """The same of a network that was given no head: (N, 3, h, w) in, (N, C, rows, columns) out."""
    output = run_until(network, cut.layer, pictures)
    cells: Tensor = Cells(cut)(output, (pictures.shape[2], pictures.shape[3]))
    return cells


class _Reached(Exception):  # noqa: N818  (not an error: the way out of a network)
    """The layer that was asked for has run."""

    def __init__(self, output: Any) -> None:
        super().__init__()
        self.output = output


def run_until(network: nn.Module, layer: str, pictures: Tensor) -> Tensor:
    """What a layer puts out; nothing behind it is run, whatever the network does there.

    Others' hooks on the layer come first, so that it can be tapped like any other.

    Raises:
        CamviewerError: the network does not come by the layer.
    """

    def stop(_module: nn.Module, _inputs: object, output: object) -> None:
        raise _Reached(output)

    handle = network.get_submodule(layer).register_forward_hook(stop)
    try:
        network(pictures)
    except _Reached as reached:
        output: Tensor = reached.output
        return output
    finally:
        handle.remove()
    raise CamviewerError(f"The picture does not pass through layer {layer}.", "Train it again.")


def build_base(architecture: str, classes: int, *, device: str = "cpu") -> nn.Module:
    """The whole network of that architecture, the embedded model's included.

    Raises:
        CamviewerError: there is no such architecture.
    """
    if architecture != EMBEDDED_ARCHITECTURE:
        return build(architecture, classes, device=device)
    with torch.device(device):
        return EfficientNetLite0(classes).eval()


def build_pooled(
    architecture: str, classes: int, cut: PooledCut, *, device: str = "cpu"
) -> PooledNetwork:
    """The architecture, cut and with a new head of random weights, in eval mode.

    Raises:
        CamviewerError: there is no such architecture, or it has no such layers.
    """
    base = build_base(architecture, cut.base_classes, device=device)
    remove_modules(base, cut, architecture)
    with torch.device(device):
        return PooledNetwork(base, cut, classes).eval()


def remove_modules(base: nn.Module, cut: PooledCut, architecture: str) -> None:
    """Puts nothing in the place of the modules that never run.

    Raises:
        CamviewerError: the network has no such layers.
    """
    known = {name for name, _ in base.named_modules()}
    for name in (cut.layer, *cut.without):
        if name not in known:
            raise CamviewerError(
                f"{architecture} has no layer {name[:100]} to be cut at.", "Train the model again."
            )
    for name in cut.without:
        parent, _, last = name.rpartition(".")
        setattr(base.get_submodule(parent), last, nn.Identity())
