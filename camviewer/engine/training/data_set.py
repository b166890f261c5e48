"""Lists labelled pictures in a folder with one subfolder per class, or in a CSV file."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from camviewer.engine.errors import CamviewerError, reason_of
from camviewer.engine.picture.folder_listing import looks_like_picture
from camviewer.engine.picture.source_image import counting_order

_HEADER = {"path", "file", "filename", "file_name", "image", "image_path", "picture", "filepath"}
_MOST_CSV_BYTES = 256_000_000


@dataclass(frozen=True)
class LabelledPicture:
    """A picture file and its class.

    Attributes:
        path: path of the file.
        name: its path relative to the data set, with forward slashes.
        label: index of its class.
    """

    path: Path
    name: str
    label: int


@dataclass(frozen=True)
class SkippedPicture:
    """A picture that cannot be used.

    Attributes:
        name: its path relative to the data set.
        reason: why, in one sentence.
    """

    name: str
    reason: str


@dataclass(frozen=True)
class DataSet:
    """The pictures of a data set, from file names only; none has been opened.

    Attributes:
        root: the folder or the CSV.
        classes: class names by index, sorted with numbers by value.
        pictures: pictures of all classes, sorted by name.
        skipped: pictures that cannot be used.
        other_files: number of files in the classes' folders that are no pictures.
    """

    root: Path
    classes: tuple[str, ...]
    pictures: tuple[LabelledPicture, ...]
    skipped: tuple[SkippedPicture, ...] = ()
    other_files: int = 0

    @property
    def counts(self) -> tuple[int, ...]:
        """Pictures of each class."""
        counted = Counter(picture.label for picture in self.pictures)
        return tuple(counted[label] for label in range(len(self.classes)))


def find_data_set(root: Path) -> DataSet:
    """Lists the classes and pictures of a folder or a CSV; opens no picture.

    Raises:
        CamviewerError: it cannot be read, or names no pictures.
    """
    try:
        if root.is_dir():
            return _in_folder(root)
        if root.is_file():
            return _in_csv(root)
    except OSError as error:
        raise CamviewerError(
            f"{root.name or root} cannot be read: {reason_of(error)}.",
            "Check that you may open it.",
        ) from error
    raise CamviewerError(
        f"There is no folder or CSV {root}.", "Choose a folder with one subfolder a class."
    )


def require_classes(classes: tuple[str, ...], counts: tuple[int, ...], root: Path) -> None:
    """Checks that there are enough classes and pictures for a training.

    Raises:
        CamviewerError: there are fewer than two classes, or one has fewer than two pictures.
    """
    filled = [name for name, count in zip(classes, counts, strict=True) if count]
    if len(filled) < 2:
        found = f"only the class {filled[0]}" if filled else "no class with pictures"
        raise CamviewerError(
            f"{root.name or root} has {found}, and a classifier needs at least two.",
            "Put the pictures of each class into a subfolder of its own.",
        )
    poor = [name for name, count in zip(classes, counts, strict=True) if count < 2]
    if poor:
        named = ", ".join(poor[:5]) + (f" and {len(poor) - 5} more" if len(poor) > 5 else "")
        count = counts[classes.index(poor[0])]
        pictures = "one picture" if count == 1 else "no picture that can be used"
        each = "classes" if len(poor) > 1 else "class"
        raise CamviewerError(
            f"The {each} {named} {'have' if len(poor) > 1 else 'has'} {pictures}, and each needs "
            "at least two: one to learn from and one to be tested with.",
            "Add pictures, or take the class out of the folder.",
        )


def _in_folder(root: Path) -> DataSet:
    folders = sorted(
        (path for path in root.iterdir() if path.is_dir() and not path.name.startswith(".")),
        key=lambda path: counting_order(path.name),
    )
    pictures: list[LabelledPicture] = []
    skipped = [
        SkippedPicture(path.name, "It lies in no class's folder.")
        for path in sorted(root.iterdir())
        if path.is_file() and looks_like_picture(path)
    ]
    others = 0
    for label, folder in enumerate(folders):
        for path in _files_below(folder, skipped, root):
            if looks_like_picture(path):
                name = path.relative_to(root).as_posix()
                pictures.append(LabelledPicture(path, name, label))
            else:
                others += 1
    classes = tuple(folder.name for folder in folders)
    return DataSet(root, classes, tuple(pictures), tuple(skipped), others)


def _files_below(folder: Path, skipped: list[SkippedPicture], root: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        name = Path(error.filename or folder).relative_to(root).as_posix()
        skipped.append(SkippedPicture(name, f"The folder cannot be read: {error.strerror}."))

    for parent, below, files in os.walk(folder, onerror=refuse):
        below[:] = sorted((name for name in below if name[0] != "."), key=counting_order)
        for name in sorted(files, key=counting_order):
            if not name.startswith("."):
                yield Path(parent) / name


def _in_csv(file: Path) -> DataSet:
    if file.stat().st_size > _MOST_CSV_BYTES:
        raise CamviewerError(f"{file.name} is too large for a CSV.", "Choose another file.")
    try:
        text = file.read_bytes().decode("utf-8-sig")
        rows = list(csv.reader(text.splitlines(), delimiter=_delimiter(text)))
    except (UnicodeDecodeError, csv.Error) as error:
        raise CamviewerError(
            f"{file.name} is no CSV in UTF-8.", "Save it as CSV with the columns path and label."
        ) from error
    named: list[tuple[str, str]] = []
    skipped: list[SkippedPicture] = []
    for number, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and cells[0].casefold() in _HEADER):
            continue
        if len(cells) < 2 or not cells[0] or not cells[1]:
            skipped.append(SkippedPicture(f"line {number}", "It has no path and label."))
        elif not (file.parent / cells[0]).is_file():
            skipped.append(SkippedPicture(cells[0], "There is no such file."))
        else:
            named.append((cells[0], cells[1]))
    if not named:
        raise CamviewerError(
            f"{file.name} names no picture that is there.",
            "Each line needs a path, below the CSV's folder or whole, and a label.",
        )
    classes = sorted({label for _, label in named}, key=counting_order)
    index = {name: number for number, name in enumerate(classes)}
    pictures = (LabelledPicture(file.parent / path, path, index[label]) for path, label in named)
    return DataSet(file, tuple(classes), tuple(pictures), tuple(skipped))


def _delimiter(text: str) -> str:
    line = text.partition("\n")[0]
    return max(",;\t", key=line.count)
