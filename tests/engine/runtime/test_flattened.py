from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.network import forward as passes
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.scores import Score
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest, ScoreKind
from camviewer.engine.runtime.cpu.summed_gradients import SummedPass, find_flattened_linear
from camviewer.engine.runtime.tail_network import tail_network_of
from camviewer.engine.session.session import Session

_LAST = {"vgg11": "features.19", "alexnet": "features.11"}
"""The ReLU behind the last convolution, in front of the last pooling."""


@pytest.mark.parametrize("behind", [0, 1])
@pytest.mark.parametrize(
    ("name", "kind"),
    [*(("alexnet", kind) for kind in ScoreKind), ("vgg11", ScoreKind.PROBABILITY)],
)
def test_the_sums_are_those_of_the_gradient(
    name: str,
    kind: ScoreKind,
    behind: int,
    random_network: Callable[[str], nn.Module],
    seen: Callable[..., Tensor],
) -> None:
    network = random_network(name)
    stem, number = _LAST[name].split(".")
    layer = f"{stem}.{int(number) + behind}"  # the pooling itself, too
    flattened = find_flattened_linear(network, layer, seen("chelsea"))
    assert flattened is not None
    assert flattened.weight.shape == (320, 256 if name == "alexnet" else 512)
    passed = SummedPass(flattened).run(network, seen("coffee"), layer).scored(Score(kind))
    plain = passes.run(network, seen("coffee"), layer).scored(Score(kind))
    first, second = plain.most_probable(2)
    for class_index in (first, second, 0):
        wanted = plain.gradients(class_index).mean((1, 2))
        found = passed.mean_gradients(class_index)
        torch.testing.assert_close(found, wanted, rtol=0, atol=1e-4 * float(wanted.abs().max()))
    weights = {first: 1.0, second: -0.5}
    wanted = plain.gradients_of_sum(weights).mean((1, 2))
    found = passed.mean_gradients_of_sum(weights)
    torch.testing.assert_close(found, wanted, rtol=0, atol=1e-4 * float(wanted.abs().max()))


def test_a_pass_whose_front_another_engine_ran_knows_them_too(
    random_network: Callable[[str], nn.Module], seen: Callable[..., Tensor]
) -> None:
    network, layer, picture = random_network("vgg11"), "features.19", seen("coffee")
    tail = tail_network_of(network, layer, picture)
    assert tail is not None
    plain = passes.run(network, picture, layer)
    leaf = plain.activations[None].clone().requires_grad_()
    summed = SummedPass(find_flattened_linear(network, layer, seen("chelsea")))
    with summed.watching(tail.network):
        logits = tail(leaf.clone())
    given = passes.from_outputs(layer, logits.detach(), leaf.detach(), None, None)
    found = summed.with_sums(passes.with_graph(given, leaf, logits)).mean_gradients(5)
    wanted = plain.gradients(5).mean((1, 2))
    torch.testing.assert_close(found, wanted, rtol=0, atol=1e-4 * float(wanted.abs().max()))


@pytest.mark.parametrize(
    ("name", "layer", "why"),
    [
        ("vgg11", "features.18", "a ReLU follows, which lets only some cells through"),
        ("vgg11", "features.16", "a convolution follows"),
        ("resnet18", "layer4", "the linear layer takes means of the cells"),
        ("squeezenet1_1", "features", "there is no linear layer"),
    ],
)
def test_where_the_sums_are_not_so_simple_the_gradient_itself_is_taken(
    name: str,
    layer: str,
    why: str,
    random_network: Callable[[str], nn.Module],
    seen: Callable[..., Tensor],
) -> None:
    network = random_network(name)
    assert find_flattened_linear(network, layer, seen("chelsea")) is None, why
    passed = SummedPass(None).run(network, seen("coffee"), layer)
    assert torch.equal(passed.mean_gradients(3), passed.gradients(3).mean((1, 2)))


def test_a_warm_session_gives_the_maps_of_a_cold_one(
    random_network: Callable[[str], nn.Module],
    classifier_of: Callable[..., Classifier],
    photographs: dict[str, SourceImage],
    subtests: pytest.Subtests,
) -> None:
    classifier = classifier_of(random_network("vgg11"), 1000)
    cold, warm = Session(classifier), Session(classifier)
    warm.verdict(photographs["rocket"])
    while warm.warm_up():
        pass
    for method in ("grad-cam", "finer-cam", "difference"):
        for class_index in (None, 7):
            with subtests.test(method, class_index=class_index):
                request = ExplainRequest(class_index, method=method)
                found = warm.explain(photographs["coffee"], request).heatmap.values
                wanted = cold.explain(photographs["coffee"], request).heatmap.values
                assert abs(found - wanted).max() <= 1e-4 * abs(wanted).max()
