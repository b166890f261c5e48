"""A map as the engine hands it out, for widgets that are tried without one."""

from __future__ import annotations

import numpy as np

from camviewer.engine.geometry.cell_grid import GridGeometry
from camviewer.engine.geometry.geometry import Box, Recipe, place
from camviewer.engine.results.heatmap import Heatmap
from camviewer.engine.results.messages import (
    Cost,
    ExplainRequest,
    Explanation,
    LayerInfo,
    MethodInfo,
)


def exact_cam() -> Explanation:
    """Of 7 x 7 cells under the recipe."""
    extent = Box(0, 0, 224, 224)
    geometry = GridGeometry((7, 7), (16, 16), (32, 32), extent, (32, 32), (1, 5), measured=True)
    return Explanation(
        request=ExplainRequest(0, "cam", "head"),
        heatmap=Heatmap(np.ones((7, 7), np.float32), geometry, "logit"),
        placement=place((224, 224), Recipe()),
        class_index=0,
        class_name="tiger cat",
        method=MethodInfo("cam", "CAM (exact)", "", "", Cost.INSTANT, "logit", additive=True),
        layer=LayerInfo("head", "Conv2d", (1280, 7, 7), cam=True),
        probability=0.391,
        logit=9.11,
        probability_here=0.391,
        logit_here=9.11,
        milliseconds=11.2,
        passes=1,
        device="CPU",
        target_score=9.11,
    )
