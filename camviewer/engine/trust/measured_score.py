"""Chooses what the measures follow: a probability, or the score of another target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor

from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import Explanation
from camviewer.engine.results.targets import AgainstClass, ClassDifference, scores_classes
from camviewer.engine.results.without_classes import NO_CLASS, require_classes
from camviewer.engine.session.session import Session


@dataclass(frozen=True, eq=False)
class MeasuredScore:
    """What the measures of a map follow while pixels change.

    Attributes:
        run: maps (N, 3, h, w) to the outputs (N, K) that are scored.
        of: maps outputs (N, K) to (N,).
        is_probability: whether it lies in 0 to 1 and is a probability.
    """

    run: Callable[[Tensor], Tensor]
    of: Callable[[Tensor], Tensor]
    is_probability: bool


def measured_score(session: Session, image: SourceImage, explanation: Explanation) -> MeasuredScore:
    """What the measures of a map follow.

    For a class it is its probability p, and against the class 1 - p. For a difference of two
    classes it is the probability of the first if there were only these two, sigmoid(z_1 - z_2).
    Other targets are followed as they are.

    Raises:
        CamviewerError: the map has neither a class nor a target.
    """
    target, class_index = explanation.request.target, explanation.class_index
    if class_index == NO_CLASS and scores_classes(target):
        require_classes("Measuring a class score", ())
    read = session.reading_of(image, explanation)
    if not scores_classes(target) or not session.info.has_probabilities:
        return MeasuredScore(read.run, lambda outputs: read.score.of(outputs, class_index), False)
    probabilities = session.classifier.probabilities

    def of(logits: Tensor) -> Tensor:
        if isinstance(target, ClassDifference):
            return (logits[:, class_index] - logits[:, target.other]).sigmoid()
        own = probabilities(logits)[:, class_index]
        return 1.0 - own if isinstance(target, AgainstClass) else own

    return MeasuredScore(read.run, of, True)
