"""A checkpoint's architecture is told by the names and shapes of its tensors alone."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import pytest
import timm
import torch
from torch import nn
from torchvision import models

from camviewer.engine.architectures.catalogue import (
    architectures_to_know,
    build,
    difference,
    on_meta,
    tensor_shapes,
)
from camviewer.engine.architectures.fingerprints import (
    CLASSES,
    Difference,
    essential,
    headless_sentence,
    known_architectures,
    recognise,
    strip_prefixes,
    unknown_sentence,
    without_prefix,
)

Shapes = dict[str, tuple[int, ...]]

TORCHVISION = models.list_models(module=models)
CLASS_COUNTS = (1000, 7, 2)

# One of each of timm's modules that has classifiers, chosen once and for all, small ones first.
TIMM = [
    *("resnet18", "resnet50d", "seresnet50", "resnext50_32x4d", "resnetv2_50", "resnest14d"),
    *("res2net50_26w_4s", "sknet", "skresnet18", "densenet121", "dla34", "dpn68", "vgg11_bn"),
    *("tf_efficientnet_lite0", "efficientnet_b0", "tf_efficientnetv2_s", "mobilenetv2_100"),
    *("mobilenetv3_large_100", "mobilenetv4_conv_small", "mnasnet_100", "fbnetc_100"),
    *("hardcorenas_a", "lcnet_050", "tinynet_a", "ghostnet_100", "regnety_004", "repvgg_a2"),
    *("convnext_atto", "convnextv2_nano", "inception_v3", "xception41", "nasnetalarge"),
    *("cspdarknet53", "darknet53", "hrnet_w18_small", "rexnet_100", "edgenext_small"),
    *("fastvit_t8", "mobileone_s0", "repvit_m1", "hgnetv2_b0", "nfnet_l0", "eca_nfnet_l0"),
    *("vit_tiny_patch16_224", "vit_base_patch32_224", "deit_tiny_distilled_patch16_224"),
    *("beit_base_patch16_224", "eva02_tiny_patch14_224", "vit_small_r26_s32_224"),
    *("swin_tiny_patch4_window7_224", "swinv2_tiny_window8_256", "maxvit_tiny_tf_224"),
    *("coatnet_0_rw_224", "mobilevit_s", "levit_128s", "pit_ti_224", "cait_xxs24_224"),
    *("xcit_nano_12_p16_224", "mixer_s16_224", "poolformer_s12", "caformer_s18", "pvt_v2_b0"),
    *("twins_svt_small", "volo_d1_224", "crossvit_tiny_240", "convit_tiny", "coat_tiny"),
    *("tnt_s_legacy_patch16_224", "efficientformer_l1", "mvitv2_tiny", "nest_tiny"),
    *("focalnet_tiny_srf", "davit_tiny", "gcvit_xxtiny", "hiera_tiny_224", "tiny_vit_5m_224"),
]
SAMPLE = [name for name in TIMM if timm.is_model(name)]


FEW = {
    *("resnet18", "vgg11_bn", "densenet121", "mobilenet_v2", "googlenet", "inception_v3"),
    *("efficientnet_b0", "convnext_tiny", "vit_b_16", "swin_t", "mobilenetv4_conv_small"),
    *("beit_base_patch16_224", "deit_tiny_distilled_patch16_224", "coatnet_0_rw_224"),
}
"""Families that are told apart in every run; the others take longer."""


def with_class_counts(names: Sequence[str]) -> list[Any]:
    return [
        pytest.param(name, CLASS_COUNTS[place % 3], marks=[] if name in FEW else [pytest.mark.slow])
        for place, name in enumerate(names)
    ]


def shapes_of(network: nn.Module) -> Shapes:
    return {name: tuple(tensor.shape) for name, tensor in network.state_dict().items()}


def torchvisions(name: str, classes: int, **options: object) -> Shapes:
    if name in {"googlenet", "inception_v3"}:
        options["init_weights"] = False  # says nothing else, but warns when it is not given
    made = on_meta(lambda: models.get_model(name, weights=None, num_classes=classes, **options))
    return shapes_of(made)


def timms(name: str, classes: int) -> Shapes:
    with torch.device("meta"):
        return shapes_of(timm.create_model(name, num_classes=classes))


@pytest.fixture(scope="module")
def resnet() -> Shapes:
    return torchvisions("resnet18", 7)


@pytest.mark.parametrize(("name", "classes"), with_class_counts(TORCHVISION))
def test_each_of_torchvisions_classifiers_is_recognised(name: str, classes: int) -> None:
    found = recognise(torchvisions(name, classes))
    assert found.candidates[0] == f"torchvision/{name}"
    assert found.classes == classes
    assert (found.prefix, found.nearest) == ("", None)


@pytest.mark.exhaustive
@pytest.mark.parametrize("classes", CLASS_COUNTS)
@pytest.mark.parametrize("name", TORCHVISION)
def test_each_of_torchvisions_classifiers_is_recognised_with_any_number_of_classes(
    name: str, classes: int
) -> None:
    found = recognise(torchvisions(name, classes))
    assert (found.candidates[0], found.classes) == (f"torchvision/{name}", classes)


def test_the_sample_of_timms_classifiers_is_large() -> None:
    assert len(SAMPLE) >= 40


@pytest.mark.parametrize(("name", "classes"), with_class_counts(SAMPLE))
def test_timms_classifiers_of_all_families_are_recognised(name: str, classes: int) -> None:
    found = recognise(timms(name, classes))
    assert f"timm/{name}" in found.candidates
    assert found.classes == classes


@pytest.mark.exhaustive
@pytest.mark.timeout(3600)
def test_every_architecture_in_the_table_is_recognised() -> None:
    unrecognised = []
    for architecture in known_architectures():
        found = recognise(shapes_of(build(architecture, 11, device="meta")))
        if architecture not in found.candidates or found.classes != 11:
            unrecognised.append(architecture)
    assert unrecognised == []


def test_the_table_knows_nearly_all_that_can_be_built() -> None:
    known, possible = set(known_architectures()), architectures_to_know()
    assert len(known) > 1300
    assert len(known) == len(known_architectures())
    assert [name for name in possible if name not in known and name.startswith("torchvision")] == []


@pytest.mark.parametrize("name", ["googlenet", "inception_v3"])
@pytest.mark.parametrize("auxiliary", [True, False])
def test_heads_that_only_training_uses_may_be_there_or_not(name: str, auxiliary: bool) -> None:
    shapes = torchvisions(name, 7, aux_logits=auxiliary)
    assert recognise(shapes).candidates[0] == f"torchvision/{name}"


@pytest.mark.parametrize(("name", "size"), [("vit_b_16", 384), ("vit_l_16", 512)])
def test_a_transformer_published_for_a_larger_picture_is_one_of_its_own(
    name: str, size: int
) -> None:
    found = recognise(torchvisions(name, 1000, image_size=size))
    assert found.candidates == (f"torchvision/{name}@{size}",)


def test_networks_with_the_same_tensors_are_all_named_the_most_usual_first() -> None:
    found = recognise(timms("resnet50", 10))
    assert found.candidates[:2] == ("torchvision/resnet50", "timm/resnet50")
    lite = recognise(timms("tf_efficientnet_lite0", 10)).candidates
    assert set(lite) == {"timm/efficientnet_lite0", "timm/tf_efficientnet_lite0"}


def test_counters_and_tables_that_follow_from_the_rest_may_be_missing(resnet: Shapes) -> None:
    without = {name: shape for name, shape in resnet.items() if "num_batches" not in name}
    assert len(without) < len(resnet)
    assert recognise(without) == recognise(resnet)
    swin = torchvisions("swin_t", 7)
    assert recognise(essential(swin)) == recognise(swin)


@pytest.mark.parametrize(
    "prefix",
    ["module.", "model.", "net.", "_orig_mod.", "backbone.", "module._orig_mod.", "model.net."],
)
def test_what_a_wrapper_put_before_the_names_is_seen_through(resnet: Shapes, prefix: str) -> None:
    found = recognise({prefix + name: shape for name, shape in resnet.items()})
    assert found.prefix == prefix
    assert found.candidates[0] == "torchvision/resnet18"


def test_what_a_training_wrapper_kept_beside_the_network_does_not_matter(resnet: Shapes) -> None:
    wrapped = {f"model.{name}": shape for name, shape in resnet.items()}
    found = recognise({**wrapped, "loss.weight": (7,), "n_averaged": ()})
    assert (found.prefix, found.candidates[0]) == ("model.", "torchvision/resnet18")


def test_a_classifier_beside_its_backbone_is_found(resnet: Shapes) -> None:
    split = {
        name if name.startswith("fc") else f"backbone.{name}": shape
        for name, shape in resnet.items()
    }
    found = recognise(split)
    assert (found.prefix, found.candidates[0]) == ("backbone.", "torchvision/resnet18")


def test_a_prefix_counts_only_when_nearly_all_names_have_it() -> None:
    assert strip_prefixes(["model.a", "model.b", "model.c"]) == "model."
    assert strip_prefixes(["model.a", "model.b", "head.c"]) == ""
    assert strip_prefixes(["module.model.a", "module.model.b"]) == "module.model."
    assert strip_prefixes([]) == ""


def test_names_lose_their_prefix_and_what_compiling_put_in_between() -> None:
    assert without_prefix("module.layer1._orig_mod.0.weight", "module.") == "layer1.0.weight"
    assert without_prefix("fc.weight", "module.model.") == "fc.weight"


def test_features_without_a_classifier_are_told_apart(resnet: Shapes) -> None:
    body = {name: shape for name, shape in resnet.items() if not name.startswith("fc")}
    found = recognise(body)
    assert (found.candidates, found.classes) == ((), 0)
    assert found.headless[0] == found.nearest == "torchvision/resnet18"
    sentence = headless_sentence(found.headless[0])
    assert "torchvision/resnet18 without its classifier" in sentence
    assert sentence.endswith(".")


def test_heads_that_disagree_on_the_number_of_classes_are_none(resnet: Shapes) -> None:
    assert recognise({**resnet, "fc.bias": (8,)}).candidates == ()


def test_an_unknown_network_is_compared_with_the_nearest(resnet: Shapes) -> None:
    changed = dict(resnet)
    changed["layer4.1.conv2.weight"] = (512, 512, 5, 5)
    changed["attention.weight"] = (3, 512)
    del changed["layer1.0.bn1.weight"]
    found = recognise(changed)
    assert (found.candidates, found.nearest) == ((), "torchvision/resnet18")
    differs = difference("torchvision/resnet18", changed)
    assert differs.missing == ("layer1.0.bn1.weight",)
    assert differs.unexpected == ("attention.weight",)
    assert differs.differing == (("layer4.1.conv2.weight", (512, 512, 5, 5), (512, 512, 3, 3)),)
    assert unknown_sentence("torchvision/resnet18", differs) == (
        "These weights are of no architecture that camviewer knows. The nearest is "
        "torchvision/resnet18: 1 tensor missing (layer1.0.bn1.weight), 1 tensor unexpected "
        "(attention.weight), 1 tensor of another shape (layer4.1.conv2.weight is "
        "512 x 512 x 5 x 5 instead of 512 x 512 x 3 x 3)."
    )


def test_the_number_of_classes_is_no_difference(resnet: Shapes) -> None:
    assert difference("torchvision/resnet18", resnet) == Difference((), (), ())
    assert not difference("torchvision/resnet18", resnet)


@pytest.mark.parametrize(
    "name",
    ["torchvision/densenet121", "torchvision/convnext_tiny", "timm/vit_tiny_patch16_224"],
)
def test_a_network_with_a_few_foreign_tensors_is_nearest_to_its_origin(name: str) -> None:
    shapes = {
        tensor: tuple(7 if side == CLASSES else side for side in shape)
        for tensor, shape in tensor_shapes(name).items()
    }
    for tensor in random.Random(0).sample(sorted(shapes), 6):
        shapes[f"extra.{tensor}"] = shapes.pop(tensor)
    assert recognise(shapes).nearest == name


def test_a_wider_network_is_nearest_to_one_with_the_same_names() -> None:
    wider = {
        name: tuple(side + 8 for side in shape) for name, shape in torchvisions("vgg16", 7).items()
    }
    nearest = recognise(wider).nearest
    assert nearest is not None
    assert nearest.split("/")[1].startswith("vgg16")


@pytest.mark.parametrize("shapes", [{}, {"a": ()}, {"weight": (0,)}, {"module.": (1, 2)}])
def test_what_is_no_network_at_all_is_near_to_none(shapes: Shapes) -> None:
    found = recognise(shapes)
    assert (found.candidates, found.headless, found.nearest) == ((), (), None)


def test_the_lookup_needs_no_torch() -> None:
    program = (
        "import sys; from camviewer.engine.architectures.fingerprints import recognise;"
        "recognise({'fc.weight': (2, 512)});"
        "assert not {'torch', 'timm', 'torchvision'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_nothing_is_left_on_the_meta_device_for_the_next_one() -> None:
    tensor_shapes("torchvision/resnet18")
    assert torch.empty(1).device.type == "cpu"
