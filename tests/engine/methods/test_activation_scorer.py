"""Changed activations get the logits of a whole pass, by no more of the network than must run."""

from __future__ import annotations

import functools
from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.methods.core.activation_scorer import ActivationScorer
from camviewer.engine.methods.core.limits import Limits
from camviewer.engine.network import forward as passes
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.runtime.tail_network import tail_network_of
from tests.engine.trial_networks import CLASS, blocks, seeded, session_of


@pytest.mark.parametrize("cut", [True, False])
@pytest.mark.parametrize("layer", ["layer2", "layer4.0.conv1", "layer3.1.bn2"])
def test_the_activations_of_a_pass_give_its_logits_and_others_do_not(
    random_classifier: Callable[[str], Classifier], layer: str, cut: bool
) -> None:
    """Residual networks: the shortcut beside the layer keeps what the pass gave it."""
    classifier = random_classifier("resnet18")
    picture = torch.rand((1, 3, 64, 64), generator=torch.Generator().manual_seed(0))
    forward = passes.run(classifier.network, picture, layer)
    find_tail = functools.partial(tail_network_of, classifier.network, layer, picture)
    scorer = ActivationScorer(classifier, forward, picture, find_tail if cut else lambda: None)
    assert scorer.broadcasts
    once = forward.activations[None]
    before = once.clone()
    scorer(once)
    assert torch.equal(once, before)
    found = scorer(torch.cat((once, torch.zeros_like(once), once)))
    assert torch.allclose(found[0], forward.logits, atol=1e-4)
    assert torch.allclose(found[2], forward.logits, atol=1e-4)
    assert not torch.allclose(found[1], forward.logits, atol=1e-2)


def test_where_one_picture_does_not_serve_many_activations_it_goes_in_as_often(
    classifier_of: Callable[..., Classifier],
) -> None:
    class Counting(nn.Module):
        """Takes the number of pictures from its input, as networks of windows do."""

        def __init__(self) -> None:
            super().__init__()
            self.first, self.last = nn.Conv2d(3, 4, 3, stride=2), nn.Linear(4, 3)

        def forward(self, pictures: Tensor) -> Tensor:
            features = self.first(pictures).tanh()
            logits: Tensor = self.last(features.reshape(len(pictures), 4, -1).amax(2))
            return logits

    with torch.random.fork_rng():
        torch.manual_seed(0)
        classifier = classifier_of(Counting(), labels=3, recipe=Recipe((33, 33)))
    picture = torch.rand((1, 3, 33, 33), generator=torch.Generator().manual_seed(0))
    forward = passes.run(classifier.network, picture, "first")
    scorer = ActivationScorer(classifier, forward, picture)
    assert not scorer.broadcasts
    found = scorer(torch.stack((forward.activations, 0 * forward.activations)))
    assert torch.allclose(found[0], forward.logits, atol=1e-6)
    assert found.shape == (2, 3)


@pytest.mark.parametrize("method", ["recipro-cam", "ablation-cam", "dff"])
def test_what_lies_in_front_of_the_layer_does_not_run_for_every_batch(method: str) -> None:
    network = seeded("dense")
    session = session_of(network, Limits(pictures_at_once=1))
    session.explain(blocks(), ExplainRequest(CLASS, "grad-cam", "3"))
    runs = 0

    def count(_module: nn.Module, _inputs: object) -> None:
        nonlocal runs
        runs += 1

    network.get_submodule("0").register_forward_pre_hook(count)
    session.explain(blocks(), ExplainRequest(CLASS, method, "3"))
    assert runs <= 6, "to find out what lies behind the layer, and to make it faster"
