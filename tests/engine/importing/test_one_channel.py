"""A network of one input channel is fed the picture's luma, and does all that others do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import timm
import torch
import torchvision
from PIL import Image
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.importing.checkpoints import import_checkpoint
from camviewer.engine.picture.source_image import read_image
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.session.opening import open_session
from camviewer.engine.session.session import Session
from camviewer.engine.structure.structure_queries import parts_at
from camviewer.engine.support.resources import resource
from tests.engine.cheap_networks import cheaply_made

CPU = torch.device("cpu")
PHOTOGRAPH = resource("samples", "astronaut.png")
pytestmark = pytest.mark.usefixtures("data")


def resnet(channels: int) -> nn.Module:
    return timm.create_model("resnet10t", num_classes=4, in_chans=channels)


def opened(network: nn.Module, folder: Path) -> Session:
    torch.save(network.state_dict(), folder / "mine.pth")
    info = import_checkpoint(folder / "mine.pth")
    return open_session(info.id, folder / "cache", CPU)


def grey_picture(size: int, crop: int, mean: float, std: float) -> Tensor:
    """As torchvision's own transforms make it."""
    transforms = torchvision.transforms
    steps = transforms.Compose(
        [
            transforms.Grayscale(),
            transforms.Resize(size, transforms.InterpolationMode.BICUBIC),
            transforms.CenterCrop(crop),
            transforms.ToTensor(),
            transforms.Normalize(mean, std),
        ]
    )
    with Image.open(PHOTOGRAPH) as photograph:
        return steps(photograph.convert("RGB")).unsqueeze(0)


def test_the_verdict_is_that_of_the_network_on_the_grey_picture(tmp_path: Path) -> None:
    network = cheaply_made(lambda: resnet(1))
    session = opened(network, tmp_path)
    recipe = session.info.recipe
    crop = recipe.input_size[0]
    picture = grey_picture(int(crop / recipe.crop_fraction), crop, recipe.mean[0], recipe.std[0])
    with torch.no_grad():
        expected = network(picture)[0].numpy()
    found = session.verdict(read_image(PHOTOGRAPH)).logits
    assert recipe.channels == 1
    assert np.abs(found - expected).max() < 1e-4 * max(1.0, np.abs(expected).max())


def test_maps_places_and_structure_are_made_as_of_any_network(tmp_path: Path) -> None:
    session = opened(cheaply_made(lambda: resnet(1)), tmp_path)
    image = read_image(PHOTOGRAPH)
    few = {"occlusion": (("patch", 64), ("stride", 32))}
    for method in ("cam", "grad-cam", "fullgrad", "occlusion"):
        request = ExplainRequest(method=method, class_index=1, options=few.get(method, ()))
        explanation = session.explain(image, request)
        assert np.isfinite(explanation.heatmap.values).all()
        assert explanation.heatmap.values.std() > 0
    assert len(parts_at(session, session.info.recipe.input_size).parts) > 10


def test_a_network_of_four_bands_opens_and_says_why_it_takes_no_picture(tmp_path: Path) -> None:
    session = opened(cheaply_made(lambda: resnet(4)), tmp_path)
    with pytest.raises(CamviewerError, match="has 3 bands, and the model takes 4 channels"):
        session.verdict(read_image(PHOTOGRAPH))


def test_torchvisions_networks_take_one_channel_too(tmp_path: Path) -> None:
    def make() -> nn.Module:
        network = torchvision.models.mobilenet_v3_small(num_classes=3)
        network.features[0][0] = nn.Conv2d(1, 16, 3, stride=2, padding=1, bias=False)
        return network

    session = opened(cheaply_made(make), tmp_path)
    assert session.info.recipe.channels == 1
    assert np.isfinite(session.verdict(read_image(PHOTOGRAPH)).logits).all()
