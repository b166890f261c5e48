"""What a pickle describes, as plain data: nothing here does anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


class PickleRefused(Exception):  # noqa: N818  (turned into a sentence with the file's name)
    """A pickle holds what is not read.

    Attributes:
        named: the class or function that it would call; empty when it is only malformed.
    """

    def __init__(self, why: str, named: str = "") -> None:
        super().__init__(why)
        self.named = named


@dataclass(frozen=True)
class Global:
    """The name of a class or function; it is never looked up.

    Attributes:
        module: for example ``torchvision.models.resnet``.
        name: for example ``ResNet``.
    """

    module: str
    name: str

    def __str__(self) -> str:
        return f"{self.module}.{self.name}"


@dataclass(eq=False, slots=True, repr=False)
class Record:
    """An object of a class that is not known here.

    Attributes:
        kind: its class, or what was called to make it.
        arguments: that it was called with.
        state: what it was given to restore itself from.
        items: what was appended to it.
        entries: what was set in it by key.
    """

    kind: Global
    arguments: tuple[Any, ...] = ()
    state: Any = None
    items: list[Any] = field(default_factory=list)
    entries: dict[Any, Any] = field(default_factory=dict)

    @property
    def attributes(self) -> Mapping[str, Any]:
        """Its attributes by name, as far as they lie in the state."""
        state = self.state
        if isinstance(state, tuple) and len(state) == 2:  # __dict__ and __slots__
            state = state[0] if isinstance(state[0], dict) else state[1]
        return state if isinstance(state, dict) else {}


@dataclass(frozen=True, eq=False, slots=True)
class StorageReference:
    """Where the numbers of tensors lie in the file.

    Attributes:
        key: of the storage.
        kind: the name of its type: ``FloatStorage``.
        count: how many elements it has.
        view: (first element, how many) of the storage ``key``; None for all of it.
        content: the numbers themselves, where they lie within the pickle.
    """

    key: str
    kind: str
    count: int
    view: tuple[int, int] | None = None
    content: bytes | None = None


@dataclass(frozen=True, eq=False, slots=True)
class StoredTensor:
    """A tensor whose numbers have not been read yet.

    Attributes:
        storage: where they lie.
        offset: of the first one, in elements.
        size: its shape.
        stride: elements between neighbours along each side.
        dtype: its type by name, where the storage's does not tell it.
    """

    storage: StorageReference
    offset: int
    size: tuple[int, ...]
    stride: tuple[int, ...]
    dtype: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class OddTensor:
    """A tensor of a kind that no classifier's weights are kept as.

    Attributes:
        values: whether it has any; a tensor of the meta device has not.
        quantised: whether its numbers have few bits.
    """

    values: bool = True
    quantised: bool = False


def as_mapping(value: object) -> Mapping[Any, Any] | None:
    """A dictionary, or the items of an object of a class that is one; None for anything else."""
    if isinstance(value, dict):
        return value
    return value.entries if isinstance(value, Record) and value.entries else None


def unpacked(value: object) -> Iterator[object]:
    """The objects directly within one."""
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, (list, tuple)):
        yield from value
    elif isinstance(value, Record):
        yield value.state
        yield from value.arguments
        yield from value.items
        yield from value.entries.values()
