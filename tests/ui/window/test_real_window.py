"""The window in a process of its own: on a real X server, and without any socket."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = Path(__file__).with_name("real_window.py")
SCREENSHOTS = ROOT / "build" / "screenshots"


@pytest.fixture
def x_display() -> Iterator[str]:
    """A virtual screen of its own."""
    if sys.platform != "linux" or shutil.which("Xvfb") is None:
        pytest.skip("there is no Xvfb on this machine")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def run_window(
    tmp_path: Path,
    *arguments: str | Path,
    extra: Mapping[str, str],
    prefix: tuple[str, ...] = (),
) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path),
        **extra,
    }
    return subprocess.run(
        [*prefix, sys.executable, str(SCRIPT), *map(str, arguments)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )


def test_a_dropped_photograph_is_explained_on_a_real_screen(tmp_path, x_display, cat) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    screenshot = SCREENSHOTS / "smoke.png"
    extra = {"DISPLAY": x_display, "QT_QPA_PLATFORM": "xcb"}
    done = run_window(tmp_path, cat, screenshot, extra=extra)
    assert done.returncode == 0, done.stderr
    assert "tiger cat 39" in done.stdout
    with Image.open(screenshot) as picture:
        pixels = np.asarray(picture.convert("RGB")).astype(int)
    assert pixels.shape == (800, 1280, 3)
    # The map's bright end is a yellow that neither the photograph nor the panels have.
    red, green, blue = pixels[..., 0], pixels[..., 1], pixels[..., 2]
    assert ((red > 200) & (green > 160) & (blue < 130)).sum() > 500


def test_the_window_opens_no_socket(tmp_path, cat) -> None:
    extra = {"QT_QPA_PLATFORM": "offscreen", "CAMVIEWER_TEST_NO_SOCKETS": "1"}
    done = run_window(tmp_path, cat, extra=extra)
    assert done.returncode == 0, done.stderr
    assert "tiger cat 39" in done.stdout


@pytest.mark.slow
def test_the_window_works_in_an_empty_network_namespace(tmp_path, cat) -> None:
    prefix = ("unshare", "--map-root-user", "--net")
    if shutil.which("unshare") is None or subprocess.run([*prefix, "true"], check=False).returncode:
        pytest.skip("this system gives no network namespaces")
    done = run_window(tmp_path, cat, extra={"QT_QPA_PLATFORM": "offscreen"}, prefix=prefix)
    assert done.returncode == 0, done.stderr
    assert "tiger cat 39" in done.stdout
