"""The layer that is tapped by itself is the one that pytorch-grad-cam and torch-cam name.

pytorch-grad-cam lists layers in its README ("Choosing the layer(s) to extract activations from");
torch-cam finds one by running the network. Names may differ where the output is the same, so what
comes out of the two layers is compared.
"""

from __future__ import annotations

from typing import Any

import pytest
import timm
import torch
from torch import Tensor, nn
from torchcam.methods import GradCAM

from camviewer.engine.network.grid_layers import grid_layers
from camviewer.engine.network.pooled_head import find_head
from tests.engine.cheap_networks import cheaply_made
from tests.engine.conftest import initialised

PICTURE = torch.rand((1, 3, 224, 224), generator=torch.Generator().manual_seed(0))

NAMED_BY_GRAD_CAM = {
    "torchvision/resnet18": "layer4.1",  # model.layer4[-1]
    "torchvision/resnet50": "layer4.2",
    "torchvision/vgg11": "features.20",  # model.features[-1]
    "torchvision/densenet121": "features.norm5",
    "torchvision/mobilenet_v2": "features.18",
    "torchvision/mnasnet0_5": "layers.16",  # model.layers[-1]
    "timm/vit_tiny_patch16_224": "blocks.11.norm1",  # model.blocks[-1].norm1
    "timm/deit_tiny_distilled_patch16_224": "blocks.11.norm1",
}
FOUND_BY_TORCH_CAM = (
    *("alexnet", "convnext_tiny", "densenet121", "efficientnet_b0", "googlenet", "mnasnet0_5"),
    *("mobilenet_v2", "mobilenet_v3_small", "regnet_x_400mf", "resnet18", "shufflenet_v2_x0_5"),
    "vgg11",
)


def made(name: str) -> nn.Module:
    library, _, plain = name.rpartition("/")
    if library == "timm":
        return cheaply_made(lambda: timm.create_model(plain))
    return cheaply_made(lambda: initialised(plain))


def outputs(network: nn.Module, *names: str) -> list[Tensor]:
    kept: dict[str, Tensor] = {}

    def keep(name: str) -> Any:
        return lambda _module, _inputs, output: kept.update({name: output.clone()})

    handles = [network.get_submodule(name).register_forward_hook(keep(name)) for name in names]
    with torch.no_grad():
        network(PICTURE)
    for handle in handles:
        handle.remove()
    return [kept[name] for name in names]


@pytest.mark.parametrize("name", NAMED_BY_GRAD_CAM)
def test_it_is_the_layer_that_pytorch_grad_cam_recommends(name: str) -> None:
    network = made(name)
    ours, theirs = outputs(network, find_head(network, PICTURE).last_layer, NAMED_BY_GRAD_CAM[name])
    assert torch.equal(ours, theirs)


@pytest.mark.parametrize("name", FOUND_BY_TORCH_CAM)
def test_it_is_the_layer_that_torch_cam_finds(name: str) -> None:
    network = made(f"torchvision/{name}")
    with GradCAM(network) as extractor:
        (found,) = extractor.target_names
    ours, theirs = outputs(network, find_head(network, PICTURE).last_layer, found)
    assert torch.equal(ours, theirs)


@pytest.mark.parametrize(
    ("name", "recommended"),
    [("swin_tiny_patch4_window7_224", "layers.3.blocks.1.norm1")],
)
def test_of_a_swin_it_is_the_norm_whose_average_the_classes_are_read_from(
    name: str, recommended: str
) -> None:
    """pytorch-grad-cam recommends a norm within the last block.

    The head averages the cells of the very last norm, so there CAM is exact (Zhou et al. 2016), and
    Grad-CAM equals it; nothing that the last block does is left out. The grid is the same.
    """
    network = made(f"timm/{name}")
    found = find_head(network, PICTURE)
    ours, theirs = outputs(network, found.last_layer, recommended)
    assert found.head is not None
    assert found.last_layer == "norm"
    assert ours.shape == theirs.shape == (1, 7, 7, 768)


def test_windows_and_the_pixels_of_patches_are_no_grid_of_the_picture() -> None:
    swin = {layer.name for layer in grid_layers(made("timm/swin_tiny_patch4_window7_224"), PICTURE)}
    assert "layers.0.blocks.0" in swin
    assert "layers.0.blocks.0.attn" not in swin  # 64 windows of 7 x 7
    assert "layers.3.blocks.1.attn" in swin  # one window that is the picture
    within = find_head(made("timm/tnt_s_legacy_patch16_224"), PICTURE)
    assert within.layout.grid == (14, 14)
