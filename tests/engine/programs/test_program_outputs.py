"""Programs that put out several tensors, or scores of every pixel."""

from __future__ import annotations

import json
from collections import OrderedDict
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
import torch
from click.testing import CliRunner
from PIL import Image
from torch import Tensor, nn

import camviewer
from camviewer.cli.explain import explain
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.region import Region
from camviewer.engine.importing.checkpoints import import_checkpoint, load_pack
from camviewer.engine.network.structured_output import tensors_by_path
from camviewer.engine.packs.editing import edit_pack
from camviewer.engine.picture.source_image import image_from_pixels, image_from_values
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.results.targets import Output, RegionPixels
from camviewer.engine.runtime.conversion_process import converted_networks_of
from camviewer.engine.runtime.converted_networks import NETWORK_FILE
from camviewer.engine.session.session import Session
from tests.engine.conftest import CPU
from tests.engine.program_files import export_onnx, export_program, script


class Several(nn.Module):
    """Puts out class scores, other class scores, and scores of every pixel."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.body = nn.Sequential(nn.Conv2d(3, 6, 3, stride=4, padding=1), nn.ReLU())
        self.first, self.second = nn.Linear(6, 4), nn.Linear(6, 5)
        self.pixels = nn.Conv2d(6, 3, 1)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """(N, 4), (N, 5) and (N, 3, h, w)."""
        features = self.body(x)
        pooled = features.mean((2, 3))
        return self.first(pooled), self.second(pooled), self.pixels(features)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    network = Several().eval()
    onnx = tmp_path / "several.onnx"
    names = {"output_names": ["first", "second", "pixels"], "input_names": ["x"]}
    export_onnx(network, onnx, size=32, exporter="script", **names)
    return {
        "onnx": onnx,
        "pt2": export_program(network, tmp_path / "several.pt2", size=32),
        "pt": script(network, tmp_path / "several.pt"),
    }


@pytest.mark.parametrize(
    ("kind", "second", "pixels"),
    [("onnx", "second", "pixels"), ("pt2", "1", "2"), ("pt", "1", "2")],
)
def test_one_of_several_outputs_is_taken(
    kind: str, second: str, pixels: str, files: dict[str, Path], data: Path
) -> None:
    network, path = Several().eval(), files[kind]
    example = torch.rand((1, 3, 32, 32), generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        wanted = network(example)
        for output, place in (("", 0), (second, 1)):
            info = import_checkpoint(path, output=output, allow_code=True)
            loaded = load_pack(info, CPU)
            assert torch.allclose(loaded.network(example), wanted[place], atol=1e-5)
    words = "see --output of `camviewer models import`, or --tensor of `camviewer explain`."
    assert any(note.endswith(f"one is taken: {words}") for note in info.notes)
    dense = load_pack(import_checkpoint(path, output=pixels, allow_code=True), CPU)
    assert dense.info.scores_pixels
    with torch.no_grad():
        assert torch.allclose(dense.network(example), wanted[2].mean((2, 3)), atol=1e-5)
    with pytest.raises(CamviewerError, match="puts out no tensor elsewhere") as refused:
        import_checkpoint(path, output="elsewhere", allow_code=True)
    assert second in refused.value.hint


class Scores(NamedTuple):
    """What a script may put out by name."""

    scores: Tensor
    pixels: Tensor


class OfTwoBands(nn.Module):
    """Puts out a dictionary."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.body = nn.Sequential(nn.Conv2d(2, 6, 3, stride=4, padding=1), nn.ReLU())
        self.head, self.pixels = nn.Linear(6, 1), nn.Conv2d(6, 3, 1)

    def forward(self, x: Tensor) -> dict[str, Tensor]:
        """(N, 1) and (N, 3, h, w)."""
        features = {"last": self.body(x)}
        found = OrderedDict()
        found["age"] = self.head(features["last"].mean((2, 3)))
        found["pixels"] = self.pixels(features["last"])
        return found


class Named(OfTwoBands):
    """Puts out a named tuple."""

    def forward(self, x: Tensor) -> Scores:
        """The same numbers."""
        features = self.body(x)
        return Scores(self.head(features.mean((2, 3))), self.pixels(features))


@pytest.mark.parametrize(("network", "age"), [(OfTwoBands(), "age"), (Named(), "scores")])
def test_outputs_of_a_script_are_chosen_by_their_path(
    network: nn.Module, age: str, tmp_path: Path, data: Path
) -> None:
    path = script(network.eval(), tmp_path / "mine.pt")
    info = import_checkpoint(path, output=age, activation="none", unit="years", allow_code=True)
    assert (info.classes, info.unit, info.recipe.channels) == (1, "years", 2)
    loaded, example = load_pack(info, CPU), torch.rand(1, 2, 64, 64)
    assert loaded.info.layer_refusal == ""
    dense = load_pack(import_checkpoint(path, output="pixels", allow_code=True), CPU)
    with torch.no_grad():
        wanted = list(tensors_by_path(network(example)).values())
        assert torch.allclose(loaded.network(example), wanted[0], atol=1e-6)
        assert torch.allclose(dense.network(example), wanted[1].mean((2, 3)), atol=1e-6)
    assert dense.info.scores_pixels
    values = np.random.default_rng(0).integers(0, 1024, (224, 224, 2), dtype=np.uint16)
    request = ExplainRequest(None, "grad-cam", target=Output(0))
    found = Session(loaded).explain(image_from_values(values, "scene"), request)
    assert found.heatmap.unit == "years"


