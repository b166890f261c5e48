from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.runtime.converted_networks import ConvertedNetworks
from camviewer.engine.runtime.openvino import CompiledNetwork, StreamedNetwork, convert
from camviewer.engine.runtime.second_engine import SecondEngine

WEIGHTS = "0" * 64


class Small(nn.Module):
    """A network in a few lines."""

    def __init__(self, classes: int = 3) -> None:
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 8, 3, stride=2, padding=1), nn.ReLU(inplace=True)
        )
        self.head = nn.Linear(8, classes)

    def forward(self, pictures: Tensor) -> Tensor:
        return self.head(self.features(pictures).mean((2, 3)))


class RemembersItsSize(Small):
    """Computes with the input's height in Python, which tracing takes for a constant."""

    def forward(self, pictures: Tensor) -> Tensor:
        return super().forward(pictures * float(pictures.shape[2]))


class GoesAround(Small):
    """What comes before the layer matters behind it, too."""

    def forward(self, pictures: Tensor) -> Tensor:
        first = self.features[0](pictures)
        return self.head((self.features[1](first.clone()) + first).mean((2, 3)))


def small(kind: type[Small] = Small) -> Small:
    torch.manual_seed(0)
    return kind().eval().requires_grad_(False)


def pictures(count: int, height: int, width: int) -> Tensor:
    return torch.randn((count, 3, height, width), generator=torch.Generator().manual_seed(1))


def torch_output(network: nn.Module, layer: str, batch: Tensor) -> tuple[Tensor, Tensor]:
    kept: list[Tensor] = []
    module = network.get_submodule(layer)
    handle = module.register_forward_hook(lambda _m, _i, output: kept.append(output.clone()))
    with torch.no_grad():
        logits = network(batch)
    handle.remove()
    return logits, kept[0]


class ConvertsHere:
    """Converts a network in this process."""

    def __init__(self, network: nn.Module, example: Tensor) -> None:
        self._network, self._example = network, example

    def __call__(self, layer: str, folder: Path) -> None:
        convert(self._network, layer, self._example, folder)

    def close(self) -> None:
        """Has nothing to end."""


def engine_of(network: nn.Module, folder: Path, example: Tensor) -> SecondEngine:
    return SecondEngine(ConvertedNetworks(folder, WEIGHTS), ConvertsHere(network, example))


def offered(engine: SecondEngine, network: nn.Module, layer: str, picture: Tensor) -> SecondEngine:
    logits, output = torch_output(network, layer, picture)
    engine.offer(layer, picture, logits[0], output[0], lambda found: found[0])
    assert engine.wait(60)
    return engine


@pytest.fixture(scope="module")
def converted(embedded: Classifier, tmp_path_factory: pytest.TempPathFactory) -> CompiledNetwork:
    folder = tmp_path_factory.mktemp("converted")
    example = pictures(1, 224, 224)
    convert(embedded.network, embedded.info.default_layer, example, folder)
    return CompiledNetwork(folder, threads=2)


@pytest.mark.parametrize("mode", [PlacementMode.CROP, PlacementMode.WHOLE])
def test_photographs_get_the_logits_and_activations_of_torch(
    converted: CompiledNetwork,
    embedded: Classifier,
    seen: Callable[..., Tensor],
    mode: PlacementMode,
) -> None:
    picture = seen("coffee", mode, 1.5)
    _, activations = torch_output(embedded.network, embedded.info.default_layer, picture)
    found_activations, found_logits = converted.run(picture)
    assert found_logits is None  # torch goes on from here
    torch.testing.assert_close(found_activations, activations, rtol=0, atol=1e-4)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_batch_gets_what_its_pictures_get_alone(
    converted: CompiledNetwork, seen: Callable[..., Tensor], count: int
) -> None:
    batch = torch.cat([seen(name) for name in ("coffee", "chelsea", "rocket", "astronaut")][:count])
    together, _ = converted.run(batch)
    alone = torch.cat([converted.run(picture[None])[0] for picture in batch])
    assert len(together) == count
    torch.testing.assert_close(together, alone, rtol=0, atol=1e-4)


def test_hundreds_of_one_size_and_then_of_another_get_the_numbers_of_torch(tmp_path: Path) -> None:
    """Behind some hundred pictures a network for their size alone takes over."""
    network = small()
    convert(network, "features", pictures(1, 32, 32), tmp_path)
    compiled = CompiledNetwork(tmp_path, threads=2)
    for height, width in ((32, 48), (48, 32), (32, 48)):
        batch = pictures(97, height, width)
        expected = network.features(batch)
        for _ in range(4):
            torch.testing.assert_close(compiled.run(batch)[0], expected, rtol=0, atol=1e-5)
        torch.testing.assert_close(compiled.run(batch[:1])[0], expected[:1], rtol=0, atol=1e-5)


def test_what_an_in_place_layer_changes_later_is_tapped_before_it(tmp_path: Path) -> None:
    network = small()
    batch = pictures(1, 32, 48)
    convert(network, "features.0", batch, tmp_path)
    activations, _ = CompiledNetwork(tmp_path).run(batch)
    assert float(activations.min()) < 0
    torch.testing.assert_close(activations, torch_output(network, "features.0", batch)[1])


