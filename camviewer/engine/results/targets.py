"""Defines what a map can explain besides the score of one class, as plain frozen data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from camviewer.engine.geometry.region import Region
from camviewer.engine.results.method_info import Explains, MethodInfo

if TYPE_CHECKING:
    from torch import Tensor

    from camviewer.engine.picture.source_image import SourceImage

Rectangle: TypeAlias = tuple[float, float, float, float]
"""x and y of the upper left corner, width and height, in source pixels."""


@dataclass(frozen=True)
class OneClass:
    """The score of a class.

    Attributes:
        class_index: None for the most probable class.
    """

    class_index: int | None = None


@dataclass(frozen=True)
class AgainstClass:
    """What lowers the score of a class: the score with the opposite sign.

    Attributes:
        class_index: None for the most probable class.
    """

    class_index: int | None = None


@dataclass(frozen=True)
class ClassDifference:
    """What speaks for a class more than for another: the difference of the two scores.

    Attributes:
        class_index: the class; None for the most probable one.
        other: the class whose score is subtracted.
    """

    class_index: int | None
    other: int


@dataclass(frozen=True)
class Output:
    """One number that the network puts out, as it is.

    Attributes:
        index: its index among the outputs.
        up: whether the map shows what raises it; otherwise what lowers it.
    """

    index: int
    up: bool = True


@dataclass(frozen=True)
class OutputFunction:
    """Any function of the network's outputs.

    Attributes:
        function: maps outputs (N, K) to (N,), and is differentiable for methods with gradients.
        name: what the map is called.
    """

    function: Callable[[Tensor], Tensor]
    name: str = "a function of the outputs"


@dataclass(frozen=True)
class Reference:
    """A picture that another one is compared with.

    Attributes:
        path: of its file; a name of any kind for a picture without one.
        sha256: hash of the file, once it was read.
        image: the picture itself; None for one that is read from its file.
    """

    path: str
    sha256: str = ""
    image: SourceImage | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class LikePicture:
    """How like a reference picture the picture is: the cosine of their pooled features.

    Attributes:
        reference: the reference picture.
        region: the part of it that counts; None for what the network sees of it.
    """

    reference: Reference
    region: Rectangle | None = None


@dataclass(frozen=True)
class UnlikePictures:
    """How the picture differs from a set of reference pictures, by DiffCAM's direction.

    Attributes:
        references: the reference pictures.
    """

    references: tuple[Reference, ...]


@dataclass(frozen=True)
class RegionPixels:
    """The mean score of a class over pixels, of a network that scores every pixel.

    Attributes:
        class_index: None for the class with the highest mean score.
        region: the pixels, as a part of the picture; None for those where the class wins.
    """

    class_index: int | None = None
    region: Region | None = None


Target: TypeAlias = (
    OneClass
    | AgainstClass
    | ClassDifference
    | Output
    | OutputFunction
    | LikePicture
    | UnlikePictures
    | RegionPixels
)
"""What a map explains."""


def references_of(target: Target | None) -> tuple[Reference, ...]:
    """The reference pictures of a target; none where it has none."""
    match target:
        case LikePicture(reference):
            return (reference,)
        case UnlikePictures(references):
            return references
    return ()


def without_class(target: Target | None) -> Target | None:
    """The same target of whatever class is chosen."""
    match target:
        case OneClass():
            return None
        case AgainstClass():
            return AgainstClass()
        case ClassDifference(_, other):
            return ClassDifference(None, other)
        case RegionPixels(_, region):
            return RegionPixels(None, region)
    return target


def takes_any_class(target: Target | None) -> bool:
    """Whether a target is one of whatever class is chosen beside it."""
    match target:
        case None | OneClass(None) | AgainstClass(None):
            return True
        case ClassDifference(None, _) | RegionPixels(None, _):
            return True
    return False


def named_class(target: Target | None) -> int | None:
    """The class, or the output, that a target names itself; None where it names none."""
    match target:
        case OneClass(index) | AgainstClass(index) | ClassDifference(index, _):
            return index
        case RegionPixels(index, _) | Output(index, _):
            return index
    return None


def why_not_explained(method: MethodInfo, target: Target | None) -> str:
    """Why a method cannot explain a target, as the end of a sentence; empty where it can."""
    explains = method.explains
    if target is None or isinstance(target, OneClass) or method.classless:
        return ""
    if explains is Explains.CLASS:
        return "it explains the score of a class, and no other target."
    if explains is Explains.CLASS_SUMS and not isinstance(
        target, AgainstClass | ClassDifference | Output
    ):
        return "it explains sums of class scores, and this target is none."
    return ""


def scores_classes(target: Target | None) -> bool:
    """Whether a target is a score of classes, which has a logit and a probability."""
    return target is None or isinstance(target, OneClass | AgainstClass | ClassDifference)
