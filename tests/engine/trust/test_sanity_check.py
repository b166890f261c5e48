"""The sanity check, and the comparison of methods."""

from __future__ import annotations

import threading

import numpy as np
import pytest
import torch
from torch import nn

from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.session.session import Session
from camviewer.engine.trust.comparison import compare
from camviewer.engine.trust.messages import MEASURES, Better, TrustOptions
from camviewer.engine.trust.randomising import check_sanity, randomise, sharing_copy
from camviewer.engine.trust.sanity import SanityCheck
from tests.engine.hooks import hooks_on

FEW = TrustOptions(steps=4)


def checked(session: Session, photographs, method="cam", layer=None) -> SanityCheck:
    image = photographs["chelsea"]
    explanation = session.explain(image, ExplainRequest(method=method, layer=layer))
    *_, last = check_sanity(session, image, explanation, draws=1)
    return last


def test_cam_changes_with_the_class_weights_and_with_all_layers(session, photographs) -> None:
    check = checked(session, photographs)

    assert check.finished
    assert [step.share for step in check.steps] == [0.0, 0.25, 0.5, 0.75, 1.0]
    assert not check.ignores_class_weights
    assert not check.ignores_weights


def test_a_method_that_never_looks_at_the_class_is_flagged(session, photographs) -> None:
    check = checked(session, photographs, method="eigen-cam")

    assert check.steps[0].rank_correlation == pytest.approx(1.0)
    assert check.steps[0].similarity == pytest.approx(1.0)
    assert check.ignores_class_weights


def test_a_map_on_a_layer_below_the_random_ones_sees_only_other_gradients(
    session, photographs
) -> None:
    check = checked(session, photographs, method="layercam", layer="blocks.4")

    first = check.steps[0].rank_correlation
    assert first is not None
    assert first < 0.9


def test_the_model_in_use_is_not_touched(session, photographs) -> None:
    network = session.classifier.network
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    places = {name: tensor.data_ptr() for name, tensor in network.state_dict().items()}
    verdict = session.verdict(photographs["coffee"])

    checked(session, photographs)

    after = network.state_dict()
    assert all(torch.equal(before[name], after[name]) for name in before)
    assert places == {name: tensor.data_ptr() for name, tensor in after.items()}
    again = Session(session.classifier).verdict(photographs["coffee"])
    assert np.array_equal(again.logits, verdict.logits)
    assert hooks_on(network) == 0


def test_the_copy_shares_what_is_not_random() -> None:
    network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.Flatten(), nn.Linear(4, 2))
    network.requires_grad_(False)
    copied = sharing_copy(network)
    randomise(copied[3], torch.Generator().manual_seed(0))

    assert copied[0].weight.data_ptr() == network[0].weight.data_ptr()
    assert copied[1].running_mean.data_ptr() == network[1].running_mean.data_ptr()
    assert copied[3].weight.data_ptr() != network[3].weight.data_ptr()
    assert not torch.equal(copied[3].weight, network[3].weight)


def test_random_weights_keep_their_tensors_mean_and_spread() -> None:
    layer = nn.Linear(200, 100)
    nn.init.normal_(layer.weight, 0.3, 0.05)
    copied = sharing_copy(nn.Sequential(layer))[0]
    randomise(copied, torch.Generator().manual_seed(1))

    assert float(copied.weight.mean()) == pytest.approx(0.3, abs=0.002)
    assert float(copied.weight.std()) == pytest.approx(0.05, abs=0.002)


def test_a_cancelled_check_ends_at_once(session, photographs) -> None:
    told = threading.Event()
    image = photographs["chelsea"]
    checks = check_sanity(session, image, session.explain(image, ExplainRequest()), cancelled=told)
    next(checks)
    told.set()

    with pytest.raises(Cancelled):
        next(checks)


def test_methods_are_ranked_by_a_measure_with_chance_and_a_blob_among_them(
    session, photographs
) -> None:
    *partial, last = compare(
        session,
        photographs["chelsea"],
        ExplainRequest(layer="blocks.6"),
        ["cam", "layercam", "grad-cam"],
        measure="insertion",
        options=FEW,
    )

    assert last.finished
    assert [len(found.ranked) for found in partial] == [0, 1, 2, 3]
    scores = [entry.score for entry in last.ranked]
    assert scores == sorted(scores, reverse=True)
    assert {"A random map", "A centred blob"} < {entry.title for entry in last.ranked}
    layers = {
        e.explanation.method.id: e.explanation.layer.name for e in last.ranked if e.explanation
    }
    assert layers["layercam"] == "blocks.6"
    assert layers["cam"] == session.info.cam_layer  # CAM is defined there only


@pytest.mark.parametrize(
    "measure",
    [
        pytest.param(name, marks=pytest.mark.slow) if name == "road" else name
        for name in MEASURES
        if name != "insertion"
    ],
)
def test_every_measure_ranks(session, photographs, measure) -> None:
    *_, last = compare(
        session,
        photographs["chelsea"],
        ExplainRequest(),
        ["cam"],
        measure=measure,
        options=FEW,
    )
    scores = [entry.score for entry in last.ranked]

    assert len(scores) == 3
    assert None not in scores
    assert scores == sorted(scores, reverse=MEASURES[measure][1] is Better.HIGHER)


def test_an_unknown_measure_and_an_empty_choice_are_refused(session, photographs) -> None:
    image = photographs["chelsea"]
    with pytest.raises(CamviewerError, match="no measure called beauty"):
        compare(session, image, ExplainRequest(), ["cam"], measure="beauty")
    with pytest.raises(CamviewerError, match="no method called magic"):
        compare(session, image, ExplainRequest(), ["magic"])
    with pytest.raises(CamviewerError, match="nothing to compare"):
        compare(session, image, ExplainRequest(), [])


def test_all_methods_explain_the_same_class(session, photographs) -> None:
    *_, last = compare(
        session, photographs["coffee"], ExplainRequest(), ["cam", "hirescam"], options=FEW
    )
    classes = {entry.explanation.class_index for entry in last.ranked if entry.explanation}

    assert len(classes) == 1
