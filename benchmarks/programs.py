"""Each program as its own documentation uses it, behind one interface.

Every program has its own copy of the network, so that all meet the processor's caches in the same
state. All tap the same layer and explain the most probable class first.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from benchmarks.subjects import SIDE, Subject
from camviewer.engine import forward as passes
from camviewer.engine.image import read_image
from camviewer.engine.messages import ExplainRequest
from camviewer.engine.methods import find_method
from camviewer.engine.render import Look, overlay
from camviewer.engine.session import Session

Map = NDArray[np.float32]
Overlay = NDArray[np.uint8]

PLAIN = "plain forward"
CAMVIEWER = "camviewer"


class Program(Protocol):
    """What is asked of every program."""

    name: str

    def first_map(self, tensor: Tensor) -> object:
        """From the ready input tensor to the Grad-CAM of the most probable class."""

    def second_class(self, path: Path, tensor: Tensor) -> Callable[[], object]:
        """Explains a picture, untimed; what is returned explains another class of it."""

    def overlay(self, path: Path) -> object:
        """From a file to the picture with the map upon it, uint8 at the picture's resolution."""


def all_programs(subject: Subject) -> tuple[Program, ...]:
    """Every program that is compared."""
    return (
        Camviewer(subject),
        PytorchGradCam(subject),
        TorchCam(subject),
        Captum(subject),
    )


def other_class(logits: Tensor) -> int:
    """The second most probable class."""
    return int(logits.flatten().topk(2).indices[1])


class PlainForward:
    """The network alone, the measure of all others."""

    name = PLAIN

    def __init__(self, subject: Subject) -> None:
        self._network = copy.deepcopy(subject.classifier.network)

    def __call__(self, tensor: Tensor) -> Tensor:
        with torch.no_grad():
            return self._network(tensor)


class Camviewer:
    """This program."""

    name = CAMVIEWER

    def __init__(self, subject: Subject) -> None:
        self._classifier = subject.classifier
        self._layer = subject.layer
        self._session = Session(subject.classifier)
        self._grad_cam = find_method("grad-cam")
        self._look = Look()

    def first_map(self, tensor: Tensor) -> Map:
        forward = passes.run(self._classifier.network, tensor, self._layer, self._classifier.head)
        class_map = self._grad_cam.explain(forward, int(forward.logits.argmax()))
        return class_map.values.numpy()

    def second_class(self, path: Path, tensor: Tensor) -> Callable[[], object]:  # noqa: ARG002
        image = read_image(path)
        verdict = self._session.verdict(image)
        self._session.explain(image, ExplainRequest(method="grad-cam", layer=self._layer))
        request = ExplainRequest(verdict.top(2)[1], method="grad-cam", layer=self._layer)
        return lambda: self._session.explain(image, request)

    def overlay(self, path: Path) -> Overlay:
        image = read_image(path)
        request = ExplainRequest(method="grad-cam", layer=self._layer)
        return overlay(image, self._session.explain(image, request).heatmap, self._look)


class PytorchGradCam:
    """https://github.com/jacobgil/pytorch-grad-cam, as its README and ``cam.py`` use it."""

    name = "pytorch-grad-cam"

    def __init__(self, subject: Subject) -> None:
        from pytorch_grad_cam import GradCAM  # noqa: PLC0415

        self._network = _trainable_copy(subject)
        self._recipe = subject.classifier.info.recipe
        layer = self._network.get_submodule(subject.layer)
        self._cam = GradCAM(model=self._network, target_layers=[layer])

    def first_map(self, tensor: Tensor) -> Map:
        return self._cam(input_tensor=tensor, targets=None)[0]

    def second_class(self, path: Path, tensor: Tensor) -> Callable[[], object]:  # noqa: ARG002
        from pytorch_grad_cam.utils.model_targets import (  # noqa: PLC0415
            ClassifierOutputTarget,
        )

        self.first_map(tensor)
        targets = [ClassifierOutputTarget(other_class(self._cam.outputs))]
        return lambda: self._cam(input_tensor=tensor, targets=targets)[0]

    def overlay(self, path: Path) -> Overlay:
        import cv2  # noqa: PLC0415
        from pytorch_grad_cam.utils.image import (  # noqa: PLC0415
            preprocess_image,
            show_cam_on_image,
        )

        picture = np.float32(cv2.imread(str(path), 1)[:, :, ::-1]) / 255
        small = cv2.resize(picture, (SIDE, SIDE))
        tensor = preprocess_image(small, mean=self._recipe.mean, std=self._recipe.std)
        height, width = picture.shape[:2]
        mask = cv2.resize(self.first_map(tensor), (width, height))
        return show_cam_on_image(picture, mask, use_rgb=True)


