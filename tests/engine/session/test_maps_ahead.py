"""Maps that were made while nobody waited are those that would be made on demand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest, ScoreKind
from camviewer.engine.session.session import Session

MOST_STEPS = 40


def values_of(session: Session, image: SourceImage, request: ExplainRequest) -> np.ndarray:
    return session.explain(image, request).heatmap.values


def idle(session: Session) -> None:
    """What the window does while nobody waits; it must come to an end."""
    for _ in range(MOST_STEPS):
        if not session.warm_up():
            return
    pytest.fail("there is always something left to do")


@pytest.mark.parametrize("method", ["grad-cam", "layercam", "eigengrad-cam", "finer-cam"])
def test_every_listed_class_gets_its_own_map(
    session: Session, embedded: Classifier, photographs: dict[str, SourceImage], method: str
) -> None:
    rocket = photographs["rocket"]
    request = ExplainRequest(method=method)
    values_of(session, rocket, request)
    idle(session)
    listed = session.verdict(rocket).top(5)
    for class_index in (*listed, 281):
        wanted = replace(request, class_index=class_index)
        expected = values_of(Session(embedded), rocket, wanted)
        assert abs(values_of(session, rocket, wanted) - expected).max() <= 1e-5 * expected.max()


def test_nothing_is_taken_for_the_map_of_another_question(
    session: Session, embedded: Classifier, photographs: dict[str, SourceImage]
) -> None:
    """One thing is changed after the other, and everything that can be foreseen is made ahead."""
    first = ExplainRequest(method="grad-cam", class_index=657)
    questions = [
        ("rocket", first),
        ("coffee", first),
        ("coffee", replace(first, score=ScoreKind.PROBABILITY)),
        ("coffee", replace(first, layer="blocks.5")),
        ("coffee", replace(first, method="hirescam", layer="blocks.5")),
        ("coffee", replace(first, method="finer-cam")),
        ("coffee", replace(first, method="finer-cam", options=(("strength", 0.9),))),
        ("coffee", replace(first, mode=PlacementMode.WHOLE)),
        ("rocket", first),
    ]
    for name, request in questions:
        found = values_of(session, photographs[name], request)
        expected = values_of(Session(embedded), photographs[name], request)
        assert abs(found - expected).max() <= 2e-4 * abs(expected).max(), (name, request)
        idle(session)


def test_a_map_of_all_classes_is_the_same_for_each(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    request = ExplainRequest(method="eigen-cam", class_index=657)
    one = values_of(session, photographs["rocket"], request)
    idle(session)
    other = values_of(session, photographs["rocket"], replace(request, class_index=281))
    assert (one == other).all()
