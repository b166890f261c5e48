"""One pass, cut at the tapped layer, leaves the network as it was."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.network import forward as passes
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.scores import Score
from camviewer.engine.results.messages import ScoreKind
from tests.engine.hooks import hooks_on


class SmallNetwork(nn.Module):
    """Two convolutions, one activation used twice, a layer that is never reached."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(3, 4, 3, stride=2, padding=1)
        self.act = nn.ReLU(inplace=True)
        self.second = nn.Conv2d(4, 4, 3, padding=1)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.spare = nn.Conv2d(4, 4, 1)
        self.linear = nn.Linear(4, 3)

    def forward(self, pictures: Tensor) -> Tensor:
        """Logits (N, 3)."""
        features = self.act(self.second(self.act(self.first(pictures))))
        logits: Tensor = self.linear(self.pool(features).flatten(1))
        return logits


class TwoOutputs(nn.Module):
    """Puts out a pair."""

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        return pictures, pictures


@pytest.fixture
def small() -> nn.Module:
    with torch.random.fork_rng():
        torch.manual_seed(0)
        return SmallNetwork().eval().requires_grad_(False)


@pytest.fixture
def picture() -> Tensor:
    return torch.rand((1, 3, 16, 24), generator=torch.Generator().manual_seed(0))


def fingerprint(network: nn.Module) -> str:
    """Everything that a pass could leave behind in a network."""
    digest = hashlib.sha256()
    for name, tensor in [*network.named_parameters(), *network.named_buffers()]:
        digest.update(f"{name} {tensor.requires_grad} {tensor.grad}".encode())
        digest.update(tensor.detach().numpy().tobytes())
    for name, module in network.named_modules():
        digest.update(f"{name} {module.training}".encode())
    digest.update(f"{hooks_on(network)}".encode())
    return digest.hexdigest()


@pytest.mark.parametrize(("name", "layer"), [("resnet18", "layer3"), ("vgg11", "features.10")])
def test_nothing_before_the_tapped_layer_is_recorded(
    random_network: Callable[[str], nn.Module],
    seen: Callable[..., Tensor],
    name: str,
    layer: str,
) -> None:
    network = random_network(name)
    recorded: list[tuple[str, bool]] = []
    handles = [
        module.register_forward_hook(
            lambda _module, _inputs, output, name=name: recorded.append(
                (name, output.requires_grad)
            )
        )
        for name, module in network.named_modules()
        if name
    ]
    try:
        passes.run(network, seen(), layer).gradients(0)
    finally:
        for handle in handles:
            handle.remove()
    names = [name for name, _ in recorded]
    tapped_at = names.index(layer)
    assert 5 < tapped_at < len(names) - 5
    assert not any(requires for _, requires in recorded[:tapped_at])
    assert all(requires for _, requires in recorded[tapped_at + 1 :])


def test_what_is_kept_for_the_gradient_grows_with_what_lies_behind_the_tap(
    random_network: Callable[[str], nn.Module], seen: Callable[..., Tensor]
) -> None:
    """Autograd saves less the later the cut, and nothing at all below a pooled head."""

    def saved_bytes(layer: str, classifier_head: object = None) -> int:
        total = 0

        def count(tensor: Tensor) -> Tensor:
            nonlocal total
            total += tensor.nbytes
            return tensor

        with torch.autograd.graph.saved_tensors_hooks(count, lambda tensor: tensor):
            passes.run(random_network("resnet18"), seen(), layer, classifier_head)
        return total

    early, late = saved_bytes("layer1"), saved_bytes("layer3")
    assert 0 < late < early


def test_below_a_pooled_head_no_graph_is_recorded_at_all(
    embedded: Classifier, seen: Callable[..., Tensor]
) -> None:
    saved: list[Tensor] = []
    with torch.autograd.graph.saved_tensors_hooks(saved.append, lambda nothing: nothing):
        forward = passes.run(embedded.network, seen(), "head", embedded.head)
    assert saved == []
    assert not forward.logits.requires_grad
    assert not forward.activations.requires_grad


