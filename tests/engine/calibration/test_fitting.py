"""Confidence that keeps its word, on generated data whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from camviewer.engine.batch.calibration_fit import Samples, fit
from camviewer.engine.calibration.class_distances import fitted_distances, shrunk_covariance
from camviewer.engine.calibration.prediction_sets import (
    chosen_penalty,
    fitted_sets,
    least_pictures,
)
from camviewer.engine.calibration.temperature import fitted_temperature, softmax
from camviewer.engine.errors import CamviewerError

Values = NDArray[np.float64]
CLASSES = 20


def honest(count: int, seed: int, sharpness: float = 1.0) -> tuple[Values, NDArray[np.intp]]:
    """Logits, and classes drawn with exactly the probabilities of the logits times sharpness."""
    rng = np.random.default_rng(seed)
    logits = 2.0 * rng.standard_normal((count, CLASSES))
    drawn = sharpness * logits + rng.gumbel(size=logits.shape)
    return logits, drawn.argmax(1)


@pytest.mark.parametrize("temperature", [0.5, 3.0])
def test_the_temperature_of_logits_that_were_multiplied_is_found(temperature: float) -> None:
    logits, truth = honest(6000, 0)
    found = fitted_temperature(temperature * logits, truth)
    assert found == pytest.approx(temperature, rel=0.08)
    steps = np.array([0.97, 1.0, 1.03]) * found
    likely = [
        np.log(softmax(temperature * logits / t)[np.arange(len(truth)), truth]).mean()
        for t in steps
    ]
    assert likely[1] == max(likely)


def test_the_calibration_error_of_an_overconfident_network_at_least_halves() -> None:
    logits, truth = honest(4000, 1)
    found = fit(Samples(3.0 * logits, truth, None), 0.9).calibration
    assert found.error_before > 0.1
    assert found.error_after < found.error_before / 2
    assert found.error_after < 0.04


@pytest.mark.parametrize("coverage", [0.8, 0.95])
def test_sets_hold_the_true_class_as_often_as_they_say_over_a_thousand_splits(
    coverage: float,
) -> None:
    """Of an overconfident network, which says 95% where it is right half of the time."""
    logits, truth = honest(1500, 2)
    probabilities = softmax(3.0 * logits)
    penalty, free = chosen_penalty(probabilities[:300], truth[:300], coverage)
    probabilities, truth = probabilities[300:], truth[300:]
    order = np.argsort(-probabilities, axis=1)
    ordered = np.take_along_axis(probabilities, order, 1)
    ranks = np.arange(1, CLASSES + 1)
    scores = np.cumsum(ordered, 1) - ordered + penalty * np.maximum(ranks - free, 0)
    places = np.argmax(order == truth[:, None], 1)
    own = scores[np.arange(len(truth)), places]
    rng = np.random.default_rng(0)
    covered = []
    for _ in range(1000):
        mixed = rng.permutation(len(truth))
        fitting, others = mixed[:500], mixed[500:]
        sets = fitted_sets(probabilities[fitting], truth[fitting], coverage, penalty, free)
        covered.append((own[others] <= sets.threshold + 1e-9).mean())
    assert abs(np.mean(covered) - coverage) < 0.01
    for row in range(20):
        members = sets.members(probabilities[row])
        assert members == tuple(order[row, : len(members)])
        assert (truth[row] in members) == (own[row] <= sets.threshold + 1e-9)


def test_a_set_is_never_empty_and_larger_where_the_network_is_less_sure() -> None:
    logits, truth = honest(3000, 4)
    found = fit(Samples(logits, truth, None), 0.95)
    sets = found.calibration.sets
    sure, unsure = np.zeros(CLASSES), np.zeros(CLASSES)
    sure[7] = 20.0
    assert sets.members(softmax(sure)) == (7,)
    assert len(sets.members(softmax(unsure))) > CLASSES / 2
    assert 1.0 < found.mean_size < CLASSES


@pytest.mark.parametrize(("coverage", "least"), [(0.9, 9), (0.95, 19), (0.99, 99)])
def test_too_few_pictures_for_the_guarantee_are_refused(coverage: float, least: int) -> None:
    """The (n + 1) coverage-th smallest of n scores exists only from so many on."""
    assert least_pictures(coverage) == least
    logits, truth = honest(2 * least, 5)
    fit(Samples(logits, truth, None), coverage)
    with pytest.raises(CamviewerError, match=f"need {least:,} pictures") as refused:
        fit(Samples(logits[:-2], truth[:-2], None), coverage)
    assert "--coverage" in refused.value.hint


def spread_classes(count: int, seed: int, classes: int = 8) -> tuple[Values, NDArray[np.intp]]:
    """Features of 60 dimensions around class means, all with one covariance that is no sphere."""
    rng = np.random.default_rng(seed)
    fixed = np.random.default_rng(99)
    means = 0.45 * fixed.standard_normal((classes, 60))
    mixing = fixed.standard_normal((60, 60)) / np.sqrt(60)
    truth = rng.integers(0, classes, count)
    return means[truth] + rng.standard_normal((count, 60)) @ mixing, truth


def area_under_curve(inside: Values, outside: Values) -> float:
    """How often a value of the one is smaller than one of the other."""
    return float((inside[:, None] < outside[None, :]).mean())


def test_a_class_that_was_left_out_is_told_apart() -> None:
    features, truth = spread_classes(1200, 6)
    fitted, left_out = truth != 7, truth == 7
    distances = fitted_distances(features[fitted], truth[fitted])
    assert distances is not None
    fresh, fresh_truth = spread_classes(1200, 7)
    found = distances.nearest(fresh)
    assert area_under_curve(found[fresh_truth != 7], found[fresh_truth == 7]) >= 0.9
    assert left_out.sum() > 50
    plain = (
        (fresh[:, None] - np.stack([features[truth == c].mean(0) for c in range(7)])) ** 2
    ).sum(2)
    euclid = plain.min(1)
    assert area_under_curve(found[fresh_truth != 7], found[fresh_truth == 7]) > area_under_curve(
        euclid[fresh_truth != 7], euclid[fresh_truth == 7]
    )


def test_the_distance_is_mahalanobis_to_the_nearest_mean() -> None:
    features, truth = spread_classes(900, 8)
    distances = fitted_distances(features, truth)
    assert distances is not None
    means = np.stack([features[truth == c].mean(0) for c in range(8)])
    residuals = features - means[truth]
    precision = np.linalg.inv(shrunk_covariance(residuals, len(features) - 8))
    away = features[:5, None] - means
    expected = np.einsum("nmi,ij,nmj->nm", away, precision, away).min(1)
    assert distances.nearest(features[:5]) == pytest.approx(expected, rel=1e-3)


def test_the_covariance_is_shrunk_as_ledoit_and_wolf_shrink_it() -> None:
    """Their lemma 3.3, with the matrices of each sample written out."""
    residuals = spread_classes(40, 9)[0]
    residuals = residuals - residuals.mean(0)
    sample = np.stack([np.outer(row, row) for row in residuals])
    covariance, width = sample.mean(0), residuals.shape[1]
    mean = np.trace(covariance) / width * np.eye(width)
    spread = ((covariance - mean) ** 2).sum() / width
    noise = ((sample - covariance) ** 2).sum((1, 2)).mean() / width / len(residuals)
    share = min(noise, spread) / spread
    assert 0.05 < share < 0.95
    expected = share * mean + (1 - share) * covariance
    assert np.abs(shrunk_covariance(residuals, 40) - expected).max() < 1e-9


def test_unlikeness_is_a_share_of_the_runs_own_pictures() -> None:
    features, truth = spread_classes(1000, 10, classes=4)
    logits = np.random.default_rng(0).standard_normal((1000, 4))
    unlike = fit(Samples(logits, truth, features), 0.9).calibration.unlikeness
    assert unlike is not None
    fresh, _ = spread_classes(400, 11, classes=4)
    shares = np.array([unlike.nearer(each) for each in fresh])
    assert shares.mean() == pytest.approx(0.5, abs=0.05)
    assert unlike.nearer(fresh[0] + 20.0) == 1.0
    assert unlike.nearer(fresh[0, :7]) is None


def test_the_reached_coverage_is_of_pictures_left_out_and_of_enough_of_them() -> None:
    logits, truth = honest(4000, 5)
    found = fit(Samples(3.0 * logits, truth, None), 0.9)
    assert found.reached == pytest.approx(0.9, abs=0.02)
    assert fit(Samples(logits[:36], truth[:36], None), 0.9).reached == pytest.approx(0.95, abs=0.06)
    assert fit(Samples(logits[:34], truth[:34], None), 0.9).reached is None


def test_sets_hold_what_is_among_their_members() -> None:
    logits, truth = honest(200, 6)
    probabilities = softmax(logits)
    sets = fitted_sets(probabilities, truth, 0.7, *chosen_penalty(probabilities, truth, 0.7))
    members = [index in sets.members(row) for row, index in zip(probabilities, truth, strict=True)]
    assert sets.hold(probabilities, truth).tolist() == members
