"""What pictures really show: the name of their folder, a CSV of path and label, or COCO."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from camviewer.engine.batch.class_names import ClassNames
from camviewer.engine.batch.configuration import FOLDERS_TRUTH, NO_TRUTH, TRUTH_WORDS
from camviewer.engine.batch.objects.coco import read_coco
from camviewer.engine.batch.sources import Listing, file_mark, read_table, repeated_names
from camviewer.engine.errors import CamviewerError

_LABEL = "label"


def truths(listing: Listing, truth: str) -> tuple[str | None, ...]:
    """The true class of each picture as its source names it; None where nothing says.

    Args:
        listing: the pictures.
        truth: ``none``, ``folders`` (the folder that a picture lies in), the path of a CSV or
            Parquet file with the columns ``path`` and ``label``, or of a COCO file. Its paths are
            those of the rows, or begin at the file's folder. A picture with objects of several
            categories of COCO has no true class.

    Raises:
        CamviewerError: the file cannot be read, or says nothing of any picture.
    """
    if truth == NO_TRUTH:
        return (None,) * len(listing.entries)
    if truth == FOLDERS_TRUTH:
        return tuple(_folder(listing, number) for number in range(len(listing.entries)))
    file = Path(truth)
    return _by_coco(listing, file) if file.suffix.lower() == ".json" else _by_table(listing, file)


def truth_mark(truth: str) -> str:
    """What a configuration keeps of where the truth comes from: of a file, its hash.

    Raises:
        CamviewerError: there is no such file.
    """
    if truth in TRUTH_WORDS:
        return truth
    hint = "Choose folders, none, a CSV with the columns path and label, or a COCO file."
    return file_mark(Path(truth), "The truth", hint)


def class_indices(names: Sequence[str | None], labels: Sequence[str]) -> dict[str, int]:
    """The model's class of each name: by the label, in any case, or by an index.

    Folders often have underscores in place of blanks, and only the first of several names that a
    label has between commas.

    Raises:
        CamviewerError: there are names, and none is one of the model's.
    """
    known = ClassNames(labels)
    distinct = {name for name in names if name is not None}
    found = {}
    for name in distinct:
        index = known.index(name)
        if index is not None:
            found[name] = index
    if distinct and not found:
        raise CamviewerError(
            f"No true class is one of the model's: {', '.join(sorted(distinct)[:3])} are not.",
            "Name the folders or labels as the model does; its classes have names and indices.",
        )
    return found


def _folder(listing: Listing, number: int) -> str | None:
    entry = listing.entries[number]
    parts = PurePosixPath(os.fsdecode(entry.location).replace(os.sep, "/")).parts
    name = parts[-2] if len(parts) > 1 else listing.roots[entry.root].name
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace") or None


def _by_coco(listing: Listing, file: Path) -> tuple[str | None, ...]:
    coco = read_coco(file)
    repeated = repeated_names(entry.path for entry in listing.entries)
    images = [coco.image(entry.path, repeated) for entry in listing.entries]
    found = tuple(None if image is None else coco.label(image) for image in images)
    if not any(found):
        raise CamviewerError(
            f"{file.name} tells the class of none of the pictures.",
            "Its file names are paths of the source, and a picture's objects are of one category.",
        )
    return found


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
