"""Weights that torch saves in parts are put together, and the network answers as it did."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
import torchvision
from torch import nn
from torch.nn.utils import parametrizations, prune

from camviewer.engine.checkpoints.reparametrised import whole_weights
from camviewer.engine.importing.checkpoints import import_checkpoint, load_pack
from tests.engine.conftest import CPU


def pruned(network: nn.Module) -> None:
    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            prune.l1_unstructured(module, "weight", 0.3)


WAYS: dict[str, Callable[[nn.Module], object]] = {
    "pruned": pruned,
    "weight norm": lambda network: nn.utils.weight_norm(network.classifier[3]),
    "weight norm as a whole": lambda network: nn.utils.weight_norm(network.classifier[3], dim=None),
    "weight norm of a convolution": lambda network: nn.utils.weight_norm(network.features[0][0]),
    "weight norm by inputs": lambda network: nn.utils.weight_norm(network.classifier[3], dim=1),
    "parametrised weight norm": lambda network: parametrizations.weight_norm(network.classifier[3]),
    "spectral norm": lambda network: nn.utils.spectral_norm(network.classifier[3]),
    "spectral norm of a convolution": lambda network: nn.utils.spectral_norm(
        network.features[0][0]
    ),
    "parametrised spectral norm": lambda network: parametrizations.spectral_norm(
        network.classifier[0]
    ),
}


@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("whole", [False, True])
def test_the_network_answers_as_it_did(way: str, whole: bool, data: Path, tmp_path: Path) -> None:
    if whole and "parametrised" in way:
        pytest.skip("torch saves no network whole that has parametrisations")
    torch.manual_seed(0)
    network = torchvision.models.mobilenet_v3_small(num_classes=5)
    WAYS[way](network)
    network.eval()
    picture = torch.rand(1, 3, 224, 224)
    with torch.no_grad():
        expected = network(picture)
    torch.save(network if whole else network.state_dict(), tmp_path / "m.pth")
    info = import_checkpoint(tmp_path / "m.pth")
    with torch.no_grad():
        assert torch.allclose(load_pack(info, CPU).network(picture), expected, atol=1e-5)
    assert any("carried out" in note or "was computed" in note for note in info.notes)


def test_what_is_whole_stays_as_it_is() -> None:
    state = torchvision.models.squeezenet1_1(num_classes=2).state_dict()
    found, notes = whole_weights(state)
    assert notes == ()
    assert list(found) == list(state)
    assert all(found[name] is tensor for name, tensor in state.items())


def test_the_end_of_dinos_projector_is_left_in_its_parts() -> None:
    parts = {
        "head.last_layer.weight_g": torch.ones(8, 1),
        "head.last_layer.weight_v": torch.ones(8, 4),
    }
    assert list(whole_weights(parts)[0]) == list(parts)
