"""Deep Feature Factorization splits the layer's activity into parts that add up."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from sklearn.decomposition import NMF
from torch import Tensor, nn

from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.methods.core.factorization import factorized
from camviewer.engine.network import forward as passes
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest, Explanation
from camviewer.engine.session.session import Session


def explained(session: Session, image: SourceImage, count: int, **more: object) -> Explanation:
    request = ExplainRequest(None, "dff", options=(("count", count),), **more)
    return session.explain(image, request)


def test_a_matrix_that_was_made_of_three_parts_is_taken_apart_into_them() -> None:
    generator = torch.Generator().manual_seed(0)
    presence = torch.rand((40, 3), generator=generator, dtype=torch.float64)
    presence[:12, 0] = presence[12:25, 1] = presence[25:, 2] = 0.0
    concepts = torch.rand((3, 30), generator=generator, dtype=torch.float64)
    concepts[0, :10] = concepts[1, 10:20] = concepts[2, 20:] = 0.0
    found, parts = factorized(presence @ concepts, 3)
    assert float(found.min()) >= 0
    assert float(parts.min()) >= 0
    matrix = presence @ concepts
    assert float((found @ parts - matrix).norm() / matrix.norm()) < 0.02
    likeness = torch.nn.functional.normalize(parts) @ torch.nn.functional.normalize(concepts).T
    assert sorted(likeness.argmax(1).tolist()) == [0, 1, 2]
    assert float(likeness.amax(1).min()) > 0.95


@pytest.mark.parametrize("count", [2, 5])
@pytest.mark.parametrize("layer", ["head", "blocks.2"])
def test_it_is_as_near_to_the_activity_as_scikit_learns(
    embedded: Classifier, seen: Callable[..., Tensor], layer: str, count: int
) -> None:
    forward = passes.run(embedded.network, seen("chelsea"), layer, embedded.head)
    matrix = forward.activations.relu().flatten(1).T.double()
    presence, concepts = factorized(matrix, count)
    mine = float((matrix - presence @ concepts).norm())
    peer = NMF(count, init="nndsvda", max_iter=1000, tol=1e-6).fit(matrix.numpy())
    assert mine < 1.01 * peer.reconstruction_err_


def test_the_same_picture_gives_the_same_concepts(
    embedded: Classifier, photographs: dict[str, SourceImage]
) -> None:
    first = explained(Session(embedded), photographs["coffee"], 4)
    again = explained(Session(embedded), photographs["coffee"], 4)
    assert len(first.concepts) == 4
    for one, other in zip(first.concepts, again.concepts, strict=True):
        assert np.array_equal(one.values, other.values)
        assert one.classes == other.classes


def test_the_map_is_the_sum_of_the_concepts_and_their_shares_add_up(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    found = explained(session, photographs["coffee"], 5)
    total = sum(concept.values for concept in found.concepts)
    assert np.allclose(found.heatmap.values, total, rtol=1e-5)
    shares = [concept.share for concept in found.concepts]
    assert sum(shares) == pytest.approx(1.0)
    assert shares == sorted(shares, reverse=True)
    assert found.method.classless
    assert found.heatmap.unit == "activation"


def test_what_the_concepts_add_to_a_logit_is_the_logit_of_their_sum(
    embedded: Classifier, photographs: dict[str, SourceImage]
) -> None:
    """Below a pooled linear head the contributions are exact, so they add up."""
    assert embedded.head is not None
    session = Session(embedded)
    found = explained(session, photographs["chelsea"], 3)
    picture = session.input_tensor(photographs["chelsea"], found.placement)
    forward = passes.run(embedded.network, picture, "head", embedded.head)
    matrix = forward.activations.relu().flatten(1).T.double()
    presence, concepts = factorized(matrix, 3)
    for concept in found.concepts:
        spoken = concept.classes[0]
        part = next(
            torch.outer(presence[:, k], concepts[k])
            for k in range(3)
            if np.allclose(
                presence[:, k] * concepts[k].norm(), concept.values.ravel(), rtol=1e-3, atol=1e-4
            )
        )
        by_hand = float(part.mean(0) @ embedded.head.weight[spoken.index].double())
        assert spoken.rise == pytest.approx(by_hand, rel=1e-3, abs=1e-3)


def test_concepts_speak_for_what_lies_under_them(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    """A cup of coffee: the strongest classes of the concepts contain what the model sees."""
    image = photographs["coffee"]
    found = explained(session, image, 4)
    labels = session.info.labels
    named = {spoken.name for concept in found.concepts for spoken in concept.classes}
    best = labels[session.verdict(image).top(1)[0]]
    assert best in named


def test_on_a_layer_in_the_middle_the_rest_of_the_network_is_asked(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    found = explained(session, photographs["coffee"], 3, layer="blocks.4")
    assert len(found.concepts) == 3
    assert all(len(concept.classes) == 3 for concept in found.concepts)
    assert found.heatmap.values.shape == (14, 14)
    assert any("Activations below 0" in note.text for note in found.notes)


def test_never_more_concepts_than_the_layer_has_channels(
    classifier_of: Callable[..., Classifier], photographs: dict[str, SourceImage]
) -> None:
    torch.manual_seed(0)
    network = nn.Sequential(
        nn.Conv2d(3, 3, 8, stride=8), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten()
    )
    network.append(nn.Linear(3, 4))
    session = Session(classifier_of(network.eval(), 4, Recipe(input_size=(32, 32))))
    assert len(explained(session, photographs["rocket"], 8).concepts) == 3