class TorchCam:
    """https://github.com/frgfm/torch-cam, as its README uses it."""

    name = "torchcam"

    def __init__(self, subject: Subject) -> None:
        self._network = _trainable_copy(subject)
        self._layer = subject.layer
        self._preprocess = _torchvision_preprocessing(subject)

    def first_map(self, tensor: Tensor) -> Tensor:
        from torchcam.methods import GradCAM  # noqa: PLC0415

        with GradCAM(self._network, self._layer) as extractor:
            scores = self._network(tensor)
            return extractor(scores.squeeze(0).argmax().item(), scores)[0]

    def second_class(self, path: Path, tensor: Tensor) -> Callable[[], object]:  # noqa: ARG002
        """Its ``retain_graph`` spares a second pass."""
        from torchcam.methods import GradCAM  # noqa: PLC0415

        extractor = GradCAM(self._network, self._layer)
        scores = self._network(tensor)
        extractor(scores.squeeze(0).argmax().item(), scores, retain_graph=True)
        another = other_class(scores)

        def explain() -> Tensor:
            with extractor:  # takes its hooks off again
                return extractor(another, scores)[0]

        return explain

    def overlay(self, path: Path) -> Overlay:
        from torchcam.utils import overlay_mask  # noqa: PLC0415
        from torchvision.io import decode_image  # noqa: PLC0415
        from torchvision.transforms.functional import to_pil_image  # noqa: PLC0415

        picture = to_pil_image(decode_image(str(path)))
        cam = self.first_map(self._preprocess(path))
        mask = to_pil_image(cam.squeeze(0), mode="F")
        return np.asarray(overlay_mask(picture, mask, alpha=0.5))


class Captum:
    """https://captum.ai, ``LayerGradCam``, as its tutorials use it.

    It has to be told a class, so that the first map takes a plain forward before.
    """

    name = "captum"

    def __init__(self, subject: Subject) -> None:
        from captum.attr import LayerGradCam  # noqa: PLC0415

        self._network = _trainable_copy(subject)
        self._grad_cam = LayerGradCam(self._network, self._network.get_submodule(subject.layer))
        self._preprocess = _torchvision_preprocessing(subject)

    def first_map(self, tensor: Tensor) -> Tensor:
        return self._map_of(tensor, int(self._logits(tensor).argmax()))

    def second_class(self, path: Path, tensor: Tensor) -> Callable[[], object]:  # noqa: ARG002
        logits = self._logits(tensor)
        self._map_of(tensor, int(logits.argmax()))
        another = other_class(logits)
        return lambda: self._map_of(tensor, another)

    def overlay(self, path: Path) -> Overlay:
        from captum.attr import LayerAttribution, visualization  # noqa: PLC0415
        from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
        from matplotlib.figure import Figure  # noqa: PLC0415
        from torchvision.io import decode_image  # noqa: PLC0415

        picture = decode_image(str(path)).permute(1, 2, 0).numpy()
        height, width = picture.shape[:2]
        map_ = LayerAttribution.interpolate(
            self.first_map(self._preprocess(path)), (height, width), "bilinear"
        )
        figure = Figure(figsize=(width / 100, height / 100), dpi=100)
        canvas = FigureCanvasAgg(figure)
        visualization.visualize_image_attr(
            map_[0].permute(1, 2, 0).detach().numpy(),
            picture,
            method="blended_heat_map",
            sign="positive",
            plt_fig_axis=(figure, figure.add_axes((0, 0, 1, 1))),
            use_pyplot=False,
        )
        canvas.draw()
        return np.asarray(canvas.buffer_rgba())

    def _logits(self, tensor: Tensor) -> Tensor:
        with torch.no_grad():
            return self._network(tensor)

    def _map_of(self, tensor: Tensor, class_index: int) -> Tensor:
        return self._grad_cam.attribute(tensor, target=class_index, relu_attributions=True)


def _trainable_copy(subject: Subject) -> nn.Module:
    """The network as it is loaded: these programs need a graph that reaches the layer."""
    return copy.deepcopy(subject.classifier.network).requires_grad_(True)


def _torchvision_preprocessing(subject: Subject) -> Callable[[Path], Tensor]:
    from torchvision.io import decode_image  # noqa: PLC0415
    from torchvision.transforms import v2  # noqa: PLC0415

    recipe = subject.classifier.info.recipe
    transform = v2.Compose(
        [
            v2.Resize((SIDE, SIDE), v2.InterpolationMode(recipe.interpolation)),
            v2.ToDtype(torch.float32, scale=True),
            v2.Normalize(recipe.mean, recipe.std),
        ]
    )
    return lambda path: transform(decode_image(str(path)))[None]
