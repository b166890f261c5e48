"""Programs kept as packs: asked as torchvision's own network, and travelling."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
import torchvision
from PIL import Image
from torch import Tensor, nn

from camviewer.engine.checkpoints.consent import ConsentNeeded
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.importing.camviewer_files import export_pack, import_pack_file
from camviewer.engine.importing.checkpoints import import_checkpoint, load_pack
from camviewer.engine.packs.store import list_packs, remove_pack
from camviewer.engine.picture.source_image import image_from_values, read_image
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.session.session import Session
from camviewer.engine.support.resources import resource
from tests.engine.program_files import (
    example,
    export_onnx,
    export_program,
    network_of,
    script,
    written,
)

CPU = torch.device("cpu")
PHOTOGRAPH = resource("samples", "astronaut.png")
pytestmark = [
    pytest.mark.usefixtures("data"),
    pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning"),
]


@pytest.fixture
def squeezenet() -> nn.Module:
    """Fast, and its input size is free."""
    return network_of("squeezenet1_1", classes=1000)


def published_logits(network: nn.Module, size: int = 224) -> Tensor:
    """What torchvision says of the photograph, through its own transforms for ImageNet."""
    weights = torchvision.models.SqueezeNet1_1_Weights.DEFAULT
    transforms = weights.transforms(crop_size=size, resize_size=int(size / 0.875))
    with Image.open(PHOTOGRAPH) as picture, torch.no_grad():
        return network(transforms(picture.convert("RGB")).unsqueeze(0))[0]


@pytest.mark.parametrize(
    ("kind", "dynamic"),  # a script does not fix its input size
    [("pt2", False), ("pt2", True), ("pt", True), ("onnx", False), ("onnx", True)],
)
def test_a_program_is_asked_as_torchvision_asks_it_and_comes_back_from_a_pack_file(
    kind: str, dynamic: bool, squeezenet: nn.Module, tmp_path: Path
) -> None:
    options = {} if kind == "pt" else {"size": 224, "dynamic": dynamic}
    info = import_checkpoint(written(kind, squeezenet, tmp_path, **options), allow_code=True)
    assert info.classes == 1000
    assert info.recipe.input_size == (224, 224)
    assert info.recipe.flexible == dynamic
    assert "preprocessing" in info.notes[0]
    image = read_image(PHOTOGRAPH)
    session = Session(load_pack(info, CPU))
    expected = published_logits(squeezenet)
    assert (torch.from_numpy(session.verdict(image).logits.copy()) - expected).abs().max() < 1e-4
    assert session.info.labels[0] == "tench"
    shown = session.explain(image, ExplainRequest(method="grad-cam", class_index=5))
    assert np.abs(shown.heatmap.values).max() > 0
    assert not session.info.layer_refusal
    if dynamic:
        larger = ExplainRequest(method="grad-cam", class_index=5, detail=1.5)
        grid = session.explain(image, larger).heatmap.values.shape
        assert grid > shown.heatmap.values.shape

    export_pack(info, tmp_path / "mine.camviewer")
    remove_pack(info)
    back = import_pack_file(tmp_path / "mine.camviewer", allow_code=True)
    assert back == info
    again = Session(load_pack(back, CPU)).verdict(image).logits
    assert np.array_equal(again, session.verdict(image).logits)


def test_a_script_is_not_opened_before_it_is_allowed(
    squeezenet: nn.Module, tmp_path: Path, data: Path
) -> None:
    path = script(squeezenet, tmp_path / "mine.pt")
    with pytest.raises(ConsentNeeded, match="any code"):
        import_checkpoint(path)
    assert not data.exists()
    info = import_checkpoint(path, allow_code=True)
    export_pack(info, tmp_path / "mine.camviewer")

    # On another machine it is asked about again, also when its folder was copied by hand.
    (data / "allowed-programs.txt").unlink()
    with pytest.raises(ConsentNeeded, match="any code"):
        load_pack(info, CPU)
    with pytest.raises(ConsentNeeded, match="any code"):
        import_pack_file(tmp_path / "mine.camviewer")
    assert list_packs() == (info,)
    assert import_pack_file(tmp_path / "mine.camviewer", allow_code=True).format == "torchscript"
    assert load_pack(info, CPU).info.title == "mine"


class ByHand(torch.nn.Module):
    """Decides by the picture, which no straight list of operators does, and calls itself."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, 2, padding=1)
        self.fc = nn.Linear(8, 4)

    def forward(self, x: Tensor) -> Tensor:
        values = torch.jit.annotate(list[Tensor], [])
        for picture in x:
            values.append(self.conv(picture[None]).relu().mean((2, 3)).cummax(1)[0])
        return self.fc(torch.cat(values))


