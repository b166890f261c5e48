"""Nothing in a checkpoint ever runs."""

from __future__ import annotations

import argparse
import os
import pickle
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import torch

from tests.engine.checkpoints.conftest import Weights, refusal


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
def test_a_plain_pickle_that_calls_the_system_is_refused(tmp_path: Path, protocol: int) -> None:
    marker, path = tmp_path / "marker", tmp_path / "evil.pth"
    path.write_bytes(pickle.dumps({"state_dict": Running(marker)}, protocol))
    refusal(path)
    assert not marker.exists()
