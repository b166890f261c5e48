"""Class names: read from the files that people keep them in, or taken from ImageNet."""

from __future__ import annotations

import codecs
import csv
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from camviewer.engine.errors import CamviewerError, reason_of
from camviewer.engine.network_libraries import timm
from camviewer.engine.resources import resource

_MOST_BYTES = 32_000_000
_FORMS = (
    "Give one name per line, lines of index,name, or JSON such as "
    '["cat", "dog"], {"0": "cat"} or {"cat": 0}.'
)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16 does
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_INDEX_HEADERS = {"index", "idx", "id", "class_id", "class_index", "label_id", "number", "target"}
_NAME_HEADERS = {"name", "label", "class", "class_name", "label_name", "title", "category"}
_TIMM_SUBSETS = {
    11221: "imagenet-21k-miil",
    11821: "imagenet-12k",
    21841: "imagenet-22k",
    21842: "imagenet-22k-ms",
    21843: "imagenet-21k-goog",
}


def read_labels(path: Path) -> tuple[str, ...]:
    """The class names in a text, CSV or JSON file, by index.

    Raises:
        CamviewerError: it cannot be read, or an index is missing, doubled or no number.
    """
    text = _text(path)
    if not text.strip():
        raise CamviewerError(f"{path.name} is empty.", _FORMS)
    if text.lstrip().startswith(("[", "{")):
        labels = _from_json(path.name, text)
    else:
        rows = _indexed_rows(text)
        labels = _from_lines(path.name, text) if rows is None else _in_order(path.name, rows)
    return tuple(_one_line(label) for label in labels)


def default_labels(classes: int) -> tuple[str, ...]:
    """Names for a head of so many classes: ImageNet's where the count tells it, else numbers."""
    if classes == 1000:
        text = resource("models", "efficientnet-lite0", "labels.txt").read_text(encoding="utf-8")
        return tuple(text.splitlines())
    subset = _TIMM_SUBSETS.get(classes)
    if subset is not None:
        descriptions = timm().data.ImageNetInfo(subset).label_descriptions()
        if len(descriptions) == classes:
            return tuple(descriptions)
    return tuple(f"class {index}" for index in range(classes))


def chosen_labels(file: Path | None, classes: int) -> tuple[str, ...]:
    """The names in a file, or those that the number of classes tells.

    Raises:
        CamviewerError: the file cannot be read, or has more or fewer names.
    """
    if file is None:
        return default_labels(classes)
    labels = read_labels(file)
    require_count(labels, classes, file.name)
    return labels


def require_count(labels: Sequence[str], classes: int, source: str) -> None:
    """Checks that there is a name for each class.

    Args:
        labels: by index.
        classes: of the model's head.
        source: the name of the labels' file.

    Raises:
        CamviewerError: there are more or fewer.
    """
    if len(labels) != classes:
        names = "name" if len(labels) == 1 else "names"
        raise CamviewerError(
            f"{source} has {len(labels)} {names}, and the model has {classes} classes.",
            "Choose the list that the model was trained with.",
        )


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise CamviewerError(f"{path.name} is too large to be a list of names.", _FORMS)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise CamviewerError(
            f"There is no file {path.name}.", "Check its name and folder."
        ) from error
    except OSError as error:
        raise CamviewerError(
            f"{path.name} cannot be read: {reason_of(error)}.", "Choose another file."
        ) from error
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)), "utf-8")
    if encoding == "utf-8" and b"\0" in content[:4]:
        encoding = "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _not_text(path) from error
    if "\0" in text:
        raise _not_text(path)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_text(path: Path) -> CamviewerError:
    return CamviewerError(f"{path.name} is no text in UTF-8 or UTF-16.", "Save it as UTF-8.")


def _from_lines(name: str, text: str) -> list[str]:
    lines = text.rstrip().split("\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            raise CamviewerError(
                f"Line {number} of {name} is blank, so the names behind it have no sure index.",
                "Remove the line, or write a name there.",
            )
    return lines


def _indexed_rows(text: str) -> list[tuple[int, str]] | None:
    """(index, name) of every row; None when this is no CSV with an index."""
    lines = [line for line in text.split("\n") if line.strip()]
    for delimiter in (",", ";", "\t"):
        if not all(delimiter in line for line in lines):
            continue
        try:
            rows = list(csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True))
        except csv.Error:
            continue
        found = _rows_with_index(rows, f"{delimiter} ".replace("\t ", " "))
        if found is not None:
            return found
    return None


