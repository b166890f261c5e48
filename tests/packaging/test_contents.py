"""What goes into the package and what stays out, and libraries that only stand in."""

from __future__ import annotations

import ast
import ctypes
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import contents
import pytest
import stand_ins
import version_resource

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "packaging" / "camviewer.spec"


@pytest.mark.parametrize(
    "place",
    [
        "nvidia/cu13/lib/libcublasLt.so.13",
        "nvidia/cu13/lib/libcufft.so.12",
        "nvidia/cu13/lib/libcusolver.so.12",
        "nvidia/cu13/lib/libnvrtc.so.13",
        "nvidia/cu13/lib/libnvrtc-builtins.so.13.0",
        "nvidia/cudnn/lib/libcudnn.so.9",
        "nvidia/cudnn/lib/libcudnn_cnn.so.9",
        "nvidia/cudnn/lib/libcudnn_engines_precompiled.so.9",
        "nvidia/cudnn/lib/libcudnn_engines_runtime_compiled.so.9",
        "nvidia/cudnn/lib/libcudnn_heuristic.so.9",
        "torch/lib/libtorch_cuda.so",
        "torch/bin/torch_shm_manager",
        "torch/nn/functional.py",
        "torch/_dynamo/config.py",
        "torch/distributed/config.py",
        "torchvision/_C_stable.so",
        "timm/models/resnet.py",
        "openvino/libs/libopenvino_intel_cpu_plugin.so",
        "openvino/libs/libopenvino_pytorch_frontend.so.2641",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/plugins/iconengines/libqsvgicon.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "resources/architectures.npz",
        "resources/translations/camviewer_de.qm",
        "resources/samples/chelsea.png",
    ],
)
def test_what_the_program_uses_goes_in(place: str) -> None:
    assert not contents.is_left_out(place)


@pytest.mark.parametrize(
    "place",
    [
        "nvidia/cu13/include/cuda.h",
        "nvidia/cu13/lib/libnvrtc.alt.so.13",
        "nvidia/cu13/lib/libcusolverMg.so.12",
        "nvidia/cu13/lib/libcudart_static.a",
        "nvidia/cudnn/lib/libcudnn_adv.so.9",
        "torch/include/ATen/ATen.h",
        "torch/bin/protoc",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/qml/QtQuick/qmldir",
        "PySide6/Qt/translations/qtbase_da.qm",
        "PySide6/Qt/translations/qtbase_fr.qm",
        "PySide6/Qt/translations/qtdeclarative_de.qm",
        "PySide6/Qt/translations/designer_de.qm",
        "openvino/libs/libopenvino_intel_gpu_plugin.so",
    ],
)
def test_what_nothing_uses_stays_out(place: str) -> None:
    assert contents.is_left_out(place)


def test_a_link_to_what_stays_out_stays_out_with_it() -> None:
    entries = [
        ("libcudnn_adv.so.9", "nvidia/cudnn/lib/libcudnn_adv.so.9", "SYMLINK"),
        ("nvidia/cudnn/lib/libcudnn_adv.so.9", "/site/libcudnn_adv.so.9", "BINARY"),
        ("libcudnn.so.9", "nvidia/cudnn/lib/libcudnn.so.9", "SYMLINK"),
        ("nvidia/cudnn/lib/libcudnn.so.9", "/site/libcudnn.so.9", "BINARY"),
        ("a/b/c.so", "../../libcudnn.so.9", "SYMLINK"),
    ]
    kept = [place for place, _, _ in contents.wanted(entries)]
    assert kept == ["a/b/c.so", "libcudnn.so.9", "nvidia/cudnn/lib/libcudnn.so.9"]


def test_without_its_operators_no_library_of_torchvision_travels() -> None:
    beside = [
        ("torchvision.libs/libjpeg.so.8", "/site/libjpeg.so.8", "BINARY"),
        ("torchvision/image.so", "/site/image.so", "EXTENSION"),
    ]
    operators = ("torchvision/_C_stable.so", "/site/_C_stable.so", "BINARY")
    assert contents.wanted(beside) == []
    assert contents.wanted([*beside, operators]) == sorted([*beside, operators])


def test_every_rule_has_a_reason_and_no_rule_stands_twice() -> None:
    patterns = [rule.pattern for rule in contents.NEVER_USED]
    assert all(rule.reason for rule in contents.NEVER_USED)
    assert len(patterns) == len(set(patterns))
    assert list(contents.NOT_IMPORTED) == sorted(set(contents.NOT_IMPORTED))


