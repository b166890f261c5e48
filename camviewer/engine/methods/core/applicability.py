"""Chooses the layer that a method taps, and says why a method is undefined for a network."""

from __future__ import annotations

from camviewer.engine.errors import CamviewerError
from camviewer.engine.methods.core.registry import Method, Needs
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.grid_layers import mixes_globally
from camviewer.engine.results.messages import ScoreKind
from camviewer.engine.results.without_classes import TEACH_CLASSES, WITHOUT_CLASSES


def refusal(method: Method, classifier: Classifier, layer: str) -> str:
    """Why a method is not defined on a layer of a network; empty when it is."""
    info = classifier.info
    if not info.has_classes and not method.info.classless:
        return WITHOUT_CLASSES
    if info.layer_refusal and method.needs is not Needs.NOTHING:
        return f"the layers of this model cannot be reached: {info.layer_refusal}"
    if method.needs is Needs.POOLED_LINEAR_HEAD and layer != info.cam_layer:
        return info.cam_refusal or (
            f"the class weights belong to the channels of layer {info.cam_layer}, "
            f"not to those of {layer}."
        )
    if method.needs is Needs.CONVERTIBLE_HEAD:
        return classifier.linear_end.refusal(layer)
    if method.needs is Needs.ATTENTION and not mixes_globally(classifier.network):
        return "this network has no attention."
    return method.refuses(classifier)


def refuse(method: Method, classifier: Classifier, layer: str, score: ScoreKind) -> None:
    """Raises an error where a method is not defined.

    Raises:
        CamviewerError: it is not defined for the network or the layer, or does not explain that.
    """
    why = refusal(method, classifier, layer)
    if why:
        raise CamviewerError(
            f"{method.info.title} is not defined here: {why}", _way_out(classifier)
        )
    if score not in method.info.scores:
        raise CamviewerError(
            f"{method.info.title} does not explain the {score}.",
            f"It explains the {' or the '.join(method.info.scores)}.",
        )


def _way_out(classifier: Classifier) -> str:
    info = classifier.info
    if not info.has_classes:
        return f"Choose Eigen-CAM or another method that needs no class. {TEACH_CLASSES}"
    if info.layer_refusal:
        return "Choose Occlusion or another method that needs no layers."
    if info.cam_layer is None:
        if classifier.linear_end.head is not None:
            return (
                "Choose fully convolutional CAM (fc-cam), which is approximate, or train a CAM "
                "head, which is exact. Grad-CAM is defined for every layer with a grid."
            )
        return "Choose Grad-CAM, which is defined for every layer with a grid."
    return f"Choose layer {info.cam_layer}, or Grad-CAM."


def layer_for(method: Method, classifier: Classifier, chosen: str | None = None) -> str:
    """The layer to tap; the cheapest one for methods whose layer cannot be chosen.

    Args:
        method: how the map is made.
        classifier: the network.
        chosen: by the user; None for the method's own.
    """
    info = classifier.info
    if method.info.fixed_layer:
        chosen = None
    if method.needs is Needs.CONVERTIBLE_HEAD and chosen == info.default_layer:
        chosen = None  # the linear end has a layer of its own
    if chosen is not None:
        return chosen
    if method.needs is Needs.POOLED_LINEAR_HEAD and info.cam_layer is not None:
        return info.cam_layer
    if method.needs is Needs.CONVERTIBLE_HEAD and (head := classifier.linear_end.head):
        return head.layer
    return info.default_layer