def _rows_with_index(rows: list[list[str]], joint: str) -> list[tuple[int, str]] | None:
    header = [cell.strip().casefold().replace(" ", "_") for cell in rows[0]]
    named = _columns(header)
    body = rows if named is None and _index(rows[0]) is not None else rows[1:]
    if not body:
        return None
    if named is not None:
        index_column, name_column = named
        if all(len(row) > max(named) and _number(row[index_column]) is not None for row in body):
            return [(int(row[index_column]), row[name_column]) for row in body]
    columns = {_index(row) for row in body}
    if columns == {0}:
        return [(int(row[0]), joint.join(row[1:])) for row in body]
    if columns <= {0, -1} and all(_number(row[-1]) is not None for row in body):
        return [(int(row[-1]), joint.join(row[:-1])) for row in body]
    return None


def _columns(header: list[str]) -> tuple[int, int] | None:
    """Where a header says that index and name are."""
    index = [column for column, cell in enumerate(header) if cell in _INDEX_HEADERS]
    # "class,name" or "label,name": one of two names stands for the index.
    name = [column for column, cell in enumerate(header) if cell in _NAME_HEADERS]
    if not index and len(name) > 1:
        index, name = name[:1], name[1:]
    return (index[0], name[-1]) if index and name else None


def _index(row: list[str]) -> int | None:
    """The column of the index, 0 or -1; None when neither end is a number."""
    if _number(row[0]) is not None:
        return 0
    return -1 if _number(row[-1]) is not None else None


def _number(cell: str) -> int | None:
    stripped = cell.strip()
    return int(stripped) if stripped.isascii() and stripped.isdecimal() and stripped else None


def _in_order(name: str, rows: Sequence[tuple[int, str]]) -> list[str]:
    """The names by index, which must be 0, 1, 2 ... without a gap."""
    names = dict(rows)
    if len(names) < len(rows):
        counts = Counter(index for index, _ in rows)
        twice = counts.most_common(1)[0][0]
        raise CamviewerError(f"{name} has the index {twice} twice.", "Give each index one name.")
    missing = next((index for index in range(len(names)) if index not in names), None)
    if missing is not None:
        first = min(names)
        why = f"begins with {first}" if missing == 0 and first > 0 else f"has no index {missing}"
        raise CamviewerError(f"{name} {why}.", "Number the classes 0, 1, 2 ... without a gap.")
    return [names[index] for index in range(len(names))]


def _from_json(name: str, text: str) -> list[str]:
    doubled: list[str] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                doubled.append(key)
            found[key] = value
        return found

    try:
        content = json.loads(text, object_pairs_hook=unique)
    except (ValueError, RecursionError) as error:
        raise CamviewerError(f"{name} is no valid JSON.", _FORMS) from error
    if doubled:
        raise CamviewerError(
            f"{name} has {doubled[0][:60]!r} twice.", "Give each class one name and one index."
        )
    if isinstance(content, Mapping):
        for key in ("id2label", "label2id"):  # as Hugging Face's config.json has them
            if isinstance(content.get(key), Mapping):
                content = content[key]
                break
        rows = _json_rows(content)
        if rows is not None:
            return _in_order(name, rows)
    elif content and all(isinstance(label, str) for label in content):
        return list(content)
    raise CamviewerError(f"{name} is JSON, but no list of names.", _FORMS)


def _json_rows(content: Mapping[str, Any]) -> list[tuple[int, str]] | None:
    if not content:
        return None
    if all(type(value) is int for value in content.values()):
        return [(index, label) for label, index in content.items()]
    # Keras keeps {"0": ["n01440764", "tench"]}.
    labels = [
        value[-1] if isinstance(value, list) and len(value) == 2 else value
        for value in content.values()
    ]
    indices = [_number(key) for key in content]
    if all(isinstance(label, str) for label in labels) and None not in indices:
        return [
            (index, label)
            for index, label in zip(indices, labels, strict=True)
            if index is not None
        ]
    return None


def _one_line(label: str) -> str:
    """A name without line ends, control characters and halves of characters."""
    valid = label.encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(c if c >= " " and c != "\x7f" else " " for c in valid).split())
