"""A loaded model, asked from Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import TypeAlias, TypeVar

from torch import Tensor

from camviewer.api.explanation import PictureExplanation
from camviewer.api.map_progress import MapProgress, explained
from camviewer.api.pictures import Picture, open_picture
from camviewer.api.preparing import prepare
from camviewer.engine.geometry.geometry import PlacementMode, place
from camviewer.engine.geometry.region import Region
from camviewer.engine.picture.examples import example_picture
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.class_search import find_class
from camviewer.engine.results.messages import (
    Cost,
    ExplainRequest,
    LayerInfo,
    MethodInfo,
    ModelInfo,
    OptionValue,
    ScoreKind,
)
from camviewer.engine.results.method_info import usual_method
from camviewer.engine.results.target_words import read_target
from camviewer.engine.results.targets import OutputFunction, Target
from camviewer.engine.session.resolved_request import require_target_of
from camviewer.engine.session.session import Session
from camviewer.engine.session.statistics_check import check_model
from camviewer.engine.statistics.check_result import StatisticsCheck
from camviewer.engine.structure.module_tree import NetworkParts
from camviewer.engine.structure.structure_queries import parts_at
from camviewer.engine.trust.assessment import assess
from camviewer.engine.trust.comparison import compare
from camviewer.engine.trust.messages import Comparison, TrustCard, TrustOptions
from camviewer.engine.trust.randomising import check_sanity
from camviewer.engine.trust.region import RegionScore
from camviewer.engine.trust.region_scoring import score_region
from camviewer.engine.trust.sanity import SanityCheck

TargetLike: TypeAlias = str | Target | Callable[[Tensor], Tensor]
"""A target as text, as an object, or as a function of the network's outputs (N, K) to (N,)."""

