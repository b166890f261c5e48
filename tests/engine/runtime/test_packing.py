from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.runtime.cpu.batchnorm_folding import fold
from camviewer.engine.runtime.cpu.onednn_packing import PackedConvolution, can_be_packed, pack


def channels(count: int, height: int, width: int) -> Tensor:
    return torch.randn((count, 64, height, width), generator=torch.Generator().manual_seed(1))


@pytest.mark.parametrize(
    "options",
    [
        {"kernel_size": 1},
        {"kernel_size": 1, "stride": 2, "bias": False},
        {"kernel_size": 3, "padding": 1},
        {"kernel_size": (3, 5), "padding": (0, 2), "dilation": (2, 1)},
        {"kernel_size": 3, "padding": 1, "groups": 32},
        {"kernel_size": 5, "padding": 2, "groups": 64},
    ],
)
@pytest.mark.parametrize("size", [(7, 7), (9, 20)])
def test_a_packed_convolution_gives_the_numbers_of_the_direct_one(
    options: dict[str, object], size: tuple[int, int]
) -> None:
    torch.manual_seed(0)
    direct = nn.Conv2d(64, 128, **options).requires_grad_(False)
    pictures = channels(1, *size)
    exact = nn.functional.conv2d(
        pictures.double(),
        direct.weight.double(),
        None if direct.bias is None else direct.bias.double(),
        direct.stride,
        direct.padding,
        direct.dilation,
        direct.groups,
    )
    packed = PackedConvolution(direct, pictures.shape)
    for given in (pictures, pictures.to(memory_format=torch.channels_last)):
        found = packed(given)
        assert found.shape == exact.shape
        assert float((found - exact).abs().max()) < 1e-5 * float(exact.abs().max())


def test_other_shapes_gradients_and_bfloat16_are_the_direct_convolution_s() -> None:
    torch.manual_seed(0)
    direct = nn.Conv2d(64, 32, 3, padding=1).requires_grad_(False)
    packed = PackedConvolution(direct, torch.Size((1, 64, 7, 7)))
    for pictures in (channels(2, 7, 7), channels(1, 8, 7), channels(0, 7, 7)):
        assert torch.equal(packed(pictures), direct(pictures))
    gradients = []
    for module in (direct, packed):
        start = channels(1, 7, 7).requires_grad_()
        module(start).sin().sum().backward()
        gradients.append(start.grad)
    assert torch.equal(*gradients)
    with torch.autocast("cpu", torch.bfloat16):
        assert packed(channels(1, 7, 7)).dtype == torch.bfloat16


@pytest.mark.parametrize(
    "changed",
    [
        {"padding": "same"},
        {"padding_mode": "reflect"},
        {"dtype": torch.bfloat16},
        {"device": "meta"},
    ],
)
def test_other_convolutions_are_left_alone(changed: dict[str, object]) -> None:
    plain = {"in_channels": 8, "out_channels": 8, "kernel_size": 3, "padding": 1}
    assert can_be_packed(nn.Conv2d(**plain).requires_grad_(False))
    assert not can_be_packed(nn.Conv2d(**(plain | changed)).requires_grad_(False))
    assert not can_be_packed(nn.Conv2d(**plain))  # whose weights may change


def test_the_last_convolutions_are_packed_as_far_as_memory_goes() -> None:
    first = nn.Conv2d(3, 1024, 3, padding=1)
    wide = [nn.Conv2d(1024, 1024, 3, padding=1) for _ in range(5)]  # 38 MB each, 128 MB in all
    network = nn.Sequential(first, *wide).requires_grad_(False)
    pack(network, torch.zeros(1, 3, 2, 2))
    kept = [isinstance(module, PackedConvolution) for module in network]
    assert kept == [False, False, False, True, True, True]


@pytest.mark.parametrize("detail", [1.0, 1.5])
def test_the_last_layers_of_a_network_are_packed_and_give_the_same_numbers(
    detail: float, random_network: Callable[[str], nn.Module], seen: Callable[..., Tensor]
) -> None:
    network = random_network("resnet18")
    folded = fold(network, seen("chelsea"))
    assert folded is not None
    packed = {
        name.split(".")[0]
        for name, module in folded.network.named_modules()
        if isinstance(module, PackedConvolution)
    }
    assert packed == {"layer3", "layer4"}  # 14 x 14 and 7 x 7 cells
    for pictures in (seen("coffee", detail=detail), torch.cat((seen("coffee"), seen("rocket")))):
        logits = network(pictures)
        limit = 1e-4 * float(logits.abs().max())
        torch.testing.assert_close(folded.network(pictures), logits, rtol=0, atol=limit)
