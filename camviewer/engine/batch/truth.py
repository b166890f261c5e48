"""What pictures really show: the name of their folder, or a CSV of path and label."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from camviewer.engine.batch.configuration import FOLDERS_TRUTH, NO_TRUTH, TRUTH_WORDS
from camviewer.engine.batch.sources import Listing, read_table
from camviewer.engine.errors import CamviewerError, reason_of

_LABEL = "label"


def truths(listing: Listing, truth: str) -> tuple[str | None, ...]:
    """The true class of each picture as its source names it; None where nothing says.

    Args:
        listing: the pictures.
        truth: ``none``, ``folders`` (the folder that a picture lies in), or the path of a CSV or
            Parquet file with the columns ``path`` and ``label``. Its paths are those of the rows,
            or begin at the file's folder.

    Raises:
        CamviewerError: the file cannot be read, or says nothing of any picture.
    """
    if truth == NO_TRUTH:
        return (None,) * len(listing.entries)
    if truth == FOLDERS_TRUTH:
        return tuple(_folder(listing, number) for number in range(len(listing.entries)))
    return _by_table(listing, Path(truth))


def truth_mark(truth: str) -> str:
    """What a configuration keeps of where the truth comes from: of a file, its hash.

    Raises:
        CamviewerError: there is no such file.
    """
    if truth in TRUTH_WORDS:
        return truth
    try:
        with Path(truth).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CamviewerError(
            f"The truth cannot be read from {truth}: {reason_of(error)}.",
            "Choose folders, none, or a CSV with the columns path and label.",
        ) from error


def class_indices(names: Sequence[str | None], labels: Sequence[str]) -> dict[str, int]:
    """The model's class of each name: by the label, in any case, or by an index.

    Folders often have underscores in place of blanks, and only the first of several names that a
    label has between commas.

    Raises:
        CamviewerError: there are names, and none is one of the model's.
    """
    by_label: dict[str, int] = {}
    for index, label in enumerate(labels):
        by_label.setdefault(_folded(label.split(",")[0]), index)
    by_label |= {_folded(label): index for index, label in reversed(list(enumerate(labels)))}
    distinct = {name for name in names if name is not None}
    found = {}
    for name in distinct:
        if _folded(name) in by_label:
            found[name] = by_label[_folded(name)]
        elif name.isdecimal() and int(name) < len(labels):
            found[name] = int(name)
    if distinct and not found:
        raise CamviewerError(
            f"No true class is one of the model's: {', '.join(sorted(distinct)[:3])} are not.",
            "Name the folders or labels as the model does; its classes have names and indices.",
        )
    return found


def _folded(name: str) -> str:
    return " ".join(name.replace("_", " ").casefold().split())


def _folder(listing: Listing, number: int) -> str | None:
    entry = listing.entries[number]
    parts = PurePosixPath(os.fsdecode(entry.location).replace(os.sep, "/")).parts
    name = parts[-2] if len(parts) > 1 else listing.roots[entry.root].name
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace") or None


def _by_table(listing: Listing, file: Path) -> tuple[str | None, ...]:
    table = read_table(file, "path", _LABEL)
    folder = file.absolute().parent
    by_path: dict[str, str] = {}
    by_file: dict[str, str] = {}
    for path, label in table.iter_rows():
        if path and label:
            by_path[path] = label
            by_file[os.path.normpath(folder / path)] = label
    found = tuple(
        by_file.get(os.path.normpath(listing.file_of(entry)), by_path.get(entry.path))
        for entry in listing.entries
    )
    if not any(found):
        raise CamviewerError(
            f"{file.name} names none of the pictures.",
            "Its paths begin at its own folder, or are those of the source.",
        )
    return found
