"""Fully convolutional CAM: what it shows, where it lies, and that it points at the object."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torchvision.models.vgg import VGG, make_layers

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import PlacementMode, Recipe
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels
from camviewer.engine.results.messages import ExplainRequest, Explanation, ScoreKind
from camviewer.engine.session.session import Session
from tests.scenes import CLASSES, Scene, make_scenes

SIDE, STEP = 64, 16
RECIPE = Recipe(
    input_size=(SIDE, SIDE), crop_fraction=1.0, step=STEP, mean=(0.5,) * 3, std=(0.25,) * 3
)
PADDED = (("pad", True),)


def vgg(widths: tuple[int, int, int, int], hidden: int = 64) -> nn.Module:
    """torchvision's VGG with few channels: 4 x 4 cells of 16 pixels, flattened."""
    configuration = [part for width in widths for part in (width, "M")]
    features = make_layers(configuration, batch_norm=True)
    with torch.device("meta"):  # its own linear layers would take half a gigabyte
        network = VGG(features, num_classes=len(CLASSES))
    network.avgpool = nn.AdaptiveAvgPool2d(4)
    network.classifier = nn.Sequential(
        nn.Linear(widths[-1] * 16, hidden),
        nn.ReLU(True),
        nn.Dropout(0.3),
        nn.Linear(hidden, len(CLASSES)),
    )
    return network


@pytest.fixture(scope="module")
def untrained(classifier_of: Callable[..., Classifier]) -> Session:
    torch.manual_seed(0)
    return Session(classifier_of(vgg((4, 4, 8, 8)), len(CLASSES), RECIPE))


@pytest.fixture
def picture() -> SourceImage:
    return image_from_pixels(make_scenes(1, seed=5, size=(96, 160))[0].pixels, "scene")


