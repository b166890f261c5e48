"""Recognises model files by their suffix, and defines the request to import one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from camviewer.ui.style import mark

if TYPE_CHECKING:
    from camviewer.engine.picture import SourceImage


EMBEDDED = "efficientnet-lite0"
"""The id of the model that comes with the program."""
EMBEDDED_TITLE = "EfficientNet-Lite0 · ImageNet"
"""Its name on screen."""

PACK_SUFFIX = ".camviewer"
PROGRAM_SUFFIXES = (".pt2", ".onnx")
"""Suffixes of files that contain their network and are never checkpoints."""
MODEL_SUFFIXES = (
    *(".pth", ".pt", ".safetensors", ".ckpt", ".bin", ".pkl"),
    *PROGRAM_SUFFIXES,
    PACK_SUFFIX,
)
LABEL_FILES = mark("Class names (*.txt *.csv *.tsv *.json *.yaml *.yml);;All files (*)")
"""File dialog filter for lists of class names."""

_DESCRIPTIONS = (
    *("config.json", "model.safetensors.index.json", "pytorch_model.bin.index.json"),
    "preprocessor_config.json",
)
"""Names of description files that timm and Hugging Face write beside weights."""


@dataclass(frozen=True)
class ImportRequest:
    """A checkpoint that is to be kept as a model.

    Attributes:
        path: of the checkpoint, of a folder with one, or of a ``.camviewer`` file.
        architecture: None when its tensors are to tell.
        labels: file with the class names.
        title: the file's name when None.
        activation: ``softmax``, ``sigmoid`` or ``none``; None when the file is to tell.
        unit: of the values that it puts out, with the activation ``none``.
        allow_code: whether a program that can run any code may be opened.
        picture: on which several architectures are compared, where only the user can tell.
    """

    path: Path
    architecture: str | None = None
    labels: Path | None = None
    title: str | None = None
    activation: str | None = None
    unit: str = ""
    allow_code: bool = False
    picture: SourceImage | None = field(default=None, compare=False, repr=False)


def told_apart(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Models, and all else, of what was dropped."""
    models = [path for path in paths if path.suffix.lower() in MODEL_SUFFIXES or _is_model(path)]
    return models, [path for path in paths if path not in models]


def _is_model(path: Path) -> bool:
    """Whether a folder is a model, or a file the description of the one beside it."""
    if path.name in _DESCRIPTIONS:
        return True
    return path.is_dir() and (path / _DESCRIPTIONS[0]).is_file()
