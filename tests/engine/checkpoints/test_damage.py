"""Checkpoints that are damaged, or made to fill the memory, end in a sentence."""

from __future__ import annotations

import json
import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from camviewer.engine.checkpoints.tensors import read_checkpoint
from camviewer.engine.errors import CamviewerError
from tests.engine.checkpoints.conftest import Weights, refusal


def written(weights: Weights, path: Path, kind: str) -> Path:
    """Writes a zip as torch does, its format of before 1.6, or safetensors."""
    if kind == "safetensors":
        save_file(weights, path)
    else:
        torch.save(weights, path, _use_new_zipfile_serialization=kind == "zip")
    return path


@pytest.mark.parametrize("kept", [0.02, 0.2, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("write", ["zip", "legacy", "safetensors"])
def test_files_that_were_cut_short_are_refused(
    tmp_path: Path, weights: Weights, write: str, kept: float
) -> None:
    path = written(weights, tmp_path / "w.pth", write)
    content = path.read_bytes()
    path.write_bytes(content[: max(int(len(content) * kept), 12)])
    refusal(path)


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("write", ["zip", "legacy", "safetensors"])
def test_flipped_bytes_never_end_in_anything_but_a_sentence(
    tmp_path: Path, weights: Weights, write: str, seed: int
) -> None:
    path = written(weights, tmp_path / "w.pth", write)
    content = bytearray(path.read_bytes())
    generator = np.random.default_rng(seed)
    for place in generator.integers(0, min(len(content), 900), 5):
        content[place] = generator.integers(256)
    path.write_bytes(content)
    with suppress(CamviewerError):
        read_checkpoint(path)


def safetensors_file(path: Path, header: object, data: bytes = b"", length: int = -1) -> Path:
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text) if length < 0 else length) + text + data)
    return path


@pytest.mark.parametrize(
    "header",
    [
        {"w": {"dtype": "F32", "shape": [2**31, 2**31], "data_offsets": [0, 4]}},
        {"w": {"dtype": "F32", "shape": [2**62, 4], "data_offsets": [0, 4]}},
        {"w": {"dtype": "F32", "shape": [10**9], "data_offsets": [0, 4 * 10**9]}},
        {"w": {"dtype": "F32", "shape": [-1], "data_offsets": [0, 4]}},
        {"w": {"dtype": "F32", "shape": [1], "data_offsets": [4, 0]}},
        {"w": {"dtype": "X9", "shape": [1], "data_offsets": [0, 4]}},
        {
            name: {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]} for name in ("a", "b")
        },  # two tensors on the same bytes
        {"w": 3},
        {},
    ],
)
def test_safetensors_with_a_header_that_cannot_be_are_refused(
    tmp_path: Path, header: object
) -> None:
    refusal(safetensors_file(tmp_path / "w.safetensors", header, b"\0" * 4))


@pytest.mark.parametrize("length", [2**63, 2**40, 10**8, 1000])
def test_safetensors_with_a_header_longer_than_the_file_are_refused(
    tmp_path: Path, length: int
) -> None:
    header = {"w": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}
    refusal(safetensors_file(tmp_path / "w.safetensors", header, b"\0" * 4, length))


def test_tensors_that_would_fill_the_memory_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "w.pth"
    torch.save({"w": torch.zeros(1).expand(10**6, 10**6)}, path)
    assert "would take 4,000,000,000,000 bytes" in refusal(path).message
    one = torch.zeros(10**4)
    torch.save({f"w{index}": one for index in range(1000)}, path)
    assert "would take" in refusal(path).message


def test_a_zip_that_holds_more_than_its_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "w.pth"
    torch.save({"w": torch.zeros(10**7)}, path)
    with zipfile.ZipFile(path) as archive:
        entries = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    assert "made to fill the memory" in refusal(path).message


@pytest.mark.parametrize(
    "error", [MemoryError(), RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried")]
)
def test_too_little_memory_is_a_sentence(
    tmp_path: Path, weights: Weights, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise error

    torch.save(weights, tmp_path / "w.pth")
    monkeypatch.setattr(torch, "frombuffer", fail)
    assert "not enough memory" in refusal(tmp_path / "w.pth").message
