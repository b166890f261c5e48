"""A method that asks the network much has its answers for the next class, too."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from camviewer.engine.methods.core.limits import Limits
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest, Explanation
from camviewer.engine.session.session import Session
from tests.engine.trial_networks import blocks, close, session_of, trial, values_of

SCORING = ["score-cam", "ss-cam", "is-cam", "ablation-cam", "recipro-cam", "occlusion", "rise"]


def of_class(request: ExplainRequest, class_index: int) -> ExplainRequest:
    return ExplainRequest(class_index, request.method, layer=request.layer, options=request.options)


@pytest.mark.parametrize("method", SCORING)
def test_another_class_costs_no_pass(method: str) -> None:
    _, session, request = trial("convolutional", method)
    session.explain(blocks(), of_class(request, 1))
    before = session.pass_count
    found = session.explain(blocks(), of_class(request, 2))
    assert session.pass_count == before
    assert found.passes == 0
    assert found.share == 1.0


def test_poly_cam_scores_no_channel_again() -> None:
    _, session, request = trial("convolutional", "poly-cam")
    first = session.explain(blocks(), of_class(request, 1))
    second = session.explain(blocks(), of_class(request, 2))
    assert first.passes > 10
    assert second.passes == 1  # with all of its layers tapped


def test_what_was_stopped_for_one_class_goes_on_for_another(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    coffee, stopped = photographs["coffee"], threading.Event()
    request = ExplainRequest(967, "rise", options=(("masks", 60),))
    told: list[float] = []

    def stop(so_far: Explanation) -> None:
        told.append(so_far.share)
        stopped.set()

    first = session.explain(coffee, request, stopped=stopped, on_progress=stop)
    assert 0 < first.share < 1
    left = session.forecast(coffee, request)
    later: list[Explanation] = []
    second = session.explain(coffee, of_class(request, 550), on_progress=later.append)
    assert second.share == 1.0
    for so_far in later:
        assert so_far.share_before == first.share < so_far.share
        if so_far.milliseconds_left is not None:
            pace = so_far.milliseconds / (so_far.share - first.share)
            assert so_far.milliseconds_left == pytest.approx(pace * (1 - so_far.share))
    # One more pass each may tap a layer, find out what a pass needs, or run again as torch's own.
    assert 60 <= first.passes + second.passes <= 66
    assert second.passes < 60
    assert session.forecast(coffee, request) == 0.0 < left
    alone = Session(session.classifier)
    expected = alone.explain(coffee, of_class(request, 550)).heatmap.values
    found = second.heatmap.values
    assert np.corrcoef(found.ravel(), expected.ravel())[0, 1] > 0.9999


@pytest.mark.parametrize("method", ["smooth-grad-cam++", "opti-cam", "expected-grad-cam"])
def test_what_is_not_scored_for_all_classes_is_forecast_and_shown_again(method: str) -> None:
    _, session, request = trial("convolutional", method)
    told: list[Explanation] = []
    session.explain(blocks(), of_class(request, 1), on_progress=told.append)
    before = session.pass_count
    assert session.forecast(blocks(), of_class(request, 2)) > 0
    second = session.explain(blocks(), of_class(request, 2), on_progress=told.append)
    assert session.pass_count > before
    assert second.passes > 1
    assert all(so_far.share_before == 0 for so_far in told)


def test_other_options_pictures_and_engines_are_scored_anew() -> None:
    network, session, request = trial("convolutional", "rise")
    fewer = ExplainRequest(1, "rise", options=(("masks", 9), ("seed", 4)))
    values_of(session, blocks(), request)
    for wanted in (fewer, of_class(fewer, 2), request):
        close(
            values_of(session, blocks(), wanted), values_of(session_of(network), blocks(), wanted)
        )
    before = session.pass_count
    session.allow_second_engine(allowed=False)
    values_of(session, blocks(), request)
    assert session.pass_count > before


def test_scores_that_would_fill_the_memory_are_not_kept() -> None:
    _, session, request = trial("convolutional", "occlusion", Limits(kept_logits=40))
    values_of(session, blocks(), of_class(request, 1))
    before = session.pass_count
    assert session.forecast(blocks(), of_class(request, 2)) > 0
    found = values_of(session, blocks(), of_class(request, 2))
    assert session.pass_count > before
    _, alone, _ = trial("convolutional", "occlusion")
    close(found, values_of(alone, blocks(), of_class(request, 2)))
