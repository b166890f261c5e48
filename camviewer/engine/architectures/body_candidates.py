"""Which known networks may lie in a checkpoint whose names tell nothing, or whose head was changed.

Each architecture has one number: the sum of a hash of every tensor before its head, made of the
last part of the tensor's name and of its shape. Order, names of modules, the number of input
channels and the head do not matter to it. In a checkpoint the same sum is looked for in every
branch of the tree of names, with some of the branch's own branches left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations

Shapes = Mapping[str, tuple[int, ...]]

_HASH_RANGE = 1 << 64
_FEWEST = 6
"""Minimum number of tensors; because no known network has fewer, and sums of few say little."""
_MOST_BRANCHES = 40
_MOST_LEFT_OUT = 3
_DEEPEST = 4
_CONVOLUTION = 4


@dataclass(frozen=True)
class Branch:
    """A part of a checkpoint that has the tensors of a known network's body.

    Attributes:
        prefix: of its names, with the dot; empty for the whole checkpoint.
        without: prefixes of what in it is not the body.
        total: the sum by which it was found.
    """

    prefix: str
    without: tuple[str, ...]
    total: int


def container_of(name: str) -> str:
    """The outermost module that holds a tensor: ``classifier.`` of ``classifier.6.weight``."""
    return f"{name.partition('.')[0]}."


def body_sum(shapes: Shapes, head: Iterable[str]) -> int:
    """The number of an architecture.

    Args:
        shapes: its essential tensors.
        head: names of those tensors that depend on the number of classes.
    """
    containers = tuple({container_of(name) for name in head})
    return (
        sum(
            _hash(name, tuple(shape))
            for name, shape in shapes.items()
            if not f"{name}.".startswith(containers)
        )
        % _HASH_RANGE
    )


def _hash(name: str, shape: tuple[int, ...]) -> int:
    return _hash_of(name.rpartition(".")[2], shape)


@lru_cache(maxsize=20_000)
def _hash_of(leaf: str, shape: tuple[int, ...]) -> int:
    # The first convolution may be fed any number of channels; the layers before tell the rest.
    counted = (shape[0], *shape[2:]) if len(shape) == _CONVOLUTION else shape
    text = f"{leaf}:{','.join(map(str, counted))}"
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def branches(shapes: Shapes, known: Mapping[int, object]) -> tuple[Branch, ...]:
    """The parts of a checkpoint that may be known bodies, those with the longest prefix first.

    Args:
        shapes: the checkpoint's essential tensors.
        known: sums that are looked for.
    """
    tree = _Tree(shapes)
    found = {
        (branch.prefix, branch.total): branch
        for prefix in tree.large()
        for branch in _within(tree, prefix, known)
    }
    return tuple(sorted(found.values(), key=lambda branch: -len(branch.prefix)))


def _within(tree: _Tree, prefix: str, known: Mapping[int, object]) -> Iterator[Branch]:
    whole = tree.sums[prefix]
    if whole in known:
        yield Branch(prefix, (), whole)
        return
    for without in tree.removable(prefix):
        total = (whole - sum(tree.sums[name] for name in without)) % _HASH_RANGE
        if total in known:
            yield Branch(prefix, without, total)


class _Tree:
    """The sums of all branches of the names, and of the single tensors."""

    def __init__(self, shapes: Shapes) -> None:
        self.sums: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        self._children: dict[str, dict[str, None]] = {}
        for name, shape in shapes.items():
            value = _hash(name, tuple(shape))
            parts = name.split(".")
            path = ""
            for depth, part in enumerate((*parts, "")):
                before, last = path, depth == len(parts)
                self.sums[path] = (self.sums.get(path, 0) + value) % _HASH_RANGE
                self._counts[path] = self._counts.get(path, 0) + 1
                if last:
                    break
                path = f"{path}{part}" + ("." if depth < len(parts) - 1 else "")
                self._children.setdefault(before, {})[path] = None

    def large(self) -> list[str]:
        """Prefixes of the branches with the most tensors."""
        inner = [
            prefix
            for prefix in self._children
            if self._counts[prefix] >= _FEWEST and (not prefix or prefix.endswith("."))
        ]
        inner.sort(key=lambda prefix: -self._counts[prefix])
        return inner[:_MOST_BRANCHES]

    def removable(self, prefix: str) -> Iterator[tuple[str, ...]]:
        """What may be left out of a branch: one part of it, or some of its outermost."""
        outermost = list(self._children[prefix])
        for inner in self._descendants(prefix, _DEEPEST):
            yield (inner,)
        if len(outermost) <= _MOST_BRANCHES:
            for count in range(2, _MOST_LEFT_OUT + 1):
                yield from combinations(outermost, count)

    def _descendants(self, prefix: str, depth: int) -> Iterator[str]:
        for child in self._children.get(prefix, ()):
            yield child
            if depth > 1:
                yield from self._descendants(child, depth - 1)
