"""Counts how often a run's verdicts are right: accuracy, confusions, calibration."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

_SHOWN_CLASSES = 20
"""Maximum number of true classes in the confusion matrix, because more cannot be read."""

_OTHER_COLUMNS = 6
"""Maximum number of columns of classes that are predicted most often and have no row."""

_SHOWN_CONFUSIONS = 10
_BINS = 10
_TOP = 5


@dataclass(frozen=True)
class Share:
    """A share of so many, each of which either is or is not.

    Attributes:
        hits: how many are.
        count: how many there are.
    """

    hits: int
    count: int

    @property
    def value(self) -> float | None:
        """0 to 1; None of none."""
        return self.hits / self.count if self.count else None


@dataclass(frozen=True)
class Confusion:
    """How often pictures of one class are taken for those of another."""

    truth: str
    predicted: str
    count: int


@dataclass(frozen=True)
class Matrix:
    """Which true class was taken for which.

    Attributes:
        labels: of the rows, those with most pictures first.
        columns: the same, and then the most frequent predictions that have no row.
        counts: true class by predicted class.
        others: of each row, pictures taken for a class without a column.
        left_out: pictures whose true class has no row.
    """

    labels: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    others: tuple[int, ...]
    left_out: int


@dataclass(frozen=True)
class Bin:
    """Pictures whose predicted class has a probability of so much.

    Attributes:
        low: the least probability.
        high: the largest.
        count: of pictures.
        confidence: their mean probability.
        accuracy: the share whose predicted class is the true one.
    """

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


@dataclass(frozen=True)
class Verdicts:
    """How right a run's verdicts are.

    Attributes:
        accuracy: the true class is the most probable one.
        top: the true class is among the five most probable ones.
        unknown: pictures whose true class is none of the model's.
        without: pictures whose true class is not known.
        matrix: of the classes with most pictures.
        confusions: the most frequent ones.
        bins: ten of equal width; those without a picture are left out.
        calibration_error: expected calibration error over these, 0 to 1 (Guo et al., On Calibration
            of Modern Neural Networks, ICML 2017); None without pictures.
    """

    accuracy: Share
    top: Share
    unknown: int
    without: int
    matrix: Matrix
    confusions: tuple[Confusion, ...]
    bins: tuple[Bin, ...]
    calibration_error: float | None


def verdicts(pictures: pl.DataFrame, labels: tuple[str, ...]) -> Verdicts:
    """Counts the verdicts.

    Args:
        pictures: a row for each picture that was explained.
        labels: the model's, by index.
    """
    known = pictures.filter(pl.col("truth_index").is_not_null())
    named = pictures.filter(pl.col("truth").is_not_null())
    rank = pl.col("truth_rank")
    found = known.select(first=(rank == 1).sum(), top=(rank <= _TOP).sum()).row(0)
    pairs = confusion_pairs(known)
    bins = calibration_bins(known)
    return Verdicts(
        accuracy=Share(found[0], known.height),
        top=Share(found[1], known.height),
        unknown=named.height - known.height,
        without=pictures.height - named.height,
        matrix=_matrix(pairs, labels),
        confusions=_confusions(pairs, labels),
        bins=bins,
        calibration_error=calibration_error(bins) if known.height else None,
    )


def is_right_map() -> pl.Expr:
    """Whether a row has the map of the true class, and that is the most probable one."""
    of_truth = pl.col("class_index") == pl.col("truth_index")
    return (of_truth & (pl.col("truth_rank") == 1)).fill_null(value=False)


def confusion_pairs(known: pl.DataFrame) -> pl.DataFrame:
    """How many pictures (``len``) of ``truth_index`` were taken for ``predicted_index``.

    Args:
        known: a row for each picture whose true class is one of the model's.

    Returns:
        The most frequent pairs first.
    """
    pairs = known.group_by("truth_index", "predicted_index").len()
    return pairs.sort(["len", "truth_index", "predicted_index"], descending=[True, False, False])


def _matrix(pairs: pl.DataFrame, labels: tuple[str, ...]) -> Matrix:
    per_class = pairs.group_by("truth_index").agg(pl.col("len").sum())
    per_class = per_class.sort(["len", "truth_index"], descending=[True, False])
    shown = per_class["truth_index"].head(_SHOWN_CLASSES).to_list()
    rows = pairs.filter(pl.col("truth_index").is_in(shown))
    rows = rows.filter(~pl.col("predicted_index").is_in(shown))
    others_said = rows.group_by("predicted_index").agg(pl.col("len").sum())
    others_said = others_said.sort(["len", "predicted_index"], descending=[True, False])
    columns = [*shown, *others_said["predicted_index"].head(_OTHER_COLUMNS).to_list()]
    places = {index: place for place, index in enumerate(columns)}
    counts = [[0] * len(columns) for _ in shown]
    others = [0] * len(shown)
    left_out = 0
    for truth, predicted, count in pairs.iter_rows():
        if truth not in shown:
            left_out += count
        elif predicted in places:
            counts[places[truth]][places[predicted]] += count
        else:
            others[places[truth]] += count
    return Matrix(
        tuple(labels[index] for index in shown),
        tuple(labels[index] for index in columns),
        tuple(tuple(row) for row in counts),
        tuple(others),
        left_out,
    )


def _confusions(pairs: pl.DataFrame, labels: tuple[str, ...]) -> tuple[Confusion, ...]:
    wrong = pairs.filter(pl.col("truth_index") != pl.col("predicted_index"))
    return tuple(
        Confusion(labels[truth], labels[predicted], count)
        for truth, predicted, count in wrong.head(_SHOWN_CONFUSIONS).iter_rows()
    )


def calibration_error(bins: tuple[Bin, ...]) -> float:
    """The expected calibration error, 0 to 1, of at least one bin."""
    errors = sum(b.count * abs(b.confidence - b.accuracy) for b in bins)
    return errors / sum(b.count for b in bins)


def calibration_bins(known: pl.DataFrame) -> tuple[Bin, ...]:
    """The reliability diagram of pictures whose true class is known.

    Args:
        known: has the columns ``predicted_probability`` and ``truth_rank``.
    """
    confidence = pl.col("predicted_probability").cast(pl.Float64)
    place = (confidence * _BINS).floor().clip(0, _BINS - 1).cast(pl.Int32).alias("bin")
    table = (
        known.group_by(place)
        .agg(pl.len(), confidence.mean().alias("mean"), (pl.col("truth_rank") == 1).mean())
        .sort("bin")
    )
    return tuple(
        Bin(number / _BINS, (number + 1) / _BINS, count, mean, accuracy)
        for number, count, mean, accuracy in table.iter_rows()
    )
