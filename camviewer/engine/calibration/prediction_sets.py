"""Makes sets of classes that hold the true one in a chosen share of cases.

Regularised adaptive prediction sets: Angelopoulos, Bates, Malik, Jordan: Uncertainty Sets for Image
Classifiers using Conformal Prediction, ICLR 2021. A class's score is the probability of all classes
before it plus a penalty for its rank; the set has the classes up to a threshold, which is a
quantile of the true classes' scores. The paper's random share of the class's own probability is
left out, so a set is never empty and the same picture has always the same one; where the most
probable class is right more often than asked for, so are the sets.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.calibration.refusals import CannotCalibrateError, Missing
from camviewer.engine.calibration.temperature import Values

_PENALTIES = (0.0, 0.001, 0.01, 0.1, 0.2, 0.5)
"""Penalties that are tried: the paper's, and none."""
_ROUNDING = 1e-9
"""Maximum error of a sum of probabilities."""


@dataclass(frozen=True)
class PredictionSets:
    """A rule that makes a set of classes.

    Attributes:
        coverage: share of cases in which the true class is in the set, 0 to 1.
        threshold: classes up to this score are in the set.
        penalty: addition to the score for each rank after the first ``free`` ones.
        free: ranks without a penalty.
    """

    coverage: float
    threshold: float
    penalty: float
    free: int

    def members(self, probabilities: Values) -> tuple[int, ...]:
        """The classes of a picture's set, the most probable first, of probabilities (K,)."""
        order, before = _ranked(probabilities[None])
        scores = _penalised(before, self.penalty, self.free)
        count = max(int((scores[0] <= self.threshold + _ROUNDING).sum()), 1)
        return tuple(int(index) for index in order[0, :count])

    def hold(self, probabilities: Values, truth: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Whether the set of each picture has its true class: bool (N,).

        Args:
            probabilities: (N, K).
            truth: (N,) indices of the true classes.
        """
        order, before = _ranked(probabilities)
        scores = _true_scores(_penalised(before, self.penalty, self.free), order, truth)
        held: NDArray[np.bool_] = (scores <= self.threshold + _ROUNDING) | (order[:, 0] == truth)
        return held


def least_pictures(coverage: float) -> int:
    """How many pictures a threshold for this coverage needs."""
    return ceil(coverage / (1.0 - coverage) - 1e-9)


def chosen_penalty(
    probabilities: Values, truth: NDArray[np.intp], coverage: float
) -> tuple[float, int]:
    """The penalty and the free ranks with the smallest sets, on pictures that no threshold sees.

    Args:
        probabilities: (N, K).
        truth: (N,) indices of the true classes.
        coverage: 0 to 1.
    """
    order, before = _ranked(probabilities)
    ranks = np.sort(_true_places(order, truth) + 1)
    free = int(ranks[min(ceil(coverage * len(ranks)), len(ranks)) - 1])

    def mean_size(penalty: float) -> float:
        scores = _penalised(before, penalty, free)
        threshold = _quantile(_true_scores(scores, order, truth), coverage)
        return float((scores <= threshold + _ROUNDING).sum(1).mean())

    return min(_PENALTIES, key=mean_size), free


def fitted_sets(
    probabilities: Values, truth: NDArray[np.intp], coverage: float, penalty: float, free: int
) -> PredictionSets:
    """The rule whose sets hold the true class with this probability, of exchangeable pictures.

    Args:
        probabilities: (N, K) of pictures that nothing else was fitted on.
        truth: (N,) indices of the true classes.
        coverage: 0 to 1.
        penalty: of ``chosen_penalty``.
        free: likewise.

    Raises:
        CannotCalibrateError: there are too few pictures for the guarantee.
    """
    require_pictures(len(truth), coverage)
    order, before = _ranked(probabilities)
    scores = _true_scores(_penalised(before, penalty, free), order, truth)
    return PredictionSets(coverage, _quantile(scores, coverage), penalty, free)


def require_pictures(count: int, coverage: float) -> None:
    """Checks that so many pictures suffice for a coverage.

    Raises:
        CannotCalibrateError: they do not.
    """
    least = least_pictures(coverage)
    if count < least:
        raise CannotCalibrateError(
            Missing.PICTURES,
            f"Sets that are right in {100 * coverage:.4g}% of cases need {least:,} pictures to be "
            f"fitted on, and there are {count:,}: half of those whose true class is known.",
            "Run over more pictures whose class is known, or choose a lower --coverage.",
            needed=2 * least,
            count=2 * count,
        )


def _quantile(scores: Values, coverage: float) -> float:
    """The smallest score that so many (of one more than there are) do not exceed."""
    place = min(ceil((len(scores) + 1) * coverage - 1e-9), len(scores))
    return float(np.sort(scores)[max(place, 1) - 1])


def _ranked(probabilities: Values) -> tuple[NDArray[np.intp], Values]:
    """Classes by probability, (N, K), and the probability of all classes before each of them."""
    order = np.argsort(-probabilities, axis=1, kind="stable")
    ordered = np.take_along_axis(probabilities, order, 1)
    before = np.cumsum(ordered, 1) - ordered
    return order, np.maximum.accumulate(before, 1)


def _penalised(before: Values, penalty: float, free: int) -> Values:
    """The scores of ranked classes, (N, K), which rise along a row."""
    ranks = np.arange(1, before.shape[1] + 1)
    scores: Values = before + penalty * np.maximum(ranks - free, 0)
    return scores


def _true_places(order: NDArray[np.intp], truth: NDArray[np.intp]) -> NDArray[np.intp]:
    """Where the true class stands in each row of ranked classes, from 0."""
    places: NDArray[np.intp] = np.argmax(order == truth[:, None], 1)
    return places


def _true_scores(scores: Values, order: NDArray[np.intp], truth: NDArray[np.intp]) -> Values:
    found: Values = scores[np.arange(len(truth)), _true_places(order, truth)]
    return found
