"""Counts which class was taken for which, in an order that puts confusions side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from camviewer.engine.batch.report.verdicts import confusion_pairs
from camviewer.engine.support.connected_parts import lowest_connected


@dataclass(frozen=True)
class ConfusedPair:
    """Pictures of one class that were taken for another one.

    Attributes:
        truth: the true class.
        predicted: what it was taken for.
        count: pictures.
        share: of the pictures of the true class, 0 to 1.
    """

    truth: int
    predicted: int
    count: int
    share: float


@dataclass(frozen=True, eq=False)
class ConfusionMatrix:
    """Which class was taken for which.

    Attributes:
        classes: (K,) indices of the classes that occur, those that are confused side by side.
        counts: int64 (K, K), true class by predicted class, both in this order.
        share_levels: uint8 (K, K), each count as a share of its row for drawing: 0 is no picture,
            255 the whole row.
        count_levels: the same of the counts' logarithm, because the diagonal would outshine all
            confusions; 255 is the largest count.
        pairs: what is off the diagonal, the most frequent first.
    """

    classes: NDArray[np.int64]
    counts: NDArray[np.int64]
    share_levels: NDArray[np.uint8]
    count_levels: NDArray[np.uint8]
    pairs: tuple[ConfusedPair, ...]

    @property
    def total(self) -> int:
        """How many pictures are counted."""
        return int(self.counts.sum())

    @property
    def right(self) -> int:
        """How many of them are on the diagonal."""
        return int(np.trace(self.counts))


@dataclass(frozen=True)
class ClassCount:
    """How many pictures the model took for a class.

    Attributes:
        index: the class.
        count: pictures.
        confidence: mean probability of the class over them, 0 to 1; None of values.
    """

    index: int
    count: int
    confidence: float | None


def confusion_matrix(known: pl.DataFrame) -> ConfusionMatrix | None:
    """The matrix of a run; None where no true class is known.

    Args:
        known: a row for each picture whose true class is one of the model's.
    """
    if not known.height:
        return None
    found = confusion_pairs(known)
    truth, predicted, count = (
        found[name].to_numpy().astype(np.int64)
        for name in ("truth_index", "predicted_index", "len")
    )
    classes = np.union1d(truth, predicted)
    rows, columns = np.searchsorted(classes, truth), np.searchsorted(classes, predicted)
    counts = np.zeros((len(classes), len(classes)), np.int64)
    counts[rows, columns] = count
    order = confusion_order(counts)
    totals = counts.sum(axis=1)
    pairs = tuple(
        ConfusedPair(int(t), int(p), int(n), float(n / totals[row]))
        for t, p, n, row in zip(truth, predicted, count, rows, strict=True)
        if t != p
    )
    counts = counts[np.ix_(order, order)]
    shares = counts / np.maximum(counts.sum(axis=1), 1)[:, None]
    logarithms = np.log1p(counts)
    levels = _levels(shares), _levels(logarithms / logarithms.max())
    return ConfusionMatrix(classes[order], counts, *levels, pairs)


def _levels(strength: NDArray[np.float64]) -> NDArray[np.uint8]:
    """0 to 1 as 0 to 255, where whatever is above 0 stays so."""
    return np.ceil(255.0 * strength).astype(np.uint8)


def confusion_order(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """(K,) an order of classes in which those that are taken for each other are neighbours.

    Classes that are joined by confusions make a group; groups with most confused pictures come
    first. Within a group, classes are sorted by the Fiedler vector of the graph of confusions,
    which has the second smallest eigenvalue of its Laplacian: it keeps the sum of squared distances
    between confused classes small (Atkins, Boman and Hendrickson, A Spectral Algorithm for
    Seriation, SIAM J. Comput. 1998).

    Args:
        counts: (K, K), true class by predicted class.
    """
    weights = (counts + counts.T).astype(np.float64)
    np.fill_diagonal(weights, 0.0)
    groups = _groups(weights > 0.0)
    strengths = [float(weights[np.ix_(group, group)].sum()) for group in groups]
    ranked = sorted(range(len(groups)), key=lambda at: (-strengths[at], int(groups[at][0])))
    return np.concatenate([_seriated(weights, groups[at]) for at in ranked])


def _seriated(weights: NDArray[np.float64], group: NDArray[np.int64]) -> NDArray[np.int64]:
    if len(group) < 3:
        return group
    part = weights[np.ix_(group, group)]
    laplacian = np.diag(part.sum(axis=1)) - part
    _, vectors = np.linalg.eigh(laplacian)
    fiedler = vectors[:, 1]
    # An eigenvector's sign is open: the first class of the list comes in the first half.
    if fiedler[0] > 0.0:
        fiedler = -fiedler
    return group[np.argsort(fiedler.round(12), kind="stable")]


def _groups(joined: NDArray[np.bool_]) -> list[NDArray[np.int64]]:
    """The connected parts of a symmetric graph, each as sorted numbers."""
    labels = lowest_connected(len(joined), *np.nonzero(joined))
    return [np.flatnonzero(labels == label) for label in np.unique(labels)]


def class_counts(pictures: pl.DataFrame) -> tuple[ClassCount, ...]:
    """The predicted classes, the most frequent first.

    Args:
        pictures: a row for each picture.
    """
    table = pictures.group_by("predicted_index").agg(
        pl.len(), pl.col("predicted_probability").cast(pl.Float64).mean().alias("mean")
    )
    table = table.sort(["len", "predicted_index"], descending=[True, False])
    return tuple(ClassCount(*row) for row in table.iter_rows())
