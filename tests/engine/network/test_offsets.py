"""Offsets are measured where they are known, and maps say where they are not."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.errors import Cancelled
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.embedded import IDENTIFIER
from camviewer.engine.network.measured_offsets import OffsetUnknownError, measure_offset
from camviewer.engine.network.offset_store import OffsetStore
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest, Explanation
from camviewer.engine.results.notes import NoteKind
from camviewer.engine.session.session import Session
from tests.engine.hooks import hooks_on

SMALL = Recipe(input_size=(96, 96), flexible=False)


def test_padding_shifts_a_random_resnet_by_half_a_cell(
    random_network: Callable[[str], nn.Module],
) -> None:
    offset = measure_offset(random_network("resnet18"), "layer4", Recipe())
    assert offset.x == pytest.approx(-16, abs=2)
    assert offset.y == pytest.approx(-16, abs=2)
    assert max(offset.error_x, offset.error_y) < 1


def test_vggs_pooling_shifts_nothing(random_network: Callable[[str], nn.Module]) -> None:
    """At 112 pixels, where the cell's field of 196 is cut on both sides alike: it is quicker."""
    recipe = Recipe(input_size=(112, 112), step=16, flexible=False)
    offset = measure_offset(random_network("vgg16"), "features.29", recipe, samples=8)
    assert offset.x == pytest.approx(0, abs=1)
    assert offset.y == pytest.approx(0, abs=1)


def test_tensorflows_padding_shifts_the_other_way(
    random_network: Callable[[str], nn.Module],
) -> None:
    """On a large input: its field is so wide that the border of a small one pulls it back."""
    recipe = Recipe(input_size=(352, 352))
    offset = measure_offset(random_network(IDENTIFIER), "head", recipe, samples=8)
    assert offset.x == pytest.approx(15, abs=3)
    assert offset.y == pytest.approx(15, abs=3)


def test_the_embedded_models_offset_is_what_pasted_photographs_show(embedded: Classifier) -> None:
    """Another seed than that of the shipped table."""
    offset = measure_offset(embedded.network, "head", embedded.info.recipe, samples=32, seed=1)
    assert offset.x == pytest.approx(2, abs=2)
    assert offset.y == pytest.approx(5.3, abs=2)


def test_a_grid_without_padding_is_measured_exactly() -> None:
    """Averages of 8 x 8 pixels look at their own centre, whatever the picture."""
    network = nn.Sequential(nn.Conv2d(3, 2, 8, stride=8), nn.Identity())
    nn.init.constant_(network.get_parameter("0.weight"), 1.0)
    offset = measure_offset(network, "0", Recipe(input_size=(72, 72), step=8), samples=4)
    assert (offset.x, offset.y) == pytest.approx((0, 0), abs=1e-4)


def test_one_sided_padding_is_measured_exactly_and_per_axis() -> None:
    """Left and upper padding of 3 and 1 pixels moves what a cell sees by just that."""
    convolution = nn.Conv2d(3, 2, 8, stride=8)
    nn.init.constant_(convolution.weight, 1.0)
    network = nn.Sequential(nn.ZeroPad2d((3, 5, 1, 7)), convolution, nn.Identity())
    offset = measure_offset(network, "1", Recipe(input_size=(72, 72), step=8), samples=4)
    assert offset.x == pytest.approx(-3, abs=1e-4)
    assert offset.y == pytest.approx(-1, abs=1e-4)


def patches(
    *after: nn.Module, channels: int = 1, sides: tuple[int, int] = (0, 0)
) -> tuple[nn.Module, Recipe]:
    """Averages of 8 x 8 pixels, moved by padding on the left and above, and what comes behind."""
    convolution = nn.Conv2d(3, channels, 8, stride=8)
    nn.init.constant_(convolution.weight, 1.0)
    nn.init.zeros_(convolution.bias)
    left, above = sides
    pad = nn.ZeroPad2d((left, -left, above, -above))
    network = nn.Sequential(pad, convolution, *after, nn.Identity())
    recipe = Recipe(input_size=(72, 72), step=8, flexible=False)
    return network.eval().requires_grad_(False), recipe


