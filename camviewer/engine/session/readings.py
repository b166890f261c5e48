"""Reads targets from a model: which network's outputs they look at, and the score of these."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.coverage import covered_pixels
from camviewer.engine.geometry.geometry import Box, Placement, PlacementMode, place
from camviewer.engine.geometry.region import Region
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.dense_output import pixel_scores, pixels_won, with_pixel_mean
from camviewer.engine.network.embedding import with_features
from camviewer.engine.network.likeness import CosineTo, away_from
from camviewer.engine.network.scores import Score
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.results.targets import (
    LikePicture,
    Rectangle,
    Reference,
    RegionPixels,
    UnlikePictures,
)
from camviewer.engine.session.map_cache import MapCache
from camviewer.engine.session.model_parts import ModelParts
from camviewer.engine.session.pass_cache import remembered
from camviewer.engine.session.pass_runner import PassRunner
from camviewer.engine.session.target_scores import image_of, score_of

_KEPT_REGIONS = 4
"""Maximum number of sets of pixels whose passes are cached; because passes take much memory."""
_KEPT_FEATURES = 1024
"""Maximum number of reference pictures whose features are cached; of 8 KB each, mostly."""


@dataclass(frozen=True, eq=False)
class Reading:
    """How a target is read.

    Attributes:
        parts: runs the network whose outputs it looks at.
        score: of these outputs.
    """

    parts: ModelParts
    score: Score

    @property
    def run(self) -> Callable[[Tensor], Tensor]:
        """Maps pictures (N, 3, h, w) to outputs (N, K), without gradients."""
        return self.parts.passes.runner.logits


class Readings:
    """Reads the targets of one model; what it makes for that is cached until the model moves.

    Args:
        parts: of the model as it is.
    """

    def __init__(self, parts: ModelParts) -> None:
        self._parts = parts
        self._classifier = parts.passes.classifier
        self._with_features: ModelParts | None = None
        self._features: OrderedDict[tuple[str, Rectangle | None], Tensor] = OrderedDict()
        self._of_pixels: OrderedDict[bytes, ModelParts] = OrderedDict()
        self._gone = 0

    def reading(
        self, request: ExplainRequest, picture: Callable[[], Tensor], placement: Placement
    ) -> Reading:
        """How the target of a request is read.

        Args:
            request: has class and target filled in.
            picture: gives the network's input, (1, 3, h, w).
            placement: how that lies on the picture.

        Raises:
            CamviewerError: a reference cannot be read, the model's features not be reached, or it
                does not score pixels.
        """
        self._drop_outdated()
        target, kind = request.target, request.score
        activation = self._parts.passes.classifier.info.activation
        match target:
            case LikePicture(reference, region):
                function = CosineTo(self._features_of(reference, region))
                return Reading(self._featured(), Score(kind, activation, function=function))
            case UnlikePictures(references):
                known = torch.stack([self._features_of(each, None) for each in references])
                away = away_from(self._features_in(picture()), known)
                return Reading(self._featured(), Score(kind, activation, function=away))
            case RegionPixels(class_index, region) if class_index is not None:
                weight = self._pixels(class_index, region, picture(), placement)
                return Reading(self._over_pixels(weight), Score(kind, activation))
        return Reading(self._parts, score_of(target, kind, activation))

    @property
    def pass_count(self) -> int:
        """Number of pictures that went through networks other than the model's own."""
        return self._gone + sum(parts.passes.count for parts in self._others())

    def _others(self) -> list[ModelParts]:
        featured = [] if self._with_features is None else [self._with_features]
        return [*featured, *self._of_pixels.values()]

    def forget_pictures(self, kept: Collection[str]) -> None:
        """Drops what was made of all pictures but those with these hashes."""
        for parts in self._others():
            parts.passes.forget_pictures(kept)
            parts.maps.forget_pictures(kept)

    def _drop_outdated(self) -> None:
        """Drops everything if the model has moved to another device."""
        if self._classifier is not self._parts.passes.classifier:
            self._gone = self.pass_count
            self._classifier = self._parts.passes.classifier
            self._with_features = None
            self._of_pixels.clear()
            self._features.clear()

    def _featured(self) -> ModelParts:
        """The parts of the network that puts out features."""
        if not self._classifier.info.has_classes:
            return self._parts
        if self._with_features is None:
            size = self._classifier.info.recipe.input_size
            shape = (1, self._classifier.info.recipe.channels, *size)
            example = torch.rand(shape, generator=torch.Generator().manual_seed(0))
            example = example.to(self._classifier.device)
            self._with_features = self._parts_of(with_features(self._classifier, example))
        return self._with_features

    def _pixels(
        self, class_index: int, region: Region | None, picture: Tensor, placement: Placement
    ) -> Tensor:
        """How much each pixel counts, (h, w): those of a region, or those where the class wins.

        Raises:
            CamviewerError: the model does not score pixels, or there are no such pixels.
        """
        dense = self._classifier.dense
        if dense is None:
            raise CamviewerError(
                f"{self._classifier.info.title} does not score every pixel, so there are no pixels "
                "to explain.",
                "Explain a class instead.",
            )
        if region is not None:
            weight = torch.from_numpy(covered_pixels(region, placement)).float()
            if not float(weight.sum()) > 0.0:
                raise CamviewerError(
                    "The network saw nothing of this region.",
                    "Draw it inside the frame, or give the network the whole picture.",
                )
            return weight
        self._parts.passes.count_passes(1)
        weight = pixels_won(pixel_scores(dense, picture), class_index).cpu()
        if not bool(weight.any()):
            name = self._classifier.info.labels[class_index]
            raise CamviewerError(
                f"{name} has the highest score in no pixel.",
                "Choose another class, or draw a region.",
            )
        return weight

    def _over_pixels(self, weight: Tensor) -> ModelParts:
        """The parts of the network whose class scores are means over weighted pixels."""
        dense = self._classifier.dense
        assert dense is not None  # noqa: S101  (the weight was made with it)
        key = repr(tuple(weight.shape)).encode() + weight.numpy().tobytes()
        digest = hashlib.sha256(key).digest()
        if digest not in self._of_pixels and len(self._of_pixels) >= _KEPT_REGIONS:
            _, oldest = self._of_pixels.popitem(last=False)
            self._gone += oldest.passes.count

        def make() -> ModelParts:
            classifier = replace(
                self._classifier, network=with_pixel_mean(dense, weight), head=None
            )
            return self._parts_of(classifier)

        return remembered(self._of_pixels, digest, make, _KEPT_REGIONS)

    def _parts_of(self, classifier: Classifier) -> ModelParts:
        """The parts of another network with the same layers, which torch alone runs."""
        passes = PassRunner(classifier)
        limits = self._parts.limits
        catalogue = self._parts.catalogue.of_network(passes)
        return ModelParts(passes, catalogue, MapCache(limits), limits)

    def _features_of(self, reference: Reference, region: Rectangle | None) -> Tensor:
        """The features (D,) of a reference, or of a region of it."""

        def make() -> Tensor:
            image = image_of(reference)
            tensor = self._featured().passes.tensor(image, self._placed(image, region))
            return self._features_in(tensor)

        return remembered(self._features, (reference.sha256, region), make, _KEPT_FEATURES)

    def _features_in(self, tensor: Tensor) -> Tensor:
        """The features (D,) of an input (1, C, h, w)."""
        passes = self._featured().passes
        passes.count_passes(1)
        features: Tensor = passes.runner.logits(tensor)[0]
        return features

    def _placed(self, image: SourceImage, region: Rectangle | None) -> Placement:
        """The trained crop of a picture; a region is stretched to the trained size."""
        recipe = self._classifier.info.recipe
        if region is None:
            return place(image.size, recipe, PlacementMode.CROP, 1.0)
        stretched = place(image.size, recipe, PlacementMode.STRETCH, 1.0)
        x, y, width, height = region
        box = stretched.picture.intersected(Box(x, y, x + width, y + height))
        if not (box.right > box.left and box.bottom > box.top):
            raise CamviewerError(
                f"The region {x:g},{y:g},{width:g},{height:g} lies outside of {image.name}, which "
                f"has {image.width} x {image.height} pixels.",
                "Give x, y, width and height in pixels of the reference picture.",
            )
        return replace(stretched, box=box)
