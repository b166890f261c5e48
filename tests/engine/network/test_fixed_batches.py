"""Programs that take just so many pictures at once, or one: nothing else may be assumed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.grid_layers import fixed_batch
from camviewer.engine.network.measured_offsets import measure_offset
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels
from camviewer.engine.programs.exported_program import read_exported_program
from camviewer.engine.programs.graph_network import graph_network
from camviewer.engine.programs.loading import load_program
from camviewer.engine.programs.onnx_file import read_onnx
from camviewer.engine.programs.onnx_network import onnx_network
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.runtime.openvino import convert
from camviewer.engine.session.session import Session
from tests.engine.program_files import export_onnx

CASES = Path(__file__).parents[1] / "cases"
SIDE, STRIDE = 72, 8
RECIPE = Recipe(input_size=(SIDE, SIDE), step=STRIDE, flexible=False)


class Baked(nn.Module):
    """Cells that look 3 pixels left and 1 up, and a view for just so many pictures.

    Args:
        batch: how many; -1 for any number.
    """

    def __init__(self, batch: int) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.batch_of_the_view = batch
        self.pad = nn.ZeroPad2d((3, -3, 1, -1))
        self.conv = nn.Conv2d(3, 6, STRIDE, stride=STRIDE)
        nn.init.constant_(self.conv.weight, 1 / 8)
        self.relu = nn.LeakyReLU()
        self.linear = nn.Linear(6 * 81, 3)

    def forward(self, pictures: Tensor) -> Tensor:
        cells = self.relu(self.conv(self.pad(pictures)))
        return self.linear(cells.view(self.batch_of_the_view, 6 * 81))


@pytest.fixture(scope="module", params=[1, 8, 16])
def program(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> nn.Module:
    """The network of a file that was exported for 1, 8 or 16 pictures."""
    count, path = request.param, tmp_path_factory.mktemp("program") / "n.pt2"
    example = torch.rand(count, 3, SIDE, SIDE)
    torch.export.save(torch.export.export(Baked(count).eval(), (example,)), path)
    network = graph_network(read_exported_program(path), example[:1])
    assert fixed_batch(network) == count
    return network.requires_grad_(False)


def test_the_offset_is_exact_whatever_the_batch(program: nn.Module) -> None:
    offset = measure_offset(program, "relu", RECIPE)
    assert (offset.x, offset.y) == pytest.approx((-3, -1), abs=1e-4)


def test_fully_convolutional_cam_is_the_same_whatever_the_batch(
    program: nn.Module,
    classifier_of: Callable[..., Classifier],
    photographs: dict[str, SourceImage],
) -> None:
    request = ExplainRequest(1, "fc-cam")
    free = Session(classifier_of(Baked(-1).eval().requires_grad_(False), 3, RECIPE))
    found = Session(classifier_of(program, 3, RECIPE)).explain(photographs["coffee"], request)
    expected = free.explain(photographs["coffee"], request)
    assert found.heatmap.values == pytest.approx(expected.heatmap.values, rel=1e-4)


@pytest.mark.parametrize("method", ["grad-cam", "shapley-cam", "fullgrad", "score-cam", "rise"])
def test_maps_are_the_same_whatever_the_batch(
    program: nn.Module,
    classifier_of: Callable[..., Classifier],
    photographs: dict[str, SourceImage],
    method: str,
) -> None:
    options = (("masks", 20),) if method == "rise" else ()
    request = ExplainRequest(1, method, options=options)
    free = Session(classifier_of(Baked(-1).eval().requires_grad_(False), 3, RECIPE))
    found = Session(classifier_of(program, 3, RECIPE)).explain(photographs["coffee"], request)
    expected = free.explain(photographs["coffee"], request).heatmap.values
    assert found.heatmap.values == pytest.approx(expected, abs=float(1e-4 * np.abs(expected).max()))


class OneAtATime(Baked):
    """The same without saying so, as a checkpoint's own code may be written."""

    def __init__(self) -> None:
        super().__init__(1)

    def forward(self, pictures: Tensor) -> Tensor:
        return super().forward(pictures.view(1, 3, SIDE, SIDE))


