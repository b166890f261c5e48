"""Resources are found in a source tree, an unpacked wheel and a frozen program."""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest

from camviewer.engine.errors import CamviewerError
from camviewer.engine.support.resources import resource

REPOSITORY = Path(__file__).resolve().parents[3]

ICONS = sorted((REPOSITORY / "resources" / "icons").rglob("*.svg"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this source tree."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    subprocess.run(
        [*command, "--no-build-isolation", "--wheel-dir", str(folder), str(REPOSITORY)],
        check=True,
        capture_output=True,
        text=True,
    )
    (wheel,) = folder.glob("*.whl")
    return wheel


def test_a_source_tree_has_its_resources_at_the_top() -> None:
    assert resource("samples", "chelsea.png") == REPOSITORY / "resources/samples/chelsea.png"
    assert resource("icons").is_dir()


def test_a_missing_resource_is_named_with_a_remedy() -> None:
    with pytest.raises(CamviewerError) as failure:
        resource("samples", "nothing.png")
    assert "samples/nothing.png" in failure.value.message
    assert failure.value.hint


def test_a_frozen_program_looks_into_its_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled = tmp_path / "resources" / "samples" / "chelsea.png"
    bundled.parent.mkdir(parents=True)
    bundled.touch()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("samples", "chelsea.png") == bundled


def test_the_wheel_carries_every_resource(wheel: Path) -> None:
    expected = {
        f"camviewer/{path.relative_to(REPOSITORY).as_posix()}"
        for path in (REPOSITORY / "resources").rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert expected <= set(names)
    assert not [name for name in names if name.startswith(("tests/", "resources/", "build/"))]


def test_an_unpacked_wheel_finds_its_resources(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    program = (
        "import camviewer.engine.support.resources as r;"
        "print(r.__file__, r.resource('models', 'efficientnet-lite0', 'labels.txt'), sep='\\n')"
    )
    # -S leaves site-packages out, and with it the editable installation of this tree.
    answer = subprocess.run(
        [sys.executable, "-S", "-c", program],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
    )
    module, labels = map(Path, answer.stdout.splitlines())
    assert module == site / "camviewer/engine/support/resources.py"
    assert labels == site / "camviewer/resources/models/efficientnet-lite0/labels.txt"


def test_the_labels_are_imagenets_in_torchvisions_order() -> None:
    from torchvision.models import ResNet18_Weights

    text = resource("models", "efficientnet-lite0", "labels.txt").read_text(encoding="utf-8")
    assert text.splitlines() == ResNet18_Weights.DEFAULT.meta["categories"]


def test_the_icons_have_their_licence_beside_them() -> None:
    licence = resource("icons", "LICENSE").read_text(encoding="utf-8")
    assert "ISC License" in licence
    assert "Lucide" in licence


@pytest.mark.parametrize("icon", ICONS, ids=lambda path: path.stem)
def test_an_icon_is_a_drawing(icon: Path) -> None:
    root = ET.parse(icon).getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert len(root) > 0


def test_every_sample_photograph_has_its_licence_stated() -> None:
    samples = resource("samples")
    stated = (samples / "LICENSES.md").read_text(encoding="utf-8")
    photographs = [path.name for path in samples.iterdir() if path.suffix in {".png", ".jpg"}]
    assert len(photographs) >= 3
    assert [name for name in photographs if f"`{name}`" not in stated] == []