def test_samples_without_a_gradient_do_not_count_as_a_corner() -> None:
    """Behind the ReLU every second cell is dead; it once counted as a centroid at (0, 0)."""
    network, recipe = patches(nn.ReLU(), sides=(3, 1))
    offset = measure_offset(network, "2", recipe)
    assert (offset.x, offset.y) == pytest.approx((-3, -1), abs=1e-6)
    assert offset.samples >= 12


class Root(nn.Module):
    """The root of what is positive; behind it the gradient of 0 is no number."""

    def forward(self, cells: Tensor) -> Tensor:
        return cells.relu().sqrt()


def test_samples_whose_gradient_is_not_finite_do_not_count() -> None:
    network, recipe = patches(Root(), sides=(3, 1))
    offset = measure_offset(network, "2", recipe)
    assert (offset.x, offset.y) == pytest.approx((-3, -1), abs=1e-6)


def test_gradients_whose_squares_are_too_small_for_a_number_count() -> None:
    network, recipe = patches(sides=(3, 1))
    network.get_parameter("1.weight").fill_(1e-30)
    offset = measure_offset(network, "1", recipe)
    assert (offset.x, offset.y) == pytest.approx((-3, -1), abs=1e-6)


def test_a_layer_that_is_nearly_always_dead_is_not_measured() -> None:
    network, recipe = patches(nn.Threshold(1e6, 0.0))
    with pytest.raises(OffsetUnknownError, match="only 0 of 64 random pictures have a gradient"):
        measure_offset(network, "2", recipe)


class Brightest(nn.Module):
    """Every cell looks at the brightest cell of all, wherever that is."""

    def forward(self, cells: Tensor) -> Tensor:
        return cells.amax((2, 3), keepdim=True).expand_as(cells).clone()


def test_cells_that_look_here_and_there_are_not_measured() -> None:
    network, recipe = patches(Brightest())
    with pytest.raises(OffsetUnknownError, match="scatters too much"):
        measure_offset(network, "2", recipe)


class Rolled(nn.Module):
    """Every cell looks three cells to the right."""

    def forward(self, cells: Tensor) -> Tensor:
        return cells.roll(-3, 3)


def test_cells_that_look_three_cells_away_are_not_measured() -> None:
    network, recipe = patches(Rolled())
    with pytest.raises(OffsetUnknownError, match="more than two cells"):
        measure_offset(network, "2", recipe)


def small_network() -> nn.Module:
    """Two convolutions of random weights, whose cells look about a pixel to the left."""
    torch.manual_seed(0)
    layers = (nn.Conv2d(3, 4, 5, 2, 2), nn.ReLU(), nn.Conv2d(4, 6, 5, 2, 2), nn.ReLU())
    return nn.Sequential(*layers).eval().requires_grad_(False)


def test_it_stops_once_both_axes_are_precise_enough() -> None:
    recipe = Recipe(input_size=(36, 36), step=4, flexible=False)
    soon = measure_offset(small_network(), "3", recipe, precise=0.5)
    late = measure_offset(small_network(), "3", recipe, precise=0.15)
    most = measure_offset(small_network(), "3", recipe, precise=0.0)
    assert soon.samples == 12
    assert 12 < late.samples < most.samples == 64
    assert max(soon.error_x, soon.error_y) < 0.5
    assert max(late.error_x, late.error_y) < 0.15


def test_stopping_early_does_not_pull_the_offset() -> None:
    """The mean over many early stops is that over as many samples as one likes."""
    network, recipe = small_network(), Recipe(input_size=(36, 36), step=4, flexible=False)
    truth = measure_offset(network, "3", recipe, samples=1500, precise=0.0, seed=1000)
    stopped = [measure_offset(network, "3", recipe, precise=0.2, seed=seed) for seed in range(60)]
    assert len({offset.samples for offset in stopped}) > 3
    for axis in ("x", "y"):
        found = torch.tensor([getattr(offset, axis) for offset in stopped])
        error = float(found.std()) / len(found) ** 0.5
        assert float(found.mean()) == pytest.approx(getattr(truth, axis), abs=3 * error)