def test_an_output_is_chosen_for_one_run_without_an_import(
    files: dict[str, Path], tmp_path: Path
) -> None:
    picture = np.random.default_rng(0).integers(0, 256, (32, 32, 3), dtype=np.uint8)
    counts = {"": 4, "second": 5}
    for output, count in counts.items():
        model = camviewer.load(files["onnx"], output=output or None)
        assert len(model.info.labels) == count
        assert len(model.classify(picture, top=9)) == count
    with pytest.raises(CamviewerError, match="puts out no tensor elsewhere"):
        camviewer.load(files["onnx"], output="elsewhere")
    with pytest.raises(CamviewerError, match="puts out what was chosen when it was imported"):
        camviewer.load(output="second")
    Image.fromarray(picture).save(tmp_path / "noise.png")
    words = ["explain", str(tmp_path / "noise.png"), "--model", str(files["onnx"]), "--no-files"]
    words += ["--json", "--method", "grad-cam", "--top", "9", "--tensor", "second"]
    done = CliRunner().invoke(explain, words[1:])
    assert done.exit_code == 0, done.output
    assert '"class 4"' in done.output
    assert json.loads(done.stdout)[0]["model"]["output"] == "second"


def test_a_map_of_a_chosen_output_can_be_made_again(
    files: dict[str, Path], tmp_path: Path, data: Path
) -> None:
    picture = np.random.default_rng(0).integers(0, 256, (32, 32, 3), dtype=np.uint8)
    bundle, usual = tmp_path / "evidence.zip", camviewer.load(files["onnx"])
    chosen = camviewer.load(files["onnx"], output="second")
    explanation = chosen.explain(picture, 3, method="grad-cam")
    assert explanation.record()["model"]["output"] == "second"
    assert "output" not in usual.explain(picture, 3, method="grad-cam").record()["model"]
    explanation.report(bundle)
    assert camviewer.verify(bundle, model=files["onnx"]).agrees
    kept = [import_checkpoint(files["onnx"], output=output) for output in ("first", "second")]
    assert camviewer.verify(bundle).agrees
    assert camviewer.verify(bundle, model=kept[1].id).agrees
    with pytest.raises(CamviewerError, match="puts out what was chosen when it was imported"):
        camviewer.verify(bundle, model=kept[0].id)


def test_what_was_converted_of_one_output_is_not_taken_for_another(
    files: dict[str, Path], data: Path
) -> None:
    pytest.importorskip("openvino")
    first, second = (
        camviewer.load(files["onnx"], output=output).info for output in ("first", "second")
    )
    assert first.weights_sha256 == second.weights_sha256
    converted_networks_of(second).make("body.0", lambda place: (place / NETWORK_FILE).touch())
    assert converted_networks_of(first).find("body.0") is None
    assert converted_networks_of(second).find("body.0") is not None


def test_a_value_of_a_program_has_a_unit(files: dict[str, Path], data: Path) -> None:
    network = nn.Sequential(nn.Conv2d(3, 4, 4, stride=4), nn.AvgPool2d(8), nn.Flatten())
    network.append(nn.Linear(4, 1))
    path = export_program(network.eval(), files["pt2"].with_name("age.pt2"), size=32)
    info = import_checkpoint(path, activation="none", unit="years")
    assert (info.classes, info.activation, info.unit) == (1, "none", "years")
    assert not any("sigmoid" in note for note in info.notes)
    loaded = load_pack(info, CPU)
    assert (loaded.info.labels, loaded.info.unit) == (("output 0",), "years")
    assert not loaded.info.one_output
    as_class = edit_pack(info, activation="sigmoid")
    assert load_pack(as_class, CPU).info.labels == ("class 0", "class 1")
    with pytest.raises(CamviewerError, match="are class scores, which have no unit"):
        edit_pack(as_class, unit="years")


def test_pixels_of_a_program_are_explained(files: dict[str, Path], data: Path) -> None:
    loaded = load_pack(import_checkpoint(files["pt2"], output="2"), CPU)
    pixels = np.random.default_rng(0).integers(0, 256, (32, 32, 3), dtype=np.uint8)
    image = image_from_pixels(pixels, "noise")
    session = Session(loaded)
    layer = session.info.default_layer
    target = RegionPixels(1, Region.rectangle(4.0, 4.0, 12.0, 12.0))
    found = session.explain(image, ExplainRequest(1, "hirescam", layer, target=target))
    assert np.isfinite(found.heatmap.values).all()
    assert found.target_name == "output 1 in a region"
