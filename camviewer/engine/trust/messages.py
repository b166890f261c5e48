"""What the measures of trust say, as plain frozen data: no torch, and it may cross threads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.results.messages import Explanation


class Subject(StrEnum):
    """Whose number it is: the map's own, or one of a map that knows nothing of the picture."""

    MAP = "map"
    RANDOM = "random"
    BLOB = "blob"


class Baseline(StrEnum):
    """What a removed pixel becomes."""

    BLUR = "blur"
    MEAN = "mean"
    BLACK = "black"


class Better(StrEnum):
    """Which way a number is good; ``NEITHER`` only describes."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True)
class Curve:
    """The class's probability while a map's pixels are removed, or shown, strongest first.

    Attributes:
        baseline: what stands where a pixel is missing.
        subject: whose order of pixels.
        fractions: shares of the pixels that are removed or shown, rising from 0 to 1.
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
        """The probability once this share of the pixels is gone, between the steps a line."""
        return float(np.interp(fraction, self.fractions, self.deletion))

    def inserted(self, fraction: float) -> float:
        """The probability when only this share of the pixels is shown."""
        return float(np.interp(fraction, self.fractions, self.insertion))


@dataclass(frozen=True)
class RoadCurve:
    """The class's probability when pixels are replaced by what their surroundings let expect.

    Attributes:
        subject: whose order of pixels.
        fractions: shares of the pixels that are replaced.
        most_first: the probability when the strongest are.
        least_first: the probability when the weakest are.
    """

    subject: Subject
    fractions: tuple[float, ...]
    most_first: tuple[float, ...]
    least_first: tuple[float, ...]

    @property
    def score(self) -> float:
        """Half the mean of what least first leaves above most first; -0.5 to 0.5, high is good."""
        return self.score_at(self.fractions)

    def score_at(self, fractions: tuple[float, ...]) -> float:
        """The same over some of the fractions; not a number when none of them was measured."""
        places = [
            index
            for index, known in enumerate(self.fractions)
            if any(abs(known - wanted) < 1e-6 for wanted in fractions)
        ]
        gaps = [self.least_first[place] - self.most_first[place] for place in places]
        return float(np.mean(gaps)) / 2 if gaps else float("nan")


@dataclass(frozen=True)
class Measure:
    """One number of the map beside those of maps that know nothing of the picture.

    Attributes:
        id: for files and the command line.
        title: on screen.
        better: which way is good.
        values: by subject; one that is missing was not measured.
        spread: lowest and highest over the random maps, when there are several.
        percent: whether the values are shares, shown in per cent.
        hint: one line that says what is measured.
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
        """Whether the map does better than both; None where that means nothing or is not known."""
        own = self.values.get(Subject.MAP)
        others = [value for subject, value in self.values.items() if subject is not Subject.MAP]
        if own is None or len(others) < len(Subject) - 1 or self.better is Better.NEITHER:
            return None
        if self.better is Better.HIGHER:
            return own > max(others)
        return own < min(others)


@dataclass(frozen=True)
class Contrast:
    """How alike the maps of the chosen class and of the next most probable one are.

    Attributes:
        class_name: the other class.
        probability: of the other class, under the model's own recipe.
        correlation: Pearson's, of the raw values over the cells.
    """

    class_name: str
    probability: float
    correlation: float

    @property
    def nearly_the_same(self) -> bool:
        """Whether the map says hardly anything about the chosen class in particular."""
        return self.correlation >= SAME_MAP


SAME_MAP = 0.95
"""From this correlation on two maps count as nearly the same."""


@dataclass(frozen=True, eq=False)
class TrustCard:
    """All that was measured of one map so far.

    Attributes:
        explanation: the map.
        probability: of its class for the picture as the network saw it where the map was made.
        curves: deletion and insertion.
        road: remove and debias.
        measures: all numbers, in the order of the card.
        contrast: the map of the next most probable class beside it.
        share_done: 0 to 1.
        seconds: spent so far.
        budget: seconds that were allowed.
        passes: pictures that the network has seen for it.
        engine: what ran the pictures when that was not torch; empty when it was.
        cut: what the budget did not allow, or could not be measured, each one sentence.
        finished: whether nothing more comes.
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

    def measure(self, identifier: str) -> Measure | None:
        """The measure of that id, when it is there."""
        return next((found for found in self.measures if found.id == identifier), None)

    def curve(self, baseline: Baseline, subject: Subject) -> Curve | None:
        """A deletion and insertion curve, when it is there; the first of several random ones."""
        found = (c for c in self.curves if c.baseline == baseline and c.subject == subject)
        return next(found, None)


@dataclass(frozen=True, eq=False)
class RankedMethod:
    """One method in a comparison.

    Attributes:
        explanation: its map; None for a reference, or when it could not be made.
        title: of the method, or of the reference.
        score: by the chosen measure; None while it is not known or when it could not be made.
        problem: why there is no map; empty when there is one.
        milliseconds: that making the map took.
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
        measure: its id.
        measure_title: on screen.
        better: which way is good.
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


ROAD_FRACTIONS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class TrustOptions:
    """How much may be spent on a card.

    Attributes:
        budget: seconds.
        steps: of each deletion and insertion curve.
        random_maps: over how many random maps the reference is averaged.
        seed: of the random maps and of the noise in imputed pixels.
        baselines: what removed pixels become, the most telling first.
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
"""What methods can be ranked by: title and which way is good."""

Values = NDArray[np.float32]
