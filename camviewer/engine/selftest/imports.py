"""Checks the import of checkpoints, and the export and re-import of packs."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import torch
from safetensors.torch import save_file

from camviewer.engine.architectures.catalogue import build
from camviewer.engine.architectures.fingerprints import known_architectures
from camviewer.engine.importing.camviewer_files import export_pack, import_pack_file
from camviewer.engine.importing.checkpoints import import_checkpoint
from camviewer.engine.packs.store import find_pack, list_packs
from camviewer.engine.picture.source_image import read_image
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.selftest.result import Checks, require
from camviewer.engine.session.opening import open_session
from camviewer.engine.support.resources import resource

_CLASSES = 10
_SEED = 20
_FEWEST_ARCHITECTURES = 1000
_NETWORKS = {
    "torchvision/squeezenet1_1": ".pth",
    "torchvision/shufflenet_v2_x0_5": ".safetensors",
    "timm/resnet10t": ".pth",
    "timm/vit_tiny_r_s16_p8_224": ".safetensors",
}
"""Small networks with convolutions and attention, in both file formats."""


def import_checks(folder: Path) -> Checks:
    """Imports small networks with random weights, each as a checkpoint of its library."""
    yield "Table of architectures", _table
    for architecture, suffix in _NETWORKS.items():
        yield architecture, partial(_import, architecture, suffix, folder)
    yield "Model as one file", partial(_send, folder)


def _table() -> str:
    count = len(known_architectures())
    require(count >= _FEWEST_ARCHITECTURES, f"only {count} architectures are known")
    return f"{count} architectures"


def _import(architecture: str, suffix: str, folder: Path) -> str:
    torch.manual_seed(_SEED)
    network = build(architecture, _CLASSES).eval()
    tensors = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    file = folder / f"{architecture.partition('/')[2]}{suffix}"
    if suffix == ".safetensors":
        save_file(tensors, file)
    else:
        torch.save(tensors, file)
    info = import_checkpoint(file, architecture=architecture)
    session = open_session(info.id, device=torch.device("cpu"))
    explanation = session.explain(
        read_image(resource("samples", "coffee.png")), ExplainRequest(method="grad-cam")
    )
    rows, columns = explanation.heatmap.values.shape
    return f"{info.classes} classes, Grad-CAM with {columns} x {rows} cells"


def _send(folder: Path) -> str:
    info = list_packs()[0]
    file = folder / f"{info.id}.camviewer"
    export_pack(info, file)
    back = import_pack_file(file)
    require(back.weights_sha256 == info.weights_sha256, "the weights came back changed")
    require(find_pack(back.id).classes == info.classes, "the classes came back changed")
    return f"{file.stat().st_size / 1e6:.1f} MB, the same weights"
