"""Defines what is fitted for a model on a labelled run, and applies it to a verdict."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.calibration.class_distances import ClassDistances
from camviewer.engine.calibration.prediction_sets import PredictionSets
from camviewer.engine.calibration.temperature import Values, softmax
from camviewer.engine.results.confidence import Confidence


@dataclass(frozen=True, eq=False)
class Unlikeness:
    """Tells how unlike a run's pictures another one is.

    Attributes:
        distances: to the nearest class of the run.
        reference: float32 (Q,), rising: quantiles of the distance over pictures of the run that the
            class means were not made of.
    """

    distances: ClassDistances
    reference: NDArray[np.float32]

    def nearer(self, features: Values) -> float | None:
        """Share of the run's pictures that lie nearer than features (F,), 0 to 1.

        None for features of another number than the run's.
        """
        if features.shape != (self.distances.whitening.shape[0],):
            return None
        distance = self.distances.nearest(features[None])[0]
        return float(np.searchsorted(self.reference, distance) / len(self.reference))


@dataclass(frozen=True, eq=False)
class Calibration:
    """Everything that was fitted for a model on a labelled run.

    Attributes:
        run: name of the run's folder.
        weights_sha256: of the model's weights.
        recipe_sha256: of the model's preprocessing; with another one nothing of this holds.
        pictures: number of pictures, of which one half fitted and the other checked.
        temperature: the logits are divided by it.
        error_before: expected calibration error of the second half, 0 to 1.
        error_after: the same at the temperature.
        sets: makes sets of classes.
        unlikeness: tells pictures that are unlike the run's; None without features.
    """

    run: str
    weights_sha256: str
    recipe_sha256: str
    pictures: int
    temperature: float
    error_before: float
    error_after: float
    sets: PredictionSets
    unlikeness: Unlikeness | None

    def confidence(
        self, logits: NDArray[np.float32], features: NDArray[np.float32] | None
    ) -> Confidence:
        """What it says of a picture.

        Args:
            logits: (K,) under the model's own recipe.
            features: (F,), the last layer's activations averaged over its cells; None where they
                are not known.
        """
        probabilities = softmax(logits.astype(np.float64) / self.temperature)
        nearer = None
        if self.unlikeness is not None and features is not None:
            nearer = self.unlikeness.nearer(features.astype(np.float64))
        predicted = int(np.argmax(logits))
        return Confidence(
            run=self.run,
            temperature=self.temperature,
            class_index=predicted,
            probability=float(probabilities[predicted]),
            coverage=self.sets.coverage,
            classes=self.sets.members(probabilities),
            nearer=nearer,
        )
