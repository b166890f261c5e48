"""Methods that other installed packages bring, through the program as a user runs it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import skimage

import camviewer

ROOT = Path(camviewer.__file__).parents[1]
EXAMPLE = ROOT / "docs" / "examples" / "activation-energy" / "activation_energy.py"
PHOTOGRAPH = Path(skimage.__file__).parent / "data" / "chelsea.png"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with the example of docs/add-a-method.md as pip would install it."""
    site = tmp_path / "site"
    site.mkdir()
    shutil.copy(EXAMPLE, site)
    return install(site, "activation-energy", "activation_energy")


def install(site: Path, name: str, module: str) -> Path:
    about = site / f"{name.replace('-', '_')}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(f"[camviewer.methods]\n{name} = {module}\n")
    return site


def run(site: Path, *words: object) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join((str(site), str(ROOT)))
    return subprocess.run(
        [sys.executable, "-m", "camviewer", *map(str, words)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_method_of_another_package_makes_the_map_of_its_formula(
    site: Path, tmp_path: Path
) -> None:
    done = run(site, "explain", PHOTOGRAPH, "--method", "activation-energy", "-o", tmp_path)
    assert done.returncode == 0, done.stderr
    (raw,) = tmp_path.glob("*.npy")
    values = np.load(raw)
    assert values.shape == (7, 7)
    assert (values > 0).all()
    record = json.loads(next(tmp_path.glob("*.json")).read_text())
    assert "activation-energy" in json.dumps(record)


def test_a_package_that_fails_is_named_and_the_other_methods_stay(site: Path) -> None:
    (site / "broken.py").write_text("raise RuntimeError('no such formula')\n")
    install(site, "broken-methods", "broken")
    done = run(site, "methods")
    assert done.returncode == 0
    assert "activation-energy" in done.stdout
    assert "grad-cam" in done.stdout
    assert (
        "The methods of the package broken-methods were left out: RuntimeError: no such formula."
        in done.stderr
    )
