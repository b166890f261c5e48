"""CAM is what its formula says, and its mean is the class score."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.geometry.geometry import DETAILS, PlacementMode
from camviewer.engine.methods.cam import cam
from camviewer.engine.network import forward as passes
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.session.session import Session

# architecture: the layer whose cells its head averages, and whether a ReLU follows on the way
POOLED = {
    "resnet18": ("layer4", False),
    "densenet121": ("features", True),
    "mobilenet_v2": ("features", False),
    "googlenet": ("inception5b", False),
    "shufflenet_v2_x0_5": ("conv5", False),
}


PLACEMENTS = [
    (mode, detail)
    for mode in PlacementMode
    for detail in DETAILS
    if (mode, detail) != (PlacementMode.WHOLE, 4.0)  # takes 300 MB, and shows nothing new
]


@pytest.mark.parametrize(("mode", "detail"), PLACEMENTS)
def test_the_maps_mean_plus_the_bias_is_the_logit_at_every_placement(
    session: Session,
    embedded: Classifier,
    photographs: dict[str, SourceImage],
    mode: PlacementMode,
    detail: float,
) -> None:
    assert embedded.head is not None
    image = photographs["chelsea"]
    for class_index in (None, 0, 967):
        found = session.explain(image, ExplainRequest(class_index, "cam", mode=mode, detail=detail))
        total = found.heatmap.values.mean(dtype=np.float64) + float(
            embedded.head.bias[found.class_index]
        )
        assert total == pytest.approx(found.logit_here, rel=1e-4)


@pytest.mark.parametrize(
    ("mode", "detail"), [(PlacementMode.CROP, 1.0), (PlacementMode.WHOLE, 1.5)]
)
@pytest.mark.parametrize("name", POOLED)
def test_the_maps_mean_plus_the_bias_is_the_logit_for_every_pooled_head(
    random_classifier: Callable[[str], Classifier],
    seen: Callable[..., Tensor],
    name: str,
    mode: PlacementMode,
    detail: float,
) -> None:
    classifier = random_classifier(name)
    layer, rectified = POOLED[name]
    assert classifier.head is not None
    assert (classifier.head.layer, classifier.head.rectified) == (layer, rectified)
    picture = seen("coffee", mode, detail)
    forward = passes.run(classifier.network, picture, layer, classifier.head)
    with torch.no_grad():
        logits = classifier.network(picture)[0]
    top = torch.topk(logits.abs(), 10).indices.tolist()
    for class_index in top:
        total = float(cam(forward, class_index).values.double().mean())
        total += float(classifier.head.bias[class_index])
        assert total == pytest.approx(float(logits[class_index]), rel=1e-4)


def test_the_formula_in_plain_loops(embedded: Classifier, seen: Callable[..., Tensor]) -> None:
    assert embedded.head is not None
    forward = passes.run(embedded.network, seen("coffee"), "head", embedded.head)
    with torch.no_grad():
        features = nn.Sequential(*list(embedded.network.children())[:3])(seen("coffee"))[0].tolist()
    weights = embedded.head.weight[967].tolist()
    values = cam(forward, 967).values
    assert values.shape == (7, 7)
    for row in range(7):
        for column in range(7):
            total = 0.0
            for weight, channel in zip(weights, features, strict=True):
                total += weight * channel[row][column]
            assert float(values[row, column]) == pytest.approx(total, abs=1e-4)


def test_the_map_keeps_its_sign_and_scale(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    heatmap = session.explain(photographs["coffee"], ExplainRequest(class_index=969)).heatmap
    assert heatmap.low < 0 < heatmap.high
    assert heatmap.high - heatmap.low > 1.5
    assert heatmap.unit == "logit"
