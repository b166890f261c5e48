"""Defines measures of the picture masked by its map, and combinations of them."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

_LEAST = 1e-8


@dataclass(frozen=True)
class Masked:
    """Results for the picture multiplied by its map.

    Attributes:
        probability: probability of the class for the whole picture.
        masked: probability of the class for the masked picture.
        complexity: mean of the map scaled to 0 to 1.
        coherency: similarity to the map of the masked picture, 0 to 1; None when not measured.
    """

    probability: float
    masked: float
    complexity: float
    coherency: float | None = None

    @property
    def drop(self) -> float:
        """Average drop of this one picture, as a share of the probability, 0 to 1.

        Chattopadhay et al.: Grad-CAM++, WACV 2018.
        """
        return max(0.0, self.probability - self.masked) / max(self.probability, _LEAST)

    @property
    def increases(self) -> bool:
        """Whether the class is more probable for the masked picture."""
        return self.masked > self.probability

    @property
    def adcc(self) -> float | None:
        """Harmonic mean of coherency, 1 - complexity and 1 - drop, 0 to 1.

        Poppi, Cornia, Baraldi, Cucchiara: Revisiting the Evaluation of Class Activation Mapping
        for Explainability, CVPR workshops 2021.
        """
        if self.coherency is None:
            return None
        return harmonic_mean(self.coherency, 1 - self.complexity, 1 - self.drop)

    def arcc(self, road: float) -> float | None:
        """Harmonic mean of coherency, 1 - complexity and ROAD scaled to 0 to 1.

        Domeniconi, Stramiglio, Lombardi, Salti: How to Evaluate and Refine your CAM, 2026.

        Args:
            road: half the mean gap of least and most relevant first, -0.5 to 0.5, at 20, 40, 60
                and 80 % of the pixels.
        """
        if self.coherency is None:
            return None
        return harmonic_mean(self.coherency, 1 - self.complexity, min(max(2 * road, 0.0), 1.0))


ARCC_FRACTIONS = (0.2, 0.4, 0.6, 0.8)


def harmonic_mean(*shares: float) -> float:
    """Harmonic mean of numbers in 0 to 1; 0 if one of them is 0."""
    return len(shares) / sum(1 / max(share, _LEAST) for share in shares)


def correlation(left: Tensor, right: Tensor) -> float:
    """Pearson's correlation of two maps of equal shape, -1 to 1; 0 if one of them is constant."""
    a, b = (values.flatten().double() - values.double().mean() for values in (left, right))
    size = float(a.norm() * b.norm())
    return float(torch.dot(a, b)) / size if size > 0 else 0.0


def rank_correlation(left: Tensor, right: Tensor) -> float:
    """Spearman's correlation, -1 to 1; equal values share their mean rank."""
    return correlation(_mean_ranks(left), _mean_ranks(right))


def _mean_ranks(values: Tensor) -> Tensor:
    _, inverse, counts = torch.unique(values.flatten(), return_inverse=True, return_counts=True)
    shared: Tensor = counts.cumsum(0).double() - (counts - 1) / 2
    return shared[inverse]
