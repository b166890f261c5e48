"""Explains by hiding parts of the picture and measuring the class score.

These methods need neither layers nor gradients, so every classifier supports them.
"""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor
from torch.nn.functional import interpolate

from camviewer.engine.geometry.cell_grid import Registration
from camviewer.engine.methods.core.probe import Probe
from camviewer.engine.methods.core.registry import ClassMap, Effort, Group, Needs, Step, method
from camviewer.engine.results.messages import Cost, MethodOption

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

    A coarse lattice of cells is evaluated first. Cells whose turn has not come yet show the value
    of their nearest evaluated cell.
    """
    height, width = probe.picture.shape[2:]
    rows, columns = _positions(height, patch, stride), _positions(width, patch, stride)
    order = _scattered(rows, columns)
    count = len(order)
    whole = probe.score.of(probe.forward.logits[None], class_index)
    values = torch.zeros((rows, columns), dtype=whole.dtype, device=whole.device)
    registration = Registration(
        (stride, stride), first=(min(patch, width) / 2, min(patch, height) / 2)
    )

    def hidden(numbers: range) -> Tensor:
        pictures = probe.picture.repeat(len(numbers), 1, 1, 1)
        for picture, number in zip(pictures, numbers, strict=True):
            row, column, _ = order[number]
            top, left = row * stride, column * stride
            picture[:, top : top + patch, left : left + patch] = 0.0
        return pictures

    for numbers, scores in probe.scores(count, hidden, class_index):
        for number, fall in zip(numbers, whole - scores, strict=True):
            row, column, step = order[number]
            values[row : row + step, column : column + step] = fall
        yield numbers.stop / count, ClassMap(values.clone(), float(whole.abs().max()), registration)


def _scattered(rows: int, columns: int) -> list[tuple[int, int, int]]:
    """Every cell once as (row, column, step of its lattice), coarse lattices before fine ones."""
    step = 1 << max(rows, columns, 1).bit_length()
    seen: dict[tuple[int, int], int] = {}
    while step:
        for row in range(0, rows, step):
            for column in range(0, columns, step):
                seen.setdefault((row, column), step)
        step //= 2
    return [(row, column, step) for (row, column), step in seen.items()]


@method(
    "rise",
    title="RISE",
    summary="Hides random halves of the picture and averages what was left by the score.",
    citation=(
        "Petsiuk, Das, Saenko: RISE: Randomized Input Sampling for Explanation of Black-box "
        "Models, BMVC 2018"
    ),
    cost=Cost.SLOW,
    needs=Needs.NOTHING,
    unit="logit",
    group=Group.BLACK_BOX,
    fixed_layer=_PICTURE,
    options=(
        MethodOption("masks", "Masks", 1000, "The paper takes 4000 to 8000.", 1, 100_000),
        MethodOption("cells", "Cells", 7, "Cells of a mask along each side.", 2, 32),
        MethodOption("shown", "Shown", 0.5, "Share of cells that a mask shows.", 0.05, 0.95),
        MethodOption("seed", "Seed", 0, "Of the masks.", 0, 2**31 - 1),
    ),
    passes=lambda effort: float(effort.options["masks"]),
    probes=True,
)
def rise(
    probe: Probe, class_index: int, *, masks: int, cells: int, shown: float, seed: int
) -> Iterator[Step]:
    """M = sum_n (s_n - mean s) m_n / (N p), s_n = score(x * m_n), p the share that is shown.

    A mask m is a random grid of 0 and 1, enlarged and shifted at random. The paper does not
    subtract the mean. This adds a constant to its map, and noise, because N masks do not cover
    all pixels equally often.
    """
    picture = probe.picture
    drawn = RandomMasks(masks, picture.shape[2:], cells, shown, probe.generator(seed))
    weighted = torch.zeros(picture.shape[2:], dtype=torch.float64, device=picture.device)
    covered = torch.zeros_like(weighted)
    total = 0.0

    def masked(numbers: range) -> Tensor:
        return picture * drawn.of(numbers).to(picture)[:, None]

    for numbers, scores in probe.scores(masks, masked, class_index):
        kept = drawn.of(numbers).to(picture)
        weighted += (scores.double()[:, None, None] * kept).sum(0)
        covered += kept.double().sum(0)
        total += float(scores.double().sum())
        mean = total / numbers.stop
        values = (weighted - mean * covered) / (numbers.stop * shown)
        registration = Registration((1.0, 1.0))
        yield numbers.stop / masks, ClassMap(values.float(), abs(mean), registration)


class RandomMasks:
    """Random grids of 0 and 1, enlarged to a cell more than the picture and shifted by up to one.

    Args:
        count: number of masks.
        size: (h, w) in input pixels.
        cells: number of cells along each side of a grid.
        shown: share of cells that are 1.
        generator: source of the grids and shifts; they do not depend on the batch size.
    """

    def __init__(
        self,
        count: int,
        size: tuple[int, ...],
        cells: int,
        shown: float,
        generator: torch.Generator,
    ) -> None:
        self._height, self._width = size
        self._down, self._across = -(-self._height // cells), -(-self._width // cells)
        self._cells = cells
        self._grids = torch.rand((count, 1, cells, cells), generator=generator) < shown
        self._tops = torch.randint(0, self._down, (count,), generator=generator).tolist()
        self._lefts = torch.randint(0, self._across, (count,), generator=generator).tolist()

    def of(self, numbers: range) -> Tensor:
        """The masks with these numbers, (n, h, w) in 0 to 1."""
        size = ((self._cells + 1) * self._down, (self._cells + 1) * self._across)
        grids = self._grids[numbers.start : numbers.stop].float()
        large = interpolate(grids, size, mode="bilinear", align_corners=False)[:, 0]
        return torch.stack(
            [
                mask[top : top + self._height, left : left + self._width]
                for mask, top, left in zip(
                    large,
                    self._tops[numbers.start : numbers.stop],
                    self._lefts[numbers.start : numbers.stop],
                    strict=True,
                )
            ]
        )
