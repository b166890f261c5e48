"""Scores how like, or unlike, reference pictures the features of a picture are."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import cosine_similarity

_SHRINKAGE = 0.1
"""Share of the mean variance in the covariance of few references, without which it has no inverse;
this program's choice."""


@dataclass(frozen=True, eq=False)
class CosineTo:
    """The cosine of the angle between features and those of a reference, -1 to 1.

    Attributes:
        reference: (D,).
    """

    reference: Tensor

    def __call__(self, features: Tensor) -> Tensor:
        """(N,) of features (N, D)."""
        return cosine_similarity(features, self.reference.to(features)[None], dim=1)


@dataclass(frozen=True, eq=False)
class AlongDifference:
    """How far features lie from the mean of references, along a direction.

    Attributes:
        mean: (D,), of the references.
        direction: (D,), of length 1.
    """

    mean: Tensor
    direction: Tensor

    def __call__(self, features: Tensor) -> Tensor:
        """(N,) of features (N, D)."""
        return (features - self.mean.to(features)) @ self.direction.to(features)


def away_from(features: Tensor, references: Tensor) -> AlongDifference:
    """The direction that sets a picture apart from references best (Fisher's discriminant).

    w = S^-1 (f - m) with the references' mean m and covariance S, after Li, Zhao, Bisht, Uddin,
    Kim, Zhang, Xu: DiffCAM: Data-Driven Saliency Maps by Capturing Feature Differences, CVPR 2025,
    p. 10327-10337, which weighs channels by how a picture differs from the distribution of its
    references. The code that an author has published of its making
    (github.com/neeleshbisht99/dl_explanations) has several variants: f - m alone, and this one
    with 1e-4 on the diagonal of S and features of length 1. Neither is used here: S gets a share of
    its own variance, and features stay as the network gives them. The paper's text was not at hand,
    and maps were not compared with its own.

    Args:
        features: (D,), of the picture.
        references: (n, D).
    """
    known = references.double()
    mean = known.mean(0)
    away, centred = features.double() - mean, known - mean
    variance = float(centred.square().sum()) / centred.numel()
    if variance <= 0.0:  # one reference, or several that are the same
        direction = away
    else:
        # The inverse of (1 - s) X'X / n + s v, times a vector, by a system of n equations.
        count, ridge = len(known), _SHRINKAGE * variance
        scale = (1.0 - _SHRINKAGE) / count
        among = torch.eye(count).to(known) * (ridge / scale) + centred @ centred.T
        direction = away - centred.T @ torch.linalg.solve(among, centred @ away)
    length = direction.norm().clamp_min(torch.finfo(torch.float64).tiny)
    return AlongDifference(mean.to(features), (direction / length).to(features))
