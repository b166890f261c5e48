"""The files that ``torch.save`` and ``pickle.dump`` write: their objects, and where numbers lie."""

from __future__ import annotations

import io
import mmap
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any, cast

import torch
from torch import Tensor

from camviewer.engine.checkpoints.file_kinds import CheckpointFormat
from camviewer.engine.checkpoints.pickle_calls import storage_reference
from camviewer.engine.checkpoints.pickle_reader import Budget, read_pickle
from camviewer.engine.checkpoints.pickled_objects import (
    PickleRefused,
    StorageReference,
    StoredTensor,
)

_MAGIC = 0x1950A86A20F9469CFC6C
_LARGEST_PICKLE = 1 << 29
"""Maximum size of the pickle in a zip, in bytes; because the numbers lie beside it."""
_LOCAL_HEADER = 30
_STORAGES = {
    "FloatStorage": torch.float32,
    "DoubleStorage": torch.float64,
    "HalfStorage": torch.float16,
    "BFloat16Storage": torch.bfloat16,
    "ByteStorage": torch.uint8,
    "CharStorage": torch.int8,
    "ShortStorage": torch.int16,
    "IntStorage": torch.int32,
    "LongStorage": torch.int64,
    "BoolStorage": torch.bool,
    "ComplexFloatStorage": torch.complex64,
    "ComplexDoubleStorage": torch.complex128,
    "UntypedStorage": torch.uint8,
}
_TYPES = (
    "float32 float64 float16 bfloat16 uint8 int8 int16 int32 int64 bool complex64 "
    "complex128 uint16 uint32 uint64 float8_e4m3fn float8_e5m2 float8_e4m3fnuz "
    "float8_e5m2fnuz"
)
_DTYPES = {name: getattr(torch, name) for name in _TYPES.split() if hasattr(torch, name)}


@dataclass(frozen=True)
class _Place:
    """Bytes of a file: where they begin, and how many there are."""

    start: int
    length: int


class TorchFile:
    """What a file holds; its tensors' numbers are read when they are asked for.

    Attributes:
        content: the object that was saved.
    """

    def __init__(
        self, content: Any, memory: mmap.mmap, places: Mapping[str, _Place], *, swapped: bool
    ) -> None:
        self.content = content
        self._memory = memory
        self._places = places
        self._swapped = swapped
        self._read: dict[tuple[str, torch.dtype, tuple[int, int] | None], Tensor] = {}

    def tensor(self, stored: StoredTensor) -> Tensor:
        """A tensor; those of one storage share memory, as they did when they were saved.

        Raises:
            ValueError: it reaches beyond its storage, or that is not in the file.
        """
        reference = stored.storage
        dtype = _DTYPES.get(stored.dtype) if stored.dtype else _STORAGES.get(reference.kind)
        if dtype is None:
            raise ValueError(f"no type of torch: {stored.dtype or reference.kind}")
        if 0 in stored.size:
            return torch.empty(stored.size, dtype=dtype)
        numbers = self._numbers(reference, dtype)
        steps = zip(stored.size, stored.stride, strict=True)
        last = stored.offset + sum((side - 1) * step for side, step in steps)
        if last >= numbers.numel():
            raise ValueError("a tensor reaches beyond its storage")
        return numbers.as_strided(stored.size, stored.stride, stored.offset)

    def _numbers(self, reference: StorageReference, dtype: torch.dtype) -> Tensor:
        """(count,) of a storage."""
        width = dtype.itemsize
        if reference.content is not None:
            return torch.frombuffer(bytearray(reference.content), dtype=dtype)
        known = self._read.get((reference.key, dtype, reference.view))
        if known is not None:
            return known
        place = self._places.get(reference.key)
        if place is None:
            raise ValueError("a storage is missing")
        whole = place.length // width
        first, count = reference.view or (0, whole)
        if first + count > whole or count == 0:
            raise ValueError("a storage is cut short")
        start = place.start + first * width
        if self._swapped or start % width:
            found = torch.frombuffer(
                bytearray(self._memory[start : start + count * width]), dtype=torch.uint8
            )
            found = found.view(-1, width).flip(1).contiguous() if self._swapped else found
            found = found.flatten().view(dtype)
        else:
            found = torch.frombuffer(self._memory, dtype=dtype, count=count, offset=start)
        self._read[reference.key, dtype, reference.view] = found
        return found