@pytest.mark.parametrize("frozen", [True, False])
def test_no_parameter_gets_a_gradient(small: nn.Module, picture: Tensor, frozen: bool) -> None:
    small.requires_grad_(not frozen)
    gradient = passes.run(small, picture, "first").gradients(1)
    assert float(gradient.abs().max()) > 0
    assert all(parameter.grad is None for parameter in small.parameters())


def test_frozen_parameters_and_a_surrounding_no_grad_change_nothing(
    small: nn.Module, picture: Tensor
) -> None:
    small.requires_grad_()
    free = passes.run(small, picture, "first").gradients(1)
    small.requires_grad_(False)
    with torch.no_grad():
        frozen = passes.run(small, picture, "first").gradients(1)
    assert torch.equal(free, frozen)


def test_the_gradient_is_autograds_own(small: nn.Module, picture: Tensor) -> None:
    with torch.no_grad():
        features = small.get_submodule("first")(picture)
    features.requires_grad_()
    hidden = small.get_submodule("second")(features.relu()).relu()
    logits = small.get_submodule("linear")(hidden.mean((2, 3)))
    (expected,) = torch.autograd.grad(logits[0, 2], features)
    found = passes.run(small, picture, "first")
    assert torch.allclose(found.gradients(2), expected[0], atol=1e-7)
    assert torch.allclose(found.logits, logits.detach()[0], atol=1e-6)


def test_an_in_place_activation_behind_the_tap_does_not_reach_it(
    random_network: Callable[[str], nn.Module], seen: Callable[..., Tensor]
) -> None:
    """VGG16: features.28 is the last convolution, features.29 its in-place ReLU."""
    network = random_network("vgg16")
    features = network.get_submodule("features")
    assert isinstance(features, nn.Sequential)
    assert features[29].inplace
    with torch.no_grad():
        expected = features[:29](seen())[0].clone()
    forward = passes.run(network, seen(), "features.28")
    assert float(forward.activations.min()) < 0
    assert torch.equal(forward.activations, expected)
    rectified = passes.run(network, seen(), "features.29")
    assert torch.equal(rectified.activations, expected.relu())
    assert torch.allclose(rectified.logits, forward.logits, atol=1e-6)


def test_of_a_layer_that_runs_twice_the_last_call_counts(small: nn.Module, picture: Tensor) -> None:
    with torch.no_grad():
        hidden = small.get_submodule("first")(picture).relu()
        last = small.get_submodule("second")(hidden).relu()[0]
    forward = passes.run(small, picture, "act")
    assert torch.allclose(forward.activations, last, atol=1e-6)
    cells = last.shape[1] * last.shape[2]
    weight = small.get_submodule("linear").weight[0]
    assert torch.allclose(forward.gradients(0)[:, 0, 0], weight / cells, atol=1e-7)


def test_a_layer_that_is_not_reached_is_refused(small: nn.Module, picture: Tensor) -> None:
    with pytest.raises(CamviewerError, match="does not pass through layer spare"):
        passes.run(small, picture, "spare")


def test_a_layer_with_several_outputs_is_refused(picture: Tensor) -> None:
    network = nn.Sequential(TwoOutputs())
    with pytest.raises(CamviewerError, match="Layer 0 does not put out a single tensor"):
        passes.run(network, picture, "0")
    assert hooks_on(network) == 0


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_activations_that_are_no_numbers_are_refused_with_the_layers_name(
    small: nn.Module, picture: Tensor, number: float
) -> None:
    small.get_parameter("second.bias")[1] = number
    with pytest.raises(CamviewerError, match="Layer second puts out numbers that are not finite"):
        passes.run(small, picture, "second")


def test_class_scores_that_are_no_numbers_are_refused(small: nn.Module, picture: Tensor) -> None:
    small.get_parameter("linear.bias")[1] = float("nan")
    with pytest.raises(CamviewerError, match="class scores are not finite"):
        passes.run(small, picture, "second")