class PictureByPicture(ByHand):
    """Loops over its pictures: what it does for one is not what it does for several."""

    def forward(self, x: Tensor) -> Tensor:
        values = torch.jit.annotate(list[Tensor], [])
        for picture in x:
            values.append(self.conv(picture[None]).relu().mean((2, 3)))
        return self.fc(torch.cat(values))


def test_a_script_that_loops_over_its_pictures_answers_for_each(tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = PictureByPicture().eval()
    info = import_checkpoint(script(network, tmp_path / "mine.pt"), allow_code=True)
    session = Session(load_pack(info, CPU))
    assert not session.info.layer_refusal
    several = torch.cat([example(64), example(64).flip(3), example(64) * 0.5])
    with torch.no_grad():
        assert torch.allclose(session.classifier.network(several), network(several), atol=1e-5)


def test_a_script_that_cannot_be_followed_still_classifies_and_is_occluded(tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = ByHand().eval()
    info = import_checkpoint(script(network, tmp_path / "mine.pt"), allow_code=True)
    session = Session(load_pack(info, CPU))
    assert session.info.layer_refusal
    image = read_image(PHOTOGRAPH)
    expected = published_logits(network)
    assert (torch.from_numpy(session.verdict(image).logits.copy()) - expected).abs().max() < 1e-4
    reasons = {method.id: why for method, why in session.methods()}
    assert "cannot be reached" in reasons["cam"]
    assert "cannot be reached" in reasons["grad-cam"]
    assert reasons["occlusion"] == ""
    options = (("patch", 112), ("stride", 112))
    shown = session.explain(image, ExplainRequest(method="occlusion", options=options))
    assert shown.heatmap.values.shape == (2, 2)
    with pytest.raises(CamviewerError, match="cannot be reached"):
        session.explain(image, ExplainRequest(method="grad-cam"))


def test_a_quantised_onnx_model_classifies_without_layers(tmp_path: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    network = network_of("shufflenet_v2_x0_5", classes=7)
    whole = export_onnx(network, tmp_path / "whole.onnx", size=224, exporter="torchscript")
    quantize_dynamic(whole, tmp_path / "mine.onnx", weight_type=QuantType.QUInt8)
    info = import_checkpoint(tmp_path / "mine.onnx")
    session = Session(load_pack(info, CPU))
    assert "quantised" in session.info.layer_refusal
    assert any("quantised" in note for note in info.notes)
    assert session.verdict(read_image(PHOTOGRAPH)).logits.shape == (7,)
    assert session.size_bytes > 100_000


def test_softmax_and_sigmoid_at_the_end_are_not_applied_twice(tmp_path: Path) -> None:
    torch.manual_seed(0)
    body = [nn.Conv2d(3, 8, 3, 2, 1), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten()]
    image = read_image(PHOTOGRAPH)
    for end, kind in ((nn.Softmax(1), "pt2"), (nn.Sigmoid(), "onnx"), (nn.Softmax(1), "pt")):
        network = nn.Sequential(*body, nn.Linear(8, 5), end).eval()
        info = import_checkpoint(written(kind, network, tmp_path), allow_code=True)
        session = Session(load_pack(info, CPU))
        expected = published_logits(network, info.recipe.input_size[0])
        found = torch.from_numpy(session.verdict(image).probabilities.copy())
        assert (found - expected).abs().max() < 1e-5, kind
        assert session.info.activation == ("sigmoid" if kind == "onnx" else "softmax")
        assert session.info.cam_layer is not None


def test_a_fixed_input_size_is_kept_to(tmp_path: Path) -> None:
    network = network_of("squeezenet1_1", classes=3)
    info = import_checkpoint(export_program(network, tmp_path / "mine.pt2", size=128))
    assert info.recipe.input_size == (128, 128)
    assert any("128 x 128 alone" in note for note in info.notes)
    session = Session(load_pack(info, CPU))
    request = ExplainRequest(method="grad-cam", mode=PlacementMode.WHOLE)
    with pytest.raises(CamviewerError, match="128"):
        session.explain(read_image(PHOTOGRAPH), request)


def test_weights_beside_an_onnx_file_are_taken_in_and_none_from_elsewhere(tmp_path: Path) -> None:
    import onnx

    network = network_of("shufflenet_v2_x0_5", classes=3)
    path = export_onnx(network, tmp_path / "one.onnx", exporter="torchscript")
    model = onnx.load(path)
    onnx.save(model, tmp_path / "two.onnx", save_as_external_data=True, location="two.data")
    info = import_checkpoint(tmp_path / "two.onnx")
    assert {entry.name for entry in info.folder.iterdir()} == {
        "model.toml", "labels.txt", "model.onnx",
    }  # fmt: skip
    (tmp_path / "two.data").unlink()
    session = Session(load_pack(info, CPU))
    size = info.recipe.input_size[0]
    found = torch.from_numpy(session.verdict(read_image(PHOTOGRAPH)).logits.copy())
    assert (found - published_logits(network, size)).abs().max() < 1e-4
    with pytest.raises(CamviewerError, match=r"two\.data does not lie beside"):
        import_checkpoint(tmp_path / "two.onnx")
    (tmp_path / "inner").mkdir()
    shutil.copy(path, tmp_path / "secret.data")
    outside = onnx.load(tmp_path / "two.onnx", load_external_data=False)
    for tensor in outside.graph.initializer:
        for entry in tensor.external_data:
            if entry.key == "location":
                entry.value = "../secret.data"
    onnx.save(outside, tmp_path / "inner" / "three.onnx")
    with pytest.raises(CamviewerError):
        import_checkpoint(tmp_path / "inner" / "three.onnx")


def test_bytes_of_a_program_are_the_same_in_its_pack(tmp_path: Path) -> None:
    exported = export_program(network_of("squeezenet1_1", classes=3), tmp_path / "mine.pt2")
    info = import_checkpoint(exported)
    assert (info.folder / "program.pt2").read_bytes() == exported.read_bytes()
    assert io.BytesIO((info.folder / "model.toml").read_bytes()).read().count(b"torch_export") == 2


@pytest.mark.parametrize("kind", ["pt2", "onnx", "pt"])
def test_a_program_of_four_channels_is_fed_four_bands(kind: str, tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = nn.Sequential(
        nn.Conv2d(4, 6, 3, 2, padding=1),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(6, 5),
    ).eval()
    path, one = tmp_path / f"bands.{kind}", torch.rand(1, 4, 64, 64)
    if kind == "pt2":
        torch.export.save(torch.export.export(network, (one,)), path)
    elif kind == "pt":
        script(network, path)
    else:
        torch.onnx.export(network, (one,), str(path), dynamo=False, verbose=False)
    info = import_checkpoint(path, allow_code=True)
    assert info.recipe.channels == 4
    values = np.random.default_rng(0).integers(0, 1024, (64, 64, 4), dtype=np.uint16)
    scene = image_from_values(values, "scene")
    model = load_pack(info, CPU)
    recipe = replace(model.info.recipe, crop_fraction=1.0, input_size=(64, 64))
    session = Session(replace(model, info=replace(model.info, recipe=recipe)))
    with torch.no_grad():
        fed = torch.from_numpy(values.astype(np.float32) / 1023).permute(2, 0, 1)[None]
        expected = network(fed)[0].numpy()
    assert np.abs(session.verdict(scene).logits - expected).max() < 1e-5
