"""Methods of many passes: told as they refine, stopped, cancelled, and nothing left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.methods.core.limits import Limits
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels
from camviewer.engine.results.messages import ExplainRequest, Explanation, ScoreKind
from camviewer.engine.session.session import Session
from tests.engine.hooks import hooks_on


@pytest.fixture
def picture() -> SourceImage:
    pixels = np.random.default_rng(0).integers(0, 256, (40, 56, 3), dtype=np.uint8)
    return image_from_pixels(pixels, "noise")


@pytest.fixture
def small(classifier_of: Callable[..., Classifier]) -> Session:
    """A session with a network that is quick, and not linear behind its layer ``3``."""
    with torch.random.fork_rng():
        torch.manual_seed(0)
        network = nn.Sequential(
            nn.Conv2d(3, 12, 5, stride=4, padding=2),
            nn.ReLU(inplace=True),
            nn.Conv2d(12, 40, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(40, 8, 3, padding=1),
            nn.ReLU(),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(8, 3),
        )
    recipe = Recipe((32, 32), step=4)
    limits = Limits(partial_map_seconds=0.0)
    return Session(classifier_of(network, labels=3, recipe=recipe), limits=limits)


def hooks_of(session: Session) -> int:
    return hooks_on(session.classifier.network)


def told_by(told: list[Explanation]) -> Callable[[Explanation], None]:
    return told.append


@pytest.mark.parametrize("method", ["score-cam", "occlusion"])
def test_a_slow_map_is_told_as_it_refines_and_ends_as_the_whole_map(
    small: Session, picture: SourceImage, method: str
) -> None:
    told: list[Explanation] = []
    options = (("patch", 8), ("stride", 4)) if method == "occlusion" else ()
    request = ExplainRequest(1, method, layer="3", options=options)
    found = small.explain(picture, request, on_progress=told.append)
    shares = [partial.share for partial in told]
    assert found.share == 1.0
    assert shares == sorted(shares)
    assert 0 < shares[0] < 1
    assert told[0].heatmap.values.shape == found.heatmap.values.shape
    distances = [
        float(np.abs(partial.heatmap.values - found.heatmap.values).mean()) for partial in told
    ]
    assert distances[-1] <= distances[0]


def test_stopped_the_last_map_is_kept_with_the_share_that_was_done(
    small: Session, picture: SourceImage
) -> None:
    stopped = threading.Event()
    told: list[Explanation] = []

    def on_progress(partial: Explanation) -> None:
        told.append(partial)
        if len(told) == 3:
            stopped.set()

    found = small.explain(
        picture, ExplainRequest(1, "score-cam", layer="3"), stopped=stopped, on_progress=on_progress
    )
    assert 0 < found.share < 1
    assert found.share == told[-1].share
    assert np.array_equal(found.heatmap.values, told[-1].heatmap.values)
    assert hooks_of(small) == 0


def test_cancelled_nothing_comes_back_and_no_hook_remains(
    small: Session, picture: SourceImage
) -> None:
    cancelled = threading.Event()
    with pytest.raises(Cancelled):
        small.explain(
            picture,
            ExplainRequest(1, "score-cam", layer="3"),
            cancelled,
            on_progress=lambda _partial: cancelled.set(),
        )
    assert hooks_of(small) == 0


def test_even_a_pass_under_way_ends_between_two_layers(
    small: Session, picture: SourceImage
) -> None:
    """The event is set while the network runs; no later layer is entered."""
    cancelled = threading.Event()
    network = small.classifier.network
    small.explain(picture, ExplainRequest(1))
    entered: list[str] = []

    class Cancelling(nn.Module):
        def forward(self, inputs: torch.Tensor) -> torch.Tensor:
            entered.append("cancelling")
            cancelled.set()
            return inputs

    class Counting(nn.Module):
        def forward(self, inputs: torch.Tensor) -> torch.Tensor:
            entered.append("later")
            return inputs

    assert isinstance(network, nn.Sequential)
    network[1], network[5] = Cancelling(), Counting()
    with pytest.raises(Cancelled):
        small.explain(picture, ExplainRequest(1, "occlusion"), cancelled)
    assert entered[-1] == "cancelling"


@pytest.mark.parametrize("activation", ["softmax", "sigmoid"])
@pytest.mark.parametrize("kind", list(ScoreKind))
@pytest.mark.parametrize("layer", ["3", "5"])
def test_the_gradient_is_that_of_the_score_that_was_chosen(
    small: Session, picture: SourceImage, kind: ScoreKind, activation: str, layer: str
) -> None:
    """Layer 5 feeds the pooled head, where no graph is recorded; layer 3 does not."""
    from camviewer.engine.network.scores import Score

    network = small.classifier.network
    assert isinstance(network, nn.Sequential)
    tensor = small.input_tensor(picture, small.explain(picture, ExplainRequest()).placement)
    from camviewer.engine.network import forward as passes

    forward = passes.run(network, tensor, layer, small.classifier.head)
    found = forward.scored(Score(kind, activation)).gradients(1)
    features = network[: int(layer) + 1](tensor).requires_grad_()
    logits = network[int(layer) + 1 :](features)
    probabilities = logits.sigmoid() if activation == "sigmoid" else logits.softmax(1)
    wanted = {
        ScoreKind.LOGIT: logits,
        ScoreKind.PROBABILITY: probabilities,
        ScoreKind.LOG_PROBABILITY: probabilities.log(),
    }[kind]
    (expected,) = torch.autograd.grad(wanted[0, 1], features)
    assert torch.allclose(found, expected[0], atol=1e-7, rtol=1e-4)


def test_cam_shares_out_the_logit_only(small: Session, picture: SourceImage) -> None:
    with pytest.raises(CamviewerError, match="does not explain the probability"):
        small.explain(picture, ExplainRequest(1, "cam", score=ScoreKind.PROBABILITY))
    found = small.explain(picture, ExplainRequest(1, "grad-cam", score=ScoreKind.PROBABILITY))
    assert found.heatmap.unit == "probability"
    assert found.request.score is ScoreKind.PROBABILITY


def test_options_come_back_complete_and_a_wrong_one_is_refused(
    small: Session, picture: SourceImage
) -> None:
    request = ExplainRequest(1, "occlusion", options=(("patch", 8),))
    assert dict(small.explain(picture, request).request.options) == {"patch": 8, "stride": 16}
    for options, words in [
        ((("size", 8),), "no option called size"),
        ((("patch", 0),), "cannot be 0"),
        ((("patch", "wide"),), "cannot be wide"),
        ((("patch", 1.5),), r"cannot be 1\.5"),
    ]:
        with pytest.raises(CamviewerError, match=words):
            small.explain(picture, ExplainRequest(1, "occlusion", options=options))


def test_the_same_map_comes_of_a_bare_input(small: Session, picture: SourceImage) -> None:
    request = ExplainRequest(1, "score-cam", layer="3")
    found = small.explain(picture, request)
    bare = small.map_of(small.input_tensor(picture, found.placement), request)
    assert torch.allclose(bare, torch.from_numpy(found.heatmap.values.copy()), atol=1e-6)


def test_several_layers_are_tapped_in_one_graph(small: Session, picture: SourceImage) -> None:
    from camviewer.engine.network import forward as passes

    network = small.classifier.network
    placement = small.explain(picture, ExplainRequest()).placement
    tensor = small.input_tensor(picture, placement)
    together = passes.run_layers(network, tensor, {"1": None, "3": None, "5": None})
    for layer, forward in together.items():
        alone = passes.run(network, tensor, layer)
        assert torch.allclose(forward.activations, alone.activations, atol=1e-6)
        assert torch.allclose(forward.gradients(2), alone.gradients(2), atol=1e-6)


class OnProgress(torch.autograd.Function):
    """Does something on the way back."""

    @staticmethod
    def forward(context: Any, given: Tensor, do: Callable[[], None]) -> Tensor:
        context.do = do
        return given.clone()

    @staticmethod
    def backward(context: Any, gradient: Tensor) -> tuple[Tensor, None]:
        context.do()
        return gradient, None


class Telling(nn.Module):
    """Hands on what it is given, and does something when its gradient comes back."""

    def __init__(self) -> None:
        super().__init__()
        self.do: Callable[[], None] = lambda: None

    def forward(self, given: Tensor) -> Tensor:
        """The same."""
        told: Tensor = OnProgress.apply(given, self.do)
        return told


@pytest.mark.parametrize("method", ["opti-cam", "smooth-grad-cam++", "fullgrad"])
def test_cancelled_on_the_way_back_the_rest_of_the_way_is_not_gone(
    classifier_of: Callable[..., Classifier], picture: SourceImage, method: str
) -> None:
    early, late, cancelled = Telling(), Telling(), threading.Event()
    network = nn.Sequential(
        nn.Conv2d(3, 6, 5, stride=4, padding=2),
        early,
        nn.Conv2d(6, 6, 3, padding=1),
        nn.ReLU(),
        nn.Conv2d(6, 6, 3, padding=1),
        late,
        nn.Flatten(),
        nn.Linear(384, 3),
    )
    recipe = Recipe((32, 32), step=4, flexible=False)
    session = Session(classifier_of(network, labels=3, recipe=recipe))
    session.explain(picture, ExplainRequest(1, "grad-cam", "0"))
    reached: list[str] = []
    late.do = cancelled.set
    early.do = lambda: reached.append("early")
    with pytest.raises(Cancelled):
        session.explain(picture, ExplainRequest(1, method, "0"), cancelled)
    assert reached == []
    assert hooks_of(session) == 0
