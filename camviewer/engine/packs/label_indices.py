"""Indices that a list of names carries inside the names: "10: koi", "2 bird", "cat 0"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from camviewer.engine.errors import CamviewerError
from camviewer.engine.packs.label_rows import Rows, names_in_order, number

ESCAPE = 'Numbers that belong to names are kept in {"0": "first name", "1": "second name"}.'

_LEADING = re.compile(
    r"(?P<index>[0-9]{1,9})(?P<joint>\s*[:=,;|\t]\s*|[.)\]]?\s+|[.)\]_-])(?P<name>\S.*)"
)
_TRAILING = re.compile(r"(?P<name>.*?\S)(?P<joint>\s*[:=,;|\t]\s*|\s+)(?P<index>[0-9]{1,9})")


@dataclass(frozen=True)
class _Numbered:
    """Names that all carry a number.

    Attributes:
        rows: the numbers and the names without them, in the order of the file.
        is_leading: whether the numbers stand before the names.
        is_sure: whether a colon, a tab or the like divides all of them, which is there for
            nothing else.
        is_spaced: whether blanks, or what is sure, divide them; "001.jay" has neither.
    """

    rows: Rows
    is_leading: bool
    is_sure: bool
    is_spaced: bool

    @property
    def indices(self) -> list[int]:
        return [index for index, _ in self.rows]

    @property
    def is_counted(self) -> bool:
        """Whether each number is one more than that before it."""
        start = self.indices[0]
        return self.indices == list(range(start, start + len(self.rows)))

    @property
    def could_be_indices(self) -> bool:
        """Whether the numbers may be indices; "3 Series" and "Hummer 2000" have none."""
        count = len(self.rows)
        if self.is_sure:
            return True
        if len(set(self.indices)) < count:
            return False
        return self.is_leading or (min(self.indices) < 2 and max(self.indices) < 2 * count)

    @property
    def are_names_without(self) -> bool:
        """Whether what is left without the numbers tells the classes apart."""
        return len({label for _, label in self.rows}) == len(self.rows)


def names_by_own_index(
    file: str, names: Sequence[str], unit: str, first: int = 1
) -> list[str] | None:
    """The names by the indices that they carry; None when they carry none.

    Args:
        file: what messages call the file.
        names: as they stand in the file.
        unit: what messages call a place in the file.
        first: the number of the first place.

    Raises:
        CamviewerError: the indices are not 0, 1, 2 ..., only some names have one, or numbers
            may be indices or parts of names and the order depends on it.
    """
    stripped = [name.strip() for name in names]
    if all(number(name) is not None for name in stripped):
        return None  # classes that are called by numbers
    for pattern in (_LEADING, _TRAILING):
        found = [pattern.fullmatch(name) for name in stripped]
        matches = [match for match in found if match is not None]
        if not matches:
            continue
        numbered = _Numbered(
            [(int(match["index"]), match["name"]) for match in matches],
            is_leading=pattern is _LEADING,
            is_sure=all(_is_sure(match["joint"]) for match in matches),
            is_spaced=all(_is_sure(match["joint"]) or " " in match["joint"] for match in matches),
        )
        if len(matches) == len(names):
            return _ordered(file, numbered)
        if _is_mostly_numbered(numbered, len(names)):
            place = first + found.index(None)
            raise CamviewerError(
                f"{unit.capitalize()} {place} of {file} has no index, and most others have one.",
                f"Give each {unit} an index, or none. {ESCAPE}",
            )
    return None


def _ordered(file: str, numbered: _Numbered) -> list[str] | None:
    if not numbered.could_be_indices:
        return None
    is_part_of_name = not numbered.is_spaced or not numbered.are_names_without
    if is_part_of_name and not numbered.is_sure:
        if numbered.is_counted:
            return None  # "class 1", "class 2"; "001.jay", "002.crow"
        raise CamviewerError(
            f"{file} lists its names in another order than it numbers them.",
            f"Sort them by their numbers. {ESCAPE}",
        )
    try:
        return names_in_order(file, numbered.rows)
    except CamviewerError as error:
        raise CamviewerError(error.message, f"{error.hint} {ESCAPE}") from error


def _is_mostly_numbered(numbered: _Numbered, count: int) -> bool:
    """Whether more than half of all names carry what can only be an index."""
    indices = numbered.indices
    is_plain = numbered.is_sure or (
        numbered.is_leading
        and numbered.is_spaced
        and len(set(indices)) == len(indices)
        and max(indices) < count
    )
    return is_plain and 2 * len(indices) > count


def _is_sure(joint: str) -> bool:
    return "\t" in joint or joint.strip() in {":", "=", ",", ";", "|"}
