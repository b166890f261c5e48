"""Checks a loaded model by the statistics that its normalisations remember."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.picture.samples import sample_pictures
from camviewer.engine.picture.source_image import SourceImage, read_image
from camviewer.engine.statistics.check import check_statistics
from camviewer.engine.statistics.verdict import StatisticsCheck


def check_model(
    classifier: Classifier,
    pictures: Sequence[SourceImage] = (),
    *,
    published: tuple[Recipe, ...] = (),
    cancelled: threading.Event | None = None,
) -> StatisticsCheck:
    """Whether a model's preprocessing and weights agree with what it was trained on.

    Args:
        classifier: the model; it is left as it was.
        pictures: the user's own, beside the samples of the program.
        published: further recipes that its weights may have been trained with.
        cancelled: polled at every step.

    Raises:
        Cancelled: told to stop.
    """
    return check_statistics(
        classifier.network,
        classifier.info.recipe,
        [read_image(path) for path in sample_pictures()],
        pictures,
        published=published,
        device=classifier.device,
        cancelled=cancelled,
    )
