"""Class names with the index that their file gives them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from camviewer.engine.errors import CamviewerError

FORMS = (
    "Give one name per line, lines of index,name, or JSON such as "
    '["cat", "dog"], {"0": "cat"} or {"cat": 0}.'
)
_MOST_DIGITS = 9
Rows = Sequence[tuple[int, str]]
"""(index, name) of each class, in the order of the file."""


def number(cell: object) -> int | None:
    """The whole number, 0 or more, that a cell holds as a number or as its digits."""
    if type(cell) is int:
        return cell if cell >= 0 else None
    stripped = cell.strip() if isinstance(cell, str) else ""
    is_number = stripped.isascii() and stripped.isdecimal() and len(stripped) <= _MOST_DIGITS
    return int(stripped) if is_number else None


def names_in_order(file: str, rows: Rows) -> list[str]:
    """The names by index.

    Raises:
        CamviewerError: the indices are not 0, 1, 2 ... without a gap.
    """
    names = dict(rows)
    if len(names) < len(rows):
        twice = Counter(index for index, _ in rows).most_common(1)[0][0]
        raise CamviewerError(f"{file} has the index {twice} twice.", "Give each index one name.")
    missing = next((index for index in range(len(names)) if index not in names), None)
    if missing is not None:
        first = min(names)
        why = f"begins with {first}" if missing == 0 and first > 0 else f"has no index {missing}"
        raise CamviewerError(f"{file} {why}.", "Number the classes 0, 1, 2 ... without a gap.")
    return [names[index] for index in range(len(names))]


def rows_of_columns(file: str, left: Sequence[object], right: Sequence[object]) -> Rows | None:
    """Rows of two columns, one of which has the indices; None when neither has.

    Raises:
        CamviewerError: both columns are numbers, and either could be the index.
    """
    columns = [[number(cell) for cell in column] for column in (left, right)]
    left_rows = _rows(columns[0], right)
    right_rows = _rows(columns[1], left)
    if left_rows is None or right_rows is None or columns[0] == columns[1]:
        return right_rows if left_rows is None else left_rows
    # Both are numbers: classes named by numbers, as digits are.
    if _is_complete(left_rows) != _is_complete(right_rows):
        return left_rows if _is_complete(left_rows) else right_rows
    raise CamviewerError(
        f"{file} has two columns of numbers, and either could be the index.",
        'Name the columns in the first line: "index,name".',
    )


def _rows(indices: Sequence[int | None], names: Sequence[object]) -> Rows | None:
    found = [
        (index, str(label))
        for index, label in zip(indices, names, strict=True)
        if index is not None and (isinstance(label, str) or type(label) is int)
    ]
    return found if len(found) == len(indices) else None


def _is_complete(rows: Rows) -> bool:
    return {index for index, _ in rows} == set(range(len(rows)))
