"""Which architecture a checkpoint belongs to, told by the names and shapes of its tensors.

The table in ``resources`` has one fingerprint for each set of tensors: the sum of a hash of every
name and shape but the classifier's own, whose number of classes is free. For what is not in the
table it has sketches (one permutation MinHash; Li, Owen and Zhang 2012) that tell what is nearest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from json import loads

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.support.resources import resource

TABLE = "architectures.npz"
CLASSES = -1
"""Placeholder in a shape for the number of classes."""

PREFIXES = ("module.", "model.", "net.", "_orig_mod.", "backbone.")
"""Prefixes that wrappers put before the tensor names of the network that they hold."""

Shapes = Mapping[str, tuple[int, ...]]

_COMPILED = "_orig_mod."
_AUXILIARY = ("AuxLogits.", "aux1.", "aux2.", "aux_classifier.")
# The last part of a name. Some versions of the libraries save these and others do not.
_DERIVED = frozenset(
    {
        "attention_bias_idxs",
        "attn_mask",
        "bands",
        "filt",
        "height_lookup",
        "inv_freq",
        "k_bias",
        "num_batches_tracked",
        "periods",
        "rel_coords_log",
        "rel_pos_indices",
        "relative_coordinates_log",
        "relative_coords_table",
        "relative_position_index",
        "width_lookup",
    }
)
_NEARLY_ALL = 0.9
_SHAPE_BINS, _NAME_BINS = 128, 64
_EMPTY = 0xFFFF
_HASH_RANGE = 1 << 64


@dataclass(frozen=True)
class Recognition:
    """What the names and shapes of a checkpoint's tensors tell.

    Attributes:
        prefix: what stands before the names and belongs to a wrapper; see ``without_prefix``.
        candidates: the architectures with exactly these tensors, most usual first.
        classes: how many classes the head has; 0 when there is no candidate.
        headless: the architectures that lack nothing but their classifier, most usual first.
        nearest: the architecture with the most tensors in common, when there is no candidate; None
            when none has any.
    """

    prefix: str
    candidates: tuple[str, ...] = ()
    classes: int = 0
    headless: tuple[str, ...] = ()
    nearest: str | None = None


@dataclass(frozen=True)
class Difference:
    """How a checkpoint differs from an architecture; names without the wrapper's prefix.

    Attributes:
        missing: the architecture has them, the checkpoint has not.
        unexpected: the checkpoint has them, the architecture has not.
        differing: both have them in different shapes: (name, the checkpoint's, the architecture's).
    """

    missing: tuple[str, ...]
    unexpected: tuple[str, ...]
    differing: tuple[tuple[str, tuple[int, ...], tuple[int, ...]], ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.unexpected or self.differing)


@dataclass(frozen=True)
class InputSizes:
    """Which pictures a network accepts beside the trained size.

    Attributes:
        step: sizes are multiples of this, in input pixels.
        flexible: whether any other size is accepted.
    """

    step: int
    flexible: bool


def recognise(shapes: Shapes) -> Recognition:
    """Finds the architecture of a state dict; the wrapper's prefix and derived tensors may stay."""
    prefix = strip_prefixes(shapes)
    table = _table()
    everything = essential(shapes)
    stripped = essential({without_prefix(name, prefix): shape for name, shape in shapes.items()})
    # Beside the network a training wrapper may keep tensors of its own: a loss, a counter.
    within = {name: shape for name, shape in shapes.items() if name.startswith(prefix)}
    inner = essential({without_prefix(name, prefix): shape for name, shape in within.items()})
    for before, attempt in (("", everything), (prefix, stripped), (prefix, inner)):
        candidates, classes = table.exact(attempt)
        if candidates:
            return Recognition(before, candidates, classes)
    headless = table.headless(stripped) or table.headless(inner)
    nearest = headless[0] if headless else table.nearest(stripped)
    return Recognition(prefix, headless=headless, nearest=nearest)


def strip_prefixes(names: Iterable[str]) -> str:
    """What wrappers have put before all or nearly all names, outermost first; may be empty."""
    rest = list(names)
    prefix = ""
    while rest:
        counts = {known: sum(name.startswith(known) for name in rest) for known in PREFIXES}
        known = max(counts, key=lambda candidate: counts[candidate])
        if counts[known] < _NEARLY_ALL * len(rest):
            break
        prefix += known
        rest = [name.removeprefix(known) for name in rest]
    return prefix


