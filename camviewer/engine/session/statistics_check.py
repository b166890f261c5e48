"""Checks a loaded model by the statistics that its normalisations remember."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from camviewer.engine.architectures.published_recipes import recipes_of_network
from camviewer.engine.errors import CamviewerError
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.picture.samples import sample_pictures
from camviewer.engine.picture.source_image import SourceImage, read_image
from camviewer.engine.statistics.check import check_statistics
from camviewer.engine.statistics.check_result import PublishedRecipe, StatisticsCheck
from camviewer.engine.support.cancellation import Cancellation

_MOST_FILES = 3
"""Maximum number of files that are read; because decoding large photographs takes longest."""


def check_model(
    classifier: Classifier,
    pictures: Sequence[SourceImage] = (),
    *,
    files: Sequence[Path] = (),
    cancelled: threading.Event | None = None,
) -> StatisticsCheck:
    """Whether a model's preprocessing and weights agree with what it was trained on.

    Args:
        classifier: the model; it is left as it was.
        pictures: the user's own, beside the samples of the program.
        files: of further pictures, of which the first few that can be read are looked at, too.
        cancelled: polled at every step.

    Raises:
        Cancelled: told to stop.
    """
    return check_statistics(
        classifier.network,
        classifier.info.recipe,
        [read_image(path) for path in sample_pictures()],
        [*pictures, *_readable(files, Cancellation(cancelled))],
        published=_published(classifier.info.architecture),
        one_class=classifier.info.activation == "softmax",
        device=classifier.device,
        cancelled=cancelled,
    )


def _readable(files: Sequence[Path], cancellation: Cancellation) -> Iterator[SourceImage]:
    for path in files[:_MOST_FILES]:
        cancellation.check()
        try:
            yield read_image(path)
        except CamviewerError:
            continue


def _published(architecture: str) -> list[PublishedRecipe]:
    """The recipes that a network's weights were published with, those of its own library last."""
    library = architecture.partition("/")[0]
    found = recipes_of_network(architecture)
    return sorted(found, key=lambda one: one.source.startswith(library))
