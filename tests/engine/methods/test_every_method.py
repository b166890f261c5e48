"""What holds for every method in the registry, whoever adds the next one.

A test goes through all methods with a network that is made once, and names each that fails.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import torch
from torch import nn

from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.methods import find_method
from camviewer.engine.methods.core.limits import Limits
from camviewer.engine.picture.source_image import image_from_pixels
from camviewer.engine.results.messages import ExplainRequest, ScoreKind
from camviewer.engine.session.session import Session
from tests.engine.trial_networks import (
    CLASS,
    DEFINED,
    EVERY,
    LAYERS,
    NETWORKS,
    REFUSED,
    alone,
    blocks,
    close,
    fingerprint,
    of_network,
    seeded,
    session_of,
    values_of,
)

every_network = pytest.mark.parametrize("name", NETWORKS)

WHY_REFUSED = {
    ("dense", "cam"): "The class weights of 8, 4 x 10, belong to 10 features of the layer before",
    ("transformer", "cam"): "The classes are read from a token beside the 4 x 4 grid",
    ("convolutional", "fc-cam"): "this network ends in a pooled linear head",
    ("transformer", "fc-cam"): "No linear layer at the end of this network",
    ("transformer", "fullgrad"): "a network with LayerNorm is no sum over pixels and biases",
    ("transformer", "multi-scale"): "this network only accepts pictures of 32 x 32 pixels",
    ("transformer", "guided-backprop"): "this network has GELU, not only ReLU",
    ("transformer", "guided-grad-cam"): "this network has GELU, not only ReLU",
    ("transformer", "lrp"): "there is no rule for this network's GELU",
    **{
        (name, method): "this network has no attention"
        for name in ("convolutional", "dense")
        for method in ("attention-rollout", "legrad", "vit-recipro-cam")
    },
}


def test_every_method_is_defined_for_one_of_these_networks() -> None:
    assert {method for _, method in DEFINED} == set(EVERY)


def test_a_method_is_refused_where_its_formula_has_no_meaning_and_the_reason_is_told(
    subtests: pytest.Subtests,
) -> None:
    assert set(REFUSED) == WHY_REFUSED.keys()
    sessions = {name: session_of(seeded(name)) for name in NETWORKS}
    for (name, method), why in WHY_REFUSED.items():
        with subtests.test(name, method=method):
            with pytest.raises(CamviewerError) as refused:
                sessions[name].explain(blocks(), ExplainRequest(CLASS, method, layer=LAYERS[name]))
            title = find_method(method).info.title
            assert refused.value.message.startswith(f"{title} is not defined here: ")
            assert why in refused.value.message
            assert refused.value.hint.startswith("Choose ")


@every_network
def test_the_network_is_afterwards_as_it_was_and_the_map_is_finite(
    name: str, subtests: pytest.Subtests
) -> None:
    network = seeded(name)
    session = session_of(network)
    before = fingerprint(network)
    for method, request in of_network(name).items():
        with subtests.test(method):
            found = session.explain(blocks(), request)
            assert fingerprint(network) == before
            assert np.isfinite(found.heatmap.values).all()
            assert np.isfinite(found.heatmap.noise_scale)
            assert found.share == 1.0
            assert found.heatmap.geometry.shape == found.heatmap.values.shape


@every_network
def test_a_map_depends_neither_on_batches_nor_on_what_came_before(
    name: str, subtests: pytest.Subtests
) -> None:
    turned = image_from_pixels(np.ascontiguousarray(blocks().pixels[::-1]), "other")
    one_by_one = session_of(seeded(name), Limits(pictures_at_once=1))
    by_sevens = session_of(seeded(name), Limits(pictures_at_once=7, batch_seconds=1e9))
    values_of(by_sevens, blocks(), ExplainRequest(2, "grad-cam"))
    for method, request in of_network(name).items():
        with subtests.test(method):
            values_of(by_sevens, turned, request)
            close(alone(name, method), values_of(by_sevens, blocks(), request))
            close(alone(name, method), values_of(one_by_one, blocks(), request))


@every_network
def test_a_map_depends_neither_on_the_class_nor_the_score_that_was_asked_before(
    name: str, subtests: pytest.Subtests
) -> None:
    """What was scored for one class is there for the next; it must not show."""
    used = session_of(seeded(name))
    for method, request in of_network(name).items():
        with subtests.test(method):
            scores = used.method_info(method).scores
            for class_index, score in ((2, scores[0]), (CLASS, scores[-1])):
                values_of(used, blocks(), replace(request, class_index=class_index, score=score))
            close(alone(name, method), values_of(used, blocks(), request))


@every_network
def test_a_map_is_the_same_with_channels_last_in_memory(
    name: str, subtests: pytest.Subtests
) -> None:
    turned = session_of(seeded(name).to(memory_format=torch.channels_last))
    for method, request in of_network(name).items():
        with subtests.test(method):
            close(alone(name, method), values_of(turned, blocks(), request))


@contextmanager
def counted(network: nn.Module, at: int = 0, do: Callable[[], None] = list) -> Iterator[list[int]]:
    """The running count of passes that the network begins; does something from number ``at`` on."""
    passes = [0]

    def count(_module: nn.Module, _inputs: object) -> None:
        passes[0] += 1
        if at and passes[0] >= at:
            do()

    first = next(module for module in network.modules() if isinstance(module, nn.Conv2d))
    handle = first.register_forward_pre_hook(count)
    try:
        yield passes
    finally:
        handle.remove()


def ready(name: str, request: ExplainRequest) -> tuple[nn.Module, Session]:
    """A network and its session, which knows the network but not the picture.

    How many pictures it scores at once does not depend on the machine's speed.
    """
    network = seeded(name)
    session = session_of(network, Limits(pictures_at_once=4, batch_seconds=1e9))
    session.layers(blocks())
    session.methods(request.layer)
    session.methods()
    return network, session


@cache
def passes_of(name: str, method: str) -> int:
    """How often a method sends something through the first layer of the network."""
    network, session = ready(name, DEFINED[name, method])
    with counted(network) as passes:
        session.explain(blocks(), DEFINED[name, method])
    return passes[0]


SCORE_PICTURES = {"score-cam", "ss-cam", "is-cam", "rise", "occlusion"}
"""Their pictures all go through the whole network, so that their number is known."""


def first_a_middle_one_and_a_late_one(name: str, method: str) -> list[int]:
    passes = passes_of(name, method)
    return sorted({1, (passes + 1) // 2, passes - passes // 4})


def surely_reached(method: str, number: int) -> bool:
    """Whether a method makes so many passes, also where what lies behind a layer runs alone."""
    return number == 1 or method in SCORE_PICTURES


def test_some_methods_make_one_pass_and_some_many() -> None:
    """The two tests below would else say nothing of the one kind or the other."""
    for name in NETWORKS:
        assert passes_of(name, "grad-cam") == 1
        assert passes_of(name, "score-cam") >= 4


@every_network
def test_cancelled_in_the_midst_of_a_pass_nothing_comes_back_and_nothing_remains(
    name: str, subtests: pytest.Subtests
) -> None:
    """The network itself sets the event."""
    for method, request in of_network(name).items():
        for number in first_a_middle_one_and_a_late_one(name, method):
            with subtests.test(method, number=number):
                network, session = ready(name, request)
                before = fingerprint(network)
                cancelled = threading.Event()
                with counted(network, number, cancelled.set) as passes:
                    try:
                        session.explain(blocks(), request, cancelled)
                    except Cancelled:
                        # A pass that only looks at the layers of another size ends by itself.
                        assert number <= passes[0] <= number + 1
                    else:
                        assert not surely_reached(method, number)
                        assert passes[0] < number, "it went on although nobody wanted it"
                assert fingerprint(network) == before


@every_network
def test_an_error_inside_the_network_is_told_and_leaves_nothing_on_it(
    name: str, subtests: pytest.Subtests
) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    for method, request in of_network(name).items():
        for number in first_a_middle_one_and_a_late_one(name, method):
            with subtests.test(method, number=number):
                network, session = ready(name, request)
                before = fingerprint(network)
                with counted(network, number, fail) as passes:
                    try:
                        session.explain(blocks(), request)
                    except ZeroDivisionError:
                        assert passes[0] >= number
                    else:
                        assert not surely_reached(method, number)
                        assert passes[0] < number, "the error was swallowed"
                assert fingerprint(network) == before


@pytest.mark.parametrize("score", list(ScoreKind))
@every_network
def test_a_score_is_explained_where_a_method_says_so_and_refused_elsewhere(
    name: str, score: ScoreKind, subtests: pytest.Subtests
) -> None:
    session = session_of(seeded(name))
    for method, request in of_network(name).items():
        with subtests.test(method):
            info, wanted = session.method_info(method), replace(request, score=score)
            if score in info.scores:
                assert np.isfinite(values_of(session, blocks(), wanted)).all()
            else:
                with pytest.raises(CamviewerError) as refused:
                    session.explain(blocks(), wanted)
                assert refused.value.message == f"{info.title} does not explain the {score}."
                assert all(each in refused.value.hint for each in info.scores)


def test_a_map_of_the_whole_picture_lies_within_it(subtests: pytest.Subtests) -> None:
    picture = blocks()
    session = session_of(seeded("convolutional"))
    for method, request in of_network("convolutional").items():
        with subtests.test(method):
            wide = replace(request, mode=PlacementMode.WHOLE, detail=2.0)
            geometry = session.explain(picture, wide).heatmap.geometry
            assert geometry.extent.left >= 0
            assert geometry.extent.top >= 0
            assert geometry.extent.right <= picture.width
            assert geometry.extent.bottom <= picture.height


def test_every_method_says_what_a_reader_needs(subtests: pytest.Subtests) -> None:
    for method in EVERY:
        with subtests.test(method):
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
