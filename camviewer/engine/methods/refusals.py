"""Why a method is not defined for a network or a layer."""

from __future__ import annotations

from camviewer.engine.classifier import Classifier
from camviewer.engine.layers import mixes_globally
from camviewer.engine.methods.registry import Method, Needs


def refusal(method: Method, classifier: Classifier, layer: str) -> str:
    """Why a method is not defined on a layer of a network; empty when it is."""
    info = classifier.info
    if info.layer_refusal and method.needs is not Needs.NOTHING:
        return f"the layers of this model cannot be reached: {info.layer_refusal}"
    if method.needs is Needs.POOLED_LINEAR_HEAD:
        if info.cam_layer is None:
            return info.cam_refusal
        if layer != info.cam_layer:
            return (
                f"the class weights belong to the channels of layer {info.cam_layer}, "
                f"not to those of {layer}."
            )
    if method.needs is Needs.CONVERTIBLE_HEAD:
        return classifier.linear_end.refusal(layer)
    if method.needs is Needs.ATTENTION and not mixes_globally(classifier.network):
        return "this network has no attention."
    return method.refuses(classifier)
