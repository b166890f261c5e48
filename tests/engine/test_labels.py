"""Class names from files of every form, and those of ImageNet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from torchvision.models import ResNet18_Weights

from camviewer.engine.errors import CamviewerError
from camviewer.engine.labels import default_labels, read_labels, require_count

NAMES = ("tabby, tabby cat", "Zürich", "猫", "a")


def written(tmp_path: Path, content: str | bytes, name: str = "labels.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(NAMES),
        "\n".join(NAMES) + "\n\n\n",
        "  tabby, tabby cat \nZürich\t\n猫\na",
        '0,"tabby, tabby cat"\n1,Zürich\n2,猫\n3,a\n',
        "0,tabby, tabby cat\n1,Zürich\n2,猫\n3,a\n",
        '3,a\n1,Zürich\n\n0,"tabby, tabby cat"\n2,猫',
        'index,name\n0,"tabby, tabby cat"\n1,Zürich\n2,猫\n3,a\n',
        'id;label\n0;"tabby, tabby cat"\n1;Zürich\n2;猫\n3;a\n',
        "Class ID\tName\n0\ttabby, tabby cat\n1\tZürich\n2\t猫\n3\ta\n",
        'name,index\n"tabby, tabby cat",0\nZürich,1\n猫,2\na,3\n',
        'Zürich,1\n猫,2\na,3\n"tabby, tabby cat",0\n',
        'id,wnid,name\n0,n1,"tabby, tabby cat"\n1,n2,Zürich\n2,n3,猫\n3,n4,a\n',
        json.dumps(NAMES),
        json.dumps(NAMES, ensure_ascii=False, indent=2),
        json.dumps({str(index): name for index, name in enumerate(NAMES)}),
        json.dumps({str(index): NAMES[index] for index in (2, 0, 3, 1)}),
        json.dumps({name: index for index, name in enumerate(NAMES)}),
        json.dumps({str(index): ["n0", name] for index, name in enumerate(NAMES)}),
        json.dumps({"id2label": {str(index): name for index, name in enumerate(NAMES)}}),
    ],
)
def test_every_form_gives_the_names_by_index(tmp_path: Path, text: str) -> None:
    assert read_labels(written(tmp_path, text)) == NAMES


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("form", ["lines", "csv", "json"])
def test_every_encoding_and_line_end_is_read(
    tmp_path: Path, encoding: str, line_end: str, form: str
) -> None:
    lines = {
        "lines": ["a cat", *NAMES],
        "csv": ["0,a cat", *(f'{index},"{name}"' for index, name in enumerate(NAMES, start=1))],
        "json": ["[", ",\n".join(json.dumps(name) for name in ("a cat", *NAMES)), "]"],
    }[form]
    text = "\n".join(lines).replace("\n", line_end)
    assert read_labels(written(tmp_path, text.encode(encoding))) == ("a cat", *NAMES)


def test_names_with_commas_and_numbers_are_no_csv(tmp_path: Path) -> None:
    names = ("tench, Tinca tinca", "1, 2, 3", "route 66, road")
    assert read_labels(written(tmp_path, "\n".join(names))) == names


def test_ten_digits_are_names(tmp_path: Path) -> None:
    digits = tuple(str(digit) for digit in range(10))
    assert read_labels(written(tmp_path, "\n".join(digits))) == digits


def test_names_never_break_a_line_or_a_terminal(tmp_path: Path) -> None:
    text = json.dumps(["a\nb", "c\u2028d\x85e", "f\x1b[31m", "\ud800x", "  g  "])
    labels = read_labels(written(tmp_path, text))
    assert labels == ("a b", "c d e", "f [31m", "?x", "g")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        (" \n \n", "is empty"),
        ("cat\n\ndog", "Line 2 of labels.txt is blank"),
        ("0,cat\n2,dog", "has no index 1"),
        ("1,cat\n2,dog", "begins with 1"),
        ("0,cat\n0,dog", "the index 0 twice"),
        ('["cat", 3]', "no list of names"),
        ("[]", "no list of names"),
        ("{}", "no list of names"),
        ('{"0": "cat", "2": "dog"}', "has no index 1"),
        ('{"cat": 0, "dog": 0}', "the index 0 twice"),
        ('{"0": "cat", "0": "dog"}', "twice"),
        ('{"cat": -1, "dog": 0}', "has no index 1"),
        ('{"cat": true, "dog": 0}', "no list of names"),
        ('["cat", ', "no valid JSON"),
        ("[" * 100_000, "no valid JSON"),
        (b"\xff\xd8\xff\xe0\x00\x10", "no text in UTF-8"),
        (b"caf\xe9\nbar", "no text in UTF-8"),
        (b"a\nb\nc\nd\x00e", "no text in UTF-8"),
    ],
)
def test_what_gives_no_sure_index_is_refused(tmp_path: Path, text: str | bytes, words: str) -> None:
    with pytest.raises(CamviewerError, match=words) as refused:
        read_labels(written(tmp_path, text))
    assert refused.value.hint


def test_a_file_that_is_not_there_or_far_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CamviewerError, match="There is no file gone"):
        read_labels(tmp_path / "gone.txt")
    with pytest.raises(CamviewerError, match="cannot be read"):
        read_labels(tmp_path)
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(2**35)
    with pytest.raises(CamviewerError, match="too large"):
        read_labels(tmp_path / "large.txt")


def test_the_count_is_checked_against_the_head() -> None:
    require_count(NAMES, 4, "labels.txt")
    with pytest.raises(CamviewerError, match=r"^labels.txt has 4 names, and the model has 10 "):
        require_count(NAMES, 10, "labels.txt")


def test_a_thousand_classes_are_imagenet_in_the_published_order() -> None:
    assert list(default_labels(1000)) == ResNet18_Weights.DEFAULT.meta["categories"]


@pytest.mark.parametrize(
    ("classes", "first"),
    [(21841, "organism, being"), (21843, "organism, being"), (11221, "benthos")],
)
def test_larger_imagenets_have_the_names_that_timm_knows(classes: int, first: str) -> None:
    labels = default_labels(classes)
    assert len(labels) == classes
    assert labels[0] == first


@pytest.mark.parametrize("classes", [1, 2, 10, 999, 1001])
def test_other_counts_are_numbered(classes: int) -> None:
    labels = default_labels(classes)
    assert len(labels) == classes
    assert labels[-1] == f"class {classes - 1}"
