"""Folders of small pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.small_runs import write_picture


@pytest.fixture
def pictures(tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder of so many small pictures: ``pictures(5) -> Path``."""

    def make(count: int, name: str = "pictures") -> Path:
        folder = tmp_path / name
        for number in range(count):
            kind = ("tench", "goldfish")[number % 2]
            write_picture(folder / kind / f"{number:03}.jpg", number)
        return folder

    return make
