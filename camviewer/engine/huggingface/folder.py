"""Finds the files of one model: weights or their shards, ``config.json``, and the processor's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from camviewer.engine.companions.config_json import PROCESSOR, json_object
from camviewer.engine.errors import CamviewerError
from camviewer.engine.packs.manifest import CONFIG

INDICES = ("model.safetensors.index.json", "pytorch_model.bin.index.json")
_WHOLE = ("model.safetensors", "pytorch_model.bin")
_SUFFIXES = (".safetensors", ".pth", ".pt", ".bin", ".ckpt", ".pt2", ".onnx", ".camviewer")
_NO_WEIGHTS = (
    "training_args.bin",
    "optimizer",
    "scheduler",
    "rng_state",
    "scaler",
    "random_states",
)
"""Names of files that trainers leave beside the weights."""
_CLASSIFIER, _BODY = "ForImageClassification", "Model"
_MOST_SHARDS = 1000


@dataclass(frozen=True)
class ModelFolder:
    """A model that is kept as several files.

    Attributes:
        root: the folder.
        weights: the file with the weights, or its shards.
        config: what ``config.json`` says.
        processor: what ``preprocessor_config.json`` says; empty when there is none.
        origin: the name of the file that it was opened by, where the folder is not the model's own.
    """

    root: Path
    weights: tuple[Path, ...]
    config: Mapping[str, Any]
    processor: Mapping[str, Any]
    origin: str = ""


def is_of_pictures(kind: str) -> bool:
    """Whether a class of transformers may be a classifier of pictures, or the body of one."""
    return _CLASSIFIER in kind or kind.endswith(_BODY)


def weights_in(path: Path) -> tuple[Path, ...]:
    """The file or shards that hold the weights of what was chosen.

    Args:
        path: a folder; an index of shards, a shard, or a configuration; any other file is itself.

    Raises:
        CamviewerError: a folder holds none or several, or an index names what is not beside it.
    """
    if path.is_dir():
        return _weights_of_folder(path)
    if path.name in INDICES:
        return _shards(path)
    if path.name in {CONFIG, PROCESSOR}:
        return _weights_of_folder(path.parent)
    for name in INDICES:
        index = path.with_name(name)
        if index.is_file() and path.name in set(_weight_map(index).values()):
            return _shards(index)
    return (path,)


def classifier_folder(path: Path) -> ModelFolder | None:
    """The model of transformers that a file or folder belongs to; None when it is none.

    Args:
        path: a folder or any of its files.

    Raises:
        CamviewerError: its weights are missing, or named where they may not be.
    """
    root = path if path.is_dir() else path.parent
    config = json_object(root / CONFIG)
    if config is None or not isinstance(config.get("model_type"), str):
        return None
    names = config.get("architectures")
    is_classifier = isinstance(names, list) and any(is_of_pictures(str(name)) for name in names)
    if not is_classifier or config["model_type"] == "timm_wrapper":
        return None
    weights = weights_in(path)
    if weights[0].suffix not in {".safetensors", ".bin", ".pt", ".pth", ".ckpt"}:
        return None
    return ModelFolder(root, weights, config, json_object(root / PROCESSOR) or {})


def _weights_of_folder(folder: Path) -> tuple[Path, ...]:
    for index, whole in zip(INDICES, _WHOLE, strict=True):
        if (folder / whole).is_file():
            return (folder / whole,)
        if (folder / index).is_file():
            return _shards(folder / index)
    try:
        found = sorted(
            path
            for path in folder.iterdir()
            if path.suffix.lower() in _SUFFIXES
            and not path.name.startswith((".", *_NO_WEIGHTS))
            and path.is_file()
        )
    except OSError as error:
        raise CamviewerError(
            f"The folder {folder.name or folder} cannot be read.", "Check its permissions."
        ) from error
    if len(found) == 1:
        return (found[0],)
    name = folder.name or str(folder)
    if not found:
        raise CamviewerError(
            f"The folder {name} holds no weights.",
            "Choose a folder with model.safetensors, or another file of weights.",
        )
    shown = ", ".join(path.name for path in found[:5])
    raise CamviewerError(
        f"The folder {name} holds {len(found)} files of weights: {shown}.", "Choose one of them."
    )


def _shards(index: Path) -> tuple[Path, ...]:
    names = sorted(set(_weight_map(index).values()))
    if not names or len(names) > _MOST_SHARDS:
        raise CamviewerError(f"{index.name} names no weights.", "Copy or download it again.")
    for name in names:
        # A name alone, so that no path leads out of the folder.
        if Path(name).name != name or "\\" in name or name in {".", ".."}:
            raise CamviewerError(
                f"{index.name} was not followed: it would read {name[:100]!r}, outside of its "
                "folder.",
                "Ask the one who made it for another.",
            )
    missing = [name for name in names if not index.with_name(name).is_file()]
    if missing:
        raise CamviewerError(
            f"{missing[0][:100]} is missing, which {index.name} names.",
            "Copy all files of the model into one folder.",
        )
    return tuple(index.with_name(name) for name in names)


def _weight_map(index: Path) -> dict[str, str]:
    content = json_object(index) or {}
    names = content.get("weight_map")
    if not isinstance(names, Mapping):
        return {}
    return {str(key): name for key, name in names.items() if isinstance(name, str)}
