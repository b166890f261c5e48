"""A smaller library of ICU's data: Qt brings 32 MB, of which sorting needs five.

Qt takes dates, numbers and names of languages from tables of its own. Of ICU it has the order of
letters (in the file dialog), upper and lower case, and normal forms. What stays out is what ICU
knows of currencies, units, time zones, word breaks, transliteration and old encodings: ICU reports
these as missing, and Qt answers in its own way.
"""

from __future__ import annotations

import ctypes
import re
import struct
import subprocess
from fnmatch import fnmatchcase
from pathlib import Path

LIBRARY = "libicudata.so.*"
_KEPT = (
    "*.icu",
    "*.nrm",
    "root.res",
    "pool.res",
    "res_index.res",
    "coll/*",
    "supplementalData.res",
)

_HEAD = struct.Struct("<HBB")
_MAGIC = (0xDA, 0x27)
_COUNT = struct.Struct("<I")
_ENTRY = struct.Struct("<II")
_ALIGNED = 16
_SOURCE = """\
.globl {symbol}
.type {symbol}, @object
.section .rodata
.balign 16
{symbol}:
.incbin "{data}"
.size {symbol}, .-{symbol}
.section .note.GNU-stack,"",@progbits
"""


def smaller(library: Path, folder: Path) -> Path:
    """A library of the same name in ``folder``, with the part of its data that is used."""
    version = library.name.rpartition(".")[2]
    folder.mkdir(parents=True, exist_ok=True)
    data, source = folder / f"icudt{version}.dat", folder / f"icudt{version}.s"
    symbol = f"icudt{version}_dat"
    data.write_bytes(subset(_data(library, symbol)))
    source.write_text(_SOURCE.format(symbol=symbol, data=data.name), encoding="utf-8")
    made = folder / library.name
    link = [
        "cc",
        "-shared",
        "-nostdlib",
        "-s",
        "-Wl,--build-id=none",
        f"-Wl,-soname,{library.name}",
    ]
    subprocess.run([*link, "-o", made.name, source.name], cwd=folder, check=True)
    return made


def is_wanted(name: str) -> bool:
    """Whether an item of ICU's data is used; by its name without the version in front."""
    return any(fnmatchcase(name, pattern) for pattern in _KEPT)


def items(data: bytes) -> dict[str, bytes]:
    """The items of a file of ICU's common data, by their whole names."""
    start, found = _table(data)
    ends = [place for _, place in found[1:]] + [len(data) - start]
    return {
        _name(data, start + name): data[start + place : start + end]
        for (name, place), end in zip(found, ends, strict=True)
    }


def subset(data: bytes) -> bytes:
    """The same file with the items that are used, in the same order."""
    start, _ = _table(data)
    kept = {name: item for name, item in items(data).items() if is_wanted(name.partition("/")[2])}
    place = _COUNT.size + _ENTRY.size * len(kept)
    names, entries, bodies = b"", [], b""
    total = place + sum(len(name) + 1 for name in kept)
    first = total + -(start + total) % _ALIGNED
    for name, item in kept.items():
        entries.append(_ENTRY.pack(place + len(names), first + len(bodies)))
        names += name.encode("ascii") + b"\0"
        bodies += item + bytes(-len(item) % _ALIGNED)
    head = data[:start] + _COUNT.pack(len(kept)) + b"".join(entries) + names
    return head + bytes(start + first - len(head)) + bodies


def _table(data: bytes) -> tuple[int, list[tuple[int, int]]]:
    """Where the table of contents starts, and its (name, place), counted from there."""
    start, *magic = _HEAD.unpack_from(data)
    if tuple(magic) != _MAGIC or data[12:16] != b"CmnD":
        raise ValueError("This is no file of ICU's common data.")
    (count,) = _COUNT.unpack_from(data, start)
    first = start + _COUNT.size
    return start, [_ENTRY.unpack_from(data, first + _ENTRY.size * each) for each in range(count)]


def _name(data: bytes, place: int) -> str:
    return data[place : data.index(b"\0", place)].decode("ascii")


def _data(library: Path, symbol: str) -> bytes:
    done = subprocess.run(
        ["readelf", "--dyn-syms", "-W", library], capture_output=True, text=True, check=True
    )
    size = re.search(rf"^\s*\d+: [0-9a-f]+\s+(\w+)\s.*\s{symbol}$", done.stdout, re.MULTILINE)
    if size is None:
        raise ValueError(f"{library.name} has no {symbol}.")
    loaded = ctypes.CDLL(str(library))
    start = ctypes.addressof(ctypes.c_char.in_dll(loaded, symbol))
    return ctypes.string_at(start, int(size.group(1), 0))
