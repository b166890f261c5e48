"""Classifies a picture with each of the architectures that a checkpoint may belong to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch

from camviewer.engine.architectures.published_recipes import published_recipe
from camviewer.engine.checkpoints.tensors import read_checkpoint
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import place
from camviewer.engine.importing.candidate_choice import loaded_network
from camviewer.engine.importing.checkpoint_network import checkpoint_network
from camviewer.engine.network.input_tensor import picture_tensor
from camviewer.engine.packs.labels import chosen_labels
from camviewer.engine.picture.source_image import SourceImage, read_image
from camviewer.engine.support.resources import resource

_SAMPLE = "chelsea.png"
_SHOWN = 3


def candidate_verdicts(
    path: Path,
    candidates: Sequence[str],
    image: SourceImage | None,
    labels: Path | None = None,
) -> tuple[str, ...]:
    """The three most probable classes by each candidate: ``tabby 41%, tiger cat 30%, lynx 5%``.

    Args:
        path: of the checkpoint.
        candidates: architectures that have its tensors.
        image: a picture; a sample when None.
        labels: file with class names.

    Returns:
        A line for each, empty where it does not run.
    """
    tensors = read_checkpoint(path).tensors
    image = image or read_image(resource("samples", _SAMPLE))
    lines = []
    for architecture in candidates:
        try:
            found = checkpoint_network(path.name, tensors, architecture)
            names = chosen_labels(labels, found.classes)
            recipe = published_recipe(architecture)
            if found.changes is not None:
                recipe = recipe.with_channels(found.changes.channels)
            network = loaded_network(architecture, found.classes, found.changes, found.tensors)
            with torch.no_grad():
                fed = picture_tensor(image, place(image.size, recipe), recipe)
                shares = network(fed)[0].softmax(0)
        except (CamviewerError, RuntimeError):
            lines.append("")
            continue
        best = shares.topk(min(_SHOWN, len(shares)))
        pairs = zip(best.indices.tolist(), best.values.tolist(), strict=True)
        lines.append(", ".join(f"{names[index]} {share:.0%}" for index, share in pairs))
    return tuple(lines)
