"""No pickle makes the reader import, call, open or restore anything, however it is made."""

from __future__ import annotations

import io
import pickle
import pickletools
import struct
import subprocess
import sys
from collections import OrderedDict
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from camviewer.engine.checkpoints.pickle_calls import storage_reference
from camviewer.engine.checkpoints.pickle_reader import Budget, read_pickle
from camviewer.engine.checkpoints.pickled_objects import Global, PickleRefused, Record
from camviewer.engine.checkpoints.tensors import read_checkpoint
from camviewer.engine.checkpoints.torch_files import nested_storage
from camviewer.engine.errors import CamviewerError
from tests.engine.checkpoints.conftest import refusal, small_network
from tests.engine.checkpoints.test_code import legacy_with, zip_with

pytestmark = pytest.mark.filterwarnings("ignore:invalid escape sequence")

OPERATIONS = pickletools.opcodes
MALFORMED = (ValueError, IndexError, TypeError, KeyError, OverflowError, struct.error, EOFError)


def read(content: bytes, operations: int = 100_000) -> Any:
    budget = Budget(operations)
    return read_pickle(
        io.BytesIO(content), budget, storage_reference, partial(nested_storage, budget)
    )


def word(text: str) -> bytes:
    return b"X" + struct.pack("<I", len(text.encode())) + text.encode()


RUN = word("echo > marker")
TRICKS = {
    "reduce": b"\x80\x02cos\nsystem\n" + RUN + b"\x85R.",
    "posix": b"\x80\x02cposix\nsystem\n" + RUN + b"\x85R.",
    "eval": b"\x80\x02cbuiltins\neval\n" + RUN + b"\x85R.",
    "python 2 eval": b"\x80\x02c__builtin__\neval\n" + RUN + b"\x85R.",
    "subprocess": b"\x80\x02csubprocess\nPopen\n" + RUN + b"\x85R.",
    "new object": b"\x80\x02csubprocess\nPopen\n" + RUN + b"\x85\x81.",
    "new object with names": b"\x80\x04csubprocess\nPopen\n)}" + word("args") + RUN + b"s\x92.",
    "instance": b"(S'echo > marker'\nios\nsystem\n.",
    "object": b"(cos\nsystem\n" + RUN + b"o.",
    "stack global": b"\x80\x04\x8c\x02os\x8c\x06system\x93" + RUN + b"\x85R.",
    "dotted name": b"\x80\x04\x8c\x05torch\x8c\x10serialization.os\x93" + RUN + b"\x85R.",
    "dotted into system": b"\x80\x04\x8c\x05torch\x8c\x09os.system\x93" + RUN + b"\x85R.",
    "runpy": b"\x80\x02crunpy\nrun_path\n" + RUN + b"\x85R.",
    "import": b"\x80\x02cimportlib\nimport_module\n" + word("antigravity") + b"\x85R.",
    "built class": b"\x80\x02ccollections\nOrderedDict\n}" + word("x") + RUN + b"sb.",
    "extension": b"\x80\x02\x82\x01.",
    "extension 2": b"\x80\x02\x83\x01\x00.",
    "extension 4": b"\x80\x02\x84\x01\x00\x00\x00.",
    "buffer": b"\x80\x05\x97.",
    "read-only buffer": b"\x80\x05\x97\x98.",
    "call of a list": b"\x80\x02](K\x01tR.",
    "item of a number": b"\x80\x02K\x01K\x02K\x03s.",
    "mark as object": b"\x80\x02(0(\x85R.",
    "empty memo": b"\x80\x02h\x07.",
    "future protocol": b"\x80\x09N.",
    "endless frame": b"\x80\x04\x95\xff\xff\xff\xff\xff\xff\xff\x7fN",
    "endless word": b"\x80\x04\x8d\xff\xff\xff\xff\xff\xff\xff\x7fx.",
    "endless bytes": b"\x80\x04\x8e\xff\xff\xff\xff\xff\xff\xff\xffx.",
    "endless number": b"\x80\x02\x8b\xff\xff\xff\x7f\x01.",
}


@pytest.mark.parametrize("trick", TRICKS.values(), ids=TRICKS)
@pytest.mark.parametrize("write", [zip_with, legacy_with])
def test_no_trick_of_pickles_is_carried_out(tmp_path: Path, trick: bytes, write: Any) -> None:
    write(tmp_path / "evil.pth", trick)
    refusal(tmp_path / "evil.pth")
    assert not (tmp_path / "marker").exists()
    assert not Path("marker").exists()


def test_a_call_gives_a_record_that_remembers_what_was_called() -> None:
    found = read(b"\x80\x02cfractions\nFraction\nK\x01K\x02\x86R}" + word("x") + b"K\x05sb.")
    assert isinstance(found, Record)
    assert found.kind == Global("fractions", "Fraction")
    assert found.arguments == (1, 2)
    assert found.attributes == {"x": 5}


