"""Pictures that are looked at together share one range, in whatever order they are looked at."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from camviewer.engine.geometry.input_scale import InputScale, ScaleKind
from camviewer.engine.picture.folder_range import in_order, range_of_pictures, with_kept_range
from camviewer.engine.picture.source_image import read_image


def write(path: Path, largest: int, kind: type = np.uint16) -> Path:
    values = np.linspace(0, largest, 400).reshape(20, 20).astype(kind)
    Image.fromarray(values).save(path)
    return path


def test_the_first_by_name_decides_for_all(tmp_path: Path) -> None:
    first = write(tmp_path / "scan2.png", 4000)
    dark, bright = write(tmp_path / "scan10.png", 200), write(tmp_path / "scan11.png", 6000)
    photo = write(tmp_path / "scan1.png", 255, np.uint8)
    kept = range_of_pictures(in_order([bright, dark, photo, first]))
    assert kept == range_of_pictures(in_order([first, photo, bright, dark]))
    assert kept is not None
    assert kept.numbers == "0 to 4,095"
    for path in (first, dark, bright):
        image = with_kept_range(read_image(path), kept)
        assert image.input_range(InputScale()).high == 4095.0
    assert with_kept_range(read_image(photo), kept).input_range(InputScale()).high == 255.0
    other = with_kept_range(read_image(write(tmp_path / "other.png", 60_000)), kept)
    assert other.input_range(InputScale()).high == 65535.0
    alone = InputScale(ScaleKind.RANGE, 5.0, 9.0)
    assert with_kept_range(read_image(dark), kept).input_range(alone).high == 9.0


def test_what_is_fed_tells_pictures_apart(tmp_path: Path) -> None:
    first, dark = write(tmp_path / "a.png", 4000), write(tmp_path / "b.png", 200)
    kept = range_of_pictures([first])
    assert with_kept_range(read_image(dark), kept).key != read_image(dark).key
    assert kept is not None
    close = [replace(kept, low=low, high=1e4) for low in (0.12341, 0.12342)]
    assert close[0].numbers == close[1].numbers
    assert len({with_kept_range(read_image(dark), each).key for each in close}) == 2


def test_eight_bit_pictures_need_none(tmp_path: Path) -> None:
    assert range_of_pictures([write(tmp_path / "a.png", 255, np.uint8)]) is None
    assert range_of_pictures([tmp_path / "gone.tif"]) is None
