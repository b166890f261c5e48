"""A loaded model, asked from Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from camviewer.api.explanation import PictureExplanation
from camviewer.api.pictures import Picture, source_image
from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels
from camviewer.engine.results.class_search import find_class
from camviewer.engine.results.messages import (
    ExplainRequest,
    LayerInfo,
    MethodInfo,
    ModelInfo,
    OptionValue,
    ScoreKind,
)
from camviewer.engine.results.method_info import usual_method
from camviewer.engine.session.session import Session
from camviewer.engine.trust.assessment import assess
from camviewer.engine.trust.messages import TrustCard, TrustOptions
from camviewer.engine.trust.region import Region, RegionScore
from camviewer.engine.trust.region_scoring import score_region


@dataclass(frozen=True)
class ClassScore:
    """What a model says of one class.

    Attributes:
        index: the class's number.
        name: its label.
        probability: 0 to 1.
        logit: before softmax or sigmoid.
    """

    index: int
    name: str
    probability: float
    logit: float


class Model:
    """Classifies and explains pictures; made by ``camviewer.load``.

    It belongs to one thread. The last pictures' passes are kept, so that another class or method of
    the same picture is quick.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def info(self) -> ModelInfo:
        """Title, labels, recipe, layers and device."""
        return self._session.info

    def __repr__(self) -> str:
        return f"<camviewer model {self.info.title}: {len(self.info.labels)} classes>"

    def classify(self, picture: Picture, top: int = 5) -> list[ClassScore]:
        """The most probable classes under the model's own recipe, best first.

        Raises:
            CamviewerError: the picture cannot be read.
        """
        verdict = self._session.verdict(source_image(picture))
        return [
            ClassScore(
                index,
                self.info.labels[index],
                float(verdict.probabilities[index]),
                float(verdict.logits[index]),
            )
            for index in verdict.top(top)
        ]

    def explain(
        self,
        picture: Picture,
        class_: str | int | None = None,
        *,
        method: str | None = None,
        layer: str | None = None,
        placement: str | PlacementMode = PlacementMode.CROP,
        detail: float = 1.0,
        score: str | ScoreKind = ScoreKind.LOGIT,
        options: Mapping[str, OptionValue] | None = None,
        measure: bool = True,
    ) -> PictureExplanation:
        """The map of a class.

        Args:
            picture: a path, PIL picture, array or tensor.
            class_: name, part of a name, or number; the most probable class when None.
            method: its id (see ``methods``); CAM, or the first that is defined, when None.
            layer: dotted name (see ``layers``); the method's own when None.
            placement: ``crop`` as the model was trained, ``whole`` or ``stretch``.
            detail: how much larger than trained the network's input is made.
            score: ``logit``, ``log-probability`` or ``probability`` of the class.
            options: of the method, by key.
            measure: measure where the layer's cells look, once for each model and layer; it takes
                some seconds. Otherwise a layer that was not measured keeps its nominal centres.

        Raises:
            CamviewerError: the picture, class, method or layer does not exist or does not fit.
        """
        image = source_image(picture)
        request = ExplainRequest(
            None if class_ is None else find_class(str(class_), self.info.labels),
            method or self._first_defined(layer),
            layer=layer,
            mode=PlacementMode(placement),
            detail=detail,
            score=ScoreKind(score),
            options=tuple((options or {}).items()),
        )
        explanation = self._session.explain(image, request)
        if measure and self._session.wants_offset_of(explanation):
            while self._session.wants_offset(explanation.layer.name):
                self._session.measure_offset(explanation.layer.name)
            explanation = self._session.explain(image, request)
        return PictureExplanation(image, explanation, self.info, self._session.verdict(image))

    def methods(self, layer: str | None = None) -> list[tuple[MethodInfo, str]]:
        """Every method, each with why it is not defined on the layer; empty where it is."""
        return list(self._session.methods(layer))

    def layers(self, picture: Picture | None = None) -> list[LayerInfo]:
        """The layers with a grid, first to last.

        Their shapes are those for the picture; for one of the trained size when None.
        """
        image = self._blank() if picture is None else source_image(picture)
        return list(self._session.layers(image))

    def trust(
        self, explanation: PictureExplanation, options: TrustOptions | None = None
    ) -> TrustCard:
        """How faithful and stable a map is, each number beside those of random maps."""
        *_, card = assess(
            self._session, explanation.image, explanation.details, options or TrustOptions()
        )
        return card

    def region(
        self, explanation: PictureExplanation, x: float, y: float, width: float, height: float
    ) -> RegionScore:
        """What a rectangle, in source pixels, adds to the class score."""
        rectangle = Region.rectangle(x, y, width, height)
        return score_region(self._session, explanation.image, explanation.details, rectangle)

    def close(self) -> None:
        """Ends what goes on in the background."""
        self._session.close()

    def _first_defined(self, layer: str | None) -> str:
        return usual_method(self._session.methods(layer))

    def _blank(self) -> SourceImage:
        return image_from_pixels(np.zeros((*self.info.recipe.input_size, 3), np.uint8), "blank")
