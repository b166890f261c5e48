"""Architectures are built by name, and fed what their authors fed them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
import timm
import torch
from PIL import Image
from torch import nn
from torchvision import models

from camviewer.engine.architectures import catalogue as architectures
from camviewer.engine.architectures.catalogue import (
    build,
    difference,
    input_sizes,
    trained_size,
)
from camviewer.engine.architectures.fingerprints import (
    Difference,
    InputSizes,
    known_architectures,
    known_input_sizes,
    recognise,
)
from camviewer.engine.architectures.published_recipes import published_recipe
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe, ResizeMode, place
from camviewer.engine.network.input_tensor import picture_tensor
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels

SMALL = ["resnet18", "mobilenet_v2", "googlenet", "squeezenet1_1", "regnet_x_400mf", "mnasnet0_5"]


def torchvisions_own(name: str) -> nn.Module:
    options = {"init_weights": False} if name in {"googlenet", "inception_v3"} else {}
    with torch.random.fork_rng():
        torch.manual_seed(0)
        return models.get_model(name, weights=None, num_classes=7, **options).eval()


def differs(
    ours: torch.Tensor, theirs: torch.Tensor, recipe: Recipe
) -> float:  # in grey levels of 255
    assert ours.shape == theirs.shape
    return float(((ours - theirs) * torch.tensor(recipe.std).view(1, 3, 1, 1)).abs().max()) * 255


@pytest.mark.parametrize("name", [*SMALL, "inception_v3"])
def test_a_network_with_torchvisions_weights_gives_torchvisions_logits(name: str) -> None:
    theirs = torchvisions_own(name)
    shapes = {tensor: tuple(value.shape) for tensor, value in theirs.state_dict().items()}
    found = recognise(shapes)
    ours = build(found.candidates[0], found.classes)
    report = ours.load_state_dict(theirs.state_dict(), strict=False)
    assert report.missing_keys == []
    picture = torch.rand((1, 3, *trained_size(found.candidates[0])))
    with torch.no_grad():
        logits = ours(picture)
        assert isinstance(logits, torch.Tensor)
        assert torch.allclose(logits, theirs(picture), atol=1e-5)


@pytest.mark.parametrize(
    "name", ["tf_efficientnet_lite0", "vit_tiny_patch16_224", "deit_tiny_distilled_patch16_224"]
)
def test_a_network_of_timm_gives_logits(name: str) -> None:
    network = build(f"timm/{name}", 5)
    assert not network.training
    with torch.no_grad():
        assert network(torch.rand((2, 3, 224, 224))).shape == (2, 5)


@pytest.mark.parametrize("name", ["torchvision/regnet_y_400mf", "timm/vitamin_small_224"])
def test_on_meta_a_network_has_shapes_and_no_numbers(name: str) -> None:
    network = build(name, 9, device="meta")
    assert all(tensor.is_meta for tensor in network.state_dict().values())
    with torch.no_grad():
        assert network(torch.empty((1, 3, 224, 224), device="meta")).shape == (1, 9)


def test_nothing_is_downloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_named: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    for name in ("torchvision/vit_b_32", "timm/vit_base_patch16_clip_224", "timm/inception_v3"):
        build(name, 3, device="meta")
        published_recipe(name)


def test_an_unknown_name_is_answered_with_what_was_meant() -> None:
    with pytest.raises(CamviewerError) as failure:
        build("torchvision/resnet5O", 7)
    assert failure.value.message == "There is no architecture called torchvision/resnet5O."
    assert "torchvision/resnet50" in failure.value.hint
    for name in ("resnet50", "keras/resnet50", "torchvision/resnet50@384", "", "timm/hf-hub:a/b"):
        with pytest.raises(CamviewerError):
            build(name, 7)


def test_a_network_that_an_older_library_lacks_asks_for_a_newer_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(timm, "is_model", lambda _name: False)
    with pytest.raises(CamviewerError) as failure:
        published_recipe("timm/resnet50")
    assert failure.value.hint == "Install a newer version of timm."


def test_a_classifier_has_at_least_one_class() -> None:
    with pytest.raises(CamviewerError):
        build("torchvision/resnet18", 0)


@pytest.mark.parametrize(
    "name",
    [
        "resnet50",  # 232 -> 224
        "resnet18",  # 256 -> 224
        "convnext_small",  # 230 -> 224
        "swin_s",  # 246 -> 224
        "swin_v2_s",  # 260 -> 256
        "efficientnet_b1",  # 255 -> 240
        "efficientnet_b3",  # 320 -> 300
        "inception_v3",  # 342 -> 299
        "vit_h_14@518",  # 518 -> 518
    ],
)
@pytest.mark.parametrize("photograph", ["chelsea", "rocket"])
def test_a_picture_is_prepared_as_torchvision_does(
    name: str, photograph: str, photographs: dict[str, SourceImage]
) -> None:
    image = photographs[photograph]
    recipe = published_recipe(f"torchvision/{name}")
    transforms = models.get_model_weights(name.partition("@")[0]).DEFAULT.transforms()
    theirs = transforms(Image.fromarray(image.pixels))[None]
    ours = picture_tensor(image, place(image.size, recipe), recipe)
    assert differs(ours, theirs, recipe) <= 1 + 1e-3


@pytest.mark.parametrize(
    "name",
    [
        "tf_efficientnet_lite0",
        "resnet50",
        "vit_base_patch16_224",
        "vit_large_patch14_dinov2",
        "convnext_tiny",
        "tf_efficientnetv2_s",
        "mobilenetv4_conv_small",
        "inception_v4",
        "nasnetalarge",
    ],
)
def test_a_picture_is_prepared_as_timm_does(name: str, photographs: dict[str, SourceImage]) -> None:
    image = photographs["chelsea"]
    recipe = published_recipe(f"timm/{name}")
    theirs: Any = timm.data.create_transform(
        **timm.data.resolve_data_config(pretrained_cfg=timm.get_pretrained_cfg(name).to_dict())
    )
    ours = picture_tensor(image, place(image.size, recipe), recipe)
    assert differs(ours, theirs(Image.fromarray(image.pixels))[None], recipe) <= 1 + 1e-3


def published(name: str) -> Any:
    return timm.get_pretrained_cfg(name) or timm.models.PretrainedCfg()


OF_ANOTHER_SHAPE = tuple(
    name
    for name in timm.list_models()
    if published(name).crop_mode != "center" or published(name).crop_pct > 1
)


def one_of_each_shape() -> list[str]:
    """The smallest network for each way of bringing a picture into another shape."""

    def way(name: str) -> tuple[str, float, str]:
        config = published(name)
        return config.crop_mode, config.crop_pct, config.interpolation

    largest_first = sorted(OF_ANOTHER_SHAPE, key=lambda name: -max(published(name).input_size))
    return list({way(name): name for name in largest_first}.values())


def test_timm_has_squashed_bordered_and_padded_recipes() -> None:
    counts = Counter(published(name).crop_mode for name in OF_ANOTHER_SHAPE)
    assert counts["squash"] >= 50
    assert counts["border"] >= 3
    assert counts["center"] >= 3


@pytest.mark.parametrize("photograph", ["chelsea", "rocket", "portrait"])
@pytest.mark.parametrize(
    "names",
    [
        pytest.param(one_of_each_shape(), id="one-of-each"),
        pytest.param(OF_ANOTHER_SHAPE, id="all", marks=pytest.mark.exhaustive),
    ],
)
def test_a_picture_is_squashed_bordered_or_padded_as_timm_does(
    names: Sequence[str], photograph: str, photographs: dict[str, SourceImage]
) -> None:
    pixels = photographs["chelsea" if photograph == "portrait" else photograph].pixels
    image = image_from_pixels(pixels.swapaxes(0, 1) if photograph == "portrait" else pixels, "it")
    for name in names:
        recipe = published_recipe(f"timm/{name}")
        theirs: Any = timm.data.create_transform(
            **timm.data.resolve_data_config(pretrained_cfg=published(name).to_dict())
        )
        ours = picture_tensor(image, place(image.size, recipe), recipe)
        difference = differs(ours, theirs(Image.fromarray(image.pixels))[None], recipe)
        assert difference <= 1e-3, name


def test_a_large_picture_keeps_its_border(photographs: dict[str, SourceImage]) -> None:
    image = photographs["rocket"]
    for mode in ResizeMode:
        for share in (0.8, 1.0, 1.15):
            recipe = Recipe(crop_fraction=share, resize_mode=mode)
            placement = place(image.size, recipe)
            as_published = picture_tensor(image, placement, recipe)
            straight = picture_tensor(image, placement, recipe, most_pixels=0)
            assert differs(straight, as_published, recipe) <= 4


@pytest.mark.parametrize("weights", models.get_model_weights("resnet50"))
def test_a_published_file_brings_its_own_recipe(weights: Any) -> None:
    digest = weights.url.rpartition("-")[2].removesuffix(".pth") + "0" * 56
    (resize,) = weights.transforms().resize_size
    recipe = published_recipe("torchvision/resnet50", digest)
    assert recipe.crop_fraction == 224 / resize


@pytest.mark.parametrize("name", ["inception_v3", "googlenet"])
def test_a_published_inception_sees_what_its_own_input_transform_makes(name: str) -> None:
    weights = models.get_model_weights(name).DEFAULT
    digest = weights.url.rpartition("-")[2].removesuffix(".pth") + "0" * 56
    theirs, ours = (published_recipe(f"torchvision/{name}", sha256) for sha256 in ("", digest))
    picture = torch.rand((1, 3, 96, 96))

    def normalised(recipe: Recipe) -> torch.Tensor:
        mean, std = (torch.tensor(v).view(1, 3, 1, 1) for v in (recipe.mean, recipe.std))
        return (picture - mean) / std

    network = torchvisions_own(name)
    network.transform_input = True
    first = next(module for module in network.modules() if isinstance(module, nn.Conv2d))
    seen: list[torch.Tensor] = []
    first.register_forward_pre_hook(lambda _module, inputs: seen.append(inputs[0]))
    with torch.no_grad():
        network(normalised(theirs))
    assert torch.allclose(normalised(ours), seen[0], atol=1e-6)


def test_every_recipe_can_be_carried_out() -> None:
    for name in known_architectures():
        recipe = published_recipe(name)
        assert 0 < recipe.crop_fraction <= 1.16, name
        assert recipe.interpolation in {"bilinear", "bicubic"}, name
        assert place((480, 640), recipe).input_size == recipe.input_size
        assert recipe.step > 0


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("torchvision/resnet18", InputSizes(32, flexible=True)),
        ("torchvision/vgg16", InputSizes(32, flexible=True)),
        ("torchvision/squeezenet1_1", InputSizes(16, flexible=True)),
        ("torchvision/swin_t", InputSizes(32, flexible=True)),
        ("torchvision/vit_b_16", InputSizes(16, flexible=False)),
        ("timm/vit_tiny_patch16_224", InputSizes(16, flexible=False)),
        ("timm/vit_base_patch14_dinov2", InputSizes(14, flexible=False)),
        ("timm/swin_tiny_patch4_window7_224", InputSizes(32, flexible=False)),
        ("timm/tf_efficientnet_lite0", InputSizes(32, flexible=True)),
        ("timm/maxvit_tiny_tf_224", InputSizes(224, flexible=True)),
        ("timm/crossvit_tiny_240", InputSizes(17, flexible=False)),
        ("timm/convnext_tiny", InputSizes(32, flexible=True)),
    ],
)
def test_the_input_sizes_that_a_network_accepts_are_known(name: str, expected: InputSizes) -> None:
    assert input_sizes(name) == expected
    assert known_input_sizes(name) == expected
    recipe = published_recipe(name)
    assert (recipe.step, recipe.flexible) == (expected.step, expected.flexible)


def test_a_recipe_needs_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    known = published_recipe("torchvision/resnet18")
    monkeypatch.setattr(architectures, "known_input_sizes", lambda _name: None)
    assert published_recipe("torchvision/resnet18") == known


def test_a_network_does_not_differ_from_itself() -> None:
    own = build("torchvision/vit_b_32", 12, device="meta").state_dict()
    shapes = {name: tuple(tensor.shape) for name, tensor in own.items()}
    assert difference("torchvision/vit_b_32", shapes) == Difference((), (), ())
