"""Defines trust cards and comparisons, as plain frozen data without torch."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.results.messages import Explanation


class Subject(StrEnum):
    """The owner of a value: the map, or a reference that knows nothing of the picture."""

    MAP = "map"
    RANDOM = "random"
    BLOB = "blob"


class Baseline(StrEnum):
    """The replacement of removed pixels."""

    BLUR = "blur"
    MEAN = "mean"
    BLACK = "black"


class Better(StrEnum):
    """Whether high or low values are good; ``NEITHER`` only describes."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True)
class Curve:
    """The class's probability while a map's pixels are removed, or shown, strongest first.

    Attributes:
        baseline: replacement of removed pixels.
        subject: owner of the map that orders the pixels.
        fractions: shares of the pixels that are removed or shown, ascending from 0 to 1.
        deletion: the probability at each, in 0 to 1.
        insertion: the same while pixels are shown on the baseline.
    """

    baseline: Baseline
    subject: Subject
    fractions: tuple[float, ...]
    deletion: tuple[float, ...]
    insertion: tuple[float, ...]

    @property
    def deletion_auc(self) -> float:
        """The area under the deletion curve (trapezoids); low is good."""
        return float(np.trapezoid(self.deletion, self.fractions))

    @property
    def insertion_auc(self) -> float:
        """The area under the insertion curve (trapezoids); high is good."""
        return float(np.trapezoid(self.insertion, self.fractions))

    def deleted(self, fraction: float) -> float:
        """The probability without this share of the pixels, interpolated linearly."""
        return float(np.interp(fraction, self.fractions, self.deletion))

    def inserted(self, fraction: float) -> float:
        """The probability with only this share of the pixels, interpolated linearly."""
        return float(np.interp(fraction, self.fractions, self.insertion))


@dataclass(frozen=True)
class RoadCurve:
    """The class's probability when pixels are imputed from their neighbours.

    Attributes:
        subject: owner of the map that orders the pixels.
        fractions: shares of the pixels that are imputed.
        most_first: the probability with the strongest pixels imputed.
        least_first: the probability with the weakest pixels imputed.
    """

    subject: Subject
    fractions: tuple[float, ...]
    most_first: tuple[float, ...]
    least_first: tuple[float, ...]

    @property
    def score(self) -> float:
        """Half the mean of least first minus most first, -0.5 to 0.5; high is good."""
        return self.score_at(self.fractions)

    def score_at(self, fractions: tuple[float, ...]) -> float:
        """The same over some of the fractions; NaN when none of them was measured."""
        places = [
            index
            for index, known in enumerate(self.fractions)
            if any(abs(known - wanted) < 1e-6 for wanted in fractions)
        ]
        gaps = [self.least_first[place] - self.most_first[place] for place in places]
        return float(np.mean(gaps)) / 2 if gaps else float("nan")


@dataclass(frozen=True)
class Measure:
    """A measure of the map and of its references.

    Attributes:
        id: name in files and on the command line.
        title: name on screen.
        better: which values are good.
        values: values by subject; a missing one was not measured.
        spread: lowest and highest value of several random maps.
        percent: whether the values are shares, shown in per cent.
        hint: what is measured, in one line.
    """

    id: str
    title: str
    better: Better
    values: dict[Subject, float]
    spread: tuple[float, float] | None = None
    percent: bool = False
    hint: str = ""

    @property
    def beats_references(self) -> bool | None:
        """Whether the map is better than both references; None if undefined or unknown."""
        own = self.values.get(Subject.MAP)
        others = [value for subject, value in self.values.items() if subject is not Subject.MAP]
        if own is None or len(others) < len(Subject) - 1 or self.better is Better.NEITHER:
            return None
        if self.better is Better.HIGHER:
            return own > max(others)
        return own < min(others)


@dataclass(frozen=True)
class Contrast:
    """The similarity of the maps of the chosen class and of the next most probable one.

    Attributes:
        class_name: the other class.
        probability: probability of the other class under the model's own recipe.
        correlation: Pearson's correlation of the raw values over the cells.
    """

    class_name: str
    probability: float
    correlation: float

    @property
    def nearly_the_same(self) -> bool:
        """Whether the map is hardly specific to the chosen class."""
        return self.correlation >= SAME_MAP


