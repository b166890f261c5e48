"""Checkpoints: what is found in them, what is refused, and that nothing in them ever runs."""

from __future__ import annotations

import argparse
import io
import json
import os
import pickle
import struct
import subprocess
import sys
import tarfile
import warnings
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file
from torch import Tensor, nn

from camviewer.engine.checkpoints import read_checkpoint
from camviewer.engine.errors import CamviewerError

Weights = dict[str, Tensor]


def small_network() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))


@pytest.fixture
def weights() -> Weights:
    return dict(small_network().state_dict())


def assert_same(found: Weights, expected: Weights) -> None:
    assert list(found) == list(expected)
    for name, tensor in expected.items():
        assert torch.equal(found[name], tensor), name


def refusal(path: Path) -> CamviewerError:
    with pytest.raises(CamviewerError) as refused:
        read_checkpoint(path)
    assert refused.value.hint
    assert "\n" not in str(refused.value)
    assert str(path.parent) not in str(refused.value)
    return refused.value


# what is found


@pytest.mark.parametrize(
    "wrap",
    [
        lambda weights: weights,
        OrderedDict,
        *(
            lambda weights, key=key: {"epoch": 3, key: weights, "optimizer": {"state": {}}}
            for key in (
                "state_dict",
                "model",
                "model_state_dict",
                "net",
                "ema",
                "model_ema",
                "state_dict_ema",
            )
        ),
        lambda weights: {"ema": {"state_dict": weights, "decay": 0.999}},
        lambda weights: {"student": weights, "epoch": torch.tensor(3)},
    ],
)
def test_the_state_dict_is_found_where_training_scripts_put_it(
    tmp_path: Path, weights: Weights, wrap: Callable[[Weights], object]
) -> None:
    torch.save(wrap(weights), tmp_path / "weights.pth")
    assert_same(read_checkpoint(tmp_path / "weights.pth").tensors, weights)


@pytest.mark.parametrize("name", ["w.pth", "w.pt", "w.bin", "w.ckpt", "w.pth.tar", "w"])
def test_the_content_counts_and_not_the_ending(tmp_path: Path, weights: Weights, name: str) -> None:
    torch.save(weights, tmp_path / name)
    assert_same(read_checkpoint(tmp_path / name).tensors, weights)
    save_file(weights, tmp_path / name)
    assert read_checkpoint(tmp_path / name).tensors.keys() == weights.keys()


def test_files_of_old_versions_of_torch_are_read(tmp_path: Path, weights: Weights) -> None:
    path = tmp_path / "old.pth"
    torch.save({"state_dict": weights}, path, _use_new_zipfile_serialization=False)
    assert_same(read_checkpoint(path).tensors, weights)


def test_of_raw_and_averaged_weights_the_averaged_ones_are_taken_and_it_is_said(
    tmp_path: Path, weights: Weights
) -> None:
    averaged = {f"module.{name}": tensor + 1 for name, tensor in weights.items()}
    averaged["n_averaged"] = torch.tensor(7)
    torch.save({"model": weights, "model_ema": averaged}, tmp_path / "both.pth")
    found = read_checkpoint(tmp_path / "both.pth")
    del averaged["n_averaged"]
    assert_same(found.tensors, averaged)
    assert found.notes == (
        "The averaged weights (EMA, under model_ema) were taken, not the raw ones under model.",
    )


def test_averaged_weights_that_are_not_complete_are_left_and_it_is_said(
    tmp_path: Path, weights: Weights
) -> None:
    torch.save(
        {"state_dict": weights, "ema": {"0.weight": weights["0.weight"]}}, tmp_path / "w.pth"
    )
    found = read_checkpoint(tmp_path / "w.pth")
    assert_same(found.tensors, weights)
    assert "The raw weights were taken" in found.notes[0]


@pytest.mark.parametrize("kind", [torch.float16, torch.bfloat16, torch.float64])
@pytest.mark.parametrize("ending", ["pth", "safetensors"])
def test_other_floating_point_weights_become_float32_and_it_is_said(
    tmp_path: Path, weights: Weights, kind: torch.dtype, ending: str
) -> None:
    path = tmp_path / f"w.{ending}"
    other = {n: t.to(kind) if t.is_floating_point() else t for n, t in weights.items()}
    if ending == "pth":
        torch.save(other, path)
    else:
        save_file(other, path)
    found = read_checkpoint(path)
    assert found.tensors["0.weight"].dtype == torch.float32
    assert found.tensors["1.num_batches_tracked"].dtype == torch.int64
    assert found.notes == (f"The {str(kind)[6:]} weights were made float32.",)


