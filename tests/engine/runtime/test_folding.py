from __future__ import annotations

from collections.abc import Callable

import pytest
import timm
import torch
from torch import Tensor, nn

from camviewer.engine.network.classifier import Classifier
from camviewer.engine.runtime.cpu.batchnorm_folding import fold
from tests.engine.hooks import hooks_on


def test_the_embedded_model_folded_has_the_same_logits(
    embedded: Classifier, seen: Callable[..., Tensor]
) -> None:
    folded = fold(embedded.network, seen("chelsea"))
    assert folded is not None
    assert len(folded.changed) == 49
    for name in ("coffee", "rocket", "astronaut"):
        torch.testing.assert_close(
            folded.network(seen(name)), embedded.network(seen(name)), rtol=0, atol=1e-4
        )


@pytest.mark.parametrize("name", ["resnet18", "densenet121", "mobilenet_v2", "googlenet"])
def test_networks_with_statistics_folded_have_the_same_logits(
    name: str, random_network: Callable[[str], nn.Module], seen: Callable[..., Tensor]
) -> None:
    network = random_network(name)
    folded = fold(network, seen("chelsea"))
    assert folded is not None
    logits = network(seen("coffee"))
    torch.testing.assert_close(
        folded.network(seen("coffee")), logits, rtol=0, atol=1e-4 * float(logits.abs().max())
    )


@pytest.mark.parametrize("name", ["resnet18", "vgg11"])
def test_gradients_flow_through_all_of_a_folded_network(
    name: str, random_network: Callable[[str], nn.Module], seen: Callable[..., Tensor]
) -> None:
    network = random_network(name)
    folded = fold(network, seen("chelsea"))
    assert folded is not None
    gradients = []
    for each in (network, folded.network):
        picture = seen("coffee").clone().requires_grad_()
        (gradient,) = torch.autograd.grad(each(picture)[0, 3], picture)
        gradients.append(gradient.flatten())
    assert float(torch.cosine_similarity(*gradients, dim=0)) > 0.9999


def test_a_normalisation_keeps_the_activation_that_it_carries() -> None:
    torch.manual_seed(0)
    picture = torch.randn((1, 3, 64, 64), generator=torch.Generator().manual_seed(1))
    for name in ("resnet10t", "tf_efficientnet_lite0"):
        network = timm.create_model(name, num_classes=5).eval().requires_grad_(False)
        folded = fold(network, picture)
        assert folded is not None
        assert folded.changed
        torch.testing.assert_close(folded.network(picture), network(picture), rtol=1e-4, atol=1e-4)


def test_layers_behind_a_normalisation_put_out_what_they_did(
    embedded: Classifier, seen: Callable[..., Tensor]
) -> None:
    folded = fold(embedded.network, seen("chelsea"))
    assert folded is not None
    picture = seen("coffee")
    for name, module in embedded.network.named_modules():
        if isinstance(module, nn.BatchNorm2d):
            wanted, found = (
                _output(network, name, picture) for network in (embedded.network, folded.network)
            )
            limit = 1e-4 * max(1.0, float(wanted.abs().max()))
            torch.testing.assert_close(found, wanted, rtol=0, atol=limit)


def _output(network: nn.Module, layer: str, picture: Tensor) -> Tensor:
    kept: list[Tensor] = []
    module = network.get_submodule(layer)
    handle = module.register_forward_hook(lambda _m, _i, output: kept.append(output.clone()))
    network(picture)
    handle.remove()
    return kept[0]


def test_the_network_itself_stays_as_it_is(
    embedded: Classifier, seen: Callable[..., Tensor]
) -> None:
    before = {name: tensor.clone() for name, tensor in embedded.network.state_dict().items()}
    fold(embedded.network, seen("chelsea"))
    after = embedded.network.state_dict()
    assert before.keys() == after.keys()
    assert all(torch.equal(before[name], after[name]) for name in before)
    assert hooks_on(embedded.network) == 0


def test_a_convolution_that_also_goes_elsewhere_is_not_folded_wrongly() -> None:
    class Forked(nn.Module):
        """The convolution's own output is used beside the normalised one."""

        def __init__(self) -> None:
            super().__init__()
            self.conv = nn.Conv2d(3, 4, 3)
            self.norm = nn.BatchNorm2d(4)

        def forward(self, pictures: Tensor) -> Tensor:
            raw = self.conv(pictures)
            return (raw + self.norm(raw)).mean((2, 3))

    torch.manual_seed(0)
    network = Forked().eval().requires_grad_(False)
    network.norm.running_mean += 1.0
    assert fold(network, torch.randn(1, 3, 16, 16)) is None
