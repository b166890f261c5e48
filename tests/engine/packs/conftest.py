"""Packs of one small network, and files of them that were tampered with."""

from __future__ import annotations

import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import tomli_w
import torch
import torchvision
from torch import Tensor

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.importing.camviewer_files import export_pack, import_pack_file
from camviewer.engine.packs.draft import PackDraft
from camviewer.engine.packs.store import PackInfo, models_folder, remove_pack
from camviewer.engine.packs.writing import write_pack

LABELS = ("tabby, tabby cat", "Zürich", "猫")
RECIPE = Recipe(
    input_size=(160, 192),
    crop_fraction=0.9,
    step=16,
    flexible=False,
    mean=(0.5, 0.25, 0.1),
    std=(0.5, 0.3, 1.0),
    interpolation="bicubic",
)
FILES = {"model.toml", "weights.safetensors", "labels.txt"}


@pytest.fixture(autouse=True)
def models(data: Path) -> Path:
    """Where packs are kept; it does not exist yet."""
    return data / "models"


@pytest.fixture(scope="session")
def tensors() -> dict[str, Tensor]:
    torch.manual_seed(0)
    return dict(torchvision.models.squeezenet1_1(num_classes=3).state_dict())


@pytest.fixture
def keep(tensors: dict[str, Tensor]) -> Callable[..., PackInfo]:
    def write(title: str = "My cats", **changes: object) -> PackInfo:
        settings = {
            "architecture": "torchvision/squeezenet1_1",
            "labels": LABELS,
            "recipe": RECIPE,
            "activation": "sigmoid",
            "origin": "cats.pth",
            "notes": ("A note.",),
        }
        return write_pack(PackDraft(tensors, title, **{**settings, **changes}))  # type: ignore[arg-type]

    return write


@pytest.fixture
def exported(keep: Callable[..., PackInfo], tmp_path: Path, models: Path) -> Path:
    """A sound ``.camviewer`` file, and no pack."""
    info = keep()
    export_pack(info, tmp_path / "cats.camviewer")
    remove_pack(info)
    models.rmdir()
    return tmp_path / "cats.camviewer"


def contents(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(file: Path, entries: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file


def edited(change: Callable[[dict[str, object]], object]) -> Callable[[bytes], bytes]:
    """The manifest with something changed."""

    def apply(content: bytes) -> bytes:
        record = tomllib.loads(content.decode())
        change(record)
        return tomli_w.dumps(record).encode()

    return apply


def refused(file: Path) -> str:
    """The sentence that a file is refused with; nothing may be written."""
    around = {path for path in file.parent.rglob("*") if "data" not in path.parts}
    with pytest.raises(CamviewerError) as error:
        import_pack_file(file)
    assert not models_folder().exists()
    assert {path for path in file.parent.rglob("*") if "data" not in path.parts} == around
    assert error.value.hint
    assert "\n" not in str(error.value)
    return error.value.message
