"""Prepares a map and its references, a random map and a blob, for the measures."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, partial
from statistics import fmean

import numpy as np
import torch
from torch import Tensor

from camviewer.engine.errors import CamviewerError
from camviewer.engine.methods.core.limits import USUAL, Limits
from camviewer.engine.network.grid_layers import whole_batch
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.heatmap import Evidence
from camviewer.engine.results.messages import Explanation
from camviewer.engine.session.session import Session
from camviewer.engine.trust import road as imputed
from camviewer.engine.trust.baselines import baseline_picture
from camviewer.engine.trust.curves import deletion_insertion
from camviewer.engine.trust.masking import Masked, correlation
from camviewer.engine.trust.measured_score import measured_score
from camviewer.engine.trust.messages import (
    ROAD_FRACTIONS,
    Baseline,
    Curve,
    RoadCurve,
    Subject,
    Values,
)
from camviewer.engine.trust.saliency import at_input_pixels, blob, mask_of, random_values
from camviewer.engine.trust.scoring import Scorer
from camviewer.engine.trust.stability import stability


class MapUnderTest:
    """Measures one map and its references, which know nothing of the picture.

    Args:
        session: the session that made the map.
        image: the picture.
        explanation: its map.
        seed: seed of the random maps and of the noise in imputed pixels.
        cancelled: polled between batches.
        limits: of batches.

    Raises:
        CamviewerError: the map is flat, so it has no strongest pixels.
    """

    def __init__(
        self,
        session: Session,
        image: SourceImage,
        explanation: Explanation,
        seed: int = 0,
        cancelled: threading.Event | None = None,
        *,
        limits: Limits = USUAL,
    ) -> None:
        if explanation.heatmap.evidence is Evidence.FLAT:
            raise CamviewerError(
                f"There is nothing to measure: the map of {explanation.subject} is flat.",
                "Choose another class or another method.",
            )
        self.explanation = explanation
        self._session = session
        self._seed = seed
        self._cancelled = cancelled
        self._bare: dict[Baseline, float] = {}
        self.picture = session.input_tensor(image, explanation.placement)[0]
        classifier = session.classifier
        measured = measured_score(session, image, explanation)
        self.is_probability = measured.is_probability
        self.scorer = Scorer(
            measured.run,
            measured.of,
            cancelled,
            whole=whole_batch(classifier.network),
            limits=limits,
        )

    @cached_property
    def probability(self) -> float:
        """Probability of the class, or score of the target, for the input of the map."""
        return self._probability(self.picture)

    def curve(self, baseline: Baseline, subject: Subject, index: int, steps: int) -> Curve:
        """Deletion and insertion curve of the map, of a random map by index, or of the blob."""
        missing = baseline_picture(self.picture, baseline, self._session.info.recipe)
        if baseline not in self._bare:
            self._bare[baseline] = self._probability(missing)
        return deletion_insertion(
            self.scorer,
            self.picture,
            missing,
            self._saliency(subject, index),
            steps,
            baseline=baseline,
            subject=subject,
            ends=(self.probability, self._bare[baseline]),
        )

    def road(
        self, subject: Subject, index: int, fractions: tuple[float, ...] = ROAD_FRACTIONS
    ) -> RoadCurve:
        """ROAD curve of the map, of a random map by index, or of the blob."""
        saliency = self._saliency(subject, index)
        seed = self._seed + index
        return imputed.road(
            self.scorer, self.picture, saliency, seed, subject=subject, fractions=fractions
        )

    def masked(self, subject: Subject) -> Masked | None:
        """Results for the masked picture; None when the map has no positive value.

        The coherency of the map itself is not measured here. The references do not depend on the
        picture, so their coherency is 1.
        """
        mask = mask_of(self._saliency(subject, 0))
        if mask is None:
            return None
        shown = self._probability(self.picture * mask.to(self.picture.device))
        coherency = None if subject is Subject.MAP else 1.0
        return Masked(self.probability, shown, float(mask.mean()), coherency)

    def coherent(self, masked: Masked) -> Masked:
        """Adds the coherency, for which the map of the masked picture is made."""
        mask = mask_of(self._saliency(Subject.MAP, 0))
        if mask is None:
            return masked
        values = self.map_of((self.picture * mask.to(self.picture.device))[None])
        again = mask_of(self._at_pixels(values.numpy()))
        alike = 0.0 if again is None else correlation(mask, again)
        return replace(masked, coherency=(alike + 1) / 2)

    def stability(self, subject: Subject) -> float:
        """Mean correlation with the maps of 16 shifted pictures, shifted back."""
        return fmean(self._correlations(subject))

    def map_of(self, picture: Tensor) -> Tensor:
        """The map (h, w) of another input (1, 3, h, w) by the same request."""
        self.scorer.check()
        self.scorer.passes += 1
        explanation = self.explanation
        return self._session.map_of(
            picture, explanation.request, self._cancelled, placement=explanation.placement
        )

    def _correlations(self, subject: Subject) -> Iterator[float]:
        heatmap = self.explanation.heatmap
        stride = heatmap.geometry.stride
        if subject is Subject.MAP:
            values = torch.from_numpy(np.array(heatmap.values))
            return stability(self.map_of, self.picture[None], values, stride)
        shape = heatmap.geometry.shape
        chance = torch.from_numpy(random_values(shape, self._seed))
        still = blob(shape) if subject is Subject.BLOB else chance
        return stability(partial(_regardless, still), self.picture[None], still, stride)

    def _saliency(self, subject: Subject, index: int) -> Tensor:
        """The map of a subject at input pixels, (h, w)."""
        heatmap = self.explanation.heatmap
        if subject is Subject.MAP:
            return self._at_pixels(heatmap.values)
        if subject is Subject.BLOB:
            return blob(self.explanation.placement.input_size)
        return self._at_pixels(random_values(heatmap.geometry.shape, self._seed + index))

    def _at_pixels(self, values: Values) -> Tensor:
        geometry, placement = self.explanation.heatmap.geometry, self.explanation.placement
        return at_input_pixels(values, geometry, placement)

    def _probability(self, picture: Tensor) -> float:
        return float(self.scorer.score(iter((picture,)))[0])


def _regardless(values: Tensor, _picture: Tensor) -> Tensor:
    """A map that does not depend on the picture."""
    return values
