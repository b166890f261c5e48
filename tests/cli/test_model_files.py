"""``--model`` takes a file or a folder, which is opened for this run only."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
import torchvision

from camviewer.engine.packs import store
from camviewer.engine.support.resources import resource
from tests.engine.huggingface_folders import NAMES, folder_of

Command = Callable[..., Any]
PHOTOGRAPH = resource("samples", "astronaut.png")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder of its own."""
    monkeypatch.setattr(store, "data_folder", lambda: tmp_path / "data")
    return tmp_path / "data"


def test_a_picture_is_explained_by_a_model_that_was_never_imported(
    command: Command, data: Path, tmp_path: Path
) -> None:
    folder = folder_of("resnet", tmp_path / "bowls")
    done = command("explain", PHOTOGRAPH, "--model", folder, "--no-files", "--json")
    assert done.code == 0
    (result,) = json.loads(done.out)
    assert {top["name"] for top in result["top"]} == set(NAMES.values())
    assert "config.json" in done.err
    assert store.list_packs() == ()
    assert not (data / "models").exists()


def test_a_checkpoint_says_what_is_a_guess(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "pets.pth"
    torch.save(torchvision.models.squeezenet1_1(num_classes=3).state_dict(), path)
    done = command("layers", "--model", path)
    assert done.code == 0
    assert "features.12" in done.out
    assert "does not tell its preprocessing" in done.err


def test_a_path_that_leads_nowhere_is_no_model(command: Command, tmp_path: Path) -> None:
    done = command("layers", "--model", tmp_path / "gone.pth")
    assert done.code == 2
    assert "gone.pth" in done.err


@pytest.fixture
def backbone(tmp_path: Path) -> Path:
    """A network without its classifier."""
    state = torchvision.models.shufflenet_v2_x0_5(num_classes=3).state_dict()
    path = tmp_path / "backbone.pth"
    torch.save({name: t for name, t in state.items() if not name.startswith("fc.")}, path)
    return path


def test_a_backbone_without_a_head_is_looked_at(command: Command, backbone: Path) -> None:
    done = command("explain", PHOTOGRAPH, "--model", backbone, "--no-files")
    assert done.code == 0
    assert "No classes: this model puts out features." in done.out
    assert "Eigen-CAM of no class" in done.out
    assert "%" not in done.out
    done = command(
        "explain", PHOTOGRAPH, "--model", backbone, "--no-files", "--json", "--method", "dff"
    )
    (result,) = json.loads(done.out)
    assert (result["class"], result["top"]) == (None, [])
    assert len(result["concepts"]) == 4


@pytest.mark.parametrize(
    "words",
    [
        ("--class", "cat"),
        ("--method", "grad-cam"),
        ("--versus", "cat", "--method", "eigen-cam"),
        ("--region", "10,10,50,50"),
    ],
)
def test_what_needs_a_class_is_refused_of_a_backbone(
    command: Command, backbone: Path, words: tuple[str, ...]
) -> None:
    done = command("explain", PHOTOGRAPH, "--model", backbone, "--no-files", *words)
    assert done.code == 2
    assert "no classes" in done.err
    assert "Traceback" not in done.err


def test_a_backbone_is_imported_and_listed(command: Command, backbone: Path) -> None:
    done = command("models", "import", backbone)
    assert done.code == 0
    assert "1024 features, no classes" in done.out
    (_, record) = json.loads(command("models", "--json").out)
    assert (record["classes"], record["activation"]) == (0, "features")


def test_a_run_over_many_pictures_needs_classes(
    command: Command, backbone: Path, tmp_path: Path
) -> None:
    done = command("batch", PHOTOGRAPH, "--model", backbone, "-o", tmp_path / "run")
    assert done.code == 2
    assert "no classes" in done.err
