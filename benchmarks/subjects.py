"""The networks that are explained, and the pictures that they are shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from camviewer.engine.geometry import Recipe
from camviewer.engine.network import Classifier, load_embedded
from camviewer.engine.network.classifier import classifier
from camviewer.engine.picture import read_image
from camviewer.engine.support import resource, torchvision

SIDE = 224
"""Input pixels."""

PICTURE_SIDE = 1200
"""Source pixels; square, so that every program sees, and colours, the whole picture."""

_IMAGENET = Recipe(crop_fraction=1.0)


@dataclass(frozen=True, eq=False)
class Subject:
    """A network under one name, with the layer that all programs tap.

    Attributes:
        title: as the table says it.
        classifier: on the CPU, frozen.
        layer: dotted name of the last convolutional layer or stage.
    """

    title: str
    classifier: Classifier
    layer: str


def subject(name: str) -> Subject:
    """The network of that name (see ``SUBJECTS``)."""
    title, make, layer = SUBJECTS[name]
    torch.manual_seed(0)
    return Subject(title, make(), layer)


def _embedded() -> Classifier:
    loaded = load_embedded(torch.device("cpu"))
    recipe = replace(loaded.info.recipe, crop_fraction=1.0)
    return replace(loaded, info=replace(loaded.info, recipe=recipe))


def _from_torchvision(name: str) -> Classifier:
    return classifier(
        torchvision().models.get_model(name, weights=None),
        identifier=name,
        title=name,
        labels=tuple(f"class {index}" for index in range(1000)),
        recipe=_IMAGENET,
        weights_sha256="",
        device=torch.device("cpu"),
    )


SUBJECTS = {
    "efficientnet-lite0": ("EfficientNet-Lite0, real weights", _embedded, "head"),
    "resnet50": ("ResNet-50, random weights", lambda: _from_torchvision("resnet50"), "layer4"),
    "vgg16": ("VGG16, random weights", lambda: _from_torchvision("vgg16"), "features"),
}


def write_pictures(folder: Path, count: int) -> tuple[Path, ...]:
    """JPEG files, no two alike: enlarged sample photographs, each cut out at another place."""
    samples = [read_image(path).pixels for path in _samples()]
    chance = np.random.default_rng(0)
    paths = []
    for index in range(count):
        path = folder / f"{index:03}.jpg"
        Image.fromarray(_cut(samples[index % len(samples)], chance)).save(path, quality=90)
        paths.append(path)
    return tuple(paths)


def _samples() -> list[Path]:
    paths = sorted(resource("samples").iterdir())
    return [path for path in paths if path.suffix in {".jpg", ".png"}]


def _cut(pixels: NDArray[np.uint8], chance: np.random.Generator) -> NDArray[np.uint8]:
    height, width = pixels.shape[:2]
    side = int(chance.uniform(0.75, 1.0) * min(height, width))
    left, top = chance.integers(width - side + 1), chance.integers(height - side + 1)
    part = Image.fromarray(pixels[top : top + side, left : left + side])
    return np.asarray(part.resize((PICTURE_SIDE, PICTURE_SIDE), Image.Resampling.BICUBIC))


def input_tensor(path: Path, recipe: Recipe) -> Tensor:
    """A picture ready for the network, (1, 3, 224, 224), made by nobody's own preprocessing."""
    image = Image.open(path).resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    values = torch.from_numpy(np.array(image, np.float32) / 255).permute(2, 0, 1)
    mean, std = (torch.tensor(numbers)[:, None, None] for numbers in (recipe.mean, recipe.std))
    return ((values - mean) / std)[None].contiguous()
