"""Finding labelled pictures, and refusing what nothing can be learnt from."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from camviewer.engine.errors import CamviewerError
from camviewer.engine.training.data_set import find_data_set, require_classes
from camviewer.engine.training.split import split_pictures


def picture(path: Path, level: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.full((8, 8, 3), level, np.uint8)).save(path)
    return path


def test_each_subfolder_is_a_class_in_the_order_in_which_people_count(tmp_path) -> None:
    for name in ("class 10/a.png", "class 2/b.jpg", "class 2/deeper/c.webp", ".hidden/d.png"):
        picture(tmp_path / name)
    (tmp_path / "class 2" / "notes.txt").write_text("x")
    (tmp_path / "class 2" / ".e.png").write_bytes(b"")
    found = find_data_set(tmp_path)
    assert found.classes == ("class 2", "class 10")
    assert found.counts == (2, 1)
    assert [p.name for p in found.pictures] == [
        "class 2/b.jpg", "class 2/deeper/c.webp", "class 10/a.png",
    ]  # fmt: skip
    assert found.other_files == 1


def test_a_picture_outside_of_the_classes_is_named(tmp_path) -> None:
    picture(tmp_path / "a" / "1.png")
    picture(tmp_path / "lost.png")
    (skipped,) = find_data_set(tmp_path).skipped
    assert skipped.name == "lost.png"
    assert "no class" in skipped.reason


@pytest.mark.parametrize(
    "text",
    [
        "path,label\na.png,cat\nb/c.png,dog\n",
        "a.png;cat\nb/c.png;dog\n",
        "\ufeffimage\tlabel\na.png\tcat\n\nb/c.png\tdog\n",
        '"a.png","cat"\r\n"b/c.png","dog"\r\n',
    ],
)
def test_a_csv_names_pictures_and_their_labels(tmp_path, text: str) -> None:
    picture(tmp_path / "a.png")
    picture(tmp_path / "b" / "c.png")
    file = tmp_path / "list.csv"
    file.write_text(text, encoding="utf-8", newline="")
    found = find_data_set(file)
    assert found.classes == ("cat", "dog")
    assert [(p.path.name, p.label) for p in found.pictures] == [("a.png", 0), ("c.png", 1)]


def test_lines_of_a_csv_that_lead_nowhere_are_listed(tmp_path) -> None:
    picture(tmp_path / "a.png")
    file = tmp_path / "list.csv"
    file.write_text("a.png,cat\ngone.png,cat\nb.png\n")
    found = find_data_set(file)
    assert [(s.name, s.reason) for s in found.skipped] == [
        ("gone.png", "There is no such file."),
        ("line 3", "It has no path and label."),
    ]


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({"a": 3}, "only the class a"),
        ({}, "no class"),
        ({"a": 3, "b": 1}, "class b has one picture"),
        ({"a": 3, "b": 0}, "only the class a"),
        ({"a": 3, "b": 2, "c": 0}, "class c has no picture"),
        ({"a": 1, "b": 1, "c": 5}, "classes a, b have one picture"),
    ],
)
def test_too_few_classes_or_pictures_are_refused_in_a_sentence(
    tmp_path, counts: dict[str, int], words: str
) -> None:
    for name, count in counts.items():
        (tmp_path / name).mkdir()
        for number in range(count):
            picture(tmp_path / name / f"{number}.png", number)
    found = find_data_set(tmp_path)
    with pytest.raises(CamviewerError, match=words) as refusal:
        require_classes(found.classes, found.counts, found.root)
    assert refusal.value.hint


def test_a_folder_that_is_not_there_is_refused(tmp_path) -> None:
    with pytest.raises(CamviewerError, match="no folder or CSV"):
        find_data_set(tmp_path / "nowhere")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_refused(tmp_path) -> None:
    picture(tmp_path / "a" / "1.png")
    tmp_path.chmod(0)
    try:
        with pytest.raises(CamviewerError, match="cannot be read: Permission denied"):
            find_data_set(tmp_path)
    finally:
        tmp_path.chmod(0o700)


def test_something_that_is_no_csv_is_refused(tmp_path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(CamviewerError, match="no CSV"):
        find_data_set(file)


def test_a_split_takes_its_share_of_each_class_and_at_least_one() -> None:
    labels = [0] * 50 + [1] * 10 + [2] * 2
    split = split_pictures(labels, 0.2, seed=3)
    aside = [labels[index] for index in split.validation]
    assert [aside.count(label) for label in range(3)] == [10, 2, 1]
    assert sorted((*split.training, *split.validation)) == list(range(62))


def test_the_seed_decides_the_split() -> None:
    labels = [index % 3 for index in range(90)]
    assert split_pictures(labels, 0.3, 7) == split_pictures(labels, 0.3, 7)
    assert split_pictures(labels, 0.3, 7) != split_pictures(labels, 0.3, 8)
