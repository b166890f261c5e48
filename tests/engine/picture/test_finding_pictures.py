"""Which files of a folder are pictures, and in which order they come."""

from __future__ import annotations

from pathlib import Path

import pytest

from camviewer.engine.picture.source_image import ImageError, find_pictures


def test_a_folder_gives_its_pictures_in_counting_order(tmp_path: Path) -> None:
    for name in ("b10.png", "b9.png", "B1.JPG", "a.webp", ".hidden.png", "notes.txt"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "inner.png").mkdir()
    (tmp_path / "link.png").symlink_to(tmp_path / "a.webp")
    (tmp_path / "broken.png").symlink_to(tmp_path / "nowhere.png")
    names = [path.name for path in find_pictures([tmp_path])]
    assert names == ["a.webp", "B1.JPG", "b9.png", "b10.png", "link.png"]


def test_files_are_given_back_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "one.png").write_bytes(b"x")
    given = [tmp_path / "later.txt", tmp_path / "folder", tmp_path / "gone.png"]
    assert find_pictures(given) == (given[0], tmp_path / "folder" / "one.png", given[2])
    assert find_pictures([]) == ()


def test_a_folder_without_pictures_says_so(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing to see")
    with pytest.raises(ImageError) as failure:
        find_pictures([tmp_path])
    assert failure.value.message == f"The folder {tmp_path.name} has no pictures."
    assert "JPEG" in failure.value.hint
