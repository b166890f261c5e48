"""Factorizes a non-negative matrix into a few non-negative components (NMF)."""

from __future__ import annotations

import torch
from torch import Tensor

_ROUNDS = 400
_ENOUGH = 1e-6
"""Minimum decrease of the residual in a round, as a share of the matrix's norm; the factorization
stops below it."""
_FLOOR = 1e-12


def factorized(matrix: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """Presence (n, k) and concepts (k, m), both >= 0, with matrix ~ presence @ concepts.

    Minimises the squared error by updating one column after the other in closed form (HALS;
    Cichocki, Phan, IEICE 2009). The initial values come from singular vectors (NNDSVD; Boutsidis,
    Gallopoulos, Pattern Recognition 2008), which makes the result deterministic.

    Args:
        matrix: (n, m), >= 0.
        count: k, at most the smaller of n and m.
    """
    presence, concepts = _start(matrix, count)
    whole = float(matrix.square().sum())
    before = float("inf")
    for _ in range(_ROUNDS):
        _improve(presence, matrix @ concepts.T, concepts @ concepts.T)
        _improve(concepts.T, matrix.T @ presence, presence.T @ presence)
        residual = float((matrix - presence @ concepts).square().sum())
        if before - residual <= _ENOUGH * whole:
            break
        before = residual
    return presence, concepts


def _improve(columns: Tensor, products: Tensor, gram: Tensor) -> None:
    """Replaces each column (n,) of ``columns`` by the best non-negative one."""
    for k in range(columns.shape[1]):
        weight = gram[k, k].clamp_min(_FLOOR)
        step = (products[:, k] - columns @ gram[:, k]) / weight
        columns[:, k] = (columns[:, k] + step).clamp_min_(0.0)


def _start(matrix: Tensor, count: int) -> tuple[Tensor, Tensor]:
    left, strengths, right = torch.linalg.svd(matrix, full_matrices=False)
    presence = matrix.new_zeros(matrix.shape[0], count)
    concepts = matrix.new_zeros(count, matrix.shape[1])
    for k in range(count):
        u, v = left[:, k], right[k]
        sides = [(u.clamp_min(0), v.clamp_min(0)), ((-u).clamp_min(0), (-v).clamp_min(0))]
        u, v = max(sides, key=lambda side: float(side[0].norm() * side[1].norm()))
        size = u.norm() * v.norm()
        presence[:, k] = u * (strengths[k] * size).sqrt() / u.norm().clamp_min(_FLOOR)
        concepts[k] = v * (strengths[k] * size).sqrt() / v.norm().clamp_min(_FLOOR)
    # An entry that is zero in both factors would never change.
    mean = float(matrix.mean()) * 1e-4 + _FLOOR
    return presence.clamp_min_(mean), concepts.clamp_min_(mean)