def test_of_transformers_the_classifiers_of_pictures_and_what_they_import_are_kept() -> None:
    unwanted = {name.removeprefix("transformers.models.") for name in contents.unwanted_models()}
    folder = Path(str(find_spec("transformers").origin)).parent / "models"
    kept = {path.parent.name for path in folder.glob("*/__init__.py")} - unwanted
    assert {"auto", "vit", "dinov2", "convnext", "donut", "data2vec", "timm_wrapper"} <= kept
    assert {"bert", "llama", "whisper", "detr"} <= unwanted
    assert len(kept) < 60
    for model in kept - {"auto"}:
        for path in (folder / model).glob("modeling_*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.level == 2 and node.module:
                    assert node.module.partition(".")[0] in kept, path


def test_no_module_that_camviewer_names_is_left_out() -> None:
    named: set[str] = set()
    for file in (ROOT / "camviewer").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                named |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                named.add(node.module)
    assert "torch" in named
    refused = {
        name
        for name in named
        for left_out in contents.NOT_IMPORTED
        if name == left_out or name.startswith(f"{left_out}.")
    }
    assert refused == set()


@pytest.mark.skipif(not stand_ins.can_be_made(), reason="no compiler")
def test_a_stand_in_has_the_functions_that_are_asked_for_and_refuses(tmp_path: Path) -> None:
    real = tmp_path / "libnccl.so.2"
    source = tmp_path / "real.c"
    names = ("ncclInit", "ncclNever", "other")
    source.write_text("".join(f"int {name}(void) {{ return 0; }}\n" for name in names))
    version = tmp_path / "real.map"
    version.write_text("NCCL_2 { global: nccl*; other; };\n")
    compile_ = ["cc", "-shared", "-fPIC", f"-Wl,--version-script={version}"]
    subprocess.run([*compile_, "-Wl,-soname,libnccl.so.2", "-o", real, source], check=True)
    user = tmp_path / "libuser.so"
    (tmp_path / "user.c").write_text(
        "int ncclInit(void); int other(void); int use(void) { return ncclInit() + other() * 0; }"
    )
    subprocess.run(["cc", "-shared", "-fPIC", "-o", user, tmp_path / "user.c", real], check=True)
    kind = stand_ins.stand_in_for("libnccl.so.2")
    assert kind is not None
    made = stand_ins.make_stand_in(real, [user], kind, tmp_path / "made")
    assert made.name == real.name
    library = ctypes.CDLL(str(made))
    assert library.ncclInit() == kind.answer != 0
    assert not hasattr(library, "ncclNever")
    assert not hasattr(library, "other")
    again = stand_ins.make_stand_in(real, [user], kind, tmp_path / "again")
    assert again.read_bytes() == made.read_bytes()
    if shutil.which("readelf"):
        told = subprocess.run(["readelf", "-V", made], capture_output=True, text=True, check=True)
        assert "NCCL_2" in told.stdout


def test_libraries_that_a_single_card_needs_have_no_stand_in() -> None:
    for name in ("libcublas.so.13", "libcudnn.so.9", "libcufft.so.12", "libcusparse.so.12"):
        assert stand_ins.stand_in_for(name) is None


def test_the_recipe_is_python_and_names_files_that_exist() -> None:
    tree = ast.parse(SPEC.read_text(encoding="utf-8"))
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert {"Analysis", "PYZ", "EXE", "COLLECT", "BUNDLE"} <= called
    for file in ("entry.py", "windows/camviewer.ico", "macos/camviewer.icns"):
        assert (SPEC.parent / file).is_file()


def test_the_version_resource_has_the_programs_version(monkeypatch: pytest.MonkeyPatch) -> None:
    text = version_resource.version_resource("1.2.3")
    assert "filevers=(1, 2, 3, 0)" in text
    assert 'StringStruct("ProductVersion", "1.2.3")' in text
    # Windows itself writes a resource into a program; to make one, nothing of it is called.
    monkeypatch.setattr(pytest.importorskip("PyInstaller.compat"), "win32api", None, raising=False)
    versioninfo = pytest.importorskip("PyInstaller.utils.win32.versioninfo")
    made = eval(text, vars(versioninfo))
    assert made.ffi.fileVersionMS == 1 << 16 | 2
    assert "1.2.3".encode("utf-16-le") in made.toRaw()