def test_what_training_scripts_leave_beside_the_weights_is_skipped(
    tmp_path: Path, weights: Weights
) -> None:
    leftovers = {
        "state_dict": {**weights, "_extra": "words", "steps": 3},
        "args": argparse.Namespace(lr=0.1, nested=argparse.Namespace(data=Path("data"))),
        "best": np.float64(76.1),
        "losses": np.arange(3, dtype=np.float32),
    }
    torch.save(leftovers, tmp_path / "w.pth")
    assert_same(read_checkpoint(tmp_path / "w.pth").tensors, weights)


def test_tied_weights_are_kept(tmp_path: Path) -> None:
    tied = torch.rand(8, 8)
    torch.save({"a": tied, "b": tied, "c": tied.t()}, tmp_path / "w.pth")
    assert len(read_checkpoint(tmp_path / "w.pth").tensors) == 3


# what never runs


class Running:
    """Its pickle makes the marker file as it is read."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, (f"echo > '{self.marker}'",)


class Evaluating(Running):
    def __reduce__(self) -> tuple[Any, ...]:
        return eval, (f"open({str(self.marker)!r}, 'w').close()",)


def built(marker: Path) -> bytes:
    """BUILD with a state that sets attributes of an object from a call of our choosing."""
    command = f"echo > '{marker}'"
    return (
        b"\x80\x02ccollections\nOrderedDict\n)R}(X\x01\x00\x00\x00acos\nsystem\nX"
        + struct.pack("<I", len(command))
        + command.encode()
        + b"\x85RuubS."
    )


def built_class(marker: Path) -> bytes:
    """BUILD that puts ``os.system`` in the place of a class's own ``__setstate__``."""
    command = f"echo > '{marker}'"
    text = b"X" + struct.pack("<I", len(command)) + command.encode()
    name = b"X" + struct.pack("<I", 12) + b"__setstate__"
    allowed = b"cargparse\nNamespace\n"
    return (
        b"\x80\x02"
        + allowed
        + b"}"
        + name
        + b"cos\nsystem\nsb0"
        + allowed
        + b")\x81"
        + text
        + b"b."
    )


def instantiated(marker: Path) -> bytes:
    return f"(S\"echo > '{marker}'\"\nios\nsystem\n.".encode()


def stack_global(marker: Path) -> bytes:
    command = f"echo > '{marker}'"
    text = b"X" + struct.pack("<I", len(command)) + command.encode()
    return b"\x80\x04\x8c\x02os\x8c\x06system\x93" + text + b"\x85R."


def through_torch(marker: Path) -> bytes:
    """A dotted name that begins with what is allowed and ends in a module of the system."""
    command = f"echo > '{marker}'"
    text = b"X" + struct.pack("<I", len(command)) + command.encode()
    return b"\x80\x02ctorch.serialization\nos.system\n" + text + b"\x85R."


def zip_with(path: Path, pickled: bytes) -> None:
    """A checkpoint in torch's own zip with another pickle inside."""
    torch.save({"w": torch.ones(3)}, path)
    with zipfile.ZipFile(path) as archive:
        entries = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, pickled if name.endswith("data.pkl") else content)


def legacy_with(path: Path, pickled: bytes) -> None:
    """A checkpoint as of torch before 1.6 with another pickle inside."""
    head = [0x1950A86A20F9469CFC6C, 1001, {"little_endian": True, "type_sizes": {}}]
    path.write_bytes(b"".join(pickle.dumps(part, 2) for part in head) + pickled)


@pytest.mark.parametrize("hostile", [Running, Evaluating])
@pytest.mark.parametrize("new_zip", [True, False])
@pytest.mark.parametrize(
    "wrap",
    [
        lambda thing, _: thing,
        lambda thing, weights: {**weights, "evil": thing},
        lambda thing, weights: {"state_dict": {**weights, "deep": [{"x": (thing,)}]}},
        lambda thing, weights: {"state_dict": weights, "optimizer": {"hook": thing}},
        lambda thing, weights: {"args": argparse.Namespace(x=thing), "model": weights},
    ],
)
def test_no_code_in_a_checkpoint_runs(
    tmp_path: Path,
    weights: Weights,
    hostile: type[Running],
    new_zip: bool,
    wrap: Callable[[object, Weights], object],
) -> None:
    marker, path = tmp_path / "marker", tmp_path / "evil.pth"
    torch.save(wrap(hostile(marker), weights), path, _use_new_zipfile_serialization=new_zip)
    refused = refusal(path)
    assert not marker.exists()
    assert "can run any code" in refused.message
    assert "torch.save(model.state_dict()" in refused.hint
    # The trap is a real one: an unsafe load does run it.
    with suppress(Exception):
        torch.load(path, weights_only=False)
    assert marker.exists()


