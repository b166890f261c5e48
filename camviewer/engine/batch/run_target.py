"""Settles what the maps of a run explain: the classes that are chosen, or a target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from camviewer.engine.batch.configuration import DEFAULT_CLASSES, TARGET_CLASS, RunSettings
from camviewer.engine.errors import CamviewerError
from camviewer.engine.results.messages import ExplainRequest, ModelInfo
from camviewer.engine.results.target_words import read_target, target_name, target_text
from camviewer.engine.results.targets import (
    AgainstClass,
    ClassDifference,
    LikePicture,
    OneClass,
    Output,
    Reference,
    RegionPixels,
    Target,
    UnlikePictures,
    named_class,
    takes_any_class,
)
from camviewer.engine.session.resolved_request import require_target_of
from camviewer.engine.session.target_scores import image_of


@dataclass(frozen=True)
class RunTarget:
    """What the maps of a run explain.

    Attributes:
        target: None for the scores of the classes.
    """

    target: Target | None = None

    @property
    def takes_classes(self) -> bool:
        """Whether it is one of each class that is chosen."""
        return takes_any_class(self.target)

    def class_index(self, most_probable: int) -> int:
        """The class of a picture's only map, which is the most probable one of many targets."""
        named = named_class(self.target)
        return most_probable if named is None else named

    def tried(self, request: ExplainRequest) -> ExplainRequest:
        """The same request for a picture that is made up, which has no region and no winner."""
        match self.target:
            case RegionPixels():
                return replace(request, class_index=None, target=Output(0))
            case ClassDifference(None, 0):
                return replace(request, class_index=1)
        return replace(request, class_index=0 if self.takes_classes else None)

    def words(self, labels: Sequence[str]) -> str:
        """What it is called, for all pictures; empty for the scores of the classes."""
        match self.target:
            case None:
                words = ""
            case AgainstClass(None):
                words = "against each class"
            case ClassDifference(None, other):
                words = f"each class more than {labels[other]}"
            case RegionPixels(None, region):
                words = f"each class {'in a region' if region else 'where it wins'}"
            case _:
                words = target_name(self.target, labels)
        return words


def settled_target(settings: RunSettings, info: ModelInfo) -> tuple[RunSettings, RunTarget]:
    """The settings with their target by index, and that target with its pictures read.

    Raises:
        CamviewerError: there is no such target, a reference picture cannot be read, or classes are
            chosen though the target names itself what is explained.
    """
    if not settings.target:
        return settings, RunTarget()
    target = _found_from_anywhere(read_target(settings.target, info.labels))
    if isinstance(target, RegionPixels) and not info.scores_pixels:
        raise CamviewerError(
            f"{info.title} does not score every pixel, so there are no pixels to explain.",
            "Explain a class instead.",
        )
    if isinstance(target, OneClass):
        return _of_one_class(settings, target), RunTarget()
    settings = replace(settings, target=target_text(target))
    if takes_any_class(target):
        return settings, RunTarget(target)
    if settings.classes not in {DEFAULT_CLASSES, TARGET_CLASS}:
        _require_same_class(settings.classes, target, info.labels)
    return replace(settings, classes=TARGET_CLASS), RunTarget(target)


def _of_one_class(settings: RunSettings, target: OneClass) -> RunSettings:
    """The score of a class is what a run explains without a target."""
    if target.class_index is None:
        return replace(settings, target="")
    if settings.classes not in {DEFAULT_CLASSES, (target.class_index,)}:
        raise _twice()
    return replace(settings, target="", classes=(target.class_index,))


def _require_same_class(
    classes: str | tuple[int, ...], target: Target, labels: Sequence[str]
) -> None:
    if not isinstance(classes, tuple) or named_class(target) is None:
        raise _twice()
    require_target_of(target, classes, labels)


def _twice() -> CamviewerError:
    return CamviewerError(
        "The target names itself what is explained, and classes are chosen, too.",
        "Leave out --classes, or the name in the target.",
    )


def _found_from_anywhere(target: Target) -> Target:
    """The same target, whose reference pictures are read and have absolute paths."""
    match target:
        case LikePicture(reference, region):
            return LikePicture(_read(reference), region)
        case UnlikePictures(references):
            return UnlikePictures(tuple(map(_read, references)))
    return target


def _read(reference: Reference) -> Reference:
    place = replace(reference, path=str(Path(reference.path).absolute()))
    image = image_of(place)
    return replace(place, sha256=image.sha256, image=image)