def test_names_that_only_look_like_torchs_are_records() -> None:
    for module, name in (
        ("torch._utils.evil", "_rebuild_tensor_v2"),
        ("torch._utils", "_rebuild_tensor_v2.x"),
        ("tоrch._utils", "_rebuild_tensor_v2"),  # a Cyrillic letter
        ("collections.abc", "OrderedDict"),
    ):
        found = read(b"\x80\x04" + word(module) + word(name) + b"\x93)R.")
        assert isinstance(found, Record)
        assert found.kind == Global(module, name)


def test_what_is_restored_is_not_written_into_any_object() -> None:
    name, value = word("__class__"), b"cos\nsystem\n"
    found = read(b"\x80\x02cx\nY\n)\x81}" + name + value + b"sb.")
    assert type(found) is Record
    with pytest.raises(PickleRefused):
        read(b"\x80\x02cx\nY\n}" + name + value + b"sb.")


def test_shared_objects_cost_what_they_take_in_the_file() -> None:
    doubling = b"\x80\x02]q\x00" + b"".join(
        b"]q" + bytes([step + 1]) + b"(h" + bytes([step]) + b"h" + bytes([step]) + b"e"
        for step in range(200)
    )
    found = read(doubling + b"h\xc8.")
    assert found[0] is found[1]


def test_modules_that_share_modules_without_end_are_refused(tmp_path: Path) -> None:
    def holding(children: bytes) -> bytes:
        parts = word("_parameters") + b"}" + word("_buffers") + b"}"
        return b"cnet\nNet\n)\x81}(" + parts + word("_modules") + children + b"ub"

    levels = b"\x80\x02" + holding(b"}") + b"r\x00\x00\x00\x00"
    for step in range(50):
        previous = b"j" + struct.pack("<I", step)
        both = b"}(" + word("a") + previous + word("b") + previous + b"u"
        levels += holding(both) + b"r" + struct.pack("<I", step + 1)
    zip_with(tmp_path / "w.pth", levels + b".")
    assert "without end" in refusal(tmp_path / "w.pth").message


def test_an_object_that_holds_itself_is_read_once(tmp_path: Path) -> None:
    zip_with(tmp_path / "w.pth", b"\x80\x02]q\x00h\x00a.")
    assert "no network" in refusal(tmp_path / "w.pth").message
    zip_with(tmp_path / "w.pth", b"\x80\x02}q\x00" + word("state_dict") + b"h\x00s.")
    refusal(tmp_path / "w.pth")


@pytest.mark.parametrize("opens", [b"]", b"(", b"}" + word("model"), b"cx\nY\n"])
def test_objects_within_each_other_do_not_exhaust_the_stack(tmp_path: Path, opens: bytes) -> None:
    ends = {b"]": b"a", b"(": b"t", b"cx\nY\n": b"\x85R"}.get(opens, b"s")
    zip_with(tmp_path / "w.pth", b"\x80\x02" + opens * 60_000 + b"N" + ends * 60_000 + b".")
    refusal(tmp_path / "w.pth")


def test_more_operations_than_any_checkpoint_needs_are_refused() -> None:
    with pytest.raises(PickleRefused, match="more operations"):
        read(b"\x80\x02" + b"N0" * 60_000 + b"N.")


def test_numbers_that_share_a_hash_are_not_collected() -> None:
    prime = (1 << 61) - 1
    pairs = b"".join(
        b"\x8a\x09" + (prime * step).to_bytes(9, "little", signed=True) + b"N"
        for step in range(2, 50)
    )
    assert read(b"\x80\x02}(" + pairs + b"u.") == {}


STORAGE = "X\x07\x00\x00\x00storagectorch\nFloatStorage\nX\x01\x00\x00\x000X\x03\x00\x00\x00cpu"


@pytest.mark.parametrize(
    "shape",
    [
        pytest.param((0, (100,), (1,)), id="larger than its storage"),
        pytest.param((10**9, (1,), (1,)), id="beyond its storage"),
        pytest.param((0, (2, 2), (10**9, 1)), id="stride beyond it"),
        pytest.param((-1, (1,), (1,)), id="before its storage"),
        pytest.param((0, (-1,), (1,)), id="negative side"),
        pytest.param((0, (2,), (-1,)), id="negative stride"),
        pytest.param((0, (1, 1), (1,)), id="sides without strides"),
        pytest.param((0, (1 << 62, 4), (0, 0)), id="overflow"),
        pytest.param((0, (1,) * 50, (1,) * 50), id="too many sides"),
    ],
)
def test_a_tensor_never_reaches_beyond_its_storage(tmp_path: Path, shape: Any) -> None:
    offset, size, stride = shape
    values = b"".join(
        pickletools.optimize(pickle.dumps(each, 2))[2:-1] for each in (offset, size, stride)
    )
    tensor = (
        b"ctorch._utils\n_rebuild_tensor_v2\n(("
        + STORAGE.encode("latin-1")
        + b"K\x03tQ"
        + values
        + b"\x89}tR"
    )
    zip_with(tmp_path / "w.pth", b"\x80\x02}" + word("weight") + tensor + b"s.")
    refusal(tmp_path / "w.pth")


