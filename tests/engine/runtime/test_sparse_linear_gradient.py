from __future__ import annotations

import copy

import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.runtime.cpu.sparse_linear_gradient import use_sparse_gradients


def linear_end() -> nn.Sequential:
    """VGG's end in small: of the second layer's inputs about half are 0."""
    torch.manual_seed(0)
    layers = (nn.Linear(1500, 1200), nn.ReLU(inplace=True), nn.Linear(1200, 900), nn.ReLU())
    return nn.Sequential(*layers, nn.Linear(900, 7)).requires_grad_(False)


def given(rows: int = 1) -> Tensor:
    return torch.randn((rows, 1500), generator=torch.Generator().manual_seed(1)).requires_grad_()


def with_sparse_gradients(network: nn.Module) -> nn.Module:
    found = copy.deepcopy(network)
    use_sparse_gradients(found)
    return found


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("bias", [0.0, 5.0, -50.0])
def test_the_gradient_is_that_of_the_plain_layers(rows: int, bias: float) -> None:
    plain = linear_end()
    plain[0].bias += bias  # all of the ReLU's gradients, about half of them, none
    gradients, scores = [], []
    for network in (plain, with_sparse_gradients(plain)):
        start = given(rows)
        score = network(start)[:, 3].sum()
        score.backward()
        gradients.append(start.grad)
        scores.append(score.detach())
    assert torch.equal(scores[0], scores[1])
    torch.testing.assert_close(gradients[1], gradients[0], rtol=1e-4, atol=1e-6)


def test_second_derivatives_are_those_of_the_plain_layers() -> None:
    plain = linear_end()
    bends = []
    for network in (plain, with_sparse_gradients(plain)):
        start = given()
        score = network(start).log_softmax(1)[0, 3]
        (gradient,) = torch.autograd.grad(score, start, create_graph=True)
        bends.append(torch.autograd.grad(gradient, start, torch.ones_like(start))[0])
    assert float(bends[0].abs().max()) > 0
    torch.testing.assert_close(bends[1], bends[0], rtol=1e-4, atol=1e-7)


def test_small_layers_subclasses_other_numbers_and_devices_are_left_alone() -> None:
    others = (
        nn.Linear(999, 1000),
        nn.MultiheadAttention(1024, 8),
        nn.Linear(1000, 1000, dtype=torch.bfloat16),
        nn.Linear(1000, 1000, device="meta"),
        nn.utils.parametrizations.weight_norm(nn.Linear(1000, 1000)),
    )
    network = with_sparse_gradients(nn.ModuleList([*others, nn.Linear(1000, 1000)]))
    kinds = [type(module).__name__ for module in network.modules()]
    assert kinds.count("SparseGradientLinear") == 1
    assert kinds.count("NonDynamicallyQuantizableLinear") == 1
