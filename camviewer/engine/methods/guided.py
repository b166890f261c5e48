"""Implements guided backpropagation, and its product with Grad-CAM."""

from __future__ import annotations

from dataclasses import replace

from torch import Tensor

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.cell_grid import grid_geometry
from camviewer.engine.methods.core.activation_kinds import other_activation
from camviewer.engine.methods.core.guided_gradients import GuidedGradients
from camviewer.engine.methods.core.input_gradients import (
    PIXELS,
    input_gradient,
    over_channels,
    pixel_method,
)
from camviewer.engine.methods.core.probe import Probe
from camviewer.engine.methods.core.registry import ClassMap
from camviewer.engine.methods.core.resampling import sampled
from camviewer.engine.methods.gradient import grad_cam
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.results.messages import Cost

_DEFINED_FOR = "networks whose only activation is ReLU or ReLU6"


def _only_rectified(classifier: Classifier) -> str:
    other = other_activation(classifier.network)
    return f"this network has {other}, not only ReLU." if other else ""


@pixel_method(
    "guided-backprop",
    title="Guided backpropagation",
    summary="Gradients by pixels, of which each ReLU lets only the positive ones through.",
    citation=(
        "Springenberg, Dosovitskiy, Brox, Riedmiller: Striving for Simplicity: The All "
        "Convolutional Net, ICLR Workshop 2015"
    ),
    cost=Cost.FAST,
    defined_for=_DEFINED_FOR,
    unit="gradient",
    refuses=_only_rectified,
)
def guided_backprop(probe: Probe, class_index: int) -> ClassMap:
    """M(x, y) = sum over channels c of g_c(x, y), g the gradient by the input with changed ReLUs.

    On the way back a ReLU hands on [x > 0] max(g, 0) in place of [x > 0] g.

    It looks sharp, and depends little on the class and on the weights of late layers (Adebayo et
    al.: Sanity Checks for Saliency Maps, NeurIPS 2018).
    """
    return over_channels(_guided_gradient(probe, class_index))


@pixel_method(
    "guided-grad-cam",
    title="Guided Grad-CAM",
    summary="Guided backpropagation where Grad-CAM sees evidence for the class.",
    citation=(
        "Selvaraju, Cogswell, Das, Vedantam, Parikh, Batra: Grad-CAM: Visual Explanations from "
        "Deep Networks via Gradient-based Localization, ICCV 2017"
    ),
    cost=Cost.FAST,
    defined_for=_DEFINED_FOR,
    unit="gradient × logit",
    fixed_layer="",
    refuses=_only_rectified,
)
def guided_grad_cam(probe: Probe, class_index: int) -> ClassMap:
    """M(x, y) = up(relu(G))(x, y) sum over channels c of g_c(x, y), g guided, G Grad-CAM's map.

    Grad-CAM's map is read at the input pixels from where its cells look, bilinearly.
    """
    forward, placement, context = probe.forward, probe.placement, probe.context
    coarse = grad_cam(forward, class_index).values.relu()
    grid = (coarse.shape[0], coarse.shape[1])
    of_cells = context.geometry(forward.layer, placement, grid)
    of_pixels = grid_geometry(placement, placement.input_size, PIXELS)
    fine = sampled(coarse, of_cells, of_pixels)
    registration = replace(PIXELS, measured=of_cells.measured)
    return over_channels(_guided_gradient(probe, class_index) * fine, registration=registration)


def _guided_gradient(probe: Probe, class_index: int) -> Tensor:
    """The guided gradient by the input, (C, h, w).

    Raises:
        CamviewerError: the network has no ReLU, or another activation.
    """
    guided = GuidedGradients()
    (gradient,) = input_gradient(probe, class_index, changed=lambda _picture: guided)
    if not guided.rectifiers:
        raise CamviewerError(
            "Guided backpropagation is not defined here: no ReLU of this network can be reached.",
            "Choose SmoothGrad, Grad-CAM or another method.",
        )
    return gradient
