"""Chooses the layer that a method taps, and says why a method is undefined for a network."""

from __future__ import annotations

from camviewer.engine.errors import CamviewerError
from camviewer.engine.methods.core.registry import Method, Needs
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.grid_layers import mixes_globally
from camviewer.engine.results.messages import ScoreKind
from camviewer.engine.results.targets import Target, scores_classes, why_not_explained
from camviewer.engine.results.without_classes import TEACH_CLASSES, WITHOUT_CLASSES


def refusal(
    method: Method, classifier: Classifier, layer: str, target: Target | None = None
) -> str:
    """Why a method is not defined on a layer of a network; empty when it is.

    Args:
        method: how the map is made.
        classifier: the network.
        layer: the tapped layer.
        target: what is explained; None for the score of a class.
    """
    return why_not_explained(method.info, target) or _undefined(
        method, classifier, layer, of_class=scores_classes(target)
    )


def _undefined(method: Method, classifier: Classifier, layer: str, *, of_class: bool) -> str:
    info = classifier.info
    if not info.has_classes and not method.info.classless and of_class:
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


def refuse(
    method: Method,
    classifier: Classifier,
    layer: str,
    score: ScoreKind,
    target: Target | None = None,
) -> None:
    """Raises an error where a method is not defined.

    Raises:
        CamviewerError: it is not defined for the network or the layer, or does not explain that.
    """
    if why := why_not_explained(method.info, target):
        raise CamviewerError(
            f"{method.info.title} is not defined here: {why}",
            "Choose Grad-CAM, which explains every target, or the score of a class.",
        )
    if why := _undefined(method, classifier, layer, of_class=scores_classes(target)):
        raise CamviewerError(
            f"{method.info.title} is not defined here: {why}", _way_out(classifier)
        )
    if score is not ScoreKind.LOGIT and not (
        scores_classes(target) and classifier.info.has_probabilities
    ):
        raise CamviewerError(
            f"There is no {score} of this target: it is no score of a class.",
            "Leave the score at logit, which stands for the target itself.",
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
