"""The self-test passes where all is well, and finds what is not."""

from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path

import pytest

from camviewer.engine.importing.checkpoints import import_checkpoint
from camviewer.engine.methods import all_methods
from camviewer.engine.selftest import folders as hugging_face
from camviewer.engine.selftest import papers, pictures, reference, run_self_test
from camviewer.engine.support import folders
from camviewer.engine.support.resources import resource


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the self-test's files that a test may damage, in the place of the real ones."""
    copy = tmp_path / "resources"
    shutil.copytree(resource("selftest"), copy / "selftest")
    for module in (pictures, reference):
        monkeypatch.setattr(module, "resource", copy.joinpath)
    return copy / "selftest"


def failures(*groups: str) -> dict[str, str]:
    return {result.name: result.detail for result in run_self_test(groups) if not result.passed}


def test_every_picture_format_and_the_model_pass() -> None:
    results = list(run_self_test(["Pictures", "Model", "Devices"]))
    assert [(result.name, result.detail) for result in results if not result.passed] == []
    assert {"PNG", "HEIC", "AVIF", "Weights", "chelsea.png", "coffee.png, cam"} <= {
        result.name for result in results
    }


def test_a_library_whose_version_was_lost_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert failures("Program") == {}
    monkeypatch.setattr(papers, "LIBRARIES", (*papers.LIBRARIES, "a-library-that-is-not-there"))
    assert failures("Program") == {"Versions": "unknown: a-library-that-is-not-there"}


@pytest.mark.slow
def test_folders_of_transformers_open_without_a_socket() -> None:
    results = list(run_self_test(["Folders of others"]))
    assert len(results) == 2
    assert all(result.passed and "no socket" in result.detail for result in results)


@pytest.mark.slow
def test_a_library_that_asks_the_network_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def asking(*arguments: object, **named: object) -> object:
        socket.socket().close()
        return import_checkpoint(*arguments, **named)

    monkeypatch.setattr(hugging_face, "import_checkpoint", asking)
    found = failures("Folders of others")
    assert len(found) == 2
    assert all("a socket was opened" in detail for detail in found.values())


@pytest.mark.slow
def test_every_defined_method_is_run() -> None:
    names = {result.name for result in run_self_test(["Methods"]) if result.passed}
    assert {"cam", "grad-cam"} <= names <= {method.info.id for method in all_methods()}


def test_a_picture_that_is_damaged_fails_its_format_alone(damaged: Path) -> None:
    file = damaged / "gradient.webp"
    file.write_bytes(file.read_bytes()[:20])
    assert list(failures("Pictures")) == ["WebP"]


def test_another_class_and_another_map_are_noticed(damaged: Path) -> None:
    content = json.loads((damaged / "reference.json").read_text())
    content["samples"]["chelsea.png"]["class"] = "goldfish"
    content["samples"]["coffee.png"]["maps"]["cam"][3][3] *= 1.1
    (damaged / "reference.json").write_text(json.dumps(content))
    found = failures("Model")
    assert list(found) == ["chelsea.png", "coffee.png, cam"]
    assert found["chelsea.png"] == "tiger cat instead of goldfish"
    assert "of its range away" in found["coffee.png, cam"]


def test_a_missing_file_fails_the_check_and_not_the_test(damaged: Path) -> None:
    (damaged / "reference.json").unlink()
    assert list(failures("Model")) == ["start"]


def test_models_of_others_are_kept_apart_from_the_users() -> None:
    assert failures("Models of others") == {}
    assert not (folders.data_folder() / "models").exists()