AUDITED = """
import encodings.cp437, encodings.raw_unicode_escape  # for names in zips, and for words
import sys
from contextlib import suppress
from pathlib import Path
from camviewer.engine.checkpoints.tensors import read_checkpoint
from camviewer.engine.errors import CamviewerError

first, *files = map(Path, sys.argv[1:])
with suppress(CamviewerError):
    read_checkpoint(first)  # what reading imports by itself is imported now

watched = {"import", "exec", "compile", "os.system", "os.exec", "os.posix_spawn",
           "subprocess.Popen", "pickle.find_class", "socket.connect", "ctypes.dlopen", "open",
           "object.__setattr__", "os.remove", "os.rename", "os.mkdir", "marshal.loads"}
seen = []

def watch(event, arguments):
    if event in watched and not (event == "open" and str(arguments[0]) == current):
        seen.append((current, event, str(arguments)[:100]))

current = ""
sys.addaudithook(watch)
for file in files:
    current = str(file)
    try:
        read_checkpoint(file)
    except CamviewerError:
        pass
current = ""
print(len(files), seen)
"""


def audited(files: list[Path]) -> str:
    found = subprocess.run(
        [sys.executable, "-c", AUDITED, *map(str, files)],
        capture_output=True,
        text=True,
        check=True,
    )
    return found.stdout.strip()


def test_an_audit_hook_sees_no_import_call_or_open_from_a_file(tmp_path: Path) -> None:
    files = [tmp_path / "first.pth"]
    torch.save(small_network(), files[0])
    for number, (write, trick) in enumerate(
        (write, trick) for write in (zip_with, legacy_with) for trick in TRICKS.values()
    ):
        files.append(tmp_path / f"{number}.pth")
        write(files[-1], trick)
    plain = tmp_path / "plain.pkl"
    plain.write_bytes(TRICKS["reduce"])
    whole = tmp_path / "whole.pth"
    torch.save({"model": small_network(), "hook": partial(print, 1)}, whole)
    files += [plain, whole]
    assert audited(files) == f"{len(files) - 1} []"


def seeds() -> list[bytes]:
    """Pickles as torch and others write them, to be changed at random."""
    network = nn.Sequential(nn.Conv2d(3, 2, 1), nn.BatchNorm2d(2), nn.ReLU())
    made: list[object] = [
        OrderedDict(a=1, b=[1, 2.5, "x", b"y", None, True]),
        {"x": (1, 2, 3), "y": {1, 2}, "z": frozenset({3}), "n": np.float32(3), "a": np.ones(3)},
        network,
        {"state_dict": network.state_dict(), "hook": partial(print, end="")},
    ]
    return [pickle.dumps(each, protocol) for each in made for protocol in range(6)]


def survives(count: int, seed: int) -> int:
    """Reads so many changed pickles; how many of them could be read."""
    generator = np.random.default_rng(seed)
    originals = seeds()
    good = 0
    for number in range(count):
        content = bytearray(originals[number % len(originals)])
        for _ in range(int(generator.integers(1, 6))):
            place = int(generator.integers(len(content)))
            match int(generator.integers(4)):
                case 0:
                    content[place] = int(generator.integers(256))
                case 1:
                    del content[place : place + int(generator.integers(1, 9))]
                    content = content or bytearray(b".")
                case 2:
                    content[place:place] = content[place : place + 16]
                case _:
                    operation = OPERATIONS[int(generator.integers(len(OPERATIONS)))]
                    content[place] = ord(operation.code)
        try:
            read(bytes(content), 20_000)
        except (PickleRefused, *MALFORMED):
            continue
        good += 1
    return good


def test_changed_pickles_are_read_or_refused_and_nothing_else() -> None:
    assert 0 < survives(1500, seed=1) < 1500


@pytest.mark.exhaustive
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(10))
def test_100_000_changed_pickles_are_read_or_refused_and_nothing_else(seed: int) -> None:
    assert 0 < survives(10_000, seed=100 + seed) < 10_000


@pytest.mark.exhaustive
def test_an_audit_hook_sees_nothing_from_changed_checkpoints(tmp_path: Path) -> None:
    generator = np.random.default_rng(5)
    files = [tmp_path / "first.pth"]
    torch.save(small_network(), files[0])
    for number, content in enumerate(seeds() * 10):
        changed = bytearray(content)
        for place in generator.integers(len(changed), size=3):
            changed[place] = generator.integers(256)
        files.append(tmp_path / f"{number}.pth")
        zip_with(files[-1], bytes(changed))
    assert audited(files) == f"{len(files) - 1} []"


def test_a_changed_checkpoint_ends_in_a_sentence(tmp_path: Path) -> None:
    generator = np.random.default_rng(3)
    for content in seeds():
        changed = bytearray(content)
        changed[int(generator.integers(2, len(changed)))] ^= 0x55
        zip_with(tmp_path / "w.pth", bytes(changed))
        with suppress(CamviewerError):
            read_checkpoint(tmp_path / "w.pth")
