"""Tells pictures that are unlike a run's by how far their features lie from its classes.

Lee, Lee, Lee, Shin: A Simple Unified Framework for Detecting Out-of-Distribution Samples and
Adversarial Attacks, NeurIPS 2018: the Mahalanobis distance to the nearest class mean under a
covariance that all classes share. The covariance is shrunk towards a multiple of the identity
(Ledoit, Wolf: A well-conditioned estimator for large-dimensional covariance matrices, 2004), as
there are often fewer pictures than features.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.calibration.temperature import Values

MOST_FEATURES = 4096
"""Maximum number of features; because the matrix of more takes over 64 MB."""
_LEAST_PICTURES = 2
"""Minimum number of pictures of a class with a mean of its own."""


@dataclass(frozen=True, eq=False)
class ClassDistances:
    """Class means in a space where the shared covariance is the identity.

    Attributes:
        whitening: float32 (F, F), from features to that space.
        means: float32 (M, F), the class means in it.
    """

    whitening: NDArray[np.float32]
    means: NDArray[np.float32]

    def nearest(self, features: Values) -> Values:
        """The squared distance of features (N, F) to the nearest class mean, (N,)."""
        moved = features @ self.whitening.astype(np.float64)
        means = self.means.astype(np.float64)
        squares = (moved**2).sum(1)[:, None] + (means**2).sum(1) - 2.0 * moved @ means.T
        found: Values = np.maximum(squares.min(1), 0.0)
        return found


def fitted_distances(features: Values, truth: NDArray[np.intp]) -> ClassDistances | None:
    """Class means and their shared covariance; None without a class of two pictures.

    Args:
        features: (N, F).
        truth: (N,) indices of the true classes.
    """
    classes, numbers, counts = np.unique(truth, return_inverse=True, return_counts=True)
    known = np.flatnonzero(counts >= _LEAST_PICTURES)
    if not len(known) or features.shape[1] > MOST_FEATURES:
        return None
    sums = np.zeros((len(classes), features.shape[1]))
    np.add.at(sums, numbers, features)
    means = sums / counts[:, None]
    inside = np.isin(numbers, known)
    residuals = (features - means[numbers])[inside]
    degrees = len(residuals) - len(known)
    covariance = shrunk_covariance(residuals, degrees)
    values, vectors = np.linalg.eigh(covariance)
    whitening = vectors / np.sqrt(np.maximum(values, values.max() * 1e-12 + 1e-30))
    return ClassDistances(
        whitening.astype(np.float32), (means[known] @ whitening).astype(np.float32)
    )


def shrunk_covariance(residuals: Values, degrees: int) -> Values:
    """Ledoit and Wolf's covariance of residuals (N, F) around their means.

    Args:
        residuals: differences from the class means.
        degrees: degrees of freedom, N less the number of means.
    """
    count, width = residuals.shape
    covariance: Values = residuals.T @ residuals / max(degrees, 1)
    scale = float(np.trace(covariance)) / width
    spread = float(((covariance - scale * np.eye(width)) ** 2).sum()) / width
    # Mean over pictures of the squared distance of r r^T from the covariance, without the matrices.
    fourth = float(((residuals**2).sum(1) ** 2).mean())
    noise = max(fourth - float((covariance**2).sum()), 0.0) / count / width
    share = min(noise / spread, 1.0) if spread > 0 else 1.0
    mixed: Values = (1.0 - share) * covariance + share * scale * np.eye(width)
    return mixed
