from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.forward import run
from camviewer.engine.runtime.tail_network import tail_network_of
from tests.engine.conftest import initialised
from tests.engine.hooks import hooks_on


def network_of(name: str) -> nn.Module:
    torch.manual_seed(0)
    return initialised(name, num_classes=10).eval().requires_grad_(False)


def picture(seed: int, side: int = 64) -> Tensor:
    return torch.randn((1, 3, side, side), generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize(
    ("name", "layer"),
    [
        ("vgg11_bn", "features.28"),
        ("vgg11_bn", "features.22"),
        ("resnet18", "layer3"),
        ("resnet18", "layer4.0"),
        ("squeezenet1_1", "features.11"),
        ("densenet121", "features.transition3"),
    ],
)
def test_a_tail_network_gives_the_logits_and_gradients_of_the_whole(name: str, layer: str) -> None:
    network = network_of(name)
    tail = tail_network_of(network, layer, picture(0))
    assert tail is not None
    passed = run(network, picture(1), layer)
    leaf = passed.activations[None].clone().requires_grad_()
    logits = tail(leaf)
    torch.testing.assert_close(logits[0], passed.logits, rtol=1e-4, atol=1e-4)
    (gradient,) = torch.autograd.grad(logits[0, 3], leaf)
    wanted = passed.gradients(3)
    limit = 1e-4 * float(wanted.abs().max())
    torch.testing.assert_close(gradient[0], wanted, rtol=0, atol=limit)


def test_it_shares_the_parameters_and_leaves_the_network_alone(
    embedded: Classifier, seen: Callable[..., Tensor]
) -> None:
    network = embedded.network
    before = network(seen("coffee"))
    tail = tail_network_of(network, "blocks.5", seen("chelsea"))
    assert tail is not None
    assert {id(p) for p in tail.network.parameters()} < {id(p) for p in network.parameters()}
    assert torch.equal(network(seen("coffee")), before)
    assert hooks_on(network) == 0


def test_there_is_none_where_a_branch_goes_around_the_layer() -> None:
    network = network_of("resnet18")
    assert tail_network_of(network, "layer4.1.conv2", picture(0)) is None


def test_whole_blocks_that_are_done_before_the_layer_are_not_entered(
    embedded: Classifier, seen: Callable[..., Tensor]
) -> None:
    tail = tail_network_of(embedded.network, "head", seen("coffee"))
    assert tail is not None
    activations = run(embedded.network, seen("chelsea"), "head").activations[None]
    ran: list[nn.Module] = []
    handle = nn.modules.module.register_module_forward_hook(lambda module, *_: ran.append(module))
    logits = tail(activations)
    handle.remove()
    assert logits.shape == (1, 1000)
    assert len(ran) < 12 < sum(1 for _ in embedded.network.modules()) / 10


class GivesTwo(nn.Module):
    """Puts out two tensors, which no single zero can stand for."""

    def __init__(self) -> None:
        super().__init__()
        self.left, self.right = nn.Conv2d(3, 4, 3), nn.Conv2d(3, 4, 3)

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        return self.left(pictures), self.right(pictures)


class TakesTwo(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.two, self.after, self.head = GivesTwo(), nn.Conv2d(4, 6, 3), nn.Linear(6, 5)

    def forward(self, pictures: Tensor) -> Tensor:
        left, right = self.two(pictures)
        return self.head(self.after((left + right).expand(-1, 4, -1, -1)).mean((2, 3)))


def test_a_block_that_puts_out_several_tensors_is_emptied_leaf_by_leaf() -> None:
    torch.manual_seed(0)
    network = TakesTwo().eval().requires_grad_(False)
    tail = tail_network_of(network, "after", picture(0))
    assert tail is not None
    passed = run(network, picture(1), "after")
    torch.testing.assert_close(tail(passed.activations[None])[0], passed.logits)
