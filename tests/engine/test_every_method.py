"""What holds for every method in the registry, whoever adds the next one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.geometry import PlacementMode
from camviewer.engine.image import image_from_pixels
from camviewer.engine.messages import ExplainRequest, ScoreKind
from camviewer.engine.methods import find_method
from tests.engine.trial_networks import (
    CASES,
    CLASS,
    EVERY,
    LAYERS,
    NETWORKS,
    asked,
    blocks,
    close,
    fingerprint,
    seeded,
    session_of,
    trial,
    values_of,
)

every_method_everywhere = pytest.mark.parametrize(("name", "method"), CASES)


def test_every_method_is_defined_for_one_of_these_networks() -> None:
    sessions = {name: session_of(seeded(name)) for name in NETWORKS}
    for method in EVERY:
        defined = [n for n, session in sessions.items() if asked(session, n, method)]
        assert defined, f"{method} is never tested here"


@every_method_everywhere
def test_the_network_is_afterwards_as_it_was_and_the_map_is_finite(name: str, method: str) -> None:
    network = seeded(name)
    session = session_of(network)
    request = asked(session, name, method)
    if request is None:
        refused = ExplainRequest(CLASS, method, layer=LAYERS[name])
        with pytest.raises(CamviewerError) as why:
            session.explain(blocks(), refused)
        assert len(why.value.message) > 20
        return
    before = fingerprint(network)
    found = session.explain(blocks(), request)
    assert fingerprint(network) == before
    assert np.isfinite(found.heatmap.values).all()
    assert np.isfinite(found.heatmap.noise_scale)
    assert found.share == 1.0
    assert found.heatmap.geometry.shape == found.heatmap.values.shape


@every_method_everywhere
def test_a_map_depends_neither_on_batches_nor_on_what_came_before(
    name: str, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    network, session, request = trial(name, method)
    monkeypatch.setattr("camviewer.engine.methods.batches._MOST", 1)
    one_by_one = values_of(session, blocks(), request)
    used = session_of(network)
    monkeypatch.setattr("camviewer.engine.methods.batches._MOST", 7)
    monkeypatch.setattr("camviewer.engine.methods.batches._PATIENCE", 1e9)
    values_of(used, blocks(), ExplainRequest(2, "grad-cam"))
    other = np.ascontiguousarray(blocks().pixels[::-1])
    values_of(used, image_from_pixels(other, "other"), request)
    close(one_by_one, values_of(used, blocks(), request))


@every_method_everywhere
def test_a_map_depends_neither_on_the_class_nor_the_score_that_was_asked_before(
    name: str, method: str
) -> None:
    """What was scored for one class is there for the next; it must not show."""
    network, session, request = trial(name, method)
    alone = values_of(session, blocks(), request)
    used = session_of(network)
    scores = session.method_info(method).scores
    for class_index, score in ((2, scores[0]), (CLASS, scores[-1])):
        values_of(used, blocks(), replace(request, class_index=class_index, score=score))
    close(alone, values_of(used, blocks(), request))


@every_method_everywhere
def test_a_map_is_the_same_with_channels_last_in_memory(name: str, method: str) -> None:
    _, plain, request = trial(name, method)
    turned = session_of(seeded(name).to(memory_format=torch.channels_last))
    close(values_of(plain, blocks(), request), values_of(turned, blocks(), request))


def first_convolution(network: nn.Module) -> nn.Module:
    return next(module for module in network.modules() if isinstance(module, nn.Conv2d))


def before_pass(number: int, do: Callable[[], None], network: nn.Module) -> list[int]:
    """Does something as the network begins its pass of that number; returns the running count."""
    passes = [0]

    def count(_module: nn.Module, _inputs: object) -> None:
        passes[0] += 1
        if passes[0] >= number:
            do()

    first_convolution(network).register_forward_pre_hook(count)
    return passes


def without_the_tests_hook(network: nn.Module) -> nn.Module:
    first_convolution(network)._forward_pre_hooks.clear()
    return network


@pytest.mark.parametrize("number", [1, 2, 4])
@every_method_everywhere
def test_cancelled_in_the_midst_of_a_pass_nothing_remains_on_the_network(
    name: str, method: str, number: int
) -> None:
    """The network itself sets the event."""
    network, session, request = trial(name, method)
    session.layers(blocks())
    if number > 1:
        session.explain(blocks(), ExplainRequest(CLASS, "grad-cam", layer=request.layer))
    before = fingerprint(network)
    cancelled = threading.Event()
    passes = before_pass(number, cancelled.set, network)
    try:
        session.explain(blocks(), request, cancelled)
    except Cancelled:
        assert passes[0] >= number
    else:
        assert passes[0] <= number, "it went on although nobody wanted it"
    assert fingerprint(without_the_tests_hook(network)) == before


@pytest.mark.parametrize("number", [1, 2, 4])
@every_method_everywhere
def test_an_error_inside_the_network_leaves_nothing_on_it(
    name: str, method: str, number: int
) -> None:
    network, session, request = trial(name, method)
    session.layers(blocks())
    before = fingerprint(network)

    def fail() -> None:
        raise ZeroDivisionError

    passes = before_pass(number, fail, network)
    if number == 1:
        with pytest.raises(ZeroDivisionError):
            session.explain(blocks(), request)
    else:  # not every method asks so often
        with suppress(ZeroDivisionError):
            session.explain(blocks(), request)
            assert passes[0] < number, "the error was swallowed"
    assert fingerprint(without_the_tests_hook(network)) == before


@pytest.mark.parametrize("score", list(ScoreKind))
@every_method_everywhere
def test_every_score_is_explained_or_refused_in_a_sentence(
    name: str, method: str, score: ScoreKind
) -> None:
    _, session, request = trial(name, method)
    info = session.method_info(method)
    wanted = ExplainRequest(
        CLASS, method, layer=request.layer, options=request.options, score=score
    )
    if score in info.scores:
        assert np.isfinite(values_of(session, blocks(), wanted)).all()
    else:
        with pytest.raises(CamviewerError, match="does not explain"):
            session.explain(blocks(), wanted)


@pytest.mark.parametrize("method", EVERY)
def test_a_map_of_the_whole_picture_lies_within_it(method: str) -> None:
    picture = blocks()
    _, session, request = trial("convolutional", method)
    wide = ExplainRequest(
        CLASS, method, request.layer, PlacementMode.WHOLE, 2.0, options=request.options
    )
    geometry = session.explain(picture, wide).heatmap.geometry
    assert geometry.extent.left >= 0
    assert geometry.extent.top >= 0
    assert geometry.extent.right <= picture.width
    assert geometry.extent.bottom <= picture.height


@pytest.mark.parametrize("method", EVERY)
def test_every_method_says_what_a_reader_needs(method: str) -> None:
    info = find_method(method).info
    assert info.title
    assert info.summary.endswith(".")
    assert len(info.summary) <= 160
    assert info.citation
    assert info.group
    assert info.defined_for
    for option in info.options:
        assert option.title
        assert option.summary.endswith(".")
        if isinstance(option.default, int | float) and not isinstance(option.default, bool):
            assert option.low <= option.default <= option.high
