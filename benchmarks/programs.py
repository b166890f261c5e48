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
from camviewer.engine.methods import find_method
from camviewer.engine.network import Forward
from camviewer.engine.picture import read_image
from camviewer.engine.render import Look
from camviewer.engine.render.overlay import overlay
from camviewer.engine.results import ExplainRequest
from camviewer.engine.runtime import ConvertedNetworks, NetworkRunner, SecondEngine, convert_model
from camviewer.engine.session import Session

Map = NDArray[np.float32]
Overlay = NDArray[np.uint8]

PLAIN = "plain forward"
CAMVIEWER = "camviewer"
CAMVIEWER_FAST = "camviewer, OpenVINO"


class Program(Protocol):
    """What is asked of every program."""

    name: str

    def warm_up(self, path: Path, tensor: Tensor) -> None:
        """Whatever it does once for a network; not timed."""

    def first_map(self, tensor: Tensor) -> object:
        """From the ready input tensor to the Grad-CAM of the most probable class."""

    def second_class(self, path: Path, tensor: Tensor) -> Callable[[], object]:
        """Explains a picture, untimed; what is returned explains another class of it."""

    def overlay(self, path: Path) -> object:
        """From a file to the picture with the map upon it, uint8 at the picture's resolution."""


def all_programs(subject: Subject, folder: Path) -> tuple[Program, ...]:
    """Every program that is compared.

    Args:
        subject: the network.
        folder: where converted networks go.
    """
    return (
        Camviewer(subject),
        CamviewerWithOpenVINO(subject, folder),
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
    """This program by torch alone: the network folded, as the window does behind the first map.

    Args:
        subject: what is explained.
        second_engine: None for torch alone.
    """

    name = CAMVIEWER

    def __init__(self, subject: Subject, second_engine: SecondEngine | None = None) -> None:
        self._layer = subject.layer
        self.session = Session(subject.classifier, second_engine=second_engine)
        self._runner = NetworkRunner(subject.classifier, second_engine)
        self._grad_cam = find_method("grad-cam")
        self._look = Look()

    def warm_up(self, path: Path, tensor: Tensor) -> None:
        """Does what the window does behind the first map of a model."""
        self.session.explain(read_image(path), self._request())
        while self.session.warm_up():
            pass
        self._runner.tapped(tensor, self._layer, None)
        while not self._runner.is_warm:
            self._runner.warm_up(tensor)

    def forward(self, tensor: Tensor) -> Forward:
        """The pass that every method begins with."""
        return self._runner.tapped(tensor, self._layer, None)

    def first_map(self, tensor: Tensor) -> Map:
        forward = self.forward(tensor)
        class_map = self._grad_cam.explain(forward, int(forward.logits.argmax()))
        return class_map.values.numpy()

    def second_class(self, path: Path, tensor: Tensor) -> Callable[[], object]:  # noqa: ARG002
        return self.another_class(path, "grad-cam", 2)

    def another_class(self, path: Path, method: str, place: int) -> Callable[[], object]:
        """Explains a picture, untimed, and does what the window does while nobody waits.

        Args:
            path: the picture.
            method: a method's id.
            place: of the other class among all, by probability; 1 is the one explained first.
        """
        image = read_image(path)
        verdict = self.session.verdict(image)
        self.session.explain(image, self._request(method=method))
        while self.session.warm_up():
            pass
        request = self._request(verdict.top(place)[-1], method)
        return lambda: self.session.explain(image, request)

    def overlay(self, path: Path) -> Overlay:
        image = read_image(path)
        return overlay(image, self.session.explain(image, self._request()).heatmap, self._look)

    def _request(self, class_index: int | None = None, method: str = "grad-cam") -> ExplainRequest:
        return ExplainRequest(class_index, method=method, layer=self._layer)


class CamviewerWithOpenVINO(Camviewer):
    """This program with its second engine, prepared and compared beforehand."""

    name = CAMVIEWER_FAST

    def __init__(self, subject: Subject, folder: Path) -> None:
        kept = ConvertedNetworks(folder, subject.classifier.info.weights_sha256 or subject.title)
        self._engine = SecondEngine(kept, _ConvertsHere(subject))
        super().__init__(subject, self._engine)

    def warm_up(self, path: Path, tensor: Tensor) -> None:
        super().warm_up(path, tensor)
        self._engine.wait()
        if self._engine.layer_for((tensor.shape[2], tensor.shape[3])) is None:
            raise RuntimeError("the second engine was not believed")
        for _ in range(3):
            self.forward(tensor)  # where torch is as fast, it goes on alone


class _ConvertsHere:
    """Converts the network in this process; nobody waits for it."""

    def __init__(self, subject: Subject) -> None:
        self._classifier = subject.classifier

    def __call__(self, layer: str, folder: Path) -> None:
        convert_model(self._classifier, layer, folder)

    def close(self) -> None:
        """Has nothing to end."""


class PytorchGradCam:
    """https://github.com/jacobgil/pytorch-grad-cam, as its README and ``cam.py`` use it."""

    name = "pytorch-grad-cam"

    def __init__(self, subject: Subject) -> None:
        from pytorch_grad_cam import GradCAM  # noqa: PLC0415

        self._network = _trainable_copy(subject)
        self._recipe = subject.classifier.info.recipe
        layer = self._network.get_submodule(subject.layer)
        self._cam = GradCAM(model=self._network, target_layers=[layer])

    def warm_up(self, path: Path, tensor: Tensor) -> None:
        """Has nothing to do."""

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

    def warm_up(self, path: Path, tensor: Tensor) -> None:
        """Has nothing to do."""

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

    def warm_up(self, path: Path, tensor: Tensor) -> None:
        """Has nothing to do."""

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
