"""Generated scenes with a known number of discs, among squares and bars that do not count."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

SIDE = 64
"""Of a scene, in pixels."""
MOST = 5
"""Discs in a scene."""


@dataclass(frozen=True, eq=False)
class DiscScene:
    """A picture with discs.

    Attributes:
        pixels: uint8 RGB (64, 64, 3).
        discs: (x, y, radius) of each, in pixels.
    """

    pixels: NDArray[np.uint8]
    discs: tuple[tuple[float, float, float], ...]

    def on_a_disc(self, x: float, y: float, slack: float = 0.0) -> bool:
        """Whether a point lies on a disc, or no further from it than ``slack`` pixels."""
        return any(np.hypot(x - cx, y - cy) <= radius + slack for cx, cy, radius in self.discs)

    @property
    def mask(self) -> NDArray[np.bool_]:
        """(64, 64): where a disc is."""
        rows, columns = np.mgrid[:SIDE, :SIDE] + 0.5
        found = np.zeros((SIDE, SIDE), bool)
        for x, y, radius in self.discs:
            found |= np.hypot(columns - x, rows - y) <= radius
        return found


class DiscCounter(nn.Module):
    """Counts discs: a regression whose one output is their number."""

    def __init__(self, width: int = 24) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(3, width // 2, 5, stride=2, padding=2),
            nn.BatchNorm2d(width // 2),
            nn.ReLU(),
            nn.Conv2d(width // 2, width, 3, padding=1),
            nn.BatchNorm2d(width),
            nn.ReLU(),
            nn.Conv2d(width, width, 3, stride=2, padding=1),
            nn.BatchNorm2d(width),
            nn.ReLU(),
            nn.Conv2d(width, width, 3, padding=1),
            nn.ReLU(),
        )
        self.head = nn.Linear(width, 1)

    def forward(self, pictures: Tensor) -> Tensor:
        """(N, 1)."""
        counted: Tensor = self.head(self.body(pictures).mean((2, 3)))
        return counted


def disc_scenes(count: int, seed: int, least: int = 0) -> list[DiscScene]:
    """Scenes with ``least`` to ``MOST`` discs each."""
    random = np.random.default_rng(seed)
    return [_scene(random, least) for _ in range(count)]


def as_batch(scenes: list[DiscScene]) -> Tensor:
    """(N, 3, 64, 64) of -1 to 1, as the network is fed them."""
    pixels = np.stack([scene.pixels for scene in scenes])
    return torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 127.5 - 1.0


def _scene(random: np.random.Generator, least: int) -> DiscScene:
    ground = random.uniform(0.15, 0.85, 3)
    coarse = random.normal(0.0, 0.06, (8, 8, 3)).repeat(8, 0).repeat(8, 1)
    picture = ground + coarse + random.normal(0.0, 0.03, (SIDE, SIDE, 3))
    taken: list[tuple[float, float, float]] = []
    rows, columns = np.mgrid[:SIDE, :SIDE] + 0.5
    for _ in range(int(random.integers(0, 4))):
        _place(random, taken)
        if taken and taken[-1][2] > 0:
            x, y, half = taken[-1]
            inside = np.maximum(abs(columns - x), abs(rows - y)) <= half * 0.9
            picture[inside] = _colour(random, ground)
    others = len(taken)
    for _ in range(int(random.integers(least, MOST + 1))):
        _place(random, taken)
    discs = tuple(taken[others:])
    for x, y, radius in discs:
        picture[np.hypot(columns - x, rows - y) <= radius] = _colour(random, ground)
    picture += random.normal(0.0, 0.02, picture.shape)
    return DiscScene(np.rint(255 * picture.clip(0, 1)).astype(np.uint8), discs)


def _place(random: np.random.Generator, taken: list[tuple[float, float, float]]) -> None:
    """Adds a free place, if one is found at once."""
    for _ in range(20):
        radius = float(random.uniform(4.0, 7.0))
        x, y = random.uniform(radius + 1, SIDE - radius - 1, 2)
        if all(np.hypot(x - a, y - b) > radius + r + 3 for a, b, r in taken):
            taken.append((float(x), float(y), radius))
            return


def _colour(random: np.random.Generator, ground: NDArray[np.float64]) -> NDArray[np.float64]:
    while True:
        colour = random.uniform(0.0, 1.0, 3)
        if abs(colour - ground).mean() > 0.25:
            return colour
