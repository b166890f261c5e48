"""torchvision's networks that score every pixel: told by their tensors, built, and their recipes.

They are not in the table of fingerprints, whose networks score the picture as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from torch import nn

from camviewer.engine.architectures.fingerprints import CLASSES, Shapes, essential
from camviewer.engine.geometry.geometry import RGB_CHANNELS, Recipe
from camviewer.engine.network.structured_output import choose_output
from camviewer.engine.support.lazy_libraries import torchvision

NAMES = (
    "deeplabv3_resnet50",
    "deeplabv3_resnet101",
    "deeplabv3_mobilenet_v3_large",
    "fcn_resnet50",
    "fcn_resnet101",
    "lraspp_mobilenet_v3_large",
)
ON_EVERY_PIXEL = (
    "It scores every pixel: what is shown of a class is its mean score over the picture."
)
"""The note on such a network."""

_LIBRARY = "torchvision/"
_BODY, _HEAD, _SCORES = "backbone.", "classifier.", "out"
_CLASSIFIERS = ("classifier.4.weight", "classifier.low_classifier.weight")
"""The weights of the convolutions that put out the scores, one of which each network has."""
_SHORTER_SIDE, _STEP = 520, 8
_AXES = 4
"""Number of axes of a convolution's weights."""


@dataclass(frozen=True)
class SegmentationNetwork:
    """A network that was recognised.

    Attributes:
        architecture: ``torchvision/...``.
        classes: number of scores of each pixel.
        channels: number of input channels.
        prefix: what a wrapper has put before the names of its tensors.
    """

    architecture: str
    classes: int
    channels: int
    prefix: str


def scores_pixels(architecture: str) -> bool:
    """Whether it is one of these networks."""
    return architecture.startswith(_LIBRARY) and architecture.removeprefix(_LIBRARY) in NAMES


def build_segmentation(name: str, classes: int) -> nn.Module:
    """A network with random weights that puts out scores of pixels, (N, classes, h, w).

    What only training uses, the auxiliary classifier, is left out.
    """
    network: nn.Module = torchvision().models.get_model(
        name, weights=None, weights_backbone=None, num_classes=classes
    )
    return choose_output(network, _SCORES)


def recognise_segmentation(shapes: Shapes) -> SegmentationNetwork | None:
    """The network that has exactly these tensors; None where none has.

    Args:
        shapes: of the tensors, by name in the checkpoint.
    """
    prefix = next((name[: name.index(_BODY)] for name in shapes if _BODY in name), "")
    bare = {
        name.removeprefix(prefix): tuple(shape)
        for name, shape in shapes.items()
        if name.startswith(prefix)
    }
    classes = next((bare[name][0] for name in _CLASSIFIERS if len(bare.get(name, ())) == _AXES), 0)
    if not classes:
        return None
    from camviewer.engine.architectures.catalogue import tensor_shapes  # noqa: PLC0415  (a circle)

    found = {
        name: shape for name, shape in essential(bare).items() if name.startswith((_BODY, _HEAD))
    }
    first = next((name for name, shape in found.items() if len(shape) == _AXES), "")
    channels = found[first][1] if first else RGB_CHANNELS
    for architecture in (f"{_LIBRARY}{name}" for name in NAMES):
        wanted = {
            name: tuple(classes if side == CLASSES else side for side in shape)
            for name, shape in tensor_shapes(architecture).items()
        }
        if wanted.keys() != found.keys():
            continue
        wanted[first] = (wanted[first][0], channels, *wanted[first][2:])
        if wanted == found:
            return SegmentationNetwork(architecture, classes, channels, prefix)
    return None


def segmentation_recipe(architecture: str) -> Recipe:
    """What the published weights were fed: the whole picture, its shorter side 520 pixels long."""
    name = architecture.removeprefix(_LIBRARY)
    published = torchvision().models.get_model_weights(name).DEFAULT.transforms()
    red, green, blue = (float(value) for value in published.mean)
    by_red, by_green, by_blue = (float(value) for value in published.std)
    return Recipe(
        input_size=(_SHORTER_SIDE, _SHORTER_SIDE),
        crop_fraction=1.0,
        step=_STEP,
        mean=(red, green, blue),
        std=(by_red, by_green, by_blue),
        interpolation=published.interpolation.value,
    )


def published_classes(architecture: str, classes: int) -> tuple[str, ...]:
    """The class names of the published weights, where there are as many; else none."""
    name = architecture.removeprefix(_LIBRARY)
    meta = torchvision().models.get_model_weights(name).DEFAULT.meta
    names = tuple(str(each) for each in meta["categories"])
    return names if len(names) == classes else ()
