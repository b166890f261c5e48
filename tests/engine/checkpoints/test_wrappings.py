"""Whatever training scripts put around a state dict is taken off, in every combination."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
import torch
import torchvision
from torch import Tensor

from camviewer.engine.architectures.fingerprints import recognise
from camviewer.engine.checkpoints.tensors import read_checkpoint
from camviewer.engine.importing.checkpoints import import_checkpoint

CONTAINERS = ("state_dict", "model", "model_state_dict", "ema")
PREFIXES = ("module.", "model.", "net.", "_orig_mod.", "backbone.")
COMBINED = (
    *(f"{outer}{inner}" for outer, inner in product(PREFIXES, PREFIXES) if outer != inner),
    "module._orig_mod.model.backbone.",
    "model.module.net.",
)


@pytest.fixture(scope="module")
def weights() -> dict[str, Tensor]:
    torch.manual_seed(0)
    return dict(torchvision.models.shufflenet_v2_x0_5(num_classes=4).state_dict())


def prefixed(weights: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {f"{prefix}{name}": tensor for name, tensor in weights.items()}


@pytest.mark.parametrize("prefix", ["", *PREFIXES, "module.model."])
@pytest.mark.parametrize("container", CONTAINERS)
def test_every_container_is_opened_whatever_prefix_is_in_it(
    tmp_path: Path, weights: dict[str, Tensor], container: str, prefix: str
) -> None:
    file = tmp_path / "w.ckpt"
    torch.save({"epoch": 3, container: prefixed(weights, prefix), "lr": 0.1}, file)
    tensors = read_checkpoint(file).tensors
    found = recognise({name: tuple(tensor.shape) for name, tensor in tensors.items()})
    assert found.candidates == ("torchvision/shufflenet_v2_x0_5",)
    assert (found.prefix, found.classes) == (prefix, 4)


@pytest.mark.parametrize("prefix", COMBINED)
def test_prefixes_within_prefixes_are_taken_off(weights: dict[str, Tensor], prefix: str) -> None:
    shapes = {name: tuple(tensor.shape) for name, tensor in prefixed(weights, prefix).items()}
    found = recognise(shapes)
    assert found.candidates == ("torchvision/shufflenet_v2_x0_5",)
    assert found.classes == 4


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize("container", ["state_dict", "model", "model_state_dict"])
@pytest.mark.parametrize("averaged", ["ema", "model_ema", "state_dict_ema", "ema_state_dict"])
def test_of_raw_and_averaged_weights_the_averaged_are_taken_and_that_is_said(
    tmp_path: Path,
    weights: dict[str, Tensor],
    container: str,
    averaged: str,
) -> None:
    smooth = {name: tensor / 2 for name, tensor in weights.items()}
    torch.save(
        {container: prefixed(weights, "module."), averaged: prefixed(smooth, "module.")},
        tmp_path / "w.pth",
    )
    note, *_ = import_checkpoint(tmp_path / "w.pth").notes
    assert note == (
        f"The averaged weights (EMA, under {averaged}) were taken, not the raw ones under "
        f"{container}."
    )
    assert torch.equal(
        read_checkpoint(tmp_path / "w.pth").tensors["module.fc.bias"], smooth["fc.bias"]
    )
