"""Programs that do more than compute, are damaged, or are no classifiers: refused in words."""

from __future__ import annotations

import json
import os
import pickle
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import tomli_w
import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.importing.camviewer_files import export_pack, import_pack_file
from camviewer.engine.importing.checkpoints import import_checkpoint
from camviewer.engine.packs.store import PackInfo, list_packs, remove_pack
from tests.engine.program_files import (
    example,
    export_onnx,
    export_program,
    network_of,
    script,
    written,
)

pytestmark = [
    pytest.mark.usefixtures("data"),
    pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning"),
]


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
    message = assert_refused(tmp_path / name, marker, allow_code=True).message
    assert "it holds Python objects (posix.mkdir) and not weights alone" in message
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
            return x.sum(2)

    program = torch.export.export(Words(), (torch.rand(1, 4, 8),))
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
