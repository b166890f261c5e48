"""Methods that only hide parts of the picture and look at the class score.

They need neither layers nor gradients, so they are defined for every classifier.
"""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor

from camviewer.engine.geometry import Registration
from camviewer.engine.messages import Cost, MethodOption
from camviewer.engine.methods.probe import Probe
from camviewer.engine.methods.registry import ClassMap, Effort, Group, Needs, Step, method

_PICTURE = "picture"


def _positions(length: int, patch: int, stride: int) -> int:
    return max(length - patch, 0) // stride + 1


def _occlusion_passes(effort: Effort) -> float:
    height, width = effort.input_size
    patch, stride = effort.options["patch"], effort.options["stride"]
    return _positions(height, patch, stride) * _positions(width, patch, stride)


@method(
    "occlusion",
    title="Occlusion",
    summary="How much the class score falls when a patch slides over the picture.",
    citation="Zeiler, Fergus: Visualizing and Understanding Convolutional Networks, ECCV 2014",
    cost=Cost.SLOW,
    needs=Needs.NOTHING,
    unit="logit",
    group=Group.BLACK_BOX,
    fixed_layer=_PICTURE,
    options=(
        MethodOption("patch", "Patch", 32, "Side of the patch in input pixels.", 1, 2048),
        MethodOption("stride", "Stride", 16, "Input pixels between two patches.", 1, 2048),
    ),
    passes=_occlusion_passes,
    probes=True,
)
def occlusion(probe: Probe, class_index: int, *, patch: int, stride: int) -> Iterator[Step]:
    """M(i, j) = score(x) - score(x with a patch of the mean colour at cell (i, j)).

    Cells that were not yet tried hold 0. Coarsely scattered cells are tried first.
    """
    height, width = probe.picture.shape[2:]
    rows, columns = _positions(height, patch, stride), _positions(width, patch, stride)
    order = _scattered(rows, columns)
    whole = probe.score.of(probe.forward.logits[None], class_index)
    values = torch.zeros(rows * columns, dtype=whole.dtype, device=whole.device)
    lies = Registration((stride, stride), first=(min(patch, width) / 2, min(patch, height) / 2))

    def hidden(numbers: range) -> Tensor:
        pictures = probe.picture.repeat(len(numbers), 1, 1, 1)
        for picture, cell in zip(pictures, order[numbers.start : numbers.stop], strict=True):
            row, column = divmod(cell, columns)
            top, left = row * stride, column * stride
            picture[:, top : top + patch, left : left + patch] = 0.0
        return pictures

    for numbers, scores in probe.scores(len(order), hidden, class_index):
        values[order[numbers.start : numbers.stop]] = whole - scores
        shown = values.reshape(rows, columns).clone()
        yield numbers.stop / len(order), ClassMap(shown, float(whole.abs().max()), lies)


def _scattered(rows: int, columns: int) -> list[int]:
    """Every cell once, coarse lattices before fine ones."""
    step = 1 << max(rows, columns, 1).bit_length()
    seen: dict[int, None] = {}
    while step:
        for row in range(0, rows, step):
            for column in range(0, columns, step):
                seen.setdefault(row * columns + column)
        step //= 2
    return list(seen)
