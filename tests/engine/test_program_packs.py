"""Programs kept as packs: asked as torchvision's own network, travelling, and refused in words."""

from __future__ import annotations

import io
import json
import os
import pickle
import shutil
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import tomli_w
import torch
import torchvision
from PIL import Image
from torch import Tensor, nn

from camviewer.engine import consent, packs
from camviewer.engine.consent import ConsentNeeded
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry import PlacementMode
from camviewer.engine.image import read_image
from camviewer.engine.importing import import_checkpoint, load_pack
from camviewer.engine.messages import ExplainRequest
from camviewer.engine.pack_files import export_pack, import_pack_file
from camviewer.engine.packs import PackInfo, list_packs, remove_pack
from camviewer.engine.resources import resource
from camviewer.engine.session import Session
from tests.engine.programs import example, export_onnx, export_program, network_of, script

CPU = torch.device("cpu")
PHOTOGRAPH = resource("samples", "astronaut.png")
pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder of its own."""
    folder = tmp_path / "data"
    monkeypatch.setattr(packs, "data_folder", lambda: folder)
    monkeypatch.setattr(consent, "data_folder", lambda: folder)
    return folder


@pytest.fixture
def squeezenet() -> nn.Module:
    """Fast, and its input size is free."""
    return network_of("squeezenet1_1", classes=1000)


def written(kind: str, network: nn.Module, folder: Path, **options: object) -> Path:
    if kind == "pt2":
        return export_program(network, folder / "mine.pt2", **options)  # type: ignore[arg-type]
    if kind == "pt":
        return script(network, folder / "mine.pt")
    return export_onnx(network, folder / "mine.onnx", exporter="torchscript", **options)  # type: ignore[arg-type]


def published_logits(network: nn.Module, size: int = 224) -> Tensor:
    """What torchvision says of the photograph, through its own transforms for ImageNet."""
    transforms = torchvision.transforms._presets.ImageClassification(
        crop_size=size, resize_size=int(size / 0.875)
    )
    with Image.open(PHOTOGRAPH) as picture, torch.no_grad():
        return network(transforms(picture.convert("RGB")).unsqueeze(0))[0]


@pytest.mark.parametrize("dynamic", [False, True])
@pytest.mark.parametrize("kind", ["pt2", "pt", "onnx"])
def test_a_program_is_asked_as_torchvision_asks_it_and_comes_back_from_a_pack_file(
    kind: str, dynamic: bool, squeezenet: nn.Module, tmp_path: Path
) -> None:
    if kind == "pt" and not dynamic:
        pytest.skip("a script does not fix its input size")
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


# what is refused


class Malicious:
    """Would make a folder if it were ever unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple:
        return os.mkdir, (str(self.marker),)


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    network = nn.Sequential(
        nn.Conv2d(3, 4, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 3)
    ).eval()
    return export_program(network, tmp_path / "sound.pt2", dynamic=True)


