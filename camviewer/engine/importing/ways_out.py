"""What to do with a checkpoint of an unknown network: the lines that export this kind of file."""

from __future__ import annotations

import re
from collections.abc import Iterable

from camviewer.engine.checkpoints.tensors import Checkpoint
from camviewer.engine.errors import CamviewerError
from camviewer.engine.importing.kept_network import EXPORT_HINT

_EMBEDDED = re.compile(r"(^|\.)(embeddings|embedder|patch_embeddings)\.")
_ENCODED = re.compile(r"(^|\.)(encoder\.(layers?|stages|blocks?)|layers\.\d+)\.")
"""Names of transformers' layers; with the one above they tell a state dict of transformers."""
_LIGHTNING = ("pytorch-lightning_version", "lightning_version", "hparams_name")


def with_own_way_out(error: CamviewerError, name: str, checkpoint: Checkpoint) -> CamviewerError:
    """The same refusal with what helps for this kind of file, where that is more than for any."""
    if EXPORT_HINT not in error.hint:
        return error
    kind = "" if checkpoint.network is None else checkpoint.network.kind
    quoted = name.replace('"', "'")
    if kind.startswith("ultralytics."):
        hint = f"Where ultralytics is installed, say: yolo export model={quoted} format=onnx."
    elif kind:
        hint = (
            f"Where {kind.partition('.')[0]} is installed, load it: "
            f'model = torch.load("{quoted}", weights_only=False). {EXPORT_HINT}'
        )
    elif any(key in checkpoint.beside for key in _LIGHTNING):
        hint = (
            f'Load it with your class: model = MyModule.load_from_checkpoint("{quoted}"). '
            f"{EXPORT_HINT}"
        )
    elif _is_of_transformers(checkpoint.tensors):
        hint = (
            "If it is a model of Hugging Face's transformers, put its config.json beside it, or "
            f'save both where it was trained: model.save_pretrained("model"). {EXPORT_HINT}'
        )
    else:
        return error
    return CamviewerError(error.message, error.hint.replace(EXPORT_HINT, hint))


def _is_of_transformers(names: Iterable[str]) -> bool:
    names = tuple(names)
    return all(any(pattern.search(name) for name in names) for pattern in (_EMBEDDED, _ENCODED))
