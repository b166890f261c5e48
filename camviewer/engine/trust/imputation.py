"""Imputes removed pixels from their neighbours, with a little noise."""

from __future__ import annotations

import torch
import torch.nn.functional as F  # noqa: N812  (torch's own abbreviation)
from torch import Tensor

NOISE = 0.01
"""Standard deviation of the noise, in units of the normalised picture, as in the paper of ROAD."""

_TOLERANCE = 1e-3
"""Maximum residual of the solution; a tenth of the noise."""

_MOST_ROUNDS = 500
_COARSEST = 16


def impute(
    picture: Tensor, missing: Tensor, generator: torch.Generator, noise: float = NOISE
) -> Tensor:
    """Noisy linear imputation (Rong, Leemann et al.: ROAD, ICML 2022).

    Every missing pixel becomes the weighted mean of its eight neighbours, with weights 1/6 for
    direct and 1/12 for diagonal ones, solved for all missing pixels at once; then noise is added.

    Args:
        picture: (N, C, h, w).
        missing: (N, 1, h, w), true for pixels to impute; false for at least one.
        generator: generator of the noise, on the CPU.
        noise: standard deviation of the noise.

    Returns:
        (N, C, h, w), unchanged where no pixel was missing.
    """
    smooth = _filled(picture, missing.to(picture.dtype))
    added = torch.randn(picture.shape, generator=generator).to(picture) * noise
    return torch.where(missing, smooth + added, picture)


def _filled(picture: Tensor, missing: Tensor) -> Tensor:
    """Solves for the missing pixels, starting from the solution at half the size."""
    height, width = picture.shape[2:]
    guess = torch.zeros_like(picture)
    if min(height, width) >= _COARSEST:
        known = F.avg_pool2d(1.0 - missing, 2, ceil_mode=True)
        mean = F.avg_pool2d(picture * (1.0 - missing), 2, ceil_mode=True)
        coarse = _filled(mean / known.clamp_min(1e-6), (known == 0).to(picture.dtype))
        guess = F.interpolate(coarse, (height, width), mode="bilinear")
    return picture * (1.0 - missing) + _conjugate_gradients(picture, missing, guess)


def _conjugate_gradients(picture: Tensor, missing: Tensor, guess: Tensor) -> Tensor:
    """Solves for pixels that equal the mean of their neighbours, by conjugate gradients.

    The linear system is symmetric and positive definite.
    """
    weight = _neighbours(torch.ones_like(missing))

    def apply(values: Tensor) -> Tensor:
        return (weight * values - _neighbours(values)) * missing

    solution = guess * missing
    residual = _neighbours(picture * (1.0 - missing)) * missing - apply(solution)
    direction = residual / weight
    size = (residual * direction).sum((2, 3), keepdim=True)
    for _ in range(_MOST_ROUNDS):
        if float(residual.abs().max()) <= _TOLERANCE:
            break
        applied = apply(direction)
        step = _ratio(size, (direction * applied).sum((2, 3), keepdim=True))
        solution = solution + step * direction
        residual = residual - step * applied
        scaled = residual / weight
        new_size = (residual * scaled).sum((2, 3), keepdim=True)
        direction = scaled + _ratio(new_size, size) * direction
        size = new_size
    return solution


def _neighbours(values: Tensor) -> Tensor:
    """(N, C, h, w): weighted sum of the eight neighbours of each pixel, with zeros outside.

    The kernel [[1, 2, 1], [2, 0, 2], [1, 2, 1]] / 12 is separable except for its centre.
    """
    padded = F.pad(values, (1, 1, 1, 1))
    rows = padded[..., :-2] + 2 * padded[..., 1:-1] + padded[..., 2:]
    both = rows[..., :-2, :] + 2 * rows[..., 1:-1, :] + rows[..., 2:, :]
    return (both - 4 * values) / 12


def _ratio(above: Tensor, below: Tensor) -> Tensor:
    return torch.where(below > 0, above / below.clamp_min(1e-30), 0.0)