def asked(session: Session, picture: SourceImage, **changes: object) -> Explanation:
    request = ExplainRequest(method="fc-cam", mode=PlacementMode.WHOLE, detail=2.0)
    return session.explain(picture, replace(request, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("score", [ScoreKind.LOGIT, ScoreKind.PROBABILITY])
def test_at_1x_the_map_is_the_models_own_score(
    untrained: Session, picture: SourceImage, score: ScoreKind
) -> None:
    verdict = untrained.verdict(picture)
    own = verdict.logits if score is ScoreKind.LOGIT else verdict.probabilities
    for index in range(len(CLASSES)):
        explanation = asked(
            untrained,
            picture,
            mode=PlacementMode.CROP,
            detail=1.0,
            class_index=index,
            score=score,
        )
        assert explanation.heatmap.values.shape == (1, 1)
        assert explanation.heatmap.values[0, 0] == pytest.approx(own[index], abs=1e-4)
        assert explanation.heatmap.unit == score.value
    assert "single class score" in explanation.remark


def test_without_padding_nothing_outside_the_windows_is_coloured(
    untrained: Session, picture: SourceImage
) -> None:
    explanation = asked(untrained, picture, nominal=True)
    height, width = explanation.placement.input_size
    rows, columns = explanation.heatmap.values.shape
    assert (rows, columns) == (height // STEP - 3, width // STEP - 3)
    geometry, scale = explanation.heatmap.geometry, explanation.placement.scale[0]
    x, y = explanation.placement.to_input(*geometry.centre(0, 0))
    assert (x, y) == pytest.approx((SIDE / 2, SIDE / 2))
    margin = (SIDE / 2 - STEP / 2) / scale
    assert geometry.extent.left == pytest.approx(margin)
    assert geometry.extent.right == pytest.approx(picture.width - margin)
    assert explanation.heatmap.value_at(margin / 2, picture.height / 2) is None


def test_with_padding_the_map_covers_the_whole_picture(
    untrained: Session, picture: SourceImage
) -> None:
    bare, padded = asked(untrained, picture), asked(untrained, picture, options=PADDED)
    extent = padded.heatmap.geometry.extent
    assert (extent.left, extent.top) == (0.0, 0.0)
    assert (extent.right, extent.bottom) == (picture.width, picture.height)
    rows, columns = bare.heatmap.values.shape
    inner = padded.heatmap.values[2 : 2 + rows, 2 : 2 + columns]
    assert np.allclose(inner, bare.heatmap.values, atol=1e-5)
    assert padded.remark == bare.remark  # what reaches beyond the picture is no evidence


def test_another_class_and_score_need_no_further_pass(
    untrained: Session, picture: SourceImage
) -> None:
    asked(untrained, picture)
    passes = untrained.pass_count
    for index in range(len(CLASSES)):
        asked(untrained, picture, class_index=index)
        asked(untrained, picture, class_index=index, score=ScoreKind.PROBABILITY)
    assert untrained.pass_count == passes


def test_the_softmax_is_over_classes_in_every_cell(
    untrained: Session, picture: SourceImage
) -> None:
    maps = [
        asked(untrained, picture, class_index=index, score=ScoreKind.PROBABILITY).heatmap.values
        for index in range(len(CLASSES))
    ]
    assert np.allclose(np.sum(maps, 0), 1.0, atol=1e-6)


def test_the_best_window_is_told_beside_the_models_verdict(
    untrained: Session, picture: SourceImage
) -> None:
    explanation = asked(untrained, picture, class_index=2, score=ScoreKind.PROBABILITY)
    logits = asked(untrained, picture, class_index=2).heatmap.values
    best = np.unravel_index(logits.argmax(), logits.shape)
    assert explanation.probability_here == pytest.approx(explanation.heatmap.values[best])
    assert explanation.logit_here == pytest.approx(logits.max())
    assert explanation.remark.startswith("In its best window class 2 scores ")
    assert f"{logits.size} windows" in explanation.remark
    assert explanation.probability == pytest.approx(untrained.verdict(picture).probabilities[2])


def test_a_pooled_linear_head_needs_no_conversion(session: Session, picture: SourceImage) -> None:
    with pytest.raises(CamviewerError, match="CAM itself is exact"):
        asked(session, picture)


def test_another_layer_is_refused_with_the_layer_that_fits(
    untrained: Session, picture: SourceImage
) -> None:
    with pytest.raises(CamviewerError, match="the grid of layer features"):
        asked(untrained, picture, layer="features.0")


def test_alexnets_windows_lie_where_they_are_cut_though_its_grid_falls_short(
    random_classifier: Callable[[str], Classifier], photographs: dict[str, SourceImage]
) -> None:
    """No offset is measured for them: their centres run from 112 to 336 of 448 pixels."""
    session = Session(random_classifier("alexnet"))
    found = asked(session, photographs["chelsea"], mode=PlacementMode.CROP)
    for cell, centre in ((0, 112.0), (7, 336.0)):
        x, y = found.placement.to_input(*found.heatmap.geometry.centre(cell, cell))
        assert (x, y) == pytest.approx((centre, centre))
    assert not session.wants_offset_of(found)


def trained_vgg() -> nn.Module:
    """Learns the scenes in half a minute, from pictures of one window's size."""
    torch.manual_seed(0)
    scenes = make_scenes(800, seed=10, size=(SIDE, SIDE), scale=(0.25, 0.8))
    pictures, labels = tensors(scenes)
    network, batch, epochs = vgg((16, 32, 32, 64)), 50, 7
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=1e-2)
    steps = epochs * len(scenes) // batch
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=steps)
    network.train()
    for _ in range(epochs):
        for chosen in torch.randperm(len(scenes)).split(batch):
            loss = nn.functional.cross_entropy(network(pictures[chosen]), labels[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return network


def tensors(scenes: list[Scene]) -> tuple[Tensor, Tensor]:
    pixels = torch.from_numpy(np.stack([scene.pixels for scene in scenes]))
    pictures = (pixels.permute(0, 3, 1, 2).float() / 255 - 0.5) / 0.25
    return pictures, torch.tensor([scene.index for scene in scenes])


@pytest.mark.slow
def test_the_peak_lies_inside_the_object_far_more_often_than_by_chance(
    classifier_of: Callable[..., Classifier],
) -> None:
    session = Session(classifier_of(trained_vgg(), len(CLASSES), RECIPE))
    scenes = make_scenes(48, seed=99, size=(2 * SIDE, 2 * SIDE))
    for options in ((), PADDED):
        inside = 0
        for scene in scenes:
            explanation = asked(
                session,
                image_from_pixels(scene.pixels, scene.label),
                class_index=scene.index,
                options=options,
            )
            values, geometry = explanation.heatmap.values, explanation.heatmap.geometry
            row, column = divmod(int(values.argmax()), values.shape[1])
            inside += scene.box.contains(*geometry.centre(row, column))
        chance = sum(scene.chance for scene in scenes) / len(scenes)
        assert chance < 0.12
        assert inside / len(scenes) > 0.85
