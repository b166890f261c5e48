"""Every method explains every target that it can, and refuses the others."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.methods import find_method
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest, Explains, ScoreKind
from camviewer.engine.results.targets import (
    AgainstClass,
    ClassDifference,
    OneClass,
    Output,
    OutputFunction,
    Target,
)
from camviewer.engine.session.session import Session
from tests.engine.trial_networks import (
    LAYERS,
    NETWORKS,
    blocks,
    close,
    of_network,
    seeded,
    session_of,
    values_of,
)

FIRST, SECOND, THIRD = 1, 2, 3
TARGETS = [
    pytest.param(AgainstClass(FIRST), {FIRST: -1.0}, marks=pytest.mark.slow),
    (ClassDifference(FIRST, SECOND), {FIRST: 1.0, SECOND: -1.0}),
    pytest.param(Output(THIRD, up=False), {THIRD: -1.0}, marks=pytest.mark.slow),
    (OutputFunction(lambda z: z[:, 1] - 2 * z[:, 2], "one less two"), {1: 1.0, 2: -2.0}),
]
"""Each with the sum of logits that it stands for."""


def of_target(request: ExplainRequest, target: Target | None, **changes: object) -> ExplainRequest:
    options = tuple(dict(request.options, **changes).items())
    return ExplainRequest(
        request.class_index, request.method, request.layer, options=options, target=target
    )


def with_row(name: str, weights: dict[int, float]) -> Session:
    """The network of that name, whose last linear layer gives the sum of logits as class 1."""
    network = seeded(name)
    last = [module for module in network.modules() if isinstance(module, nn.Linear)][-1]
    with torch.no_grad():
        last.weight[1] = sum(w * last.weight[c] for c, w in weights.items())
        last.bias[1] = sum(w * last.bias[c] for c, w in weights.items())
    return session_of(network)


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize(("target", "weights"), TARGETS, ids=lambda value: type(value).__name__)
def test_a_target_is_explained_as_a_class_whose_logit_it_is(
    name: str, target: Target, weights: dict[int, float], subtests: pytest.Subtests
) -> None:
    session, other = session_of(seeded(name)), with_row(name, weights)
    for method, request in of_network(name).items():
        explains = find_method(method).info.explains
        if explains is Explains.CLASS or method == "lrp":  # its rules do not add up over classes
            continue
        if explains is Explains.CLASS_SUMS and isinstance(target, OutputFunction):
            continue
        with subtests.test(method):
            changes = {"utility": "score"} if method == "shapley-cam" else {}
            mine = values_of(session, blocks(), of_target(request, target, **changes))
            close(mine, values_of(other, blocks(), of_target(request, None, **changes)))


def test_the_map_of_a_class_is_the_same_to_the_bit_by_its_target(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    image = photographs["chelsea"]
    plain = session.explain(image, ExplainRequest(282))
    named = session.explain(image, ExplainRequest(target=OneClass(282)))
    assert (plain.heatmap.values == named.heatmap.values).all()
    assert named.request == plain.request


def test_cam_of_a_difference_is_exact(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    image = photographs["chelsea"]
    both = [session.explain(image, ExplainRequest(index)) for index in (282, 281)]
    found = session.explain(image, ExplainRequest(target=ClassDifference(282, 281)))
    own, other = (each.heatmap.values for each in both)
    assert np.abs(found.heatmap.values - (own - other)).max() < 1e-4
    head = session.classifier.head
    assert head is not None
    total = float(found.heatmap.values.mean() + head.bias[282] - head.bias[281])
    assert total == pytest.approx(found.target_score, abs=1e-4)
    assert found.target_score == pytest.approx(both[0].logit_here - both[1].logit_here, abs=1e-4)
    assert found.target_name == "tiger cat more than tabby"


def test_a_map_that_is_kept_is_never_shown_for_another_target() -> None:
    session = session_of(seeded("convolutional"))
    for method, request in of_network("convolutional").items():
        if find_method(method).info.explains is not Explains.ANY or method == "dff":
            continue
        one = session.explain(blocks(), of_target(request, None))
        target = ClassDifference(FIRST, SECOND)
        other = session.explain(blocks(), of_target(request, target))
        again = session.explain(blocks(), of_target(request, None))
        assert one.target_name == again.target_name == ""
        assert (one.heatmap.values == again.heatmap.values).all()
        if not one.method.classless:
            assert other.target_name == "class 1 more than class 2"
            assert not np.array_equal(one.heatmap.values, other.heatmap.values), method


@pytest.mark.parametrize("kind", [ScoreKind.PROBABILITY, ScoreKind.LOG_PROBABILITY])
def test_a_difference_of_probabilities_has_the_difference_of_their_gradients(
    kind: ScoreKind,
) -> None:
    session = session_of(seeded("dense"))

    def of(target: Target) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        request = ExplainRequest(None, "hirescam", LAYERS["dense"], score=kind, target=target)
        return values_of(session, blocks(), request)

    one, other = of(OneClass(FIRST)), of(OneClass(SECOND))
    close(of(ClassDifference(FIRST, SECOND)), one - other)


def entropy(logits: Tensor) -> Tensor:
    return -(logits.softmax(1) * logits.log_softmax(1)).sum(1)


@pytest.mark.parametrize(
    ("method", "target", "score", "message"),
    [
        ("finer-cam", AgainstClass(1), "logit", "it explains the score of a class"),
        ("difference", Output(1), "logit", "it explains the score of a class"),
        ("cam", OutputFunction(entropy), "logit", "it explains sums of class scores"),
        ("grad-cam", Output(1), "probability", "There is no probability of this target"),
        ("grad-cam", Output(4), "logit", "There is no output 4: this network has 4."),
        ("grad-cam", ClassDifference(1, 1), "logit", "A class does not differ from itself."),
        ("grad-cam", AgainstClass(9), "logit", "There is no class 9"),
    ],
)
def test_what_a_method_cannot_explain_is_refused_in_a_sentence(
    method: str, target: Target, score: str, message: str
) -> None:
    session = session_of(seeded("convolutional"))
    request = ExplainRequest(None, method, score=ScoreKind(score), target=target)
    with pytest.raises(CamviewerError) as refused:
        session.explain(blocks(), request)
    assert message in refused.value.message
    assert refused.value.hint
