"""A network that was cut and given a pooled linear head, so that CAM is exact for it.

Zhou et al., "Learning Deep Features for Discriminative Localization", 2016, did so with AlexNet,
VGG and GoogLeNet; nothing in it depends on the network.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from camviewer.engine.architectures.changed_network import build_changed
from camviewer.engine.architectures.grid_cells import Cells, run_until
from camviewer.engine.architectures.network_changes import NetworkChanges
from camviewer.engine.architectures.pooled_cut import PooledCut
from camviewer.engine.errors import CamviewerError
from camviewer.engine.network.efficientnet_lite import EfficientNetLite0

EMBEDDED_ARCHITECTURE = "camviewer/efficientnet_lite0"
"""The embedded model's network, which is ours and neither torchvision's nor timm's."""


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


def build_base(
    architecture: str,
    classes: int,
    changes: NetworkChanges | None = None,
    *,
    device: str = "cpu",
) -> nn.Module:
    """The whole network of that architecture, the embedded model's included.

    Raises:
        CamviewerError: there is no such architecture.
    """
    if architecture != EMBEDDED_ARCHITECTURE:
        return build_changed(architecture, classes, changes, device=device)
    with torch.device(device):
        return EfficientNetLite0(classes).eval()


def build_pooled(
    architecture: str,
    classes: int,
    cut: PooledCut,
    changes: NetworkChanges | None = None,
    *,
    device: str = "cpu",
) -> PooledNetwork:
    """The architecture, cut and with a new head of random weights, in eval mode.

    Raises:
        CamviewerError: there is no such architecture, or it has no such layers.
    """
    base = build_base(architecture, cut.base_classes, changes, device=device)
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
