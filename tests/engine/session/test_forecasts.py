"""What a slow method will take is forecast from the passes that it will make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.methods import all_methods, find_method
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.results.messages import Cost, ExplainRequest
from camviewer.engine.session.forecasts import effort_of
from camviewer.engine.session.session import Session
from tests.engine.trial_networks import CLASS, LAYERS, NETWORKS, blocks, quick, seeded, session_of

PASSES_OF_PICTURES = ("score-cam", "ss-cam", "is-cam", "occlusion", "rise", "poly-cam")
SLOW = [method.info.id for method in all_methods() if method.info.cost is Cost.SLOW]


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("method", PASSES_OF_PICTURES)
def test_as_many_passes_are_made_as_were_forecast(name: str, method: str) -> None:
    session = session_of(seeded(name))
    options = quick(session.method_info(method))
    request = ExplainRequest(CLASS, method, LAYERS[name], options=options)
    found = session.explain(blocks(), request)
    forward = session.pass_of(blocks(), LAYERS[name], found.placement.mode, 1.0)
    effort = effort_of(forward, found.placement, dict(found.request.options))
    forecast = find_method(method).passes(effort)
    assert found.passes / 2 <= forecast <= found.passes * 2


@pytest.mark.parametrize("name", NETWORKS)
def test_every_slow_method_has_a_forecast(name: str) -> None:
    session = session_of(seeded(name))
    told = dict(session.forecasts(blocks(), ExplainRequest(CLASS, "grad-cam", LAYERS[name])))
    for method in SLOW:
        if not session.refusal(find_method(method), LAYERS[name]):
            assert told[method] > 0


def test_a_method_that_needs_one_pass_has_none() -> None:
    session = session_of(seeded("convolutional"))
    assert session.forecast(blocks(), ExplainRequest(CLASS, "grad-cam")) == 0


def test_what_runs_behind_the_layer_counts_for_its_share_of_a_pass() -> None:
    session = session_of(seeded("dense"))
    placement = session.explain(blocks(), ExplainRequest(CLASS, "grad-cam", "3")).placement
    forward = session.pass_of(blocks(), "3", placement.mode, 1.0)
    assert forward.tail_share is not None
    assert 0 < forward.tail_share < 1
    measured = effort_of(replace(forward, tail_share=0.125), placement, {})
    channels = measured.channels
    assert find_method("ablation-cam").passes(measured) == 0.125 * channels + 1
    assert find_method("recipro-cam").passes(measured) == 0.125 * 64 + 1
    unknown = effort_of(replace(forward, tail_share=None), placement, {})
    assert unknown.tail_share == 0.5


def test_behind_a_pooled_linear_head_ablating_costs_next_to_nothing(
    embedded: Classifier, classifier_of: Callable[..., Classifier]
) -> None:
    session = Session(classifier_of(embedded.network, 1000, Recipe((64, 64))))
    assert session.forecast(blocks(), ExplainRequest(CLASS, "ablation-cam")) == 0