def test_measuring_leaves_the_network_alone(random_network: Callable[[str], nn.Module]) -> None:
    network = random_network("resnet18")
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    measure_offset(network, "layer1", SMALL, samples=4)
    assert all(torch.equal(before[name], tensor) for name, tensor in network.state_dict().items())
    assert all(parameter.grad is None for parameter in network.parameters())
    assert hooks_on(network) == 0


class TellsToStop(threading.Event):
    """Set from the second time on that it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def is_set(self) -> bool:
        self.asked += 1
        return self.asked > 1


def test_it_stops_between_two_batches(random_network: Callable[[str], nn.Module]) -> None:
    told = TellsToStop()
    with pytest.raises(Cancelled):
        measure_offset(
            random_network("resnet18"), "layer1", Recipe(), samples=10_000, cancelled=told
        )
    assert told.asked == 2


@pytest.mark.parametrize("value", [(9000.0, -9000.0), (1e300, 0.0), (0.0, 20.0)])
def test_an_offset_of_more_than_two_cells_is_measured_again(
    tmp_path: Path,
    classifier_of: Callable[..., Classifier],
    photographs: dict[str, SourceImage],
    value: tuple[float, float],
) -> None:
    network, recipe = patches(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(1, 2), sides=(3, 1))
    classifier = classifier_of(network, 2, recipe)
    sha256 = classifier.info.weights_sha256
    OffsetStore(sha256, tmp_path).put("1", value)
    session = Session(classifier, OffsetStore(sha256, tmp_path))
    request = ExplainRequest(0, "grad-cam", layer="1")
    before = session.explain(photographs["rocket"], request)
    assert before.heatmap.geometry.offset == (0, 0)
    assert session.wants_offset_of(before)
    session.measure_offset("1")
    again = Session(classifier, OffsetStore(sha256, tmp_path))
    after = again.explain(photographs["rocket"], request)
    assert after.heatmap.geometry.offset == (-3, -1)
    assert not again.wants_offset_of(after)


def placed(explanation: Explanation) -> list[str]:
    """What is said of where the map lies."""
    return [note.text for note in explanation.notes if note.kind is NoteKind.PLACE]


def test_a_map_on_a_layer_that_cannot_be_measured_says_so(
    tmp_path: Path,
    classifier_of: Callable[..., Classifier],
    photographs: dict[str, SourceImage],
) -> None:
    network, recipe = patches(
        Brightest(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(1, 2), sides=(3, 1)
    )
    classifier = classifier_of(network, 2, recipe)
    session = Session(classifier, OffsetStore(classifier.info.weights_sha256, tmp_path))
    request = ExplainRequest(0, "grad-cam", layer="2")
    assert not placed(session.explain(photographs["rocket"], request))
    session.measure_offset("2")
    again = Session(classifier, OffsetStore(classifier.info.weights_sha256, tmp_path))
    assert not again.wants_offset("2")
    explanation = again.explain(photographs["rocket"], request)
    assert not explanation.heatmap.geometry.measured
    (note,) = placed(explanation)
    assert "Layer 2 is drawn at its nominal centres" in note
    assert "scatters too much" in note
    average = ExplainRequest(0, "shift-average", layer="2", options=(("steps", 2),))
    for _ in range(2):  # made, and then taken from what is kept
        assert placed(again.explain(photographs["rocket"], average)) == [note]
    nominal = replace(request, nominal=True)
    assert not placed(again.explain(photographs["rocket"], nominal))


def test_random_pictures_are_the_same_for_the_same_seed(
    random_network: Callable[[str], nn.Module],
) -> None:
    network = random_network("resnet18")
    found: list[tuple[float, float]] = []
    for seed in (3, 3, 4):
        offset = measure_offset(network, "conv1", SMALL, samples=4, seed=seed)
        found.append((offset.x, offset.y))
    assert found[0] == found[1] != found[2]


def test_the_network_may_be_asked_under_no_grad(
    random_network: Callable[[str], nn.Module], seen: Callable[..., Tensor]
) -> None:
    network = random_network("resnet18")
    outside = measure_offset(network, "conv1", SMALL, samples=4)
    with torch.no_grad():
        inside = measure_offset(network, "conv1", SMALL, samples=4)
        assert not network(seen()).requires_grad
    assert inside == outside
