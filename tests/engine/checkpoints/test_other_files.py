"""What is no checkpoint is named as what it is."""

from __future__ import annotations

import io
import tarfile
import warnings
import zipfile
from pathlib import Path

import pytest
import torch
from PIL import Image

from tests.engine.checkpoints.conftest import refusal, small_network


def test_torchscript_is_named(tmp_path: Path) -> None:
    with warnings.catch_warnings(action="ignore"):
        torch.jit.save(torch.jit.script(small_network()), tmp_path / "w.pth")
    assert "TorchScript" in refusal(tmp_path / "w.pth").message


def test_an_exported_program_is_named(tmp_path: Path) -> None:
    program = torch.export.export(small_network().eval(), (torch.rand(1, 3, 8, 8),))
    torch.export.save(program, tmp_path / "program.pt2")
    (tmp_path / "program.pt2").rename(tmp_path / "w.pth")
    assert "torch.export" in refusal(tmp_path / "w.pth").message


def test_onnx_is_named(tmp_path: Path) -> None:
    graph = b"\x0a\x04node"
    model = b"\x08\x08\x12\x07pytorch\x1a\x032.1\x3a" + bytes([len(graph)]) + graph
    model += b"\x42\x04\x0a\x00\x10\x11"
    (tmp_path / "w.pth").write_bytes(model)
    assert "ONNX" in refusal(tmp_path / "w.pth").message


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_a_picture_called_pth_is_named(tmp_path: Path, kind: str) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "w.pth", kind)
    assert "picture" in refusal(tmp_path / "w.pth").message


def test_a_zip_without_weights_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "w.pth", "w") as archive:
        archive.writestr("holiday.jpg", b"x" * 100)
    assert "zip archive without weights" in refusal(tmp_path / "w.pth").message


def test_a_tar_is_named(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "w.pth", "w") as archive:
        archive.addfile(tarfile.TarInfo("storages"), io.BytesIO())
    assert "tar archive" in refusal(tmp_path / "w.pth").message


@pytest.mark.parametrize(
    "content", [[1, 2], "words", torch.ones(3), {"epoch": 3}, {}, {"a": {"b": {}}}]
)
def test_a_checkpoint_without_a_state_dict_is_refused(tmp_path: Path, content: object) -> None:
    torch.save(content, tmp_path / "w.pth")
    refusal(tmp_path / "w.pth")


def test_files_that_are_not_there_or_empty_are_named(tmp_path: Path) -> None:
    assert "There is no file gone.pth" in refusal(tmp_path / "gone.pth").message
    (tmp_path / "empty.pth").touch()
    assert "is empty" in refusal(tmp_path / "empty.pth").message
    (tmp_path / "folder.pth").mkdir()
    assert "is a folder" in refusal(tmp_path / "folder.pth").message