def test_an_engine_answers_for_the_sizes_that_were_compared(tmp_path: Path) -> None:
    network = small()
    engine = engine_of(network, tmp_path, pictures(1, 32, 32))
    assert engine.layer_for((32, 32)) is None
    offered(engine, network, "features", pictures(1, 32, 32))
    offered(engine, network, "features", pictures(1, 48, 64))
    assert engine.layer_for((64, 48)) is None
    assert engine.layer_for((48, 64)) == "features"
    batch = pictures(5, 48, 64)
    found = engine.run("features", batch)
    assert found is not None
    torch.testing.assert_close(found[0], network.features(batch), rtol=0, atol=1e-4)


def test_a_network_whose_numbers_depend_on_its_traced_size_is_not_believed(tmp_path: Path) -> None:
    network = small(RemembersItsSize)
    engine = engine_of(network, tmp_path, pictures(1, 32, 32))
    offered(engine, network, "features", pictures(1, 32, 32))
    offered(engine, network, "features", pictures(1, 64, 64))
    assert engine.layer_for((32, 32)) is not None
    assert engine.layer_for((64, 64)) is None
    assert engine.run("features", pictures(1, 64, 64)) is None


def test_without_a_tail_network_the_whole_network_is_converted(
    tmp_path: Path,
) -> None:
    network = small(GoesAround)
    engine = engine_of(network, tmp_path, pictures(1, 32, 32))
    offered(engine, network, "features.1", pictures(1, 32, 32))
    batch = pictures(2, 32, 32)
    found = engine.run("features.1", batch)
    assert found is not None
    assert found[1] is not None
    torch.testing.assert_close(found[1], network(batch), rtol=0, atol=1e-4)


def test_wrong_weights_are_not_believed(tmp_path: Path) -> None:
    network, other = small(), small()
    other.features[0].weight.data += 0.01
    engine = offered(
        engine_of(other, tmp_path, pictures(1, 32, 32)), network, "features", pictures(1, 32, 32)
    )
    assert engine.layer_for((32, 32)) is None


def test_a_conversion_is_kept_for_the_next_time(tmp_path: Path) -> None:
    network, picture = small(), pictures(1, 32, 32)
    offered(engine_of(network, tmp_path, picture), network, "features", picture)
    later = SecondEngine(ConvertedNetworks(tmp_path, WEIGHTS), convert=None)
    offered(later, network, "features", picture)
    assert later.layer_for((32, 32)) is not None


def test_other_weights_do_not_find_it(tmp_path: Path) -> None:
    network, picture = small(), pictures(1, 32, 32)
    offered(engine_of(network, tmp_path, picture), network, "features", picture)
    assert ConvertedNetworks(tmp_path, "1" * 64).find("features") is None


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    network, picture = small(), pictures(1, 32, 32)
    offered(engine_of(network, tmp_path, picture), network, "features", picture)
    for file in tmp_path.glob("*/network.*"):
        file.write_bytes(b"damaged")
    engine = offered(engine_of(network, tmp_path, picture), network, "features", picture)
    assert engine.layer_for((32, 32)) is not None


def test_half_a_conversion_is_not_kept(tmp_path: Path) -> None:
    def write_half(folder: Path) -> None:
        (folder / "network.xml").write_text("<half>")
        raise CamviewerError("The disk is full.")

    kept = ConvertedNetworks(tmp_path, WEIGHTS)
    with pytest.raises(CamviewerError):
        kept.make("features", write_half)
    assert kept.find("features") is None
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_sent_when_a_network_is_converted(tmp_path: Path) -> None:
    """In a process of its own, whose sockets all fail, and which names what it has imported."""
    program = f"""
import socket, sys
from pathlib import Path
class Refuses(socket.socket):
    def __init__(self, *words, **more):
        raise SystemExit("a socket was opened")
socket.socket = Refuses
import torch
from torch import nn
from camviewer.engine.runtime.openvino import CompiledNetwork, StreamedNetwork, convert
network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Flatten(2), nn.AdaptiveAvgPool1d(1), nn.Flatten())
folder = Path({str(tmp_path)!r})
convert(network.eval(), "0", torch.randn(1, 3, 16, 16), folder)
CompiledNetwork(folder).run(torch.randn(1, 3, 16, 16))
print([name for name in sys.modules if "telemetry" in name])
"""
    assert socket.socket is not None
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert found.stdout.strip() == "[]", found.stderr


def test_pictures_that_cannot_be_run_leave_the_requests_to_the_next(tmp_path: Path) -> None:
    network = small()
    convert(network, "features", pictures(1, 32, 32), tmp_path)
    streamed = StreamedNetwork(tmp_path, (3, 32, 32), streams=1)
    with pytest.raises(RuntimeError):
        streamed.run(pictures(1, 16, 16))
    output, _ = streamed.run(pictures(1, 32, 32))
    _, expected = torch_output(network, "features", pictures(1, 32, 32))
    torch.testing.assert_close(output, expected, atol=1e-4, rtol=1e-4)


def test_pictures_at_once_in_several_threads_have_the_numbers_of_each_alone(tmp_path: Path) -> None:
    convert(small(), "features", pictures(1, 32, 32), tmp_path)
    streamed = StreamedNetwork(tmp_path, (3, 32, 32), streams=2)
    batch = pictures(15, 32, 32)  # more than may be under way
    alone = torch.cat([streamed.run(picture)[0] for picture in batch.split(1)])
    with ThreadPoolExecutor(3) as pool:
        for output, _ in pool.map(streamed.run, [batch] * 6):
            assert torch.equal(output, alone)
