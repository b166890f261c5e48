"""A network that sees one box, and the embedded model's map of a cat."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest, Explanation
from camviewer.engine.session.session import Session
from camviewer.engine.trust.saliency import at_input_pixels
from camviewer.engine.trust.scoring import Scorer

SIDE = 64
BOX = (slice(16, 32), slice(24, 40))
"""A sixteenth of the picture."""


class Brightness(nn.Module):
    """Scores two classes: the mean of a known box, and nothing."""

    def forward(self, pictures: Tensor) -> Tensor:
        inside = pictures[:, 0, BOX[0], BOX[1]].mean((1, 2))
        return torch.stack((inside, torch.zeros_like(inside)), 1)


def brightness_scorer(**arguments: Any) -> Scorer:
    """Its probability is the box's brightness itself, so that areas are known."""
    return Scorer(Brightness(), lambda logits: logits[:, 0], **arguments)


@pytest.fixture
def white() -> Tensor:
    return torch.ones(3, SIDE, SIDE)


@pytest.fixture
def perfect() -> Tensor:
    saliency = torch.zeros(SIDE, SIDE)
    saliency[BOX] = 1.0
    return saliency


@pytest.fixture(scope="session")
def cat_map(photographs: dict[str, SourceImage], embedded: Any) -> tuple[Session, Explanation]:
    """The embedded model's map of the cat."""
    session = Session.embedded(device=torch.device("cpu"))
    return session, session.explain(photographs["chelsea"], ExplainRequest())


def pixels_of(session: Session, explanation: Explanation) -> Tensor:
    return at_input_pixels(
        explanation.heatmap.values, explanation.heatmap.geometry, explanation.placement
    )


def scorer_of(session: Session, class_index: int, **arguments: Any) -> Scorer:
    classifier = session.classifier
    return Scorer(
        classifier.network,
        lambda logits: classifier.probabilities(logits)[:, class_index],
        **arguments,
    )
