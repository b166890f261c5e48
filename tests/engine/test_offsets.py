"""Offsets are measured where they are known, and kept with the weights they belong to."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.classifier import Classifier
from camviewer.engine.embedded import IDENTIFIER, WEIGHTS_SHA256
from camviewer.engine.errors import Cancelled
from camviewer.engine.geometry import Recipe
from camviewer.engine.layers import grid_layers
from camviewer.engine.offset_store import OffsetStore
from camviewer.engine.offsets import measure_offset
from tests.engine.hooks import hooks_on

WEIGHTS = "ab" * 32


def test_padding_shifts_a_random_resnet_by_half_a_cell(
    random_network: Callable[[str], nn.Module],
) -> None:
    offset = measure_offset(random_network("resnet18"), "layer4", Recipe(), samples=24)
    assert offset.x == pytest.approx(-16, abs=2)
    assert offset.y == pytest.approx(-16, abs=2)
    assert max(offset.error_x, offset.error_y) < 1


def test_vggs_pooling_shifts_nothing(random_network: Callable[[str], nn.Module]) -> None:
    """At 144 pixels, where the cell's field of 196 is cut on both sides alike: it is quicker."""
    recipe = Recipe(input_size=(144, 144), step=16)
    offset = measure_offset(random_network("vgg16"), "features.29", recipe, samples=8)
    assert offset.x == pytest.approx(0, abs=1)
    assert offset.y == pytest.approx(0, abs=1)


def test_tensorflows_padding_shifts_the_other_way(
    random_network: Callable[[str], nn.Module],
) -> None:
    """On a large input: its field is so wide that the border of a small one pulls it back."""
    recipe = Recipe(input_size=(352, 352))
    offset = measure_offset(random_network(IDENTIFIER), "head", recipe, samples=16)
    assert offset.x == pytest.approx(15, abs=3)
    assert offset.y == pytest.approx(15, abs=3)


def test_the_embedded_models_offset_is_what_pasted_photographs_show(embedded: Classifier) -> None:
    """Another seed than that of the shipped table."""
    offset = measure_offset(embedded.network, "head", embedded.info.recipe, samples=64, seed=1)
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


def test_measuring_leaves_the_network_alone(random_network: Callable[[str], nn.Module]) -> None:
    network = random_network("resnet18")
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    measure_offset(network, "layer1", Recipe(), samples=2)
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


def test_every_layer_of_the_embedded_model_is_shipped(embedded: Classifier) -> None:
    store = OffsetStore(WEIGHTS_SHA256, shipped=IDENTIFIER)
    for layer in grid_layers(embedded.network, torch.zeros(1, 3, 224, 224)):
        offset = store.get(layer.name)
        assert offset is not None, layer.name
        assert max(abs(value) for value in offset) < 16


def test_what_was_put_comes_back_in_another_run(tmp_path: Path) -> None:
    store = OffsetStore(WEIGHTS, tmp_path / "offsets")
    assert store.get("layer4") is None
    store.put("layer4", (-15.5, 2.25))
    store.put("layer3", (1.0, 0.0))
    again = OffsetStore(WEIGHTS, tmp_path / "offsets")
    assert again.get("layer4") == (-15.5, 2.25)
    assert again.get("layer3") == (1.0, 0.0)
    assert [path.suffix for path in (tmp_path / "offsets").iterdir()] == [".json"]


def test_without_a_folder_nothing_is_written(tmp_path: Path) -> None:
    store = OffsetStore(WEIGHTS)
    store.put("layer4", (1.0, 2.0))
    assert store.get("layer4") == (1.0, 2.0)
    assert OffsetStore(WEIGHTS).get("layer4") is None


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"weights_sha256": "' + WEIGHTS + '"}',
        '{"weights_sha256": "' + WEIGHTS + '", "offsets": {"layer4": [1]}}',
        '{"weights_sha256": "' + WEIGHTS + '", "offsets": {"layer4": ["a", "b"]}}',
        '{"weights_sha256": "' + WEIGHTS + '", "offsets": 3}',
    ],
)
def test_a_damaged_file_is_ignored_and_said_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: str
) -> None:
    OffsetStore(WEIGHTS, tmp_path).put("layer4", (1.0, 2.0))
    (file,) = tmp_path.iterdir()
    file.write_text(content, encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        store = OffsetStore(WEIGHTS, tmp_path)
    assert store.get("layer4") is None
    assert "were ignored" in caplog.text
    store.put("layer4", (3.0, 4.0))
    assert OffsetStore(WEIGHTS, tmp_path).get("layer4") == (3.0, 4.0)


def test_bytes_that_are_no_text_are_ignored(tmp_path: Path) -> None:
    OffsetStore(WEIGHTS, tmp_path).put("layer4", (1.0, 2.0))
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"\xff\xfe\x00\x81")
    assert OffsetStore(WEIGHTS, tmp_path).get("layer4") is None


def test_the_file_of_other_weights_is_ignored(tmp_path: Path) -> None:
    OffsetStore(WEIGHTS, tmp_path).put("layer4", (1.0, 2.0))
    (file,) = tmp_path.iterdir()
    content = json.loads(file.read_text(encoding="utf-8"))
    content["weights_sha256"] = "cd" * 32
    file.write_text(json.dumps(content), encoding="utf-8")
    assert OffsetStore(WEIGHTS, tmp_path).get("layer4") is None


def test_shipped_offsets_are_for_the_shipped_weights_alone() -> None:
    assert OffsetStore(WEIGHTS, shipped=IDENTIFIER).get("head") is None
    assert OffsetStore(WEIGHTS_SHA256, shipped=IDENTIFIER).get("head") is not None


def test_a_folder_that_cannot_be_made_costs_nothing_but_the_memory_of_it(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    store = OffsetStore(WEIGHTS, blocked)
    store.put("layer4", (1.0, 2.0))
    assert store.get("layer4") == (1.0, 2.0)
    assert blocked.read_text(encoding="utf-8") == "in the way"


def test_random_pictures_are_the_same_for_the_same_seed(
    random_network: Callable[[str], nn.Module],
) -> None:
    network = random_network("resnet18")
    found: list[tuple[float, float]] = []
    for seed in (3, 3, 4):
        offset = measure_offset(network, "layer1", Recipe(), samples=2, seed=seed)
        found.append((offset.x, offset.y))
    assert found[0] == found[1] != found[2]


def test_the_network_may_be_asked_under_no_grad(
    random_network: Callable[[str], nn.Module], seen: Callable[..., Tensor]
) -> None:
    network = random_network("resnet18")
    outside = measure_offset(network, "layer1", Recipe(), samples=2)
    with torch.no_grad():
        inside = measure_offset(network, "layer1", Recipe(), samples=2)
        assert not network(seen()).requires_grad
    assert inside == outside