def test_a_network_that_fails_for_two_pictures_is_measured_one_by_one() -> None:
    offset = measure_offset(OneAtATime().eval().requires_grad_(False), "relu", RECIPE)
    assert (offset.x, offset.y) == pytest.approx((-3, -1), abs=1e-4)


def test_a_network_exported_for_one_picture_has_the_map_of_that_for_many(
    classifier_of: Callable[..., Classifier],
) -> None:
    """Its maps once lay two cells up and left, outside of the square that they are about."""
    pixels = np.full((224, 224, 3), 128, np.uint8)
    pixels[60:200, 40:180] = (230, 20, 20)
    image, found = image_from_pixels(pixels, "red"), []
    for name in ("one", "many"):
        program = load_program(name, CASES / f"{name}.onnx", "onnx")
        recipe = Recipe((224, 224), 1.0, flexible=False, mean=(0, 0, 0), std=(1, 1, 1))
        session = Session(classifier_of(program.network, program.classes, recipe))
        explanation = session.explain(image, ExplainRequest(method="grad-cam"))
        session.measure_offset(explanation.layer.name)
        found.append(session.explain(image, ExplainRequest(method="grad-cam")).heatmap)
        assert found[-1].geometry.measured
    one, many = found
    assert one.values == pytest.approx(many.values, rel=1e-4)
    assert one.geometry == many.geometry
    row, column = divmod(int(one.values.argmax()), one.values.shape[1])
    x, y = one.geometry.centre(row, column)
    assert 40 < x < 180
    assert 60 < y < 200


class ReadsOnePicture(nn.Module):
    """Takes any number of pictures, and reads the first alone."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.conv = nn.Conv2d(3, 4, 8, stride=8)
        self.linear = nn.Linear(4, 3)

    def forward(self, pictures: Tensor) -> Tensor:
        means = self.conv(pictures).relu().mean((2, 3))
        return self.linear(means[:1]).expand(len(pictures), 3)


@pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning")
def test_a_program_that_reads_one_picture_gets_one_at_a_time(tmp_path: Path) -> None:
    network, pictures = ReadsOnePicture().eval(), torch.rand(3, 3, SIDE, SIDE)
    path = export_onnx(
        network, tmp_path / "n.onnx", size=SIDE, dynamic=True, exporter="torchscript"
    )
    found, _ = onnx_network(read_onnx(path), pictures[:1])
    with torch.no_grad():
        each = torch.cat([network(picture[None]) for picture in pictures])
        assert found(pictures).numpy() == pytest.approx(each.numpy(), abs=1e-5)
    assert fixed_batch(found) == 1


def test_the_second_engine_leaves_programs_for_several_pictures_alone(
    program: nn.Module, tmp_path: Path
) -> None:
    if fixed_batch(program) == 1:
        pytest.skip("whether its numbers are right for two is compared when it is used")
    with pytest.raises(CamviewerError, match="pictures at a time"):
        convert(program, "relu", torch.rand(1, 3, SIDE, SIDE), tmp_path)


def test_pictures_are_run_in_whole_batches(
    program: nn.Module,
    classifier_of: Callable[..., Classifier],
    photographs: dict[str, SourceImage],
) -> None:
    """Filled up one by one, a batch of eight would be run for each of twenty pictures."""
    session, runs = Session(classifier_of(program, 3, RECIPE)), 0
    session.explain(photographs["coffee"], ExplainRequest(1, "grad-cam"))

    def count(_module: nn.Module, _inputs: object, _output: object) -> None:
        nonlocal runs
        runs += 1

    with program.get_submodule("conv").register_forward_hook(count):
        session.explain(photographs["coffee"], ExplainRequest(1, "rise", options=(("masks", 64),)))
    batch = fixed_batch(program)
    assert batch is not None
    around = 8  # to make passes faster, and to learn what one takes
    assert runs <= 64 / batch + around
