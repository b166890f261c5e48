from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from camviewer.engine.network.classifier import Classifier
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest, Explanation
from camviewer.engine.runtime.half_precision import HalfScores, is_in_hardware
from camviewer.engine.session import loaded_model
from camviewer.engine.session.session import Session

in_hardware = pytest.mark.skipif(
    not is_in_hardware(), reason="this processor does not compute in bfloat16"
)
OCCLUSION = ExplainRequest(method="occlusion", options=(("patch", 56), ("stride", 28)))
RISE = ExplainRequest(method="rise", options=(("masks", 100),))


def correlation(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


def bfloat16_notes(explanation: Explanation) -> list[str]:
    return [note.text for note in explanation.notes if "bfloat16" in note.text]


@in_hardware
@pytest.mark.parametrize("request_", [OCCLUSION, pytest.param(RISE, marks=pytest.mark.slow)])
def test_maps_that_were_scored_in_bfloat16_are_much_the_same_and_say_so(
    embedded: Classifier, photographs: dict[str, SourceImage], request_: ExplainRequest
) -> None:
    image, session = photographs["coffee"], Session(embedded)
    exact = session.explain(image, request_)
    assert session.allow_half_precision(allowed=True)
    half = session.explain(image, request_)
    assert correlation(half.heatmap.values, exact.heatmap.values) > 0.99
    assert not np.array_equal(half.heatmap.values, exact.heatmap.values)
    assert (half.logit, half.probability) == (exact.logit, exact.probability)
    assert bfloat16_notes(exact) == []
    assert len(bfloat16_notes(half)) == 1
    assert session.allow_half_precision(allowed=False)
    again = session.explain(image, request_)
    np.testing.assert_allclose(again.heatmap.values, exact.heatmap.values, atol=1e-3)
    assert bfloat16_notes(again) == []


@in_hardware
def test_maps_of_one_pass_stay_float32(
    embedded: Classifier, photographs: dict[str, SourceImage]
) -> None:
    session = Session(embedded)
    assert session.allow_half_precision(allowed=True)
    session.explain(photographs["coffee"], OCCLUSION)
    for method in ("grad-cam", "cam"):
        request = ExplainRequest(method=method)
        found = session.explain(photographs["coffee"], request)
        wanted = Session(embedded).explain(photographs["coffee"], request)
        np.testing.assert_allclose(found.heatmap.values, wanted.heatmap.values, atol=1e-4)
        assert bfloat16_notes(found) == []


def test_the_error_is_the_largest_difference_on_the_first_picture_of_each_size() -> None:
    scores = HalfScores()
    assert scores.note == ""

    def exact(pictures: torch.Tensor) -> torch.Tensor:
        return pictures.mean((2, 3)) * torch.tensor([1.0, 2.0, -4.0])

    def rough(by: float) -> object:
        return lambda pictures: exact(pictures) + torch.tensor([0.0, by, 0.0])

    pictures = torch.ones(3, 3, 8, 8)
    found = scores.logits(pictures, rough(0.1), exact)
    torch.testing.assert_close(found[2], torch.tensor([1.0, 2.1, -4.0]))
    assert scores.error == pytest.approx(0.1 / 4)
    scores.logits(pictures, rough(0.9), exact)
    assert scores.error == pytest.approx(0.1 / 4)
    scores.logits(torch.ones(1, 3, 8, 9), rough(0.2), exact)
    assert "off by up to 5.0% of the largest" in scores.note
    scores.begin()
    assert scores.note == ""


def test_a_processor_without_it_goes_on_in_float32(
    embedded: Classifier, photographs: dict[str, SourceImage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loaded_model, "is_in_hardware", lambda: False)
    session = Session(embedded)
    assert not session.allow_half_precision(allowed=True)
    assert bfloat16_notes(session.explain(photographs["coffee"], OCCLUSION)) == []
