"""Averages over sizes, mirrors and moves lie where the evidence is, and hold still."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.geometry.cell_grid import Registration, grid_geometry
from camviewer.engine.geometry.geometry import Box, PlacementMode, Recipe, place
from camviewer.engine.methods.averaging import mirrored
from camviewer.engine.methods.core.resampling import sampled
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.embedded import IDENTIFIER
from camviewer.engine.network.offset_store import OffsetStore
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels
from camviewer.engine.render.overlay import field
from camviewer.engine.results.heatmap import Heatmap
from camviewer.engine.results.messages import ExplainRequest, Explanation
from camviewer.engine.session.session import Session


class Bright(nn.Module):
    """Class 1 is brightness; its map lies where it is bright."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = nn.Conv2d(3, 2, 16, stride=16, bias=False)
        nn.init.constant_(self.grid.weight[0], -1 / 768)
        nn.init.constant_(self.grid.weight[1], 1 / 768)
        self.head = nn.Linear(2, 2)
        nn.init.eye_(self.head.weight)

    def forward(self, pictures: Tensor) -> Tensor:
        logits: Tensor = self.head(self.grid(pictures).mean((2, 3)))
        return logits


@pytest.fixture
def bright(classifier_of: Callable[..., Classifier]) -> Session:
    recipe = Recipe(
        input_size=(96, 96), crop_fraction=1.0, step=16, mean=(0.0,) * 3, std=(1.0,) * 3
    )
    return Session(classifier_of(Bright().eval().requires_grad_(False), 2, recipe))


def dot_at(x: int, y: int, size: tuple[int, int] = (120, 200)) -> SourceImage:
    pixels = np.zeros((*size, 3), np.uint8)
    pixels[y - 5 : y + 5, x - 5 : x + 5] = 255
    return image_from_pixels(pixels, "dot")


def peak(heatmap: Heatmap) -> tuple[float, float]:
    row, column = np.unravel_index(heatmap.values.argmax(), heatmap.values.shape)
    return heatmap.geometry.centre(int(row), int(column))


@pytest.mark.parametrize("mode", PlacementMode)
@pytest.mark.parametrize(
    ("method", "options"),
    [
        ("multi-scale", (("largest", "2"),)),
        ("multi-scale", (("largest", "3"), ("flips", True))),
        ("shift-average", (("steps", 4),)),
        ("shift-average", (("steps", 3),)),
    ],
)
def test_the_average_is_highest_where_the_picture_is_bright(
    bright: Session, mode: PlacementMode, method: str, options: tuple[tuple[str, object], ...]
) -> None:
    for x, y in ((88, 40), (120, 80), (100, 60)):
        request = ExplainRequest(1, method, mode=mode, options=options)
        found = bright.explain(dot_at(x, y), request)
        at_x, at_y = peak(found.heatmap)
        single = bright.explain(dot_at(x, y), ExplainRequest(1, "grad-cam", mode=mode))
        pitch_x, pitch_y = single.heatmap.geometry.pitch
        assert abs(at_x - x) <= pitch_x / 2
        assert abs(at_y - y) <= pitch_y / 2


def test_multi_scale_has_the_finest_grid_and_shift_average_a_finer_one(bright: Session) -> None:
    image = dot_at(100, 60)
    scaled = bright.explain(image, ExplainRequest(1, "multi-scale", options=(("largest", "3"),)))
    assert scaled.heatmap.values.shape == (18, 18)
    assert scaled.passes == 4
    moved = bright.explain(image, ExplainRequest(1, "shift-average", options=(("steps", 4),)))
    assert moved.heatmap.values.shape == (24, 24)
    assert moved.passes == 16
    whole = bright.explain(image, ExplainRequest(1, "grad-cam"))
    assert moved.heatmap.geometry.extent == whole.heatmap.geometry.extent


def test_an_average_of_one_size_alone_is_the_map_itself(bright: Session) -> None:
    """Below the pooled head values are CAM's, so that sizes can be compared."""
    image = dot_at(100, 60)
    cam = bright.explain(image, ExplainRequest(1, "cam")).heatmap
    average = bright.explain(image, ExplainRequest(1, "multi-scale", options=(("largest", "1.5"),)))
    large = bright.explain(image, ExplainRequest(1, "cam", detail=1.5)).heatmap
    onto = torch.from_numpy(cam.values.copy())
    expected = (large.values + sampled(onto, cam.geometry, large.geometry).numpy()) / 2
    assert np.allclose(average.heatmap.values, expected, atol=1e-6)


def test_maps_are_sampled_bilinearly_at_the_other_cells_centres() -> None:
    placement = place((60, 90), Recipe(input_size=(64, 96), crop_fraction=1.0, step=1))
    coarse = grid_geometry(placement, (2, 3), Registration((32.0, 32.0), (4.0, -3.0)))
    fine = grid_geometry(placement, (8, 12), Registration((8.0, 8.0)))
    values = torch.rand((2, 3), generator=torch.Generator().manual_seed(0))
    found = sampled(values, coarse, fine)
    for row, column in np.ndindex(8, 12):
        x, y = fine.centre(row, column)
        at_x = min(max((x - coarse.origin[0]) / coarse.pitch[0], 0.0), 2.0)
        at_y = min(max((y - coarse.origin[1]) / coarse.pitch[1], 0.0), 1.0)
        by_row = [np.interp(at_x, range(3), values[i].numpy()) for i in range(2)]
        assert float(found[row, column]) == pytest.approx(np.interp(at_y, range(2), by_row))


