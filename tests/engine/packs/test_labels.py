"""Class names from files of every form, and those of ImageNet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from torchvision.models import ResNet18_Weights

from camviewer.engine.errors import CamviewerError
from camviewer.engine.packs.labels import default_labels, read_labels, require_count

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
        json.dumps({name: str(index) for index, name in enumerate(NAMES)}),
        json.dumps({"classes": NAMES}),
        json.dumps({"class_to_idx": {name: index for index, name in enumerate(NAMES)}}),
        json.dumps(
            {"images": [], "categories": [{"id": i, "name": NAMES[i]} for i in (3, 1, 0, 2)]}
        ),
        json.dumps([[index, name] for index, name in enumerate(NAMES)]),
        json.dumps({str(index): {"name": name} for index, name in enumerate(NAMES)}),
        repr(list(NAMES)),
        repr(NAMES),
        repr(dict(enumerate(NAMES))),
        repr({name: index for index, name in enumerate(NAMES)}),
        f"CLASSES = {list(NAMES)!r}  # in the order of training\n",
        "0: tabby, tabby cat\n1: Zürich\n2: 猫\n3: a",
        "3 a\n1 Zürich\n0 tabby, tabby cat\n2 猫",
        "0. tabby, tabby cat\n1. Zürich\n2. 猫\n3. a",
        "tabby, tabby cat = 0\na = 3\n猫 = 2\nZürich = 1",
        "tabby, tabby cat\t0\na\t3\n猫\t2\nZürich\t1",
        "a 3\ntabby, tabby cat 0\n猫 2\nZürich 1",
        "id name\n0 tabby, tabby cat\n1 Zürich\n2 猫\n3 a",
        'name\n"tabby, tabby cat"\nZürich\n猫\na',
        "Class Names:\ntabby, tabby cat\nZürich\n猫\na",
        ',0\n0,"tabby, tabby cat"\n1,Zürich\n2,猫\n3,a\n',
        "index|name\n0|tabby, tabby cat\n2|猫\n1|Zürich\n3|a",
        "names:\n  - tabby, tabby cat\n  - Zürich\n  - 猫\n  - a\n",
        "- tabby, tabby cat\n- Zürich\n- 猫\n- a\n",
        "'tabby, tabby cat',\n'Zürich',\n'猫',\n'a'",
        '"tabby, tabby cat",\n"Zürich",\n"猫",\n"a",\n',
        "nc: 4\nnames: ['tabby, tabby cat', Zürich, 猫, a]\n",
        "nc: 4\nnames:\n- tabby, tabby cat\n- Zürich\n- 猫\n- a\n",
        "classes:\n0: tabby, tabby cat\n2: 猫\n1: Zürich\n3: a",
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


@pytest.mark.parametrize(
    "text",
    [
        "path: ../pond\nnc: 3\nnames:\n  2: no\n  0: koi\n  1: 1e3\n",
        "path: ../pond\nnc: 3\nnames: [koi, 1e3, no]\n",
        "koi: 0\nno: 2\n1e3: 1\n",
        "{0: koi, 1: 1e3, 2: no}\n",
        "id2label:\n  0: koi\n  1: 1e3\n  2: no\nlabel2id:\n  koi: 0\n  no: 2\n  1e3: 1\n",
    ],
)
def test_yaml_gives_names_as_they_are_written(tmp_path: Path, text: str) -> None:
    assert read_labels(written(tmp_path, text, "data.yaml")) == ("koi", "1e3", "no")


@pytest.mark.parametrize("joint", [": ", " ", "\t", ", ", " = ", ". "])
def test_lines_sorted_as_text_are_in_the_order_of_their_numbers(tmp_path: Path, joint: str) -> None:
    names = tuple(f"fish {chr(97 + index)}" for index in range(12))
    lines = sorted(f"{index}{joint}{name}" for index, name in enumerate(names))
    assert lines != [f"{index}{joint}{name}" for index, name in enumerate(names)]
    assert read_labels(written(tmp_path, "\n".join(lines))) == names
    assert read_labels(written(tmp_path, json.dumps(lines))) == names


@pytest.mark.parametrize(
    "names",
    [
        ("class 0", "class 1", "class 2"),
        ("Type 1", "Type 2", "Type 3"),
        ("001.Laysan_Albatross", "002.Sooty_Albatross"),
        ("3 Series", "3 Series GT", "5 Series"),
        ("AM General Hummer SUV 2000", "Acura RL Sedan 2012", "Acura TL Type-S 2008"),
        ("crane", "crane", "maillot"),
        ("2012", "2010", "2011"),
    ],
)
def test_numbers_that_belong_to_names_stay_there(tmp_path: Path, names: tuple[str, ...]) -> None:
    assert read_labels(written(tmp_path, "\n".join(names))) == names
    assert read_labels(written(tmp_path, json.dumps(names))) == names


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
        ("- " * 3000 + "a", "no (valid YAML|list of names)"),
        ("x = [" + "-" * 100_000, "no valid JSON"),
        ("1: cat\n2: dog", "begins with 1"),
        ("1 cat\n2 dog", "begins with 1"),
        ("cat 1\ndog 2", "begins with 1"),
        ("0 cat\n2 dog\n5 bird", "has no index 1"),
        ("cat\n0: dog\n1: bird\n2: koi", "Line 1 of labels.txt has no index"),
        ("\n".join(sorted(f"class {i}" for i in range(11))), "another order"),
        ("0.ant\n1.bee\n10.koi\n2.fly", "another order"),
        ("wnid,name\nn1,cat\nn2,dog", "Line 1 of labels.txt is a header"),
        ("id name\nn1 cat\nn2 dog", "Line 1 of labels.txt is a header"),
        ("# classes\ncat\ndog", "Line 1 of labels.txt is a comment"),
        ("1,0\n0,1", "two columns of numbers"),
        ("item {\n  id: 1\n  name: 'cat'\n}", "a TensorFlow label map"),
        ("<annotation>\n<name>cat</name>", "XML"),
        ('{"categories": [{"id": 1, "name": "person"}]}', "begins with 1"),
        ('{"classes": ["a", "b"], "id2label": {"0": "b", "1": "a"}}', "other names under"),
        ('{"lr": 0.1, "epochs": 3}', "no list of names: it has lr, epochs"),
        ("{'cat', 'dog'}", "a Python set, which has no order"),
        ("['cat' 'dog']", "no comma between 'cat' and 'dog'"),
        ("{0: 'cat', 0: 'dog'}", "twice"),
        ("[open('/etc/passwd').read()]", "no valid JSON"),
        ('["cat", ""]', "no name for class 1"),
        ("names:\n  0: cat\n  0: dog\n", "'0' twice"),
        ("names:\n  - cat\n -dog: [", "no valid YAML"),
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
    with pytest.raises(CamviewerError, match="first line, 'species', is a header"):
        require_count(("species", *NAMES), 4, "labels.csv")


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


@pytest.mark.parametrize("classes", [2, 10, 999, 1001])
def test_other_counts_are_numbered(classes: int) -> None:
    labels = default_labels(classes)
    assert len(labels) == classes
    assert labels[-1] == f"class {classes - 1}"
