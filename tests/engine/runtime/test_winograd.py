from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.runtime.cpu import winograd
from camviewer.engine.runtime.cpu.batchnorm_folding import fold


def convolution(*, bias: bool = True) -> nn.Conv2d:
    torch.manual_seed(0)
    return nn.Conv2d(128, 256, 3, padding=1, bias=bias).requires_grad_(False)


def channels(count: int, height: int, width: int) -> Tensor:
    return torch.randn((count, 128, height, width), generator=torch.Generator().manual_seed(1))


@pytest.mark.parametrize("size", [(28, 28), (57, 31), (61, 62), (29, 120)])
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("bias", [True, False])
def test_a_transformed_convolution_gives_the_numbers_of_the_direct_one(
    size: tuple[int, int], count: int, *, bias: bool
) -> None:
    direct = convolution(bias=bias)
    pictures = channels(count, *size)
    exact = nn.functional.conv2d(
        pictures.double(),
        direct.weight.double(),
        None if direct.bias is None else direct.bias.double(),
        padding=1,
    )
    found = winograd.WinogradConvolution(direct)(pictures)
    assert found.shape == exact.shape
    assert float((found - exact).abs().max()) < 3e-5 * float(exact.abs().max())
    channels_last = pictures.to(memory_format=torch.channels_last)
    torch.testing.assert_close(winograd.WinogradConvolution(direct)(channels_last), found)


def test_small_and_very_large_grids_and_empty_batches_stay_direct() -> None:
    direct = convolution()
    transformed = winograd.WinogradConvolution(direct)
    for pictures in (channels(2, 14, 14), channels(0, 56, 56), channels(1, 112, 112)):
        assert torch.equal(transformed(pictures), direct(pictures))


@pytest.mark.parametrize("count", [1, 2])
def test_gradients_flow_through_a_transformed_convolution(count: int) -> None:
    direct = convolution()
    gradients = []
    for module in (direct, winograd.WinogradConvolution(direct)):
        pictures = channels(count, 40, 40).requires_grad_()
        module(pictures).sin().sum().backward()
        gradients.append(pictures.grad)
    torch.testing.assert_close(gradients[1], gradients[0], rtol=0, atol=1e-4)


@pytest.mark.parametrize(
    "changed",
    [
        {"stride": 2},
        {"dilation": 2},
        {"padding": 0},
        {"groups": 2},
        {"padding_mode": "reflect"},
        {"kernel_size": 5},
        {"in_channels": 64},
        {"dtype": torch.bfloat16},
    ],
)
def test_other_convolutions_are_left_alone(changed: dict[str, object]) -> None:
    wide = {"in_channels": 128, "out_channels": 256, "kernel_size": 3, "padding": 1}
    assert winograd.can_be_transformed(nn.Conv2d(**wide))
    assert not winograd.can_be_transformed(nn.Conv2d(**(wide | changed)))


def test_the_first_convolutions_are_transformed_as_far_as_memory_goes() -> None:
    wide = [nn.Conv2d(512, 512, 3, padding=1) for _ in range(5)]
    network = nn.Sequential(*wide)
    winograd.transform(network)
    kept = [isinstance(module, winograd.WinogradConvolution) for module in network]
    assert kept == [True, True, False, False, False]  # 36 * 512 * 512 * 4 bytes each, 96 MB in all


@pytest.mark.parametrize("name", ["vgg11", "vgg11_bn"])
def test_a_network_of_wide_convolutions_gives_the_same_numbers(
    name: str, random_network: Callable[[str], nn.Module], seen: Callable[..., Tensor]
) -> None:
    network = random_network(name)
    folded = fold(network, seen("chelsea"))
    assert folded is not None
    modules = folded.network.modules()
    assert any(isinstance(module, winograd.WinogradConvolution) for module in modules)
    for detail in (1.0, 1.5):
        pictures = torch.cat((seen("coffee", detail=detail), seen("rocket", detail=detail)))
        logits = network(pictures)
        limit = 1e-4 * float(logits.abs().max())
        torch.testing.assert_close(folded.network(pictures), logits, rtol=0, atol=limit)