def without_prefix(name: str, prefix: str) -> str:
    """A tensor's name in the bare network; what ``torch.compile`` adds further in goes, too."""
    for part in prefix.split(".")[:-1]:
        name = name.removeprefix(f"{part}.")
    return name.replace(_COMPILED, "")


def essential(shapes: Shapes) -> dict[str, tuple[int, ...]]:
    """The tensors that tell architectures apart.

    Counters, index tables that follow from the other tensors, and heads that only training uses
    are left out: checkpoints of one architecture may have them or not.
    """
    return {
        name: tuple(shape)
        for name, shape in shapes.items()
        if name.rpartition(".")[2] not in _DERIVED and not name.startswith(_AUXILIARY)
    }


def known_architectures() -> tuple[str, ...]:
    """Every architecture that can be recognised, most usual first."""
    return _table().architectures


def architectures_by_sum() -> Mapping[int, tuple[str, ...]]:
    """The architectures whose body has each sum (see ``body_candidates``), most usual first."""
    return _table().by_sum


def different_functions(architectures: Iterable[str]) -> tuple[str, ...]:
    """The first of each set of architectures that compute the same function of their weights."""
    function = _table().function
    return tuple({function[name]: name for name in reversed(list(architectures))}.values())[::-1]


def same_function(architecture: str, architectures: Iterable[str]) -> tuple[str, ...]:
    """Those of some architectures that compute the same function as one."""
    function = _table().function
    return tuple(name for name in architectures if function[name] == function[architecture])


def known_input_sizes(architecture: str) -> InputSizes | None:
    """Which input sizes an architecture accepts; None when it is not in the table."""
    return _table().input_sizes.get(architecture)


def unknown_sentence(nearest: str, difference: Difference, named: int = 3) -> str:
    """Why a checkpoint is of no known architecture, with up to ``named`` tensors of each kind."""
    parts = []
    if difference.missing:
        parts.append(f"{_count(difference.missing)} missing ({_few(difference.missing, named)})")
    if difference.unexpected:
        found = difference.unexpected
        parts.append(f"{_count(found)} unexpected ({_few(found, named)})")
    if difference.differing:
        texts = tuple(
            f"{name} is {_size(found)} instead of {_size(expected)}"
            for name, found, expected in difference.differing
        )
        parts.append(f"{_count(texts)} of another shape ({_few(texts, named)})")
    return (
        f"These weights are of no architecture that camviewer knows. The nearest is {nearest}: "
        f"{', '.join(parts) or 'its classifier does not fit'}."
    )


def headless_sentence(architecture: str) -> str:
    """Why a checkpoint without a classifier cannot be used."""
    return (
        f"These weights are those of {architecture} without its classifier: they give features, "
        "but no classes."
    )


def _count(names: tuple[str, ...]) -> str:
    return f"{len(names)} tensor{'' if len(names) == 1 else 's'}"


def _few(names: tuple[str, ...], named: int) -> str:
    return ", ".join(names[:named]) + (", ..." if len(names) > named else "")


def _size(shape: tuple[int, ...]) -> str:
    sides = ("classes" if side == CLASSES else str(side) for side in shape)
    return " x ".join(sides) or "a single number"


# What the script that writes the table shares with the look-up.


def tensor_hash(name: str, shape: tuple[int, ...]) -> int:
    """64 bits of a tensor's name and shape, the same in every process."""
    text = f"{name}:{','.join(map(str, shape))}"
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def body_hash(shapes: Shapes) -> int:
    """64 bits of a set of tensors, in any order."""
    return sum(tensor_hash(name, shape) for name, shape in shapes.items()) % _HASH_RANGE


def shape_sketch(shapes: Shapes) -> NDArray[np.uint16]:
    """(bins,): the share of equal bins tells how many names and shapes two networks share."""
    return _sketch((tensor_hash(name, shape) for name, shape in shapes.items()), _SHAPE_BINS)


def name_sketch(names: Iterable[str]) -> NDArray[np.uint16]:
    """(bins,): the same for the names alone."""
    return _sketch((tensor_hash(name, ()) for name in names), _NAME_BINS)


def _sketch(hashes: Iterable[int], bins: int) -> NDArray[np.uint16]:
    """The smallest 16 bits that fall into each bin."""
    sketch = [_EMPTY] * bins
    for value in hashes:
        where, what = value % bins, min(value >> 48, _EMPTY - 1)
        sketch[where] = min(sketch[where], what)
    return np.array(sketch, dtype=np.uint16)