@pytest.mark.parametrize("write", [zip_with, legacy_with])
@pytest.mark.parametrize("trick", [built, built_class, instantiated, stack_global, through_torch])
def test_no_trick_with_opcodes_runs(
    tmp_path: Path, write: Callable[[Path, bytes], None], trick: Callable[[Path], bytes]
) -> None:
    marker, path = tmp_path / "marker", tmp_path / "evil.pth"
    write(path, trick(marker))
    refusal(path)
    assert not marker.exists()


@pytest.mark.parametrize("protocol", range(6))
def test_a_plain_pickle_is_refused_unread(tmp_path: Path, protocol: int) -> None:
    marker, path = tmp_path / "marker", tmp_path / "evil.pth"
    path.write_bytes(pickle.dumps({"state_dict": Running(marker)}, protocol))
    refusal(path)
    assert not marker.exists()


def test_a_whole_pickled_model_is_refused_with_the_way_out(tmp_path: Path) -> None:
    torch.save(small_network(), tmp_path / "whole.pt")
    refused = refusal(tmp_path / "whole.pt")
    assert "torch.nn.modules.container.Sequential" in refused.message
    assert 'torch.save(model.state_dict(), "weights.pth")' in refused.hint


# what is something else


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


# what is damaged, or made to harm


def test_files_that_are_not_there_or_empty_are_named(tmp_path: Path) -> None:
    assert "There is no file gone.pth" in refusal(tmp_path / "gone.pth").message
    (tmp_path / "empty.pth").touch()
    assert "is empty" in refusal(tmp_path / "empty.pth").message
    (tmp_path / "folder.pth").mkdir()
    assert "is a folder" in refusal(tmp_path / "folder.pth").message


@pytest.mark.parametrize("kept", [0.02, 0.2, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("write", ["zip", "legacy", "safetensors"])
def test_files_that_were_cut_short_are_refused(
    tmp_path: Path, weights: Weights, write: str, kept: float
) -> None:
    path = tmp_path / "w.pth"
    if write == "safetensors":
        save_file(weights, path)
    else:
        torch.save(weights, path, _use_new_zipfile_serialization=write == "zip")
    content = path.read_bytes()
    path.write_bytes(content[: max(int(len(content) * kept), 12)])
    refusal(path)


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("write", ["zip", "legacy", "safetensors"])
def test_flipped_bytes_never_end_in_anything_but_a_sentence(
    tmp_path: Path, weights: Weights, write: str, seed: int
) -> None:
    path = tmp_path / "w.pth"
    if write == "safetensors":
        save_file(weights, path)
    else:
        torch.save(weights, path, _use_new_zipfile_serialization=write == "zip")
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
    "make",
    [
        lambda: torch.empty(3, device="meta"),
        lambda: torch.eye(3).to_sparse(),
        lambda: torch.quantize_per_tensor(torch.rand(3), 0.1, 0, torch.quint8),
    ],
    ids=["without values", "sparse", "quantised"],
)
def test_tensors_that_are_no_plain_weights_are_refused(
    tmp_path: Path, make: Callable[[], Tensor]
) -> None:
    with warnings.catch_warnings(action="ignore"):
        weights = {"w": make(), "b": torch.ones(3)}
        torch.save({"state_dict": weights}, tmp_path / "w.pth")
    assert "was not opened: w" in refusal(tmp_path / "w.pth").message


@pytest.mark.parametrize(
    "error", [MemoryError(), RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried")]
)
def test_too_little_memory_is_a_sentence(
    tmp_path: Path, weights: Weights, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise error

    torch.save(weights, tmp_path / "w.pth")
    monkeypatch.setattr(torch, "load", fail)
    assert "not enough memory" in refusal(tmp_path / "w.pth").message


def test_large_weights_are_mapped_and_not_copied(tmp_path: Path) -> None:
    path = tmp_path / "large.pth"
    torch.save({f"w{index}": torch.zeros(2**20, 16) for index in range(6)}, path)
    code = (
        "import resource, sys; from pathlib import Path; "
        "from camviewer.engine.checkpoints import read_checkpoint; "
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; "
        "kept = read_checkpoint(Path(sys.argv[1])); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    if sys.platform != "linux":
        pytest.skip("counts memory as Linux does")
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 100_000  # of 400,000 kilobytes