SAME_MAP = 0.95
"""Minimum correlation of two maps that count as nearly the same."""


@dataclass(frozen=True, eq=False)
class TrustCard:
    """All measurements of one map up to now.

    Attributes:
        explanation: the map.
        probability: probability of its class, or score of its target, for the input of the map.
        curves: deletion and insertion curves.
        road: curves of ROAD (remove and debias).
        measures: all measures, in the order of the card.
        contrast: comparison with the map of the next most probable class.
        share_done: share of the work that is done, 0 to 1.
        seconds: time up to now.
        budget: time budget, in seconds.
        passes: number of pictures that went through the network.
        engine: name of the engine that ran the network; empty for torch.
        cut: sentences on measurements that the budget left out or that failed.
        finished: whether this is the last card.
        is_probability: whether it measures a probability, and not the score of another target.
    """

    explanation: Explanation
    probability: float
    curves: tuple[Curve, ...] = ()
    road: tuple[RoadCurve, ...] = ()
    measures: tuple[Measure, ...] = ()
    contrast: Contrast | None = None
    share_done: float = 0.0
    seconds: float = 0.0
    budget: float = 0.0
    passes: int = 0
    engine: str = ""
    cut: tuple[str, ...] = ()
    finished: bool = False
    is_probability: bool = True

    def measure(self, identifier: str) -> Measure | None:
        """The measure of that id; None when it is missing."""
        return next((found for found in self.measures if found.id == identifier), None)

    def curve(self, baseline: Baseline, subject: Subject) -> Curve | None:
        """A deletion and insertion curve, the first of several random ones; None when missing."""
        found = (c for c in self.curves if c.baseline == baseline and c.subject == subject)
        return next(found, None)


@dataclass(frozen=True, eq=False)
class RankedMethod:
    """One method in a comparison.

    Attributes:
        explanation: its map; None for a reference, or without a map.
        title: name of the method or of the reference.
        score: value of the chosen measure; None while it is unknown, or without a map.
        problem: why there is no map; empty when there is one.
        milliseconds: time to make the map.
    """

    title: str
    explanation: Explanation | None = None
    score: float | None = None
    problem: str = ""
    milliseconds: float = 0.0


@dataclass(frozen=True, eq=False)
class Comparison:
    """Methods for one picture, class and placement, best first by one measure.

    Attributes:
        measure: id of the measure.
        measure_title: name of the measure on screen.
        better: which values are good.
        ranked: methods and references, best first; those without a score last.
        share_done: 0 to 1.
        finished: whether nothing more comes.
    """

    measure: str
    measure_title: str
    better: Better
    ranked: tuple[RankedMethod, ...] = ()
    share_done: float = 0.0
    finished: bool = False
    is_probability: bool = True


ROAD_FRACTIONS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class TrustOptions:
    """The settings of a card.

    Attributes:
        budget: time budget, in seconds.
        steps: number of steps of each deletion and insertion curve.
        random_maps: number of random maps whose values are averaged as a reference.
        seed: seed of the random maps and of the noise in imputed pixels.
        baselines: replacements of removed pixels, the most informative first.
        road_fractions: shares of the pixels that ROAD imputes.
    """

    budget: float = 30.0
    steps: int = 20
    random_maps: int = 3
    seed: int = 0
    baselines: tuple[Baseline, ...] = tuple(Baseline)
    road_fractions: tuple[float, ...] = ROAD_FRACTIONS


MEASURES: dict[str, tuple[str, Better]] = {
    "insertion": ("Insertion AUC", Better.HIGHER),
    "deletion": ("Deletion AUC", Better.LOWER),
    "road": ("ROAD", Better.HIGHER),
    "average-drop": ("Average drop", Better.LOWER),
    "adcc": ("ADCC", Better.HIGHER),
    "stability": ("Stability", Better.HIGHER),
}
"""Measures that methods can be ranked by, with title and which values are good."""

Values = NDArray[np.float32]
