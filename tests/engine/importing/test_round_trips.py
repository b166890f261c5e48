"""A state dict of every architecture goes through the whole program and answers as its own.

Saved, recognised, kept, loaded, asked about a photograph: the logits are those that the library's
own network gives with the library's own transforms, and the default layer makes a map of the grid
that the network has.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from pathlib import Path
from typing import Any

import pytest
import timm
import torch
import torchvision
from PIL import Image
from torch import Tensor, nn

from camviewer.engine.geometry.geometry import PlacementMode, place
from camviewer.engine.importing.checkpoints import import_checkpoint
from camviewer.engine.packs import store as packs
from camviewer.engine.packs.store import PackInfo, read_pack
from camviewer.engine.picture.source_image import read_image
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.session.opening import open_session
from camviewer.engine.support.resources import resource
from tests.engine.cheap_networks import cheaply_made

CPU = torch.device("cpu")
PHOTOGRAPH = resource("samples", "astronaut.png")
pytestmark = pytest.mark.usefixtures("data")
WITH_AUXILIARY = ("googlenet", "inception_v3")

FAMILIES = (
    *("alexnet", "convnext_tiny", "densenet121", "efficientnet_b0", "googlenet", "inception_v3"),
    *("maxvit_t", "mnasnet0_5", "mobilenet_v2", "mobilenet_v3_small", "regnet_x_400mf"),
    *("regnet_y_400mf", "resnet18", "resnext50_32x4d", "shufflenet_v2_x0_5", "squeezenet1_0"),
    *("swin_t", "swin_v2_t", "vgg11", "vit_b_32"),
)
"""One of each of torchvision's, the smallest."""
SMALL = {"googlenet", "mnasnet0_5", "mobilenet_v3_small", "shufflenet_v2_x0_5", "squeezenet1_0"}
ALL = (*torchvision.models.list_models(module=torchvision.models), "vit_b_16@384")
OTHERS = tuple(name for name in ALL if name not in FAMILIES)

TIMM_FAST = (
    *("resnet10t", "mobilenetv3_small_050", "test_convnext", "test_maxvit", "test_vit"),
    *("vit_tiny_patch16_224", "deit_tiny_distilled_patch16_224", "regnetx_002"),
)
TIMM = (
    *("resnet18d", "seresnet50", "resnetv2_18", "resnest14d", "res2net50_14w_8s", "skresnet18"),
    *("densenet121", "dla34", "dpn48b", "vgg11_bn", "tf_efficientnet_lite0", "efficientnet_b0"),
    *("mobilenetv2_100", "mobilenetv3_large_100", "mobilenetv4_conv_small", "mnasnet_100"),
    *("hardcorenas_a", "lcnet_050", "tinynet_e", "ghostnet_050", "regnety_002", "repvgg_a0"),
    *("convnext_atto", "convnextv2_atto", "inception_v3", "xception41", "darknet17", "cspresnet50"),
    *("hrnet_w18_small", "rexnet_100", "edgenext_xx_small", "fastvit_t8", "mobileone_s0"),
    *("repvit_m0_9", "hgnetv2_b0", "nfnet_l0", "vovnet39a", "selecsls42", "inception_next_atto"),
    *("starnet_s1", "mambaout_femto", "fasternet_t0", "repghostnet_050", "halonet26t"),
    *("vit_small_patch32_224", "beit_base_patch16_224", "eva02_tiny_patch14_224"),
    *("vit_small_r26_s32_224", "vit_relpos_small_patch16_224", "swin_tiny_patch4_window7_224"),
    *("swinv2_cr_tiny_224", "coatnet_0_rw_224", "mobilevit_xxs", "levit_128s", "pit_ti_224"),
    *("cait_xxs24_224", "xcit_nano_12_p16_224", "mixer_s16_224", "poolformer_s12", "pvt_v2_b0"),
    *("twins_pcpvt_small", "volo_d1_224", "crossvit_tiny_240", "convit_tiny", "coat_lite_tiny"),
    *("tnt_s_legacy_patch16_224", "efficientformer_l1", "efficientvit_m0", "mvitv2_tiny"),
    *("nest_tiny", "focalnet_tiny_srf", "davit_tiny", "gcvit_xxtiny", "hiera_tiny_224"),
    *("tiny_vit_5m_224", "swiftformer_xs", "visformer_tiny", "shvit_s1", "sequencer2d_s"),
)
"""One of each of timm's families that is not too large."""


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> None:
    """In the place of all engine tests' fixture: these networks are large, so all cores work."""


def imported(file: Path, architecture: str) -> PackInfo:
    """As a user imports it, who names the architecture only where the file cannot tell it."""
    info = import_checkpoint(file, plainest=True)
    if info.architecture == architecture:
        return info
    packs.remove_pack(info)
    return import_checkpoint(file, architecture=architecture)


