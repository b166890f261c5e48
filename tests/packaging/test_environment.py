"""Which versions an environment gets, with CUDA and without."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The script that makes environments, with an empty one."""
    monkeypatch.setenv("ENVIRONMENT", str(tmp_path))
    return SimpleNamespace(**runpy.run_path(str(ROOT / "scripts" / "environment.py")))


def pins(file: Path) -> list[Requirement]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("torch", ["", "cuda"])
def test_usually_the_versions_are_the_projects_own(environment, torch: str) -> None:
    assert environment.constraints_for(torch) == ROOT / "constraints.txt"


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_for_a_processor_alone_torch_has_another_version_and_nothing_else(
    environment, system: str
) -> None:
    usual = {pin.name: str(pin.specifier) for pin in pins(ROOT / "constraints.txt")}
    merged = [
        pin
        for pin in pins(environment.constraints_for("cpu"))
        if pin.marker is None or pin.marker.evaluate({"sys_platform": system})
    ]
    special = {pin.name: str(pin.specifier) for pin in merged}
    assert len(special) == len(merged)
    assert special.keys() == usual.keys()
    assert {name for name in usual if usual[name] != special[name]} == {"torch", "torchvision"}
    assert special["torch"].endswith("+cpu") == (system == "linux")
