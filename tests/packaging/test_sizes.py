"""How many bytes a folder has, and whether they are too many for a download."""

from __future__ import annotations

from pathlib import Path

import pytest
import sizes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A program of 3,000 bytes and a link to most of them."""
    library = tmp_path / "lib" / "torch" / "lib" / "libtorch_cpu.so"
    library.parent.mkdir(parents=True)
    library.write_bytes(bytes(2000))
    (tmp_path / "lib" / "libtorch_cpu.so").symlink_to(library)
    (tmp_path / "LICENSE").write_bytes(bytes(1000))
    return tmp_path


def test_links_have_no_bytes(folder: Path) -> None:
    assert "0.0 MB  torch/lib" in sizes.report(folder)
    assert sizes.too_large(folder, 3000) == ""


def test_a_folder_above_its_limit_is_named_with_its_size(folder: Path) -> None:
    assert sizes.too_large(folder, 2999).startswith(f"{folder.name} has 0.00 GB and may have")


def test_a_folder_may_have_a_gigabyte(folder: Path) -> None:
    with (folder / "lib" / "data").open("wb") as file:
        file.truncate(1_000_000_000 - 3000)
        assert sizes.too_large(folder) == ""
        file.truncate(1_000_000_000)
        assert sizes.too_large(folder)
