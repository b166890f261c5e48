"""What stands between the linear layers of a head: one choice for each place, or as pickled."""

from __future__ import annotations

from pathlib import Path

import pytest
import timm
import torch
from torch import nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.importing.checkpoints import import_checkpoint, load_pack
from camviewer.engine.packs.editing import edit_pack
from camviewer.engine.packs.store import PackInfo
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.runtime.recipe_preview import preview
from tests.engine.cheap_networks import cheaply_made
from tests.engine.conftest import CPU

pytestmark = pytest.mark.usefixtures("data")


def with_head(*layers: nn.Module) -> nn.Module:
    network = timm.create_model("test_resnet", num_classes=2)
    network.fc = nn.Sequential(*layers)
    return network


def three_layers(first: nn.Module, second: nn.Module) -> nn.Module:
    layers = (nn.Linear(96, 16), first, nn.Dropout(), nn.Linear(16, 12), second, nn.Linear(12, 3))
    return cheaply_made(lambda: with_head(*layers))


def logits(info: PackInfo) -> torch.Tensor:
    with torch.no_grad():
        return load_pack(info, CPU).network(picture())


def picture() -> torch.Tensor:
    return torch.rand((1, 3, 160, 160), generator=torch.Generator().manual_seed(3))


def test_each_place_in_a_head_has_an_activation_of_its_own(
    tmp_path: Path, photographs: dict[str, SourceImage]
) -> None:
    network = three_layers(nn.Tanh(), nn.Identity())
    torch.save(network.state_dict(), tmp_path / "mine.pth")
    info = import_checkpoint(tmp_path / "mine.pth")
    assert any("is taken as ReLU" in note for note in info.notes)
    loaded = load_pack(info, CPU)
    assert loaded.info.head_activations == ("relu", "relu")
    with torch.no_grad():
        expected = network(picture())
    assert not torch.allclose(logits(info), expected, atol=1e-4)

    cat, recipe = photographs["chelsea"], info.recipe
    tried = preview(
        loaded,
        cat,
        recipe,
        activation="softmax",
        published=recipe,
        head_activations=("tanh", "none"),
    )
    edited = edit_pack(info, head_activations=["tanh", "none"])
    assert "was set to tanh, then none" in edited.notes[0]
    assert torch.allclose(logits(edited), expected, atol=1e-4)
    again = preview(load_pack(edited, CPU), cat, recipe, activation="softmax", published=recipe)
    assert dict(again.top) == pytest.approx(dict(tried.top), abs=1e-5)
    with pytest.raises(CamviewerError, match="has 2 activations, and 3 were given"):
        edit_pack(info, head_activations=["tanh"] * 3)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (nn.Tanh(), nn.GELU(), ("tanh", "gelu")),
        (nn.ReLU(inplace=True), nn.LeakyReLU(), ("relu", "leaky_relu")),
    ],
)
def test_a_network_that_was_pickled_whole_tells_its_activations(
    first: nn.Module, second: nn.Module, told: tuple[str, ...], tmp_path: Path
) -> None:
    network = three_layers(first, second)
    torch.save(network, tmp_path / "whole.pth")
    info = import_checkpoint(tmp_path / "whole.pth")
    assert info.changes is not None
    assert info.changes.activations == told
    assert any("as its pickled modules say" in note for note in info.notes)
    with torch.no_grad():
        assert torch.allclose(logits(info), network(picture()), atol=1e-4)


def test_a_pickled_activation_that_cannot_be_rebuilt_is_refused(tmp_path: Path) -> None:
    torch.save(three_layers(nn.ReLU(), nn.LeakyReLU(0.2)), tmp_path / "whole.pth")
    with pytest.raises(CamviewerError, match=r"LeakyReLU\(negative_slope=0.2\) at fc.4"):
        import_checkpoint(tmp_path / "whole.pth")