def test_a_mirrored_grid_looks_at_the_mirrored_places() -> None:
    placement = place((100, 100), Recipe(input_size=(96, 96), crop_fraction=1.0))
    registration = Registration((32.0, 32.0), (5.0, 2.0), measured=True)
    geometry = grid_geometry(placement, (3, 3), registration)
    turned = grid_geometry(placement, (3, 3), mirrored(registration, placement, (3, 3)))
    for column in range(3):
        x, y = geometry.centre(1, 2 - column)
        assert turned.centre(1, column) == pytest.approx((100.0 - x, y))


def test_flips_make_the_map_of_a_mirrored_picture_the_mirrored_map(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    image = photographs["coffee"]
    turned = image_from_pixels(np.ascontiguousarray(image.pixels[:, ::-1]), "turned")
    request = ExplainRequest(
        504, "multi-scale", mode=PlacementMode.STRETCH, options=(("flips", True),)
    )
    one, other = session.explain(image, request), session.explain(turned, request)
    spread = np.ptp(one.heatmap.values)
    size = (48, 48)
    straight = field(one.heatmap, size)
    assert np.abs(straight - field(other.heatmap, size)[:, ::-1]).max() < 0.05 * spread
    alone = replace(request, method="grad-cam", options=())
    single, single_turned = session.explain(image, alone), session.explain(turned, alone)
    apart = np.abs(field(single.heatmap, size) - field(single_turned.heatmap, size)[:, ::-1])
    assert apart.max() > 0.1 * np.ptp(single.heatmap.values)


def moved_crops(image: SourceImage, by: int) -> list[SourceImage]:
    """Two pictures of one scene at the network's own scale, the camera moved by some pixels."""
    from PIL import Image

    scale = 288 / min(image.size)
    size = round(image.width * scale), round(image.height * scale)
    pixels = np.asarray(Image.fromarray(image.pixels).resize(size, Image.Resampling.BICUBIC))
    top, left = (pixels.shape[0] - 264) // 2, (pixels.shape[1] - 264) // 2
    return [
        image_from_pixels(
            np.ascontiguousarray(pixels[top + d : top + d + 256, left + d : left + d + 256]), "crop"
        )
        for d in (0, by)
    ]


def change(first: Explanation, second: Explanation, by: int) -> float:
    """The change of a map where both see the same, as a share of the first one's range."""
    region = Box(56.0, 56.0, 200.0, 200.0)
    there = Box(region.left - by, region.top - by, region.right - by, region.bottom - by)
    one, other = (
        field(first.heatmap, (72, 72), region),
        field(second.heatmap, (72, 72), there),
    )
    return float(np.abs(one - other).mean() / np.ptp(one))


def test_a_move_of_8_pixels_changes_a_single_map_and_hardly_the_average(
    embedded: Classifier, photographs: dict[str, SourceImage]
) -> None:
    singles, averages = [], []
    for name, image in photographs.items():
        session = Session(embedded, OffsetStore(embedded.info.weights_sha256, shipped=IDENTIFIER))
        first, second = moved_crops(image, 8)
        chosen = session.verdict(first).top(1)[0]
        for method, changes in (("grad-cam", singles), ("shift-average", averages)):
            request = ExplainRequest(chosen, method)
            changes.append(
                change(session.explain(first, request), session.explain(second, request), 8)
            )
        assert averages[-1] < singles[-1], name
    assert np.mean(singles) > 0.05
    assert np.mean(averages) < 0.5 * np.mean(singles)


def test_the_unmoved_pictures_pixels_are_the_recipes(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    """The moved inputs are cut from one wider input, whose middle is the recipe's own crop."""
    image = photographs["chelsea"]
    placement = session.explain(image, ExplainRequest(None, "cam")).placement
    own = session.input_tensor(image, placement)
    scale_x, scale_y = placement.scale
    box = placement.box
    wide = replace(
        placement,
        box=Box(
            box.left - 16 / scale_x,
            box.top - 16 / scale_y,
            box.right + 16 / scale_x,
            box.bottom + 16 / scale_y,
        ),
        input_size=(256, 256),
    )
    around = session.input_tensor(image, wide)
    assert torch.allclose(around[:, :, 16:240, 16:240], own, atol=1e-6)


def test_a_network_of_one_size_cannot_be_asked_at_several(
    classifier_of: Callable[..., Classifier],
) -> None:
    recipe = Recipe(input_size=(96, 96), flexible=False)
    session = Session(classifier_of(Bright().eval(), 2, recipe))
    reasons = {info.id: reason for info, reason in session.methods()}
    assert "only accepts pictures of 96 x 96" in reasons["multi-scale"]
    assert reasons["shift-average"] == ""
