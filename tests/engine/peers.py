"""What other programs make of the same layers, before they cut, enlarge and scale it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from captum.attr import (
    LRP,
    GuidedBackprop,
    GuidedGradCam,
    InputXGradient,
    IntegratedGradients,
    LayerGradCam,
    NoiseTunnel,
    Occlusion,
    Saliency,
)
from pytorch_grad_cam import (
    AblationCAM,
    EigenGradCAM,
    GradCAM,
    GradCAMElementWise,
    HiResCAM,
    LayerCAM,
    XGradCAM,
)
from pytorch_grad_cam.ablation_layer import AblationLayer
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget
from torch import Tensor, nn
from torchcam import methods as torchcam

from tests.engine.peer_places import (
    CLASS,
    GUIDED,
    PIXEL_MAPS,
    RECTIFIED,
    Place,
    Subject,
    Values,
    of_tokens,
)
from tests.engine.small_networks import without_in_place_layers

OTHERS = (281, 282, 287)
Target = Callable[[Tensor], Tensor]


class PeerSubject(Subject):
    """The same in front of other programs."""

    def of_torch_cam(self, kind: type, distribution: object = None, **arguments: Any) -> Values:
        """torch-cam's map before its ReLU, with masks at 0 to 1 once they are enlarged.

        Args:
            kind: of method.
            distribution: where its noise is drawn from.
            **arguments: of the method.
        """

        class AsInThePaper(kind):  # type: ignore[misc]
            def _upsample(self, activation: Tensor) -> Tensor:
                large: Tensor = super()._upsample(activation)
                return self._normalize(large.clone(), 2)

        network = self.classifier.network
        with AsInThePaper(
            network, self.place.layer, reshape_transform=self.place.reshape, **arguments
        ) as extractor:
            extractor._relu = False  # noqa: SLF001  (the raw map keeps its sign)
            if distribution is not None:
                extractor._distrib = distribution  # noqa: SLF001  (both draw the same)
            network(self.picture.clone().requires_grad_())
            (theirs,) = extractor(CLASS, normalized=False)
        return theirs[0].detach().numpy()

    def of_gradient_of_torch_cam(self, kind: type, target: Target | None = None) -> Values:
        """torch-cam's map from a gradient, before its ReLU, of a class or of a callable target."""
        network = self.classifier.network
        with kind(network, self.place.layer, reshape_transform=self.place.reshape) as extractor:
            extractor._relu = False  # noqa: SLF001  (the raw map keeps its sign)
            scores = network(self.picture.clone().requires_grad_())
            what = {"class_idx": CLASS} if target is None else {"targets": target}
            (theirs,) = extractor(scores=scores, normalized=False, **what)
        return theirs[0].detach().numpy()

    def of_captum(self, kind: type, **options: Any) -> Values:
        """captum's map of one channel."""
        network = self.classifier.network
        method = kind(network, network.get_submodule(self.place.layer))
        raw = method.attribute(self.picture.clone().requires_grad_(), CLASS, **options)
        return raw.detach()[0, 0].numpy()

    def of_grad_cam(
        self,
        kind: type,
        target: Target | None = None,
        network: nn.Module | None = None,
        **arguments: Any,
    ) -> Values:
        """pytorch-grad-cam's map before its ReLU, its resizing and its scaling.

        Args:
            kind: of method.
            target: what is explained; the class when None.
            network: with the same layer, in place of the subject's own.
            **arguments: of the method.
        """
        raw: list[Values] = []

        class Unscaled(kind):  # type: ignore[misc]
            def get_cam_image(self, *arguments: Any, **named: Any) -> Values:
                raw.append(super().get_cam_image(*arguments, **named))
                return raw[-1]

        layer = self.classifier.network.get_submodule(self.place.layer)
        network = network or self.classifier.network
        target = target or ClassifierOutputTarget(CLASS)
        with Unscaled(network, [layer], self.place.reshape, **arguments) as extractor:
            extractor.batch_size = 16
            extractor(self.picture.clone().requires_grad_(), [target])
        return raw[0][0]


