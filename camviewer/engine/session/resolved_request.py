"""A request whose method, layer, class, options and placement are settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Placement
from camviewer.engine.methods import Method
from camviewer.engine.network.scores import Score
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest, OptionValue, Verdict
from camviewer.engine.results.target_words import target_name
from camviewer.engine.results.targets import Target, named_class
from camviewer.engine.results.without_classes import NO_CLASS, TEACH_CLASSES, WITHOUT_CLASSES
from camviewer.engine.session.model_parts import ModelParts


@dataclass(frozen=True, eq=False)
class ResolvedRequest:
    """A request with everything that it left open filled in.

    Attributes:
        image: the picture.
        request: has class, target, layer and all options.
        method: the method.
        layer: the tapped layer.
        class_index: the class.
        placement: how the network sees the picture.
        is_recipe: whether that is the model's own recipe, so that the verdict is the pass's.
        labels: the model's class names by index.
        verdict: the model's verdict under its own recipe.
        began: when the request came, by ``perf_counter``.
        passes_before: number of passes that the model had made until then.
        score: what is explained, as a function of the network's outputs.
        parts: runs the network whose outputs these are.
    """

    image: SourceImage
    request: ExplainRequest
    method: Method
    layer: str
    class_index: int
    placement: Placement
    is_recipe: bool
    labels: tuple[str, ...]
    verdict: Verdict
    began: float
    passes_before: int
    score: Score
    parts: ModelParts

    def of_class(self, class_index: int) -> ResolvedRequest:
        """The score of another class in its place, for a request without another target.

        Raises:
            CamviewerError: the model has no such class, or the target, whose score stays, is of
                this one.
        """
        chosen = chosen_class(class_index, self.verdict, self.labels)
        require_target_of(self.request.target, (chosen,), self.labels)
        request = replace(self.request, class_index=chosen)
        return replace(self, request=request, class_index=chosen)

    @property
    def options(self) -> dict[str, OptionValue]:
        """All options of the method."""
        return dict(self.request.options)


def require_target_of(
    target: Target | None, class_indices: Sequence[int], labels: Sequence[str]
) -> None:
    """Checks that a target names no other class than those that are to be explained.

    Raises:
        CamviewerError: it does, so that its map would stand under another class's name.
    """
    named = named_class(target)
    others = [index for index in class_indices if named not in {None, index}]
    if target is None or not others:
        return
    wanted = others[0]
    name = labels[wanted] if 0 <= wanted < len(labels) else f"class {wanted}"
    raise CamviewerError(
        f"The target {target_name(target, labels)} names itself what is explained, and {name} is "
        "asked for, too.",
        "Leave out the class, or the name in the target.",
    )


def chosen_class(wanted: int | None, verdict: Verdict, labels: tuple[str, ...]) -> int:
    """The class to explain; the most probable one when ``wanted`` is None.

    Raises:
        CamviewerError: the model has no such class.
    """
    if not labels:
        if wanted in {None, NO_CLASS}:
            return NO_CLASS
        raise CamviewerError(
            f"There is no class {wanted}: {WITHOUT_CLASSES}", f"Name no class. {TEACH_CLASSES}"
        )
    if wanted is None:
        return verdict.top(1)[0]
    if not 0 <= wanted < len(labels):
        raise CamviewerError(
            f"There is no class {wanted}: this model has {len(labels)} classes.",
            f"Choose 0 to {len(labels) - 1}.",
        )
    return wanted
