"""What a source names, and that its ids and order are stable."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from camviewer.engine.batch.sources import list_pictures
from camviewer.engine.errors import CamviewerError

Pictures = Callable[..., Path]


def paths(*sources: object) -> list[str]:
    return [entry.path for entry in list_pictures([str(source) for source in sources]).entries]


def test_a_folder_is_listed_with_all_below_it_sorted_by_path(pictures: Pictures) -> None:
    folder = pictures(3)
    (folder / ".hidden.jpg").write_bytes(b"")
    (folder / "notes.txt").write_text("no picture")
    assert paths(folder) == ["goldfish/001.jpg", "tench/000.jpg", "tench/002.jpg"]


def test_files_patterns_lists_and_tables_name_the_same_pictures(
    pictures: Pictures, tmp_path: Path
) -> None:
    folder = pictures(4)
    wanted = ["000.jpg", "002.jpg"]
    (folder / "tench" / "list.txt").write_text("000.jpg\r\n\r\n002.jpg\r\n")
    table = pl.DataFrame({"label": ["a", "b"], "path": wanted})
    table.write_csv(folder / "tench" / "semicolons.csv", separator=";")
    table.write_parquet(folder / "tench" / "table.parquet")
    assert paths(folder / "tench" / "*.jpg") == wanted
    assert paths(f"@{folder / 'tench' / 'list.txt'}") == wanted
    assert paths(folder / "tench" / "semicolons.csv") == wanted
    assert paths(folder / "tench" / "table.parquet") == wanted
    assert paths(folder / "tench" / "000.jpg") == ["000.jpg"]


def test_a_picture_that_two_sources_name_is_listed_once(pictures: Pictures) -> None:
    folder = pictures(2)
    assert paths(folder, folder / "tench" / "000.jpg", folder / "**" / "*.jpg") == [
        "pictures/goldfish/001.jpg",
        "pictures/tench/000.jpg",
    ]


def test_ids_are_those_of_the_paths_wherever_the_folder_lies(
    pictures: Pictures, tmp_path: Path
) -> None:
    folder = pictures(3)
    moved = tmp_path / "elsewhere" / "other"
    shutil.copytree(folder, moved)
    first, second = list_pictures([folder]), list_pictures([moved])
    assert [entry.id for entry in first.entries] == [entry.id for entry in second.entries]
    assert len({entry.id for entry in first.entries}) == 3
    assert first.sha256 == second.sha256


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_that_are_no_utf_8_are_listed_and_found_again(pictures: Pictures) -> None:
    folder = pictures(1)
    source = folder / "tench" / "000.jpg"
    shutil.copy(source, folder / "tench" / os.fsdecode(b"caf\xe9 \"'\n.jpg"))
    listing = list_pictures([folder])
    assert [entry.path for entry in listing.entries] == [
        "tench/000.jpg",
        "tench/caf\\xe9 \"'\n.jpg",
    ]
    assert all(listing.file_of(entry).is_file() for entry in listing.entries)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("nothing", None, "There is no folder or file"),
        ("empty", "", "There are no pictures in"),
        ("table.csv", "file,label\na.jpg,b\n", "has no column path"),
        ("table.parquet", "no parquet", "cannot be read as a table"),
    ],
)
def test_a_source_without_pictures_is_named(
    tmp_path: Path, name: str, content: str | None, said: str
) -> None:
    source = tmp_path / name
    if content == "":
        source.mkdir()
    elif content is not None:
        source.write_text(content)
    with pytest.raises(CamviewerError, match=said):
        list_pictures([source])
