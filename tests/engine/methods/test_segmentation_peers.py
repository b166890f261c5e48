"""The pixels of a region are explained as by pytorch-grad-cam's target for segmentation."""

from __future__ import annotations

import numpy as np
import pytest
from pytorch_grad_cam import GradCAM, HiResCAM, LayerCAM
from pytorch_grad_cam.utils.model_targets import SemanticSegmentationTarget
from torch import Tensor, nn
from torchvision.models import get_model

from camviewer.engine.geometry.coverage import covered_pixels
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.geometry.region import Region
from camviewer.engine.network.classifier import classifier
from camviewer.engine.network.module_copies import copy_sharing_tensors
from camviewer.engine.network.structured_output import choose_output
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.results.targets import RegionPixels
from camviewer.engine.session.session import Session
from tests.engine.cheap_networks import cheaply_made
from tests.engine.conftest import CPU
from tests.engine.peer_places import same
from tests.engine.small_networks import without_in_place_layers

SIDE, CLASS = 64, 2
REGION = Region.rectangle(150.0, 60.0, 120.0, 130.0)
LAYERS = {
    "lraspp_mobilenet_v3_large": "backbone.12",
    "deeplabv3_mobilenet_v3_large": "backbone.12",
    "fcn_resnet50": "backbone.layer2",
    "fcn_resnet101": "backbone.layer2",
    "deeplabv3_resnet50": "backbone.layer3",
    "deeplabv3_resnet101": "backbone.layer3",
}
FAST = "lraspp_mobilenet_v3_large"
NAMES = [name if name == FAST else pytest.param(name, marks=pytest.mark.slow) for name in LAYERS]


class Out(nn.Module):
    """The scores of pixels alone, as the peer's example for torchvision's networks has it."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, pictures: Tensor) -> Tensor:
        """(N, K, h, w)."""
        scores: Tensor = self.network(pictures)["out"]
        return scores


@pytest.mark.parametrize("name", NAMES)
def test_pixels_of_a_region_are_explained_as_by_a_peer(
    name: str, photographs: dict[str, SourceImage], subtests: pytest.Subtests
) -> None:
    options = {"weights": None, "weights_backbone": None, "num_classes": 5}
    network = cheaply_made(lambda: get_model(name, **options)).requires_grad_(False)
    made = classifier(
        choose_output(copy_sharing_tensors(network), "out"),
        identifier=name,
        title=name,
        labels=tuple("abcde"),
        recipe=Recipe(input_size=(SIDE, SIDE)),
        weights_sha256="0" * 64,
        device=CPU,
        scores_pixels=True,
    )
    session, image = Session(made), photographs["chelsea"]
    for method, kind in (("grad-cam", GradCAM), ("hirescam", HiResCAM), ("layercam", LayerCAM)):
        raw: list[np.ndarray] = []

        class Unscaled(kind):  # type: ignore[misc,valid-type]
            def get_cam_image(self, *arguments: object, **named: object) -> np.ndarray:
                raw.append(super().get_cam_image(*arguments, **named))  # noqa: B023
                return raw[-1]  # noqa: B023

        with subtests.test(method):
            request = ExplainRequest(None, method, LAYERS[name], target=RegionPixels(CLASS, REGION))
            mine = session.explain(image, request)
            mask = covered_pixels(REGION, mine.placement).astype(np.float32)
            fed = session.input_tensor(image, mine.placement)
            with (
                without_in_place_layers(network),
                Unscaled(Out(network), [network.get_submodule(LAYERS[name])]) as extractor,
            ):
                extractor(fed.clone().requires_grad_(), [SemanticSegmentationTarget(CLASS, mask)])
            same(mine.heatmap.values * mask.sum(), raw[0][0])  # the peer sums, and we average
