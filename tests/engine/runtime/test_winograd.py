from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.classifier import Classifier
from camviewer.engine.image import SourceImage
from camviewer.engine.messages import ExplainRequest
from camviewer.engine.runtime import winograd
from camviewer.engine.runtime.folding import fold
from camviewer.engine.runtime.kept import KeptNetworks
from camviewer.engine.runtime.second_engine import SecondEngine
from camviewer.engine.session import Session

pytestmark = pytest.mark.skipif(
    not winograd.is_available(), reason="this processor or this torch lacks NNPACK"
)


class NeverConverts:
    """Remembers that it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, layer: str, folder: Path) -> None:
        self.asked.append(layer)

    def close(self) -> None:
        """Has nothing to end."""


def convolution(*, bias: bool = True) -> nn.Conv2d:
    torch.manual_seed(0)
    return nn.Conv2d(64, 96, 3, padding=1, bias=bias).requires_grad_(False)


def channels(count: int, height: int, width: int) -> Tensor:
    return torch.randn((count, 64, height, width), generator=torch.Generator().manual_seed(1))


@pytest.mark.parametrize("size", [(28, 28), (57, 31), (61, 62), (224, 224)])
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
    for pictures in (channels(2, 14, 14), channels(0, 56, 56), channels(2, 384, 384)):
        torch.testing.assert_close(transformed(pictures), direct(pictures), rtol=0, atol=1e-5)


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
        {"in_channels": 32},
        {"dtype": torch.bfloat16},
    ],
)
def test_other_convolutions_are_left_alone(changed: dict[str, object]) -> None:
    wide = {"in_channels": 64, "out_channels": 64, "kernel_size": 3, "padding": 1}
    assert winograd.can_be_transformed(nn.Conv2d(**wide))
    assert not winograd.can_be_transformed(nn.Conv2d(**(wide | changed)))


@pytest.mark.parametrize(
    ("name", "pays"), [("vgg11", True), ("vgg16_bn", True), ("resnet18", False)]
)
def test_a_network_of_wide_convolutions_is_transformed_and_gives_the_same_numbers(
    name: str,
    random_network: Callable[[str], nn.Module],
    seen: Callable[..., Tensor],
    *,
    pays: bool,
) -> None:
    network = random_network(name)
    folded = fold(network, seen("chelsea"))
    assert folded is not None
    assert folded.transformed is pays
    for detail in (1.0, 1.5):
        pictures = torch.cat((seen("coffee", detail=detail), seen("rocket", detail=detail)))
        logits = network(pictures)
        limit = 1e-4 * float(logits.abs().max())
        torch.testing.assert_close(folded.network(pictures), logits, rtol=0, atol=limit)


def test_no_second_engine_is_prepared_where_torch_is_faster(
    random_classifier: Callable[[str], Classifier],
    photographs: dict[str, SourceImage],
    tmp_path: Path,
) -> None:
    classifier, convert = random_classifier("vgg11"), NeverConverts()
    engine = SecondEngine(KeptNetworks(tmp_path, classifier.info.weights_sha256), convert)
    session, cold = Session(classifier, second_engine=engine), Session(classifier)
    session.verdict(photographs["rocket"])
    assert session.warm_up()
    for method in ("grad-cam", "layercam", "eigen-cam"):
        request = ExplainRequest(class_index=5, method=method)
        found = session.explain(photographs["coffee"], request)
        reference = cold.explain(photographs["coffee"], request)
        assert found.engine == ""
        largest = float(abs(reference.heatmap.values).max())
        assert abs(found.heatmap.values - reference.heatmap.values).max() < 1e-4 * largest
        assert abs(found.logit - reference.logit) < 1e-4
    assert engine.wait(1)
    assert convert.asked == []