def rewritten(source: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A copy of a zip whose entries went through ``change``."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry)))
    return target


def with_program(change: Callable[[dict], None]) -> Callable[[str, bytes], bytes]:
    def apply(name: str, content: bytes) -> bytes:
        if not name.endswith("models/model.json"):
            return content
        record = json.loads(content)
        change(record)
        return json.dumps(record).encode()

    return apply


def assert_refused(path: Path, marker: Path, *, allow_code: bool = False) -> CamviewerError:
    with pytest.raises(CamviewerError) as refusal:
        import_checkpoint(path, allow_code=allow_code)
    assert not marker.exists()
    assert list_packs() == ()
    assert refusal.value.hint
    assert "\n" not in str(refusal.value)
    return refusal.value


def test_pickles_within_a_program_are_refused_and_never_run(exported: Path, tmp_path: Path) -> None:
    marker = tmp_path / "it-ran"
    torch.save(Malicious(marker), tmp_path / "evil.pt")
    evil = (tmp_path / "evil.pt").read_bytes()

    def pickled_weight(name: str, content: bytes) -> bytes:
        if name.endswith("model_weights_config.json"):
            record = json.loads(content)
            next(iter(record["config"].values()))["use_pickle"] = True
            return json.dumps(record).encode()
        return evil if name.endswith("weight_0") else content

    path = rewritten(exported, tmp_path / "mine.pt2", pickled_weight)
    marker.mkdir()
    with pytest.raises(FileExistsError):  # torch's own reader does run it
        torch.export.load(path)
    marker.rmdir()
    assert "Python objects" in assert_refused(path, marker).message


def test_sample_inputs_of_a_program_are_not_even_read(exported: Path, tmp_path: Path) -> None:
    marker = tmp_path / "it-ran"
    torch.save((Malicious(marker),), tmp_path / "evil.pt")
    evil = (tmp_path / "evil.pt").read_bytes()
    path = rewritten(
        exported,
        tmp_path / "mine.pt2",
        lambda name, content: evil if "sample_inputs" in name else content,
    )
    assert import_checkpoint(path).classes == 3
    assert not marker.exists()


def test_code_in_sizes_and_guards_of_a_program_is_not_run(exported: Path, tmp_path: Path) -> None:
    marker = tmp_path / "it-ran"
    code = f"__import__('os').mkdir({str(marker)!r})"

    def guards(record: dict) -> None:
        record["guards_code"] = [code]

    def sizes(record: dict) -> None:
        text = json.dumps(record)
        start = text.index('"expr_str": "') + len('"expr_str": "')
        end = text.index('"', start)
        record.update(json.loads(text[:start] + code + text[end:]))

    for change in (guards, sizes):
        path = rewritten(exported, tmp_path / "mine.pt2", with_program(change))
        assert import_checkpoint(path).classes == 3  # neither is needed to run it
        assert not marker.exists()


@pytest.mark.parametrize(
    "operator",
    [
        "torch.os.mkdir",
        "torch.hub.load",
        "torch.ops.aten.from_file.default",
        "torch.ops.aten.save.default",
        "torch.ops.aten.set_.source_Storage",
        "torch.ops.higher_order.cond",
        "_operator.attrgetter",
        "builtins.exec",
        "#custom:thing",
    ],
)
def test_operators_that_do_more_than_compute_are_refused(
    operator: str, exported: Path, tmp_path: Path
) -> None:
    def swap(record: dict) -> None:
        record["graph_module"]["graph"]["nodes"][-1]["target"] = operator

    path = rewritten(exported, tmp_path / "mine.pt2", with_program(swap))
    refusal = assert_refused(path, tmp_path / "it-ran")
    assert "operator" in refusal.message


def test_tensors_beyond_their_bytes_and_bombs_are_refused(exported: Path, tmp_path: Path) -> None:
    def larger(name: str, content: bytes) -> bytes:
        if not name.endswith("model_weights_config.json"):
            return content
        record = json.loads(content)
        next(iter(record["config"].values()))["tensor_meta"]["sizes"][0] = {"as_int": 4_000_000}
        return json.dumps(record).encode()

    path = rewritten(exported, tmp_path / "mine.pt2", larger)
    assert "damaged" in assert_refused(path, tmp_path / "no").message

    def repeated(name: str, content: bytes) -> bytes:
        if not name.endswith("model_weights_config.json"):
            return content
        record = json.loads(content)
        meta = next(iter(record["config"].values()))["tensor_meta"]
        meta["sizes"], meta["strides"] = [{"as_int": 1 << 40}], [{"as_int": 0}]
        return json.dumps(record).encode()

    path = rewritten(exported, tmp_path / "mine.pt2", repeated)
    assert "damaged" in assert_refused(path, tmp_path / "no").message
    with zipfile.ZipFile(tmp_path / "bomb.pt2", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("m/archive_format", "pt2")
        archive.writestr("m/models/model.json", bytes(200_000_000))
    assert "memory" in assert_refused(tmp_path / "bomb.pt2", tmp_path / "no").message


@pytest.mark.parametrize("name", ["mine.pt2", "mine.onnx", "mine.pt"])
def test_a_pickle_under_another_name_is_refused_and_never_run(name: str, tmp_path: Path) -> None:
    marker = tmp_path / "it-ran"
    (tmp_path / name).write_bytes(pickle.dumps(Malicious(marker)))
    assert "pickle" in assert_refused(tmp_path / name, marker, allow_code=True).message
    torch.save({"state_dict": Malicious(marker)}, tmp_path / name)
    assert_refused(tmp_path / name, marker, allow_code=True)


def test_a_pickle_within_a_script_is_never_run_by_python(tmp_path: Path) -> None:
    marker = tmp_path / "it-ran"
    network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Flatten(), nn.LazyLinear(3))
    network(example(32))
    sound = script(network.eval(), tmp_path / "sound.pt")
    evil = pickle.dumps(Malicious(marker), protocol=2)
    path = rewritten(
        sound,
        tmp_path / "mine.pt",
        lambda name, content: evil if name.endswith("data.pkl") else content,
    )
    assert_refused(path, marker)
    assert_refused(path, marker, allow_code=True)


@pytest.mark.parametrize("kind", ["pt2", "pt", "onnx"])
def test_what_was_cut_short_is_refused_with_a_sentence(kind: str, tmp_path: Path) -> None:
    network = network_of("squeezenet1_1", classes=3)
    whole = written(kind, network, tmp_path, **({} if kind == "pt" else {"size": 64}))
    content = whole.read_bytes()
    for share in (0.3, 0.99):
        whole.write_bytes(content[: int(len(content) * share)])
        assert_refused(whole, tmp_path / "no", allow_code=True)


def test_what_is_no_classifier_of_pictures_is_refused(tmp_path: Path) -> None:
    class Upscaled(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return torch.nn.functional.interpolate(x, scale_factor=2.0)

    class Words(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return x.sum((2, 3))

    program = torch.export.export(Words(), (torch.rand(1, 4, 8, 8),))
    torch.export.save(program, tmp_path / "words.pt2")
    assert "pictures" in assert_refused(tmp_path / "words.pt2", tmp_path / "no").message
    export_onnx(Upscaled(), tmp_path / "up.onnx", size=32, exporter="torchscript")
    assert_refused(tmp_path / "up.onnx", tmp_path / "no")
    script(Upscaled(), tmp_path / "up.pt")
    assert_refused(tmp_path / "up.pt", tmp_path / "no", allow_code=True)


@pytest.fixture
def pack_file(exported: Path, tmp_path: Path) -> tuple[Path, PackInfo]:
    info = import_checkpoint(exported, title="mine")
    export_pack(info, tmp_path / "mine.camviewer")
    remove_pack(info)
    return tmp_path / "mine.camviewer", info


def test_a_pack_that_says_something_else_of_its_program_is_refused(
    pack_file: tuple[Path, PackInfo], tmp_path: Path
) -> None:
    path, info = pack_file

    def manifest(**changes: object) -> Callable[[str, bytes], bytes]:
        def apply(name: str, content: bytes) -> bytes:
            if name != "model.toml":
                return content
            return tomli_w.dumps(tomllib.loads(content.decode()) | changes).encode()

        return apply

    def more(name: str, content: bytes) -> bytes:
        return content + b"\n" if name == "program.pt2" else content

    changes = [
        manifest(format="onnx"),
        manifest(format="safetensors"),
        manifest(format="pickle"),
        manifest(classes=2),
        more,
    ]
    for number, change in enumerate(changes):
        other = rewritten(path, tmp_path / f"{number}.camviewer", change)
        with pytest.raises(CamviewerError) as refusal:
            import_pack_file(other)
        assert "\n" not in str(refusal.value)
        assert list_packs() == ()
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("weights.safetensors", b"{}")
    with pytest.raises(CamviewerError, match="of which a model has one"):
        import_pack_file(path)
    assert info.format == "torch_export"


def test_without_the_extra_a_sentence_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    network = network_of("squeezenet1_1", classes=3)
    path = export_onnx(network, tmp_path / "mine.onnx", size=64, exporter="torchscript")
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(CamviewerError) as refusal:
        import_checkpoint(path)
    assert 'pip install "camviewer[onnx]"' in refusal.value.hint


def test_bytes_of_a_program_are_the_same_in_its_pack(exported: Path) -> None:
    info = import_checkpoint(exported)
    assert (info.folder / "program.pt2").read_bytes() == exported.read_bytes()
    assert io.BytesIO((info.folder / "model.toml").read_bytes()).read().count(b"torch_export") == 2
