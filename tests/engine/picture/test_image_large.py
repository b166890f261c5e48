"""The largest pictures that are accepted fit into the memory that is promised."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from camviewer.engine.picture.source_image import PIXEL_LIMIT
from tests.engine.large_pictures import (
    KEPT,
    SIDE,
    in_a_process_of_its_own,
    save_floats_with_holes,
    save_marked,
    unpacked,
)

PROMISED_MEGABYTES = 2500

READ = """
import re, resource, sys, time
from pathlib import Path
from camviewer.engine.picture.smaller_copies import display_levels
from camviewer.engine.picture.source_image import read_image
start = time.perf_counter()
image = read_image(Path(sys.argv[1]))
seconds = time.perf_counter() - start
if sys.argv[2] == "levels":
    display_levels(image)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
status = Path("/proc/self/status")
if status.exists():  # where ru_maxrss begins with what the parent held
    peak = int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]) // 1024
print(peak if sys.platform != "darwin" else peak // 1024, f"{seconds:.2f}", *image.size)
print(*image.pixels[0, 0], *image.pixels[0, -1], *image.pixels[-1, 0], *image.pixels[-1, -1])
"""


def read_elsewhere(path: Path, then: str = "nothing") -> tuple[int, float, list[int], np.ndarray]:
    """Peak memory in MB, seconds, (H, W), and the four corners' colours of a fresh process."""
    command = [sys.executable, "-c", READ, str(path), then]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    first, second = answer.splitlines()
    megabytes, seconds, *size = first.split()
    print(path.name, first)
    return int(megabytes), float(seconds), [*map(int, size)], np.array([*map(int, second.split())])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("suffix", "mode", "options"),
    [
        (".jpg", "RGB", {"quality": 75}),
        (".png", "RGB", {"compress_level": 1}),
        (".png", "RGBA", {"compress_level": 1}),
        (".tif", "RGB", {}),
        (".tif", "RGB", {"compression": "tiff_lzw"}),
        (".bmp", "RGB", {}),
    ],
)
def test_two_hundred_megapixels_fit(
    tmp_path: Path, suffix: str, mode: str, options: dict[str, object]
) -> None:
    path = tmp_path / f"large{suffix}"
    assert SIDE * SIDE <= PIXEL_LIMIT
    in_a_process_of_its_own(save_marked, path, mode, SIDE, SIDE, options)
    assert_fits(path, SIDE)


def assert_fits(path: Path, side: int) -> None:
    megabytes, _, size, corners = read_elsewhere(path)
    assert size == [side, side]
    assert np.abs(corners - [255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0]).max() <= 3
    assert megabytes < PROMISED_MEGABYTES


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".jpg", ".tif"])
def test_two_hundred_megapixels_lying_on_their_side_fit(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"turned{suffix}"
    exif = Image.Exif()
    exif[0x0112] = 6
    options = {"exif": exif.tobytes()}
    in_a_process_of_its_own(save_marked, path, "RGB", 16000, 12500, options)
    megabytes, _, size, corners = read_elsewhere(path)
    assert size == [16000, 12500]
    assert np.abs(corners - [0, 0, 255, 255, 0, 0, 0, 0, 0, 0, 255, 0]).max() <= 3
    assert megabytes < PROMISED_MEGABYTES


@pytest.mark.slow
def test_two_hundred_megapixels_and_their_display_levels_fit(tmp_path: Path) -> None:
    path = tmp_path / "levels.jpg"
    in_a_process_of_its_own(save_marked, path, "RGB", SIDE, SIDE, {})
    assert read_elsewhere(path, "levels")[0] < PROMISED_MEGABYTES


@pytest.mark.slow
def test_two_hundred_megapixels_of_floats_with_holes_fit(tmp_path: Path) -> None:
    path = tmp_path / "floats.tif"
    in_a_process_of_its_own(save_floats_with_holes, path)
    assert read_elsewhere(path)[0] < PROMISED_MEGABYTES


@pytest.mark.slow
@pytest.mark.parametrize("name", KEPT)
def test_what_is_accepted_at_most_of_other_kinds_fits(tmp_path: Path, name: str) -> None:
    side, _ = KEPT[name]
    assert_fits(unpacked(name, tmp_path), side)
