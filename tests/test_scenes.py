"""The generated scenes are what they say: repeatable, with the object inside its box."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.scenes import CLASSES, make_scenes, write_folder


def test_the_same_seed_makes_the_same_scenes_and_another_seed_others() -> None:
    first, again, other = make_scenes(4, seed=1), make_scenes(4, seed=1), make_scenes(4, seed=2)
    assert all(np.array_equal(a.pixels, b.pixels) for a, b in zip(first, again, strict=True))
    assert not any(np.array_equal(a.pixels, b.pixels) for a, b in zip(first, other, strict=True))


@pytest.mark.parametrize("size", [(96, 160), (160, 96)])
def test_every_class_takes_its_turn_and_every_box_lies_in_the_picture(
    size: tuple[int, int],
) -> None:
    scenes = make_scenes(12, seed=0, size=size)
    assert [scene.label for scene in scenes] == list(CLASSES) * 3
    for scene in scenes:
        assert scene.pixels.shape == (*size, 3)
        assert 0 <= scene.box.left < scene.box.right <= size[1]
        assert 0 <= scene.box.top < scene.box.bottom <= size[0]
        assert 0.01 < scene.chance < 0.25


def test_a_folder_has_a_subfolder_a_class_and_the_boxes(tmp_path: Path) -> None:
    scenes = make_scenes(8, seed=0)
    folder = write_folder(tmp_path / "scenes", scenes)
    boxes = json.loads((folder / "boxes.json").read_text())
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == sorted(CLASSES)
    assert len(boxes) == 8
    pixels = np.asarray(Image.open(folder / "ring" / "0004.png"))
    assert np.array_equal(pixels, scenes[4].pixels)
    assert boxes["ring/0004.png"]["left"] == scenes[4].box.left
