"""For which networks the registry says that a method is defined, and that it is right there."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from camviewer.engine.errors import CamviewerError
from camviewer.engine.methods import all_methods
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.heatmap import Evidence
from camviewer.engine.results.messages import Cost, ExplainRequest
from camviewer.engine.session.session import Session

pytestmark = pytest.mark.slow

SIDE = 64
NO_ATTENTION = {
    "attention-rollout": "no attention",
    "legrad": "no attention",
    "vit-recipro-cam": "no attention",
}
POOLED = {"fc-cam": "CAM itself is exact", **NO_ATTENTION}
RECTIFIED = ("guided-backprop", "guided-grad-cam", "lrp")
LAYER_NORMS = {"fullgrad": "LayerNorm", **dict.fromkeys(RECTIFIED, "GELU")}
ONE_TOKEN = {
    "cam": "read from a token",
    "fc-cam": "nothing to make a convolution of",
    "multi-scale": "only accepts pictures of",
    **LAYER_NORMS,
}
WINDOWS = {
    "attention-rollout": "looks at windows",
    "legrad": "looks at windows",
    "vit-recipro-cam": "does not look at tokens",
}
REFUSED: dict[str, dict[str, str]] = {
    "embedded": POOLED,
    "resnet18": POOLED,
    "vgg11": {"cam": "belong to 320 features", **NO_ATTENTION},
    "densenet121": POOLED,
    "mobilenet_v2": POOLED,
    "efficientnet_b0": {**POOLED, **dict.fromkeys(RECTIFIED, "SiLU")},
    "convnext_tiny": {
        "cam": "more than averaging",
        "fc-cam": "nothing to make a convolution of",
        **LAYER_NORMS,
        **NO_ATTENTION,
    },
    "vit_b_16": {**ONE_TOKEN, **dict.fromkeys(RECTIFIED, "MultiheadAttention")},
    "swin_t": {"fc-cam": "CAM itself is exact", **LAYER_NORMS, **WINDOWS},
    "timm/resnet10t": POOLED,
    "timm/deit_tiny_patch16_224": ONE_TOKEN,
}
SIZED = {"vit_b_16": "image_size", "timm/deit_tiny_patch16_224": "img_size"}
MAY_BE_EMPTY = {
    "channel",  # the strongest may be silent
    "fem",  # of four cells none is two standard deviations above the mean
    "guided-grad-cam",  # where Grad-CAM sees nothing for the class, the product is nothing
    "refine-cam",  # where one layer sees nothing, the product is nothing
}
FEW = {"samples": 2, "moves": 2, "steps": 3}
"""Options that make a method quick."""
SOON = [method.info.id for method in all_methods() if method.info.cost is not Cost.SLOW]


@pytest.fixture(scope="module", params=REFUSED)
def network(
    request: pytest.FixtureRequest, lively_classifier: Callable[..., Classifier]
) -> tuple[str, Session]:
    name = request.param
    sized = {SIZED[name]: SIDE} if name in SIZED else {}
    return name, Session(lively_classifier(name, SIDE, **sized))


def test_the_registry_says_which_methods_are_not_defined_and_why(
    network: tuple[str, Session], photographs: dict[str, SourceImage]
) -> None:
    name, session = network
    refused = {info.id: why for info, why in session.methods() if why}
    assert refused.keys() == REFUSED[name].keys()
    for method, words in REFUSED[name].items():
        assert words in refused[method]
        with pytest.raises(CamviewerError, match="not defined here") as asked:
            session.explain(photographs["coffee"], ExplainRequest(285, method))
        assert refused[method] in asked.value.message
        assert asked.value.hint


@pytest.mark.parametrize("method", SOON)
def test_where_a_method_is_defined_it_finds_something(
    network: tuple[str, Session], photographs: dict[str, SourceImage], method: str
) -> None:
    name, session = network
    if method in REFUSED[name]:
        return
    options = session.method_info(method).options
    few = tuple((option.key, FEW[option.key]) for option in options if option.key in FEW)
    request = ExplainRequest(285, method, options=few)
    found = session.explain(photographs["coffee"], request).heatmap
    assert np.isfinite(found.values).all()
    assert found.evidence is not Evidence.FLAT or method in MAY_BE_EMPTY