@dataclass(frozen=True)
class _Head:
    """The tensors of a classifier, with ``CLASSES`` where the number of classes stands."""

    shapes: dict[str, tuple[int, ...]]

    def classes_in(self, shapes: Shapes) -> int:
        """How many classes the head has in these tensors; 0 when it is not there."""
        counts = set()
        for name, pattern in self.shapes.items():
            shape = shapes.get(name)
            if shape is None or len(shape) != len(pattern):
                return 0
            for side, expected in zip(shape, pattern, strict=True):
                if expected == CLASSES:
                    counts.add(side)
                elif side != expected:
                    return 0
        return counts.pop() if len(counts) == 1 else 0


class _Table:
    """The fingerprints of ``resources/architectures.npz``."""

    def __init__(self) -> None:
        with np.load(resource(TABLE), allow_pickle=False) as file:
            columns = {name: file[name] for name in file.files}
        text = {name: columns[name].tobytes().decode() for name in ("architectures", "heads")}
        self.architectures = tuple(text["architectures"].split("\n"))
        self.input_sizes = {
            name: InputSizes(int(step), bool(flexible))
            for name, step, flexible in zip(
                self.architectures, columns["step"], columns["flexible"], strict=True
            )
        }
        self.function = dict(zip(self.architectures, columns["function"].tolist(), strict=True))
        self.by_sum: dict[int, tuple[str, ...]] = {}
        for name, total in zip(self.architectures, columns["body_sum"].tolist(), strict=True):
            self.by_sum[total] = (*self.by_sum.get(total, ()), name)
        self._heads = tuple(
            _Head({name: tuple(shape) for name, shape in head.items()})
            for head in loads(text["heads"])
        )
        self._sharing: dict[int, list[str]] = {}
        for name, row in zip(self.architectures, columns["fingerprint"].tolist(), strict=True):
            self._sharing.setdefault(row, []).append(name)
        bodies, heads = columns["body"].tolist(), columns["head"].tolist()
        self._rows = {key: row for row, key in enumerate(zip(bodies, heads, strict=True))}
        self._bodies: dict[int, list[int]] = {}
        for row, body in enumerate(bodies):
            self._bodies.setdefault(body, []).append(row)
        self._shape_sketches: NDArray[np.uint16] = columns["shape_sketch"]
        self._name_sketches: NDArray[np.uint16] = columns["name_sketch"][columns["names"]]

    def exact(self, shapes: Shapes) -> tuple[tuple[str, ...], int]:
        """The architectures with these tensors, and the number of classes."""
        everything = body_hash(shapes)
        for index, head in enumerate(self._heads):
            classes = head.classes_in(shapes)
            if classes:
                without = everything - body_hash({name: shapes[name] for name in head.shapes})
                row = self._rows.get((without % _HASH_RANGE, index))
                if row is not None:
                    return tuple(self._sharing[row]), classes
        return (), 0

    def headless(self, shapes: Shapes) -> tuple[str, ...]:
        """The architectures whose tensors these are but for the head's."""
        rows = self._bodies.get(body_hash(shapes), [])
        names = {name for row in rows for name in self._sharing[row]}
        return tuple(name for name in self.architectures if name in names)

    def nearest(self, shapes: Shapes) -> str | None:
        """The architecture with the most tensors in common; names alone count for half."""
        shared = _shared(self._shape_sketches, shape_sketch(shapes))
        shared += _shared(self._name_sketches, name_sketch(shapes)) / 2
        if not shared.any():
            return None
        rows = np.flatnonzero(shared == shared.max()).tolist()
        close = {name for row in rows for name in self._sharing[row]}
        return min(close, key=self.architectures.index)


def _shared(sketches: NDArray[np.uint16], sketch: NDArray[np.uint16]) -> NDArray[np.float64]:
    """(rows,): an estimate of the Jaccard similarity with each row."""
    equal = ((sketches == sketch) & (sketches != _EMPTY)).sum(axis=1)
    filled = ((sketches != _EMPTY) | (sketch != _EMPTY)).sum(axis=1)
    similarity: NDArray[np.float64] = equal / np.maximum(filled, 1)
    return similarity


@cache
def _table() -> _Table:
    return _Table()
