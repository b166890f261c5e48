"""Fits a model's calibration on a labelled run: one half fits, the other half checks."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from camviewer.engine.batch.report.verdicts import Bin, calibration_bins, calibration_error
from camviewer.engine.batch.run import Run
from camviewer.engine.calibration.calibration import Calibration, Unlikeness
from camviewer.engine.calibration.class_distances import fitted_distances
from camviewer.engine.calibration.prediction_sets import (
    PredictionSets,
    chosen_penalty,
    fitted_sets,
    least_pictures,
    require_pictures,
)
from camviewer.engine.calibration.refusals import CannotCalibrateError, Missing
from camviewer.engine.calibration.temperature import Values, fitted_temperature, softmax
from camviewer.engine.geometry.recipe_records import recipe_sha256

_MOST_PICTURES = 20_000
"""Maximum number of pictures that are used, chosen at random; because more change no digit that is
shown, and 20,000 of a thousand classes take 160 MB."""
_QUANTILES = 1001


@dataclass(frozen=True, eq=False)
class Samples:
    """Pictures of a run whose true class is known.

    Attributes:
        logits: (N, K).
        truth: (N,) indices of the true classes.
        features: (N, F); None where the run does not have them of every picture.
    """

    logits: Values
    truth: NDArray[np.intp]
    features: Values | None

    def __len__(self) -> int:
        """Number of pictures."""
        return len(self.truth)

    def part(self, rows: NDArray[np.intp]) -> Samples:
        """Some of the pictures."""
        features = None if self.features is None else self.features[rows]
        return Samples(self.logits[rows], self.truth[rows], features)


@dataclass(frozen=True, eq=False)
class Calibrated:
    """A calibration, and how it did on the half that fitted no temperature.

    Attributes:
        calibration: what was fitted.
        before: the reliability diagram as the model is.
        after: the same at the temperature.
        mean_size: classes of a set, on average.
        single: share of sets of one class, 0 to 1.
        reached: share of pictures whose set has the true class, 0 to 1, where the threshold is of
            other pictures of that half; None where those are too few.
    """

    calibration: Calibration
    before: tuple[Bin, ...]
    after: tuple[Bin, ...]
    mean_size: float
    single: float
    reached: float | None

    @property
    def features(self) -> int:
        """Number of features; 0 without."""
        unlikeness = self.calibration.unlikeness
        return 0 if unlikeness is None else len(unlikeness.distances.whitening)

    @property
    def means(self) -> int:
        """Number of classes that have a mean of their own; 0 without features."""
        unlikeness = self.calibration.unlikeness
        return 0 if unlikeness is None else len(unlikeness.distances.means)


def calibrate(run: Run, coverage: float, seed: int = 0) -> Calibrated:
    """Fits temperature, sets and distances on a run; nothing is kept yet.

    The first half of the pictures, in random order, gives the temperature, the penalty of the sets
    and the class means. The second gives the threshold of the sets, the calibration error before
    and after, and the distances that are usual.

    Args:
        run: with true classes and class scores; with features for the distances.
        coverage: share of cases in which a set holds the true class, 0 to 1.
        seed: of the order.

    Raises:
        CannotCalibrateError: the run has no class scores or true classes, its model's classes do
            not exclude each other, or there are too few pictures.
        CamviewerError: a shard is damaged.
    """
    model = run.record["model"]
    if model.get("activation", "softmax") != "softmax":
        raise CannotCalibrateError(
            Missing.SOFTMAX,
            f"The classes of {model['title']} do not exclude each other, so no set of them has one "
            "that is right.",
            "Calibrate a model with softmax.",
        )
    samples = samples_of(run)
    configuration = run.record["configuration"]
    fitted = fit(samples, coverage, seed)
    calibration = replace(
        fitted.calibration,
        run=run.path.resolve().name,
        weights_sha256=configuration["weights_sha256"],
        recipe_sha256=recipe_sha256(run.recipe),
    )
    return replace(fitted, calibration=calibration)


def samples_of(run: Run) -> Samples:
    """The pictures of a run whose true class and class scores are known.

    Raises:
        CannotCalibrateError: there are none.
        CamviewerError: a shard is damaged.
    """
    rows = run.scan().filter(pl.col("truth_index").is_not_null() & pl.col("logits").is_not_null())
    ids = run.collected(rows.select("id"))["id"].sort()
    if not len(ids):
        raise _nothing(run)
    if len(ids) > _MOST_PICTURES:
        ids = ids.sample(_MOST_PICTURES, seed=0)
    table = run.collected(
        rows.filter(pl.col("id").is_in(ids.implode()))
        .select("id", "truth_index", "logits", "features")
        .sort("id")
    )
    features = None
    if not table["features"].null_count():
        features = np.stack([np.asarray(each, np.float64) for each in table["features"]])
    return Samples(
        np.stack([np.asarray(each, np.float64) for each in table["logits"]]),
        table["truth_index"].to_numpy().astype(np.intp),
        features,
    )


def _nothing(run: Run) -> CannotCalibrateError:
    if not run.record["configuration"].get("logits", False):
        return CannotCalibrateError(
            Missing.SCORES,
            f"The run in {run.path} does not keep class scores, which are fitted on.",
            "Run over the pictures again with --logits, --truth and best --features.",
        )
    return CannotCalibrateError(
        Missing.TRUTH,
        f"No picture of the run in {run.path} has a true class that is one of the model's.",
        "Run over pictures whose class is known: --truth.",
    )


def fit(samples: Samples, coverage: float, seed: int = 0) -> Calibrated:
    """Fits on one half of the samples and checks on the other.

    Args:
        samples: pictures with logits and true classes.
        coverage: 0 to 1.
        seed: of the order.

    Raises:
        CannotCalibrateError: there are too few pictures for the coverage.
    """
    count = len(samples)
    require_pictures(count // 2, coverage)
    order = np.random.default_rng(seed).permutation(count)
    fitting, checking = samples.part(order[count // 2 :]), samples.part(order[: count // 2])
    temperature = fitted_temperature(fitting.logits, fitting.truth)
    penalty, free = chosen_penalty(softmax(fitting.logits / temperature), fitting.truth, coverage)
    calm = softmax(checking.logits / temperature)
    sets = fitted_sets(calm, checking.truth, coverage, penalty, free)
    sizes = np.array([len(sets.members(row)) for row in calm])
    before = _bins(softmax(checking.logits), checking.truth)
    after = _bins(calm, checking.truth)
    calibration = Calibration(
        run="",
        weights_sha256="",
        recipe_sha256="",
        pictures=count,
        temperature=temperature,
        error_before=calibration_error(before),
        error_after=calibration_error(after),
        sets=sets,
        unlikeness=_unlikeness(fitting, checking),
    )
    return Calibrated(
        calibration,
        before,
        after,
        mean_size=float(sizes.mean()),
        single=float((sizes == 1).mean()),
        reached=_reached(calm, checking.truth, sets),
    )


def _reached(probabilities: Values, truth: NDArray[np.intp], sets: PredictionSets) -> float | None:
    """Share of the pictures whose set has the true class.

    The threshold of the sets was taken from these same pictures, so it would say little of itself.
    It is taken again from each half of them, and looked at on the other.
    """
    middle = len(truth) // 2
    if middle < least_pictures(sets.coverage):
        return None
    ends = slice(middle), slice(middle, None)
    held = []
    for fitting, looking in (ends, ends[::-1]):
        again = fitted_sets(
            probabilities[fitting], truth[fitting], sets.coverage, sets.penalty, sets.free
        )
        held.append(again.hold(probabilities[looking], truth[looking]))
    return float(np.concatenate(held).mean())


def _unlikeness(fitting: Samples, checking: Samples) -> Unlikeness | None:
    if fitting.features is None or checking.features is None:
        return None
    distances = fitted_distances(fitting.features, fitting.truth)
    if distances is None:
        return None
    usual = np.quantile(distances.nearest(checking.features), np.linspace(0, 1, _QUANTILES))
    return Unlikeness(distances, usual.astype(np.float32))


def _bins(probabilities: Values, truth: NDArray[np.intp]) -> tuple[Bin, ...]:
    predicted = probabilities.argmax(1)
    return calibration_bins(
        pl.DataFrame(
            {
                "predicted_probability": probabilities.max(1),
                "truth_rank": np.where(predicted == truth, 1, 2),
            }
        )
    )
