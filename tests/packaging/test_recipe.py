"""PyInstaller's recipe, carried out for each system with PyInstaller's part played by recorders."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, ClassVar

import contents
import pytest

from camviewer import __version__

SPEC = Path(__file__).resolve().parents[2] / "packaging" / "camviewer.spec"


class Step:
    """What PyInstaller would have been told."""

    made: ClassVar[list[Step]] = []

    def __init__(self, *given: Any, **named: Any) -> None:
        self.made.append(self)
        self.given = given
        self.named = named
        self.binaries = [("libused.so.1", "/nowhere/libused.so.1", "SYMLINK")]
        self.datas = [
            ("resources/icons/app/camviewer.svg", __file__, "DATA"),
            ("torch/include/ATen/ATen.h", __file__, "DATA"),
        ]
        self.pure = [("camviewer.app", __file__, "PYMODULE")]
        self.scripts: list[Any] = []


@pytest.fixture
def carried_out(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch) -> dict[str, Any]:
    """The recipe's names after it was carried out on a system."""
    monkeypatch.setattr(sys, "platform", request.param)
    monkeypatch.setattr(sys, "path", list(sys.path))
    Step.made.clear()
    steps = dict.fromkeys(("Analysis", "PYZ", "EXE", "COLLECT", "BUNDLE"), Step)
    names: dict[str, Any] = {**steps, "SPECPATH": str(SPEC.parent), "workpath": str(tmp_path)}
    exec(compile(SPEC.read_text(encoding="utf-8"), str(SPEC), "exec"), names)
    return names


@pytest.mark.parametrize("carried_out", ["linux", "win32", "darwin"], indirect=True)
def test_the_program_is_made_of_what_is_wanted(carried_out: dict[str, Any]) -> None:
    told = carried_out["analysis"].named
    assert {"torch", "torchvision", "timm", "camviewer"} <= set(told["hiddenimports"])
    assert set(contents.NOT_IMPORTED) <= set(told["excludes"])
    assert all(Path(folder).is_dir() for folder in told["hookspath"])
    places = [place for place, *_ in carried_out["datas"]]
    assert places == ["resources/icons/app/camviewer.svg"]
    assert carried_out["folder"].named["name"] == "camviewer"


@pytest.mark.parametrize("carried_out", ["win32"], indirect=True)
def test_windows_gets_a_program_without_a_console_and_one_with(carried_out: dict[str, Any]) -> None:
    window, console = (program.named for program in carried_out["programs"])
    assert (window["name"], window["console"]) == ("camviewer", False)
    assert (console["name"], console["console"]) == ("camviewer-console", True)
    for program in (window, console):
        assert Path(program["icon"]).suffix == ".ico"
        assert Path(program["icon"]).is_file()
        assert __version__ in Path(program["version"]).read_text(encoding="utf-8")


@pytest.mark.parametrize("carried_out", ["darwin"], indirect=True)
def test_macos_gets_a_bundle_that_opens_pictures(carried_out: dict[str, Any]) -> None:
    (program,) = carried_out["programs"]
    assert program.named["console"] is False
    bundle = Step.made[-1]
    assert bundle.given == (carried_out["folder"],)
    assert bundle.named["name"] == "camviewer.app"
    assert bundle.named["version"] == __version__
    assert Path(bundle.named["icon"]).is_file()
    assert bundle.named["info_plist"]["CFBundleDocumentTypes"]


@pytest.mark.parametrize("carried_out", ["linux"], indirect=True)
def test_linux_gets_one_program(carried_out: dict[str, Any]) -> None:
    (program,) = carried_out["programs"]
    assert (program.named["name"], program.named["console"]) == ("camviewer", True)
    assert program.named["version"] is None
