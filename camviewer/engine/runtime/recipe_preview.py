"""Previews a recipe: the network's input and verdict for a picture."""

from __future__ import annotations

import threading

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from camviewer.engine.architectures.changed_network import with_head_activations
from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.geometry.geometry import RGB_CHANNELS, Recipe, place
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.input_tensor import in_order, picture_tensor
from camviewer.engine.network.input_words import input_words
from camviewer.engine.packs.recipe_limits import Preview, require_recipe
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.picture.value_histogram import value_histogram
from camviewer.engine.results.values import NO_ACTIVATION

_SHOWN = 3


def preview(
    classifier: Classifier,
    image: SourceImage,
    recipe: Recipe,
    *,
    activation: str,
    published: Recipe,
    head_activations: tuple[str, ...] = (),
    cancelled: threading.Event | None = None,
) -> Preview:
    """The network's input and its verdict for a picture under a recipe.

    Args:
        classifier: the classifier; its own recipe and activation are not used.
        image: the picture.
        recipe: the recipe to preview.
        activation: ``softmax`` or ``sigmoid``.
        published: the network's own recipe.
        head_activations: what is tried between the linear layers of the head, one for each place;
            none to leave them.
        cancelled: polled before the network runs.

    Raises:
        CamviewerError: the recipe cannot be carried out with this network.
        Cancelled: told to stop.
    """
    require_recipe(recipe, published)
    tensor = picture_tensor(image, place(image.size, recipe), recipe)
    if cancelled is not None and cancelled.is_set():
        raise Cancelled
    if head_activations not in {(), classifier.info.head_activations}:
        with with_head_activations(classifier.network, head_activations):
            logits = _logits(classifier, tensor, recipe)
    else:
        logits = _logits(classifier, tensor, recipe)
    is_sigmoid = activation == "sigmoid" or classifier.info.one_output
    probabilities = logits.sigmoid() if is_sigmoid else logits.softmax(-1)
    are_classes = classifier.info.has_classes and activation != NO_ACTIVATION
    shown = min(_SHOWN, probabilities.numel()) if are_classes else 0
    best = probabilities.topk(shown)
    return Preview(
        pixels=_as_colours(tensor[0], published),
        low=float(tensor.min()),
        high=float(tensor.max()),
        mean=float(tensor.mean()),
        deviation=float(tensor.std()),
        histogram=value_histogram(image.values, image.input_range(recipe.scale)),
        words=input_words(image, recipe),
        top=tuple(zip(best.indices.tolist(), best.values.tolist(), strict=True)),
    )


def _logits(classifier: Classifier, tensor: Tensor, recipe: Recipe) -> Tensor:
    """(K,) on the CPU.

    Raises:
        CamviewerError: the network does not run with this input, or gives no numbers.
    """
    try:
        with torch.no_grad():
            logits: Tensor = classifier.network(tensor.to(classifier.device))[0].float().cpu()
    except torch.OutOfMemoryError:
        raise
    except (RuntimeError, AssertionError, ValueError, TypeError) as error:
        height, width = recipe.input_size
        raise CamviewerError(
            f"This network does not accept pictures of {width} x {height} pixels.",
            f"Choose multiples of {recipe.step}.",
        ) from error
    if not bool(torch.isfinite(logits).all()):
        raise CamviewerError(
            "With these values the class scores are not finite.", "Choose a larger deviation."
        )
    return logits


def _as_colours(tensor: Tensor, published: Recipe) -> NDArray[np.uint8]:
    """The first three channels as colours, or the first one as grey."""
    mean, std = (
        torch.tensor(each).view(-1, 1, 1)
        for each in (published.channel_means, published.channel_stds)
    )
    pixels = in_order(tensor[None], published)[0].mul(std).add(mean)
    pixels = pixels[:RGB_CHANNELS] if published.channels >= RGB_CHANNELS else pixels[:1]
    colours = pixels.mul(255.0).round().clamp(0.0, 255.0).expand(3, -1, -1)
    return colours.to(torch.uint8).permute(1, 2, 0).contiguous().numpy()
