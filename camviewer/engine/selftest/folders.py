"""Checks that a folder of Hugging Face opens, without a socket."""

from __future__ import annotations

import json
import sys
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import torch
from safetensors.torch import save_file

from camviewer.engine.importing.checkpoints import import_checkpoint
from camviewer.engine.picture.source_image import read_image
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.selftest.result import Checks, require
from camviewer.engine.session.opening import open_session
from camviewer.engine.support.lazy_libraries import transformers
from camviewer.engine.support.resources import resource

_KINDS = {
    "ViTForImageClassification": {
        "model_type": "vit",
        "hidden_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "intermediate_size": 64,
        "image_size": 64,
    },
    "ConvNextForImageClassification": {
        "model_type": "convnext",
        "hidden_sizes": [8, 16, 24, 32],
        "depths": [1, 1, 1, 1],
        "image_size": 64,
    },
}
"""Small networks, one with attention and one with convolutions."""
_NAMES = {"0": "mug", "1": "vase", "2": "bowl"}
_SEED = 22
_TOLERANCE = 1e-4
_OPENS_A_SOCKET = ("socket.__new__", "socket.connect", "socket.getaddrinfo")


def folder_checks(folder: Path) -> Checks:
    """Writes small models as transformers keeps them, and opens each; nothing without it."""
    if find_spec("transformers") is not None:
        for kind in _KINDS:
            yield f"Hugging Face, {kind}", partial(_open, kind, folder / kind)


def _open(kind: str, folder: Path) -> str:
    sockets: list[str] = []
    is_watching = True

    def watch(event: str, _arguments: object) -> None:
        if is_watching and event in _OPENS_A_SOCKET:
            sockets.append(event)

    sys.addaudithook(watch)
    try:
        network = _write(kind, folder)
        info = import_checkpoint(folder)
        session = open_session(info.id, device=torch.device("cpu"))
        picture = read_image(resource("samples", "coffee.png"))
        found = session.explain(picture, ExplainRequest(method="grad-cam", nominal=True))
    finally:
        is_watching = False
    require(not sockets, f"a socket was opened ({', '.join(sockets)})")
    fed = session.input_tensor(picture, found.placement)
    with torch.no_grad():
        expected = network(fed).logits[0]
    away = float((torch.from_numpy(session.verdict(picture).logits.copy()) - expected).abs().max())
    require(away < _TOLERANCE, f"class scores are {away:.1e} away")
    rows, columns = found.heatmap.values.shape
    return f"{found.class_name}, Grad-CAM with {columns} x {rows} cells, no socket"


def _write(kind: str, folder: Path) -> torch.nn.Module:
    config = {**_KINDS[kind], "architectures": [kind], "id2label": _NAMES}
    library = transformers()
    torch.manual_seed(_SEED)
    made = library.CONFIG_MAPPING[config["model_type"]].from_dict(config)
    network: torch.nn.Module = getattr(library, kind)(made).eval()
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    tensors = {name: tensor.contiguous() for name, tensor in network.state_dict().items()}
    save_file(tensors, folder / "model.safetensors")
    return network
