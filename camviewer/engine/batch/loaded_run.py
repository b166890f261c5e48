"""Loads the model of a run, and tries with it what is asked of each picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from camviewer.engine.batch.configuration import (
    NO_TRUTH,
    TARGET_CLASS,
    TRUTH_CLASS,
    RunSettings,
    top_count,
)
from camviewer.engine.batch.run_target import RunTarget, settled_target
from camviewer.engine.errors import CamviewerError
from camviewer.engine.methods import find_method
from camviewer.engine.methods.core.applicability import layer_for, refuse
from camviewer.engine.picture.examples import example_picture
from camviewer.engine.results.class_search import find_class, split_names
from camviewer.engine.results.messages import ExplainRequest, Explanation
from camviewer.engine.results.without_classes import require_classes
from camviewer.engine.session.opening import open_session
from camviewer.engine.session.resolved_request import chosen_class
from camviewer.engine.session.session import Session
from camviewer.engine.support.folders import offsets_folder


@dataclass(frozen=True, eq=False)
class LoadedRun:
    """A model that was loaded for a run and tried with it.

    Attributes:
        session: the model.
        settings: the user's, with classes by index where they were named.
        request: what is asked of each picture, with layer and all options filled in.
        sample: a map of a made-up picture, which shows the unit and where cells look.
        target: what its maps explain.
    """

    session: Session
    settings: RunSettings
    request: ExplainRequest
    sample: Explanation
    target: RunTarget

    @property
    def tried_request(self) -> ExplainRequest:
        """What is asked of a made-up picture, to try the model and to prepare it."""
        return self.target.tried(self.request)

    @property
    def offset(self) -> tuple[float, float] | None:
        """How far cells look from their nominal centres, (x, y) in input pixels, if measured."""
        geometry = self.sample.heatmap.geometry
        return geometry.offset if geometry.measured else None


def load_for_run(settings: RunSettings) -> LoadedRun:
    """Loads a model and tries what is asked, so that nothing is refused in the middle of a run.

    Where the cells of its layer look is measured if it was not before.

    Raises:
        CamviewerError: there is no such model, or what is asked is not defined for it.
    """
    session = open_session(settings.model, offsets_folder(), choice=settings.choice)
    example = example_picture(session.info.recipe)
    asked = ExplainRequest(
        method=settings.method,
        layer=settings.layer,
        mode=settings.mode,
        detail=settings.detail,
        nominal=settings.nominal,
        score=settings.score,
        options=settings.options,
    )
    require_classes("A run over many pictures", session.info.labels)
    if settings.truth != NO_TRUTH and not session.info.has_probabilities:
        raise CamviewerError(
            f"{session.info.title} puts out values, which no true class proves right or wrong.",
            "Leave the true classes out.",
        )
    if settings.features and session.info.layer_refusal:
        raise CamviewerError(
            f"There are no features of {session.info.title}: its layers cannot be reached.",
            "Leave the features out.",
        )
    settings = replace(settings, classes=_classes(settings, session.info.labels))
    settings, target = settled_target(settings, session.info)
    asked = replace(asked, target=target.target)
    method = find_method(asked.method)
    layer = layer_for(method, session.classifier, asked.layer)
    refuse(method, session.classifier, layer, asked.score, asked.target)
    for index in settings.classes if isinstance(settings.classes, tuple) else ():
        chosen_class(index, session.verdict(example), session.info.labels)
    sample = session.explain(example, target.tried(asked))
    if not settings.nominal and session.wants_offset_of(sample):
        while session.wants_offset(sample.layer.name):
            session.measure_offset(sample.layer.name)
        sample = session.explain(example, target.tried(asked))
    request = replace(sample.request, class_index=None, target=asked.target)
    return LoadedRun(session, settings, request, sample, target)


def _classes(settings: RunSettings, labels: Sequence[str]) -> str | tuple[int, ...]:
    """``top3`` and the like, ``truth``, or the indices of the classes that are named."""
    wanted = settings.classes
    if isinstance(wanted, tuple) or wanted == TRUTH_CLASS or top_count(wanted) is not None:
        return wanted
    if wanted == TARGET_CLASS and settings.target:
        return wanted
    names = split_names(wanted, labels) or [wanted]
    return tuple(dict.fromkeys(find_class(name, labels) for name in names))


def needs_truth(settings: RunSettings) -> bool:
    """Whether the true class decides what is explained."""
    return settings.classes == TRUTH_CLASS