def assert_round_trip(
    architecture: str,
    network: nn.Module,
    transforms: Callable[[Image.Image], Tensor],
    folder: Path,
    grid: Callable[[nn.Module, Tensor], tuple[int, int]],
) -> None:
    with Image.open(PHOTOGRAPH) as photograph, torch.no_grad():
        picture = transforms(photograph.convert("RGB")).unsqueeze(0)
        expected = network(picture)[0]
        expected_grid = grid(network, picture)
    scale = float(expected.abs().max())
    assert torch.isfinite(expected).all()
    assert float(expected.std()) > 1e-3 * scale  # the classes differ

    torch.save(network.state_dict(), folder / "weights.pth")
    del network
    info = imported(folder / "weights.pth", architecture)
    (folder / "weights.pth").unlink()
    assert info.architecture == architecture
    assert read_pack(info.folder).labels[281] == "tabby"

    session, image = open_session(info.id, device=CPU), read_image(PHOTOGRAPH)
    packs.remove_pack(info)
    fed = session.input_tensor(image, place(image.size, session.info.recipe, PlacementMode.CROP))
    assert fed.shape == picture.shape
    assert (fed - picture).abs().max() <= 1.01 / 255 / min(session.info.recipe.std)
    explanation = session.explain(image, ExplainRequest(method="grad-cam"))
    found = torch.from_numpy(session.verdict(image).logits.copy())
    # Random weights make some logits large: then it is 1e-4 of them.
    rounding = float((fed - picture).abs().max()) * scale  # of a grey level
    assert (found - expected).abs().max() < 1e-4 * max(1.0, scale) + rounding
    assert explanation.heatmap.values.shape == expected_grid
    assert explanation.layer.name == session.info.default_layer


def torchvision_network(name: str) -> nn.Module:
    plain, _, size = name.partition("@")
    options: dict[str, Any] = {"image_size": int(size)} if size else {}
    if plain in WITH_AUXILIARY:
        options |= {"aux_logits": True, "init_weights": False}
    return cheaply_made(lambda: torchvision.models.get_model(plain, weights=None, **options))


def torchvision_transforms(name: str) -> Any:
    """Of the default weights, or of those for the network's own picture size."""
    plain, _, size = name.partition("@")
    weights = torchvision.models.get_model_weights(plain)
    if plain in WITH_AUXILIARY:  # whose published weights are fed what transform_input makes
        return weights.DEFAULT.transforms(mean=(0.5,) * 3, std=(0.5,) * 3)
    if not plain.startswith("vit_"):
        return weights.DEFAULT.transforms()
    fitting = (each.transforms() for each in (weights.DEFAULT, *weights))
    return next(each for each in fitting if each.crop_size == [int(size or 224)])


def torchvision_grid(name: str) -> Callable[[nn.Module, Tensor], tuple[int, int]]:
    """What the architecture's papers say: cells of 32 pixels, but for these."""

    def grid(network: nn.Module, picture: Tensor) -> tuple[int, int]:
        sides = {"alexnet": 6, "squeezenet1_0": 13, "squeezenet1_1": 13, "inception_v3": 8}
        patch = (
            network.patch_size if isinstance(network, torchvision.models.VisionTransformer) else 32
        )
        side = sides.get(name, ceil(picture.shape[-1] / patch))
        return side, side

    return grid


def torchvision_round_trip(name: str, folder: Path) -> None:
    assert_round_trip(
        f"torchvision/{name}",
        torchvision_network(name),
        torchvision_transforms(name),
        folder,
        torchvision_grid(name),
    )


@pytest.mark.parametrize(
    "name",
    [name if name in SMALL else pytest.param(name, marks=pytest.mark.slow) for name in FAMILIES],
)
def test_a_state_dict_of_each_of_torchvisions_families_answers_as_its_own(
    tmp_path: Path, name: str
) -> None:
    torchvision_round_trip(name, tmp_path)


@pytest.mark.exhaustive
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", OTHERS)
def test_a_state_dict_of_every_other_of_torchvision_answers_as_its_own(
    tmp_path: Path, name: str
) -> None:
    torchvision_round_trip(name, tmp_path)


_ALONE = ("PoolingVisionTransformer",)
"""Of these timm hands out the class token alone; the last stage has 7 x 7 cells (PiT, table 1)."""


def timm_grid(network: nn.Module, picture: Tensor) -> tuple[int, int]:
    """(h, w) of what timm calls the features of the picture."""
    if type(network).__name__ in _ALONE:
        return 7, 7
    features = network.forward_features(picture)
    while isinstance(features, list | tuple):
        features = features[0]
    if features.dim() == 4:
        channels_first = features.shape[1] == network.num_features
        shape = features.shape[2:] if channels_first else features.shape[1:3]
        return int(shape[0]), int(shape[1])
    side = int(features.shape[1] ** 0.5)  # the tokens beside the grid are fewer than a row
    return side, side


def timm_round_trip(name: str, folder: Path) -> None:
    network = cheaply_made(lambda: timm.create_model(name, num_classes=1000))
    config = timm.data.resolve_data_config(pretrained_cfg=network.pretrained_cfg)
    transforms = timm.data.create_transform(**config)
    assert_round_trip(f"timm/{name}", network, transforms, folder, timm_grid)


@pytest.mark.parametrize("name", TIMM_FAST)
def test_a_state_dict_of_small_networks_of_timm_answers_as_its_own(
    tmp_path: Path, name: str
) -> None:
    timm_round_trip(name, tmp_path)


def test_timms_families_are_many() -> None:
    assert len({*TIMM, *TIMM_FAST}) >= 40
    assert len({timm.model_entrypoint(name).__module__ for name in (*TIMM, *TIMM_FAST)}) >= 60


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", TIMM)
def test_a_state_dict_of_each_of_timms_families_answers_as_its_own(
    tmp_path: Path, name: str
) -> None:
    timm_round_trip(name, tmp_path)
