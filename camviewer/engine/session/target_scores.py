"""Fills in what a target leaves open, and turns it into a score of the network's outputs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from camviewer.engine.errors import CamviewerError
from camviewer.engine.network.scores import Score
from camviewer.engine.picture.file_kinds import picture_file
from camviewer.engine.picture.source_image import SourceImage, read_image
from camviewer.engine.results.messages import ExplainRequest, ScoreKind, Verdict
from camviewer.engine.results.targets import (
    AgainstClass,
    ClassDifference,
    LikePicture,
    OneClass,
    Output,
    OutputFunction,
    Reference,
    RegionPixels,
    Target,
    UnlikePictures,
)
from camviewer.engine.results.without_classes import NO_CLASS
from camviewer.engine.session.resolved_request import chosen_class


def with_target(
    request: ExplainRequest, verdict: Verdict, labels: tuple[str, ...], outputs: int
) -> ExplainRequest:
    """The request with its class and its target filled in.

    The score of a class needs no target, so that ``OneClass`` becomes the class alone.

    Args:
        request: what is asked for.
        verdict: of the model on the picture; the most probable class is its first.
        labels: the model's class names.
        outputs: number of the network's outputs.

    Raises:
        CamviewerError: the model has no such class or output, or a reference is missing.
    """

    def class_of(wanted: int | None) -> int:
        return chosen_class(request.class_index if wanted is None else wanted, verdict, labels)

    target: Target | None = request.target
    match target:
        case OneClass(index):
            return replace(request, class_index=class_of(index), target=None)
        case AgainstClass(index):
            found = class_of(index)
            return replace(request, class_index=found, target=AgainstClass(found))
        case ClassDifference(index, other):
            pair = ClassDifference(class_of(index), class_of(other))
            if pair.class_index == pair.other:
                raise CamviewerError(
                    "A class does not differ from itself.", "Choose another class to compare with."
                )
            return replace(request, class_index=pair.class_index, target=pair)
        case Output(index):
            if not 0 <= index < outputs:
                raise CamviewerError(
                    f"There is no output {index}: this network has {outputs}.",
                    f"Choose 0 to {outputs - 1}.",
                )
            return replace(request, class_index=index if labels else NO_CLASS)
        case RegionPixels(index, region):
            found = class_of(index)
            return replace(request, class_index=found, target=RegionPixels(found, region))
        case LikePicture(reference, region):
            target = LikePicture(with_hash(reference), region)
        case UnlikePictures(references):
            if not references:
                raise CamviewerError(
                    "There is no picture to be unlike.", "Give one or more: unlike:a.jpg;b.jpg."
                )
            target = UnlikePictures(tuple(with_hash(each) for each in references))
    return replace(request, class_index=class_of(None), target=target)


def image_of(reference: Reference) -> SourceImage:
    """The picture itself.

    Raises:
        ImageError: its file cannot be read.
    """
    return reference.image or read_image(Path(reference.path))


def with_hash(reference: Reference) -> Reference:
    """The same reference with the hash of its file as it is now, which is not decoded for that.

    Raises:
        ImageError: its file cannot be read.
    """
    hashed = reference.image or picture_file(Path(reference.path))
    return replace(reference, sha256=hashed.sha256)


def target_of(request: ExplainRequest) -> Target | None:
    """What a request asks for; None for the score of a class."""
    return None if isinstance(request.target, OneClass) else request.target


def score_of(target: Target | None, kind: ScoreKind, activation: str) -> Score:
    """The score that a target with its class filled in stands for."""
    match target:
        case AgainstClass(index) if index is not None:
            return Score(kind, activation, weights=((index, -1.0),))
        case ClassDifference(index, other) if index is not None:
            return Score(kind, activation, weights=((index, 1.0), (other, -1.0)))
        case Output(index, up):
            return Score(kind, activation, weights=((index, 1.0 if up else -1.0),))
        case OutputFunction(function):
            return Score(kind, activation, function=function)
    return Score(kind, activation)