def test_a_class_score_that_leaves_the_layer_out_is_refused(picture: Tensor) -> None:
    class Bypass(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.side = nn.Conv2d(3, 4, 1)
            self.main = nn.Conv2d(3, 4, 1)

        def forward(self, pictures: Tensor) -> Tensor:
            self.side(pictures)
            scores: Tensor = self.main(pictures).mean((2, 3))
            return scores

    # Parameters that are not frozen, so that the score has a graph, only not through the layer.
    forward = passes.run(Bypass().eval(), picture, "side")
    with pytest.raises(CamviewerError, match="does not depend on layer side"):
        forward.gradients(0)
    frozen = passes.run(Bypass().eval().requires_grad_(False), picture, "side")
    with pytest.raises(CamviewerError, match="does not depend on layer side"):
        frozen.gradients(0)


@pytest.mark.parametrize("layer", ["first", "second", "act", "spare"])
def test_the_network_is_afterwards_as_it_was(small: nn.Module, picture: Tensor, layer: str) -> None:
    before = fingerprint(small)
    given = picture.clone()
    try:
        passes.run(small, picture, layer).gradients(0)
    except CamviewerError:
        assert layer == "spare"
    assert fingerprint(small) == before
    assert torch.equal(picture, given)
    assert not picture.requires_grad


def test_hooks_are_gone_after_an_error_inside_the_network(small: nn.Module) -> None:
    before = fingerprint(small)
    with pytest.raises(RuntimeError):
        passes.run(small, torch.rand(1, 5, 8, 8), "second")
    assert fingerprint(small) == before


def test_the_grad_mode_outside_is_left_alone(small: nn.Module, picture: Tensor) -> None:
    with torch.no_grad():
        passes.run(small, picture, "first")
        assert not torch.is_grad_enabled()
    passes.run(small, picture, "first")
    assert torch.is_grad_enabled()


def test_memory_is_flat_over_many_passes(small: nn.Module, picture: Tensor) -> None:
    def tensors_after(rounds: int) -> int:
        for class_index in range(rounds):
            passes.run(small, picture, "first").gradients(class_index % 3)
        gc.collect()
        return sum(issubclass(type(thing), Tensor) for thing in gc.get_objects())

    assert tensors_after(200) <= tensors_after(3)


def test_gradients_that_were_read_ahead_are_those_that_are_asked_for(
    random_network: Callable[[str], nn.Module], seen: Callable[..., Tensor]
) -> None:
    network = random_network("vgg11")
    ahead, asked = (passes.run(network, seen("coffee"), "features.19") for _ in range(2))
    steps = 1
    while ahead.prefetch_gradients():
        steps += 1
    assert steps == 8
    for class_index in (*asked.logits.topk(10).indices.tolist(), 0):
        assert torch.equal(ahead.gradients(class_index), asked.gradients(class_index))
    assert not passes.run(network, seen("coffee"), "features.19").gradients(0).requires_grad


def test_methods_share_the_gradient_of_a_class(
    small: nn.Module, picture: Tensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = []
    grad = torch.autograd.grad
    monkeypatch.setattr(torch.autograd, "grad", lambda *a, **k: taken.append(a) or grad(*a, **k))
    passed = passes.run(small, picture, "first")
    mean = passed.mean_gradients(1)
    assert torch.equal(passed.gradients(1).mean((1, 2)), mean)
    assert len(taken) == 1


@pytest.mark.parametrize("ahead", [False, True])
@pytest.mark.parametrize(("name", "layer"), [("vgg11", "features.19"), ("resnet18", "layer3")])
@pytest.mark.parametrize("kind", list(ScoreKind))
def test_the_gradient_of_a_sum_of_classes_is_the_sum_of_theirs(
    name: str,
    layer: str,
    kind: ScoreKind,
    random_network: Callable[[str], nn.Module],
    seen: Callable[..., Tensor],
    *,
    ahead: bool,
) -> None:
    score = Score(kind)
    passed = passes.run(random_network(name), seen("coffee"), layer).scored(score)
    first, second, third = passed.logits.topk(3).indices.tolist()
    while ahead and passed.prefetch_gradients():
        pass
    found = passed.gradients_of_sum({first: 1.0, second: -0.25, third: -0.5})
    gradients = [passed.gradients(class_index) for class_index in (first, second, third)]
    wanted = gradients[0] - 0.25 * gradients[1] - 0.5 * gradients[2]
    limit = 1e-5 * float(torch.stack(gradients).abs().max())
    torch.testing.assert_close(found, wanted, rtol=0, atol=limit)