_Report = TypeVar("_Report")


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
        verdict = self._session.verdict(open_picture(picture))
        return [
            ClassScore(
                index,
                self.info.labels[index],
                float(verdict.probabilities[index]),
                float(verdict.logits[index]),
            )
            for index in verdict.top(top)
        ]

    def find_class(self, class_: str | int) -> int:
        """The number of a class: given as such, by name, or by a part that only its name has.

        Raises:
            CamviewerError: no class fits, or several do; the hint names them.
        """
        return find_class(str(class_), self.info.labels)

    def explain(
        self,
        picture: Picture,
        class_: str | int | None = None,
        *,
        method: str | None = None,
        layer: str | None = None,
        placement: str | PlacementMode = PlacementMode.CROP,
        detail: float | None = None,
        score: str | ScoreKind = ScoreKind.LOGIT,
        target: TargetLike | None = None,
        options: Mapping[str, OptionValue] | None = None,
        measure: bool = True,
        nominal: bool = False,
        on_progress: Callable[[MapProgress], None] | None = None,
    ) -> PictureExplanation:
        """The map of a class.

        Args:
            picture: a path, PIL picture, array or tensor.
            class_: name, part of a name, or number; the most probable class when None.
            method: its id (see ``methods``); CAM, or the first that is defined, when None.
            layer: dotted name (see ``layers``); the method's own when None.
            placement: ``crop`` as the model was trained, ``whole`` or ``stretch``.
            detail: how much larger than trained the network's input is made; what the method is
                best at when None, which is 1 but for fully convolutional CAM.
            target: what is explained in place of the class: a text as on the command line, such
                as ``against:tiger cat``, ``difference:tiger cat:tabby`` or ``output:3:down``; one
                of ``camviewer.targets``; or a function of the network's outputs (N, K) that gives
                (N,), differentiable for methods with gradients.
            score: ``logit``, ``log-probability`` or ``probability`` of the class.
            options: of the method, by key.
            measure: measure where the layer's cells look, once for each model and layer; it takes
                some seconds. Otherwise a layer that was not measured keeps its nominal centres.
            nominal: lay the map as other programs do, without what was measured.
            on_progress: called before the work and with maps so far, ten times a second at most.

        Raises:
            CamviewerError: the picture, class, method or layer does not exist or does not fit.
        """
        image = open_picture(picture)
        wanted = self._target(target)
        request = self._request(class_, method, layer, placement, detail, target=wanted)
        request = replace(
            request,
            score=ScoreKind(score),
            options=tuple((options or {}).items()),
            nominal=nominal,
        )
        explanation = explained(
            self._session,
            image,
            request,
            measure=measure and not nominal,
            on_progress=on_progress,
        )
        return PictureExplanation(image, explanation, self.info, self._session.verdict(image))

    def methods(
        self, layer: str | None = None, target: TargetLike | None = None
    ) -> list[tuple[MethodInfo, str]]:
        """Every method, each with why it is not defined there; empty where it is.

        Args:
            layer: dotted name; the method's own when None.
            target: what is explained, as in ``explain``; the score of a class when None.
        """
        return list(self._session.methods(layer, self._target(target)))

    def method(self, identifier: str) -> MethodInfo:
        """The description of a method, with its options.

        Raises:
            CamviewerError: there is no method of that id.
        """
        return self._session.method_info(identifier)

    def layers(
        self,
        picture: Picture | None = None,
        *,
        placement: str | PlacementMode = PlacementMode.CROP,
        detail: float = 1.0,
    ) -> list[LayerInfo]:
        """The layers with a grid, first to last.

        Their shapes are those for the picture; for one of the trained size when None.
        """
        image = self._blank() if picture is None else open_picture(picture)
        return list(self._session.layers(image, PlacementMode(placement), detail))

    def structure(
        self,
        picture: Picture | None = None,
        *,
        placement: str | PlacementMode = PlacementMode.CROP,
        detail: float = 1.0,
    ) -> NetworkParts:
        """Every module with its printed form, output shape and number of parameters.

        The shapes are those for the picture; for one of the trained size when None.
        """
        size = self.info.recipe.input_size if picture is None else open_picture(picture).size
        placed = place(size, self.info.recipe, PlacementMode(placement), detail)
        return parts_at(self._session, placed.input_size)

    def trust(
        self,
        explanation: PictureExplanation,
        options: TrustOptions | None = None,
        on_progress: Callable[[TrustCard], None] | None = None,
    ) -> TrustCard:
        """How faithful and stable a map is, each number beside those of random maps.

        Args:
            explanation: of this model.
            options: time budget, steps, seed.
            on_progress: called with the card so far.

        Raises:
            CamviewerError: the map is flat, so it has no strongest pixels.
        """
        cards = assess(
            self._session, explanation.image, explanation.details, options or TrustOptions()
        )
        return _last(cards, on_progress)

    def sanity(
        self,
        explanation: PictureExplanation,
        *,
        seed: int = 0,
        on_progress: Callable[[SanityCheck], None] | None = None,
    ) -> SanityCheck:
        """Whether a map changes when the model's weights become random, from the classes down.

        Args:
            explanation: of this model.
            seed: of the random weights.
            on_progress: called with the check so far.

        Raises:
            CamviewerError: the model has no weights to randomise, or the method needs more than the
                network's input.
        """
        steps = check_sanity(self._session, explanation.image, explanation.details, seed=seed)
        return _last(steps, on_progress)

    def compare(
        self,
        picture: Picture,
        class_: str | int | None = None,
        *,
        methods: Sequence[str] | None = None,
        measure: str = "insertion",
        layer: str | None = None,
        placement: str | PlacementMode = PlacementMode.CROP,
        detail: float = 1.0,
        target: TargetLike | None = None,
        options: TrustOptions | None = None,
        on_progress: Callable[[Comparison], None] | None = None,
    ) -> Comparison:
        """Ranks methods by one measure, with a random map and a centred blob among them.

        Args:
            picture: a path, PIL picture, array or tensor.
            class_: as in ``explain``.
            methods: their ids; all that are defined and not slow when None.
            measure: ``insertion``, ``deletion``, ``road``, ``average-drop``, ``adcc`` or
                ``stability``.
            layer: dotted name; a method that is not defined there uses its own.
            placement: as in ``explain``.
            detail: as in ``explain``.
            target: as in ``explain``; the measures follow its score.
            options: steps and seed.
            on_progress: called with the ranking so far.

        Raises:
            CamviewerError: the picture, class, method, measure or layer does not exist.
        """
        image = open_picture(picture)
        aim = self._target(target)
        request = self._request(class_, None, layer, placement, detail, target=aim)
        wanted = self._quick_methods(layer, aim) if methods is None else methods
        rankings = compare(self._session, image, request, wanted, measure=measure, options=options)
        return _last(rankings, on_progress)

    def region(
        self, explanation: PictureExplanation, x: float, y: float, width: float, height: float
    ) -> RegionScore:
        """What a rectangle, in source pixels, adds to the class score."""
        rectangle = Region.rectangle(x, y, width, height)
        return score_region(self._session, explanation.image, explanation.details, rectangle)

    def check(self, pictures: Sequence[Picture] = ()) -> StatisticsCheck:
        """Compares what batch normalisation remembers of the training with what the model is fed.

        Args:
            pictures: of your own, beside the sample photographs of the program.
        """
        return check_model(
            self._session.classifier, [open_picture(picture) for picture in pictures]
        )

    def prepare(self, layer: str | None = None, folder: str | PathLike[str] | None = None) -> None:
        """Converts the model for OpenVINO, which runs it in about half the time on a CPU.

        The next ``camviewer.load`` of a model that is kept finds it.

        Args:
            layer: whose maps are to be fast, too; the model's own when None.
            folder: where the files go; where ``load`` finds them when None.

        Raises:
            CamviewerError: OpenVINO is not installed, there is no such layer, or the network cannot
                be converted or kept.
        """
        place = None if folder is None else Path(folder)
        prepare(self._session.classifier, layer or self.info.default_layer, place)

    def allow_bfloat16(self, *, allowed: bool = True) -> bool:
        """Scores the many pictures of slow methods in bfloat16: sooner, and less exact.

        Returns:
            Whether this processor computes in bfloat16; where it does not, nothing changes.
        """
        return self._session.allow_half_precision(allowed=allowed)

    def close(self) -> None:
        """Ends what goes on in the background."""
        self._session.close()

    def _request(
        self,
        class_: str | int | None,
        method: str | None,
        layer: str | None,
        placement: str | PlacementMode,
        detail: float | None,
        *,
        target: Target | None = None,
    ) -> ExplainRequest:
        index = None if class_ is None else self.find_class(class_)
        if index is not None:
            require_target_of(target, (index,), self.info.labels)
        method = method or usual_method(self._session.methods(layer, target))
        return ExplainRequest(
            index,
            method,
            layer=layer,
            mode=PlacementMode(placement),
            detail=detail or self.method(method).detail,
            target=target,
        )

    def _target(self, target: TargetLike | None) -> Target | None:
        if isinstance(target, str):
            return read_target(target, self.info.labels)
        if target is None or isinstance(target, Target):
            return target
        return OutputFunction(target, getattr(target, "__name__", "function").strip("<>"))

    def _quick_methods(self, layer: str | None, target: Target | None) -> list[str]:
        listed = self._session.methods(layer, target)
        return [info.id for info, refusal in listed if not refusal and info.cost is not Cost.SLOW]

    def _blank(self) -> SourceImage:
        recipe = self.info.recipe
        return example_picture(recipe, recipe.input_size)


def _last(reports: Iterator[_Report], on_progress: Callable[[_Report], None] | None) -> _Report:
    """The last of several reports, each of which is handed on."""
    for report in reports:
        if on_progress is not None:
            on_progress(report)
    return report
