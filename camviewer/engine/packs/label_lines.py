"""Class names from lines of text: one a line, or a table with a column of indices."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from camviewer.engine.errors import CamviewerError
from camviewer.engine.packs.label_indices import ESCAPE, names_by_own_index
from camviewer.engine.packs.label_rows import FORMS, Rows, names_in_order, number, rows_of_columns

_INDEX_HEADERS = {
    *("index", "idx", "id", "class_id", "class_index", "class_idx", "label_id", "category_id"),
    *("number", "target"),
}
_NAME_HEADERS = {
    *("name", "label", "class", "class_name", "label_name", "title", "category"),
    *("names", "labels", "classes", "categories", "class_names", "classname", "display_name"),
}
# As the only column, a title may as well be a class: parts of documents are classified so.
_ONLY_HEADERS = _NAME_HEADERS - {"title"}
_LISTED = re.compile(r"\s*(?P<quote>['\"]).*(?P=quote)\s*,?\s*")
_COMMENT = re.compile(r"\s*(#\s|//)")
_OTHER_FORMATS = (
    (re.compile(r"\s*item\s*\{"), "a TensorFlow label map"),
    (re.compile(r"\s*<[?!a-zA-Z]"), "XML or HTML"),
)


def names_of_lines(file: str, text: str) -> list[str]:
    """The names in lines, by index.

    Args:
        file: what messages call the file.
        text: at least one line that is not blank.

    Raises:
        CamviewerError: a line is blank, a comment or a header without an index, or the indices
            in the lines are not 0, 1, 2 ... without a gap.
    """
    for pattern, kind in _OTHER_FORMATS:
        if pattern.match(text):
            raise CamviewerError(f"{file} is {kind}, which cannot be read.", FORMS)
    lines = text.rstrip().split("\n")
    comment = next((at for at, line in enumerate(lines, 1) if _COMMENT.match(line)), None)
    if comment is not None:
        raise CamviewerError(f"Line {comment} of {file} is a comment.", "Remove the line.")
    rows = _table_rows(file, [line for line in lines if line.strip()])
    if rows is not None:
        return names_in_order(file, rows)
    header = _words(lines[0].split())
    has_columns = len(header) == 2 and _columns(header) is not None
    if len(lines) > 1 and (has_columns or _is_only_header(lines[0])):
        return _listed(file, lines[1:], 2, must_have_index=has_columns)
    return _listed(file, lines, 1)


def _listed(
    file: str, lines: Sequence[str], first: int, *, must_have_index: bool = False
) -> list[str]:
    """The names in lines that are no table; the first is line number ``first``."""
    blank = next((at for at, line in enumerate(lines, first) if not line.strip()), None)
    if blank is not None:
        raise CamviewerError(
            f"Line {blank} of {file} is blank, so the names behind it have no sure index.",
            "Remove the line, or write a name there.",
        )
    if any(line.rstrip().endswith(",") for line in lines) and all(map(_LISTED.fullmatch, lines)):
        # The inside of a list in JSON or Python.
        lines = [line.strip().removesuffix(",").strip()[1:-1] for line in lines]
    names = [_unquoted(line) for line in lines]
    ordered = names_by_own_index(file, names, "line", first)
    if ordered is None and must_have_index:
        raise _header_without_index(file)
    return names if ordered is None else ordered


def _unquoted(line: str) -> str:
    """A name without the quotes that programs write around it in a table of one column."""
    stripped = line.strip()
    if len(stripped) > 1 and stripped[0] == stripped[-1] == '"':
        return stripped[1:-1].replace('""', '"')
    return stripped


def _is_only_header(line: str) -> bool:
    return _words([_unquoted(line).removesuffix(":")])[0] in _ONLY_HEADERS


def _words(cells: Sequence[str]) -> list[str]:
    return [cell.strip().casefold().replace(" ", "_") for cell in cells]


def _table_rows(file: str, lines: Sequence[str]) -> Rows | None:
    """(index, name) of every row; None when this is no table."""
    for delimiter in (",", ";", "\t", "|"):
        if not all(delimiter in line for line in lines):
            continue
        try:
            table = list(csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True))
        except csv.Error:
            continue
        found = _rows_of_table(file, table, " " if delimiter == "\t" else f"{delimiter} ")
        if found is not None:
            return found
    return None


def _rows_of_table(file: str, table: list[list[str]], joint: str) -> Rows | None:
    """The rows below a header, or of a table without one.

    Args:
        file: what messages call the file.
        table: cells, at least two in a row.
        joint: what stood between the cells of a name with commas and no quotes.
    """
    header = _words(table[0])
    named = _columns(header)
    # pandas writes one column as ",0" and below it "0,cat".
    is_header = named is not None or header[0] == "" or not _has_index(table[0])
    body = table[1:] if is_header else table
    if not body:
        return None
    if named is not None and all(
        len(row) > max(named) and number(row[named[0]]) is not None for row in body
    ):
        index, name = named
        is_last = name == len(header) - 1
        return [(int(row[index]), joint.join(row[name:]) if is_last else row[name]) for row in body]
    found = _rows_by_content(file, body, joint)
    is_told = named is not None or (
        len({len(row) for row in table}) == 1
        and bool(set(header) & (_NAME_HEADERS | _INDEX_HEADERS))
    )
    if found is None and is_told:
        raise _header_without_index(file)
    return found


def _rows_by_content(file: str, body: list[list[str]], joint: str) -> Rows | None:
    if all(len(row) == 2 for row in body):
        return rows_of_columns(file, [row[0] for row in body], [row[1] for row in body])
    if all(number(row[0]) is not None for row in body):
        return [(int(row[0]), joint.join(row[1:])) for row in body]
    if all(number(row[-1]) is not None for row in body):
        return [(int(row[-1]), joint.join(row[:-1])) for row in body]
    return None


def _columns(header: Sequence[str]) -> tuple[int, int] | None:
    """Where a header says that index and name are."""
    index = [column for column, cell in enumerate(header) if cell in _INDEX_HEADERS]
    # "class,name" or "label,name": one of two names stands for the index.
    name = [column for column, cell in enumerate(header) if cell in _NAME_HEADERS]
    if not index and len(name) > 1:
        index, name = name[:1], name[1:]
    return (index[0], name[-1]) if index and name else None


def _has_index(row: Sequence[str]) -> bool:
    return number(row[0]) is not None or number(row[-1]) is not None


def _header_without_index(file: str) -> CamviewerError:
    return CamviewerError(
        f"Line 1 of {file} is a header, and the lines below it have no column of indices.",
        f"Number the classes 0, 1, 2 ..., or give one name per line. {ESCAPE}",
    )