def read_torch_file(path: Path, kind: CheckpointFormat) -> TorchFile:
    """Reads what a file describes, without running any of it.

    Raises:
        PickleRefused: it does what no checkpoint needs, or calls what could run any code.
        ValueError: it is damaged; so are zipfile.BadZipFile, KeyError, IndexError and TypeError.
        OSError: the system does not give it.
    """
    with path.open("rb") as file:
        # Pages that are written to are copied: the file stays as it is.
        memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
        if kind is CheckpointFormat.ZIP:
            return _zip(file, memory)
    if kind is CheckpointFormat.LEGACY:
        budget = Budget()
        content, places = _legacy(cast(IO[bytes], memory), budget, len(memory))
        return TorchFile(content, memory, places, swapped=False)
    budget = Budget()
    content = read_pickle(
        cast(IO[bytes], memory), budget, storage_reference, partial(nested_storage, budget)
    )
    return TorchFile(content, memory, {}, swapped=False)


def nested_storage(budget: Budget, content: bytes) -> StorageReference:
    """A storage that was saved as a file of its own, as plain pickles of tensors have it.

    Raises:
        PickleRefused: it is in torch's zip, or pickles lie within it in turn.
        ValueError: it is no storage.
    """
    stream = io.BytesIO(content)
    found, places = _legacy(stream, budget, len(content), nested=_refuse_nested)
    if not isinstance(found, StorageReference) or found.key not in places:
        raise ValueError("no storage")
    place = places[found.key]
    return StorageReference(
        "", found.kind, found.count, content=content[place.start : place.start + place.length]
    )


def _refuse_nested(_content: bytes) -> StorageReference:
    raise PickleRefused("pickles lie within each other")


def _zip(file: IO[bytes], memory: mmap.mmap) -> TorchFile:
    with zipfile.ZipFile(file) as archive:
        entries = {entry.filename: entry for entry in archive.infolist()}
        root = next(name for name in entries if name.partition("/")[2] == "data.pkl")
        folder = root.partition("/")[0]
        if entries[root].file_size > _LARGEST_PICKLE:
            raise PickleRefused("its pickle has more operations than any checkpoint needs")
        order = f"{folder}/byteorder"
        swapped = order in entries and archive.read(order) == b"big"
        pickled = archive.read(root)
    budget = Budget()
    content = read_pickle(
        io.BytesIO(pickled), budget, storage_reference, partial(nested_storage, budget)
    )
    within = f"{folder}/data/"
    places = {
        name.removeprefix(within): _place(entry, memory)
        for name, entry in entries.items()
        if name.startswith(within)
    }
    return TorchFile(content, memory, places, swapped=swapped)


def _place(entry: zipfile.ZipInfo, memory: mmap.mmap) -> _Place:
    """Where the bytes of an entry lie.

    Raises:
        ValueError: it is compressed, which torch never does, or not where it should be.
    """
    if entry.compress_type != zipfile.ZIP_STORED:
        raise ValueError("a storage is compressed")
    header = memory[entry.header_offset : entry.header_offset + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
        raise ValueError("no entry begins there")
    name, extra = struct.unpack_from("<HH", header, 26)
    start = entry.header_offset + _LOCAL_HEADER + name + extra
    if start + entry.file_size > len(memory):
        raise ValueError("a storage is cut short")
    return _Place(start, entry.file_size)


def _legacy(
    stream: IO[bytes], budget: Budget, length: int, nested: Any = None
) -> tuple[Any, dict[str, _Place]]:
    """The object and storages of torch's format before 1.6."""
    read: Any = partial(
        read_pickle,
        stream,
        budget,
        nested=nested or partial(nested_storage, budget),
    )
    sizes: dict[str, int] = {}

    def persistent(identifier: object) -> Any:
        found = storage_reference(identifier)
        if isinstance(found, StorageReference):
            dtype = _STORAGES.get(found.kind)
            if dtype is None:
                raise ValueError("no storage of torch")
            sizes[found.key] = dtype.itemsize
        return found

    if read(persistent=_no_storage) != _MAGIC:
        raise ValueError("no file of torch")
    read(persistent=_no_storage)
    system = read(persistent=_no_storage)
    if not isinstance(system, dict) or system.get("little_endian") is not True:
        raise ValueError("the numbers are in another order")
    content = read(persistent=persistent)
    keys = read(persistent=_no_storage)
    if not isinstance(keys, list):
        raise TypeError("the storages have a list")
    places: dict[str, _Place] = {}
    for key in keys:
        if not isinstance(key, str) or key not in sizes:
            raise ValueError("a storage has a key")
        budget.spend()
        (count,) = struct.unpack("<q", _exactly(stream, 8))
        place = _Place(stream.tell(), count * sizes[key])
        if count < 0 or place.start + place.length > length:
            raise ValueError("a storage is cut short")
        places[key] = place
        stream.seek(place.start + place.length)
    return content, places


def _exactly(stream: IO[bytes], count: int) -> bytes:
    content = stream.read(count)
    if len(content) != count:
        raise ValueError("a storage is cut short")
    return content


def _no_storage(_identifier: object) -> Any:
    raise ValueError("no storage lies here")
