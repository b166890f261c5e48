"""Writes the table by which the architecture of a checkpoint is recognised.

Builds every classifier of torchvision and timm on the ``meta`` device and keeps the names and
shapes of its tensors as ``camviewer.engine.architectures.fingerprints`` reads them. Run it after an
update of either library; it takes about a quarter of an hour, and ``find_same_functions.py``, which
has to follow, ten minutes:

    python scripts/make_fingerprints.py
    python scripts/make_fingerprints.py --only 'timm/resnet*' --to /tmp/part.npz
"""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import numpy as np
import timm  # noqa: TID253  (nobody waits for a window here)
import torch  # noqa: TID253
import torchvision  # noqa: TID253

from camviewer.engine.architectures.body_candidates import body_sum
from camviewer.engine.architectures.catalogue import (
    architectures_to_know,
    gives_logits,
    input_sizes,
    tensor_shapes,
)
from camviewer.engine.architectures.fingerprints import (
    CLASSES,
    TABLE,
    InputSizes,
    Shapes,
    body_hash,
    name_sketch,
    shape_sketch,
)

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


@dataclass(frozen=True)
class Row:
    """One architecture: the tensors of its body and of its head, and the sizes it accepts."""

    name: str
    body: Shapes
    head: Shapes
    sizes: InputSizes


class Unusable(Exception):  # noqa: N818  (a reason, not an error)
    """An architecture that is no classifier of pictures of its trained size."""


def main() -> None:
    """Builds what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="*", help="a pattern with * and ?")
    parser.add_argument("--to", type=Path, default=RESOURCES / TABLE, help="the file to write")
    parser.add_argument("--jobs", type=int, default=2, help="processes at work")
    arguments = parser.parse_args()

    rows, left_out = [], {}
    names = [name for name in architectures_to_know() if fnmatchcase(name, arguments.only)]
    with ProcessPoolExecutor(arguments.jobs) as pool:
        for count, (name, found) in enumerate(zip(names, pool.map(look_at, names), strict=True), 1):
            if isinstance(found, Row):
                rows.append(found)
            else:
                left_out[name] = found
                print(f"left out: {name}: {found}", file=sys.stderr, flush=True)
            if count % 25 == 0:
                print(f"{count} of {len(names)}", file=sys.stderr, flush=True)
    columns = table_of(rows, left_out)
    np.savez_compressed(arguments.to, **columns)
    fingerprints = len(columns["body"])
    print(f"{len(rows)} architectures, {fingerprints} fingerprints, {len(left_out)} left out")


def look_at(name: str) -> Row | str:
    """The row of an architecture, or why it has none."""
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    try:
        return row_of(name)
    except Exception as reason:  # noqa: BLE001  (told, whatever it is)
        return f"{type(reason).__name__}: {reason}".partition("\n")[0]


def row_of(name: str) -> Row:
    """Builds an architecture and looks at it.

    Raises:
        Unusable: it has no head whose number of classes can be chosen, or gives no logits.
    """
    shapes = tensor_shapes(name)
    head = {tensor: shape for tensor, shape in shapes.items() if CLASSES in shape}
    if not head:
        raise Unusable("the number of classes cannot be chosen")
    if not gives_logits(name):
        raise Unusable("it does not put out logits")
    body = {tensor: shape for tensor, shape in shapes.items() if tensor not in head}
    return Row(name, body, head, input_sizes(name))


def table_of(rows: list[Row], left_out: dict[str, str]) -> dict[str, np.ndarray[Any, Any]]:
    """The columns of the file; architectures with the same tensors share a fingerprint."""
    heads: dict[str, int] = {}
    fingerprints: dict[tuple[int, int], int] = {}
    shape_sketches, names, name_sketches = [], [], dict[bytes, int]()
    which = []
    for row in rows:
        head = json.dumps(row.head, sort_keys=True, separators=(",", ":"))
        key = body_hash(row.body), heads.setdefault(head, len(heads))
        if key not in fingerprints:
            fingerprints[key] = len(fingerprints)
            shape_sketches.append(shape_sketch(row.body))
            sketch = name_sketch(row.body).tobytes()
            names.append(name_sketches.setdefault(sketch, len(name_sketches)))
        which.append(fingerprints[key])
    return {
        "architectures": _text("\n".join(row.name for row in rows)),
        "step": np.array([row.sizes.step for row in rows], np.uint16),
        "flexible": np.array([row.sizes.flexible for row in rows], np.bool_),
        "fingerprint": np.array(which, np.uint16),
        "body_sum": np.array([body_sum({**r.body, **r.head}, r.head) for r in rows], np.uint64),
        # Each computes a function of its own until find_same_functions.py has compared them.
        "function": np.arange(len(rows), dtype=np.uint16),
        "body": np.array([body for body, _ in fingerprints], np.uint64),
        "head": np.array([head for _, head in fingerprints], np.uint16),
        "heads": _text(f"[{','.join(heads)}]"),
        "shape_sketch": np.stack(shape_sketches),
        "names": np.array(names, np.uint16),
        "name_sketch": np.frombuffer(b"".join(name_sketches), np.uint16).reshape(
            len(name_sketches), -1
        ),
        "left_out": _text(json.dumps(left_out)),
        "made_with": _text(_versions((timm, torch, torchvision))),
    }


def _text(text: str) -> np.ndarray[Any, Any]:
    return np.frombuffer(text.encode(), np.uint8)


def _versions(libraries: Iterable[Any]) -> str:
    return ", ".join(f"{library.__name__} {library.__version__}" for library in libraries)


if __name__ == "__main__":
    main()