class Zeros(AblationLayer):  # type: ignore[misc]
    """Ablates as the paper does, whatever the sign of the activations: the grid's, no token's."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self._of_tokens = place.reshape is of_tokens
        self._last = place.reshape is not None

    def set_next_batch(
        self, input_batch_index: int, activations: Tensor, num_channels_to_ablate: int
    ) -> None:
        one = activations[input_batch_index]
        self.activations = one.repeat(num_channels_to_ablate, *[1] * one.dim())

    def __call__(self, _given: Tensor) -> Tensor:
        for output, channel in zip(self.activations, self.indices, strict=False):
            grid = output[1:] if self._of_tokens else output
            grid.select(-1 if self._last else 0, int(channel)).zero_()
        return self.activations


def maps_of_peers(subject: PeerSubject) -> dict[str, Values]:
    """Each peer's raw maps, by the peer and the method.

    Where a peer divides its weights by the score, they are multiplied by it again.
    """
    grad_cam: dict[str, type] = {
        "grad-cam": GradCAM,
        "hirescam": HiResCAM,
        "grad-cam-elementwise": GradCAMElementWise,
        "layercam": LayerCAM,
        "eigengrad-cam": EigenGradCAM,
    }
    if subject.name in RECTIFIED:
        grad_cam["xgrad-cam"] = XGradCAM
    if subject.name == "convnext_tiny":  # in front of its LayerNorm the products cancel
        del grad_cam["hirescam"]
    torch_cam: dict[str, type] = {"grad-cam": torchcam.GradCAM, "layercam": torchcam.LayerCAM}
    found: dict[str, Values] = {}
    with without_in_place_layers(subject.classifier.network):
        for method, kind in grad_cam.items():
            found[f"pytorch-grad-cam/{method}"] = subject.of_grad_cam(kind)
        for method, kind in torch_cam.items():
            found[f"torch-cam/{method}"] = subject.of_gradient_of_torch_cam(kind)
        if subject.place.reshape is None:
            found["captum/grad-cam"] = subject.of_captum(LayerGradCam, relu_attributions=False)
    found["torch-cam/score-cam"] = subject.of_torch_cam(torchcam.ScoreCAM)
    ablated = subject.of_grad_cam(AblationCAM, ablation_layer=Zeros(subject.place))
    found["pytorch-grad-cam/ablation-cam"] = ablated * subject.score
    found["captum/occlusion"] = occluded(subject)
    found |= pixel_maps_of_captum(subject)
    return {name: np.asarray(values, dtype=np.float32) for name, values in found.items()}


def occluded(subject: Subject) -> Values:
    """captum's occlusion in squares of 8 x 8 pixels that do not overlap."""
    with torch.no_grad():
        theirs = Occlusion(subject.classifier.network).attribute(
            subject.picture, (3, 8, 8), (3, 8, 8), baselines=0.0, target=CLASS
        )
    return theirs[0, 0, 4::8, 4::8].numpy()


def pixel_maps_of_captum(subject: PeerSubject) -> dict[str, Values]:
    """captum's attributions to the input, summed over its channels."""
    if subject.name not in PIXEL_MAPS:
        return {}
    network, picture = subject.classifier.network, subject.picture
    spread = 0.15 * float(picture.max() - picture.min())
    found: dict[str, Tensor] = {}
    with without_in_place_layers(network):
        given = picture.clone().requires_grad_()
        found["input-x-gradient"] = InputXGradient(network).attribute(given, target=CLASS)
        found["integrated-gradients"] = IntegratedGradients(network).attribute(
            given, target=CLASS, n_steps=8, internal_batch_size=1
        )
        with torch.random.fork_rng():
            torch.manual_seed(0)
            found["smoothgrad"] = NoiseTunnel(Saliency(network)).attribute(
                given, nt_samples=4, stdevs=spread, target=CLASS, abs=False
            )
        if subject.name in GUIDED:
            layer = network.get_submodule(subject.place.layer)
            found["guided-backprop"] = GuidedBackprop(network).attribute(given, target=CLASS)
            found["guided-grad-cam"] = GuidedGradCam(network, layer).attribute(
                given, target=CLASS, interpolate_mode="bilinear"
            )
        if subject.name == "vgg11":  # captum's cannot do with sums or with a module used twice
            found["lrp"] = LRP(network).attribute(given, target=CLASS)
    return {f"captum/{name}": map_.detach()[0].sum(0).numpy() for name, map_ in found.items()}
