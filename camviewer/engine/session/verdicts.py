"""Keeps the predictions for the last pictures, with what the model's calibration says of them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.calibration.calibration import Calibration
from camviewer.engine.calibration.keeping import kept_calibration
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.forward import Forward
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.confidence import Confidence
from camviewer.engine.results.messages import Verdict
from camviewer.engine.session.explanation_builder import as_numpy
from camviewer.engine.session.pass_cache import remembered

_KEPT = 64
"""Maximum number of pictures whose predictions are kept; each takes two numbers a class."""

Features = Callable[[SourceImage], NDArray[np.float32]]
"""The pooled activations (C,) of the default layer for a picture under the recipe."""


class Verdicts:
    """The predictions of one classifier under its own recipe.

    Args:
        classifier: the classifier.
        features: called where the calibration compares features; it may take a pass.
        calibrated: whether predictions have what the model's calibration says.
    """

    def __init__(self, classifier: Classifier, features: Features, *, calibrated: bool) -> None:
        self._classifier = classifier
        self._features = features
        self._is_calibrated = calibrated
        self._kept: OrderedDict[str, Verdict] = OrderedDict()

    def known(self, image: SourceImage) -> Verdict | None:
        """The prediction for a picture, where it was made before."""
        return self._kept.get(image.key)

    def of(self, image: SourceImage, forward: Forward) -> Verdict:
        """The prediction for a picture by its pass under the recipe."""

        def make() -> Verdict:
            if not self._classifier.info.has_classes:
                return Verdict(np.zeros(0, np.float32), np.zeros(0, np.float32))
            logits = as_numpy(forward.logits)
            return Verdict(
                logits=logits,
                probabilities=as_numpy(self._classifier.probabilities(forward.logits)),
                confidence=self._confidence(image, logits),
            )

        return remembered(self._kept, image.key, make, _KEPT)

    def forget_pictures(self, kept: Collection[str]) -> None:
        """Drops the predictions for all other pictures than these."""
        for picture in [picture for picture in self._kept if picture not in kept]:
            del self._kept[picture]

    @cached_property
    def _calibration(self) -> Calibration | None:
        """What was fitted for the model on a labelled run, as it was when it was first needed."""
        return kept_calibration(self._classifier.info) if self._is_calibrated else None

    def _confidence(self, image: SourceImage, logits: NDArray[np.float32]) -> Confidence | None:
        calibration = self._calibration
        if calibration is None:
            return None
        features = None if calibration.unlikeness is None else self._features(image)
        return calibration.confidence(logits, features)
