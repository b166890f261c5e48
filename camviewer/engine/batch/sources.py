"""Lists the pictures that a run is over: folders, files, patterns, lists and tables of paths."""

from __future__ import annotations

import glob
import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

import polars as pl

from camviewer.engine.batch.addresses import files_below, is_remote, place_of, readable
from camviewer.engine.errors import CamviewerError, reason_of
from camviewer.engine.picture.folder_listing import looks_like_picture
from camviewer.engine.picture.source_image import PICTURE_SUFFIXES

_TABLES = {".csv", ".tsv", ".parquet"}
_LIST_MARK = "@"
_PATH_COLUMN = "path"
_ID_LENGTH = 16
_ROWS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class PictureEntry:
    r"""One picture of a run.

    Attributes:
        id: 16 hexadecimal digits, a hash of the path; the same on every machine.
        path: below its source, with forward slashes; bytes that are no UTF-8 as ``\xNN``.
        root: number of the source's folder.
        location: the path below that folder as the system has it, in bytes.
        page: which page or frame of the file, from 0; another page has another id.
    """

    id: str
    path: str
    root: int
    location: bytes
    page: int = 0


@dataclass(frozen=True)
class Listing:
    """The pictures of a run, sorted by path.

    Attributes:
        roots: the folder that each source's paths begin at, absolute.
        entries: the pictures.
    """

    roots: tuple[Path, ...]
    entries: tuple[PictureEntry, ...]

    @property
    def sha256(self) -> str:
        """The hash of all ids; listings with the same hash have the same paths."""
        digest = hashlib.sha256()
        for entry in self.entries:
            digest.update(f"{entry.id}\n".encode("ascii"))
        return digest.hexdigest()

    def file_of(self, entry: PictureEntry) -> Path:
        """Where a picture lies."""
        return self.roots[entry.root] / os.fsdecode(entry.location)


def list_pictures(sources: Sequence[str | Path]) -> Listing:
    """Lists the pictures of all sources, each file once; opens no picture.

    Args:
        sources: folders (with their subfolders), picture files, patterns such as ``a/*.jpg``,
            ``@list.txt`` with a path in each line, and CSV or Parquet files with a column
            ``path``. A path in a list or table begins at that file's folder.

    Raises:
        CamviewerError: a source is not there, cannot be read, or there is no picture in any.
    """
    roots: list[Path] = []
    entries: list[PictureEntry] = []
    seen: set[bytes] = set()
    single = len(sources) == 1
    titles: set[str] = set()
    for source in sources:
        for root, title, files in _expanded(source):
            prefix = "" if single else f"{_unused(title, titles)}/"
            number = len(roots)
            roots.append(root)
            start = str(root)
            for file in files:
                location = os.fsencode(file)
                whole = os.path.normpath(os.path.join(start, file))  # noqa: PTH118  (fast)
                # A hash, because a million paths take twice the memory.
                mark = hashlib.blake2b(os.fsencode(whole), digest_size=16).digest()
                if mark not in seen:
                    seen.add(mark)
                    entries.append(_entry(prefix, number, location))
    if not entries:
        words = ", ".join(str(source) for source in sources)
        raise CamviewerError(f"There are no pictures in {words}.", "Choose another source.")
    del seen  # whose memory the sorting can use
    entries.sort(key=attrgetter("location"))
    entries.sort(key=attrgetter("path"))
    return Listing(tuple(roots), tuple(entries))


def _expanded(source: str | Path) -> Iterator[tuple[Path, str, Iterator[str]]]:
    """(folder, its title, paths below it) of a source."""
    words = str(source)
    if words.startswith(_LIST_MARK):
        file = place_of(words[1:])
        yield _folder_of(file), file.stem, iter(_lines(file))
        return
    path = place_of(words)
    try:
        if path.is_dir():
            root = path if is_remote(path) else path.absolute()
            yield root, root.name, _pictures_below(root)
            return
        is_file = path.is_file()
    except (OSError, ValueError) as error:
        raise CamviewerError(f"The source {words} cannot be opened.", "Choose another.") from error
    if is_file and path.suffix.lower() in _TABLES:
        yield _folder_of(path), path.stem, _column(path)
    elif is_file:
        root = _folder_of(path)
        yield root, root.name, iter([path.name])
    elif glob.has_magic(words):
        yield from _matching(words)
    else:
        raise CamviewerError(
            f"There is no folder or file {words}.",
            "A source is a folder, a picture, a pattern, @list.txt, or a CSV or Parquet file.",
        )


def _matching(pattern: str) -> Iterator[tuple[Path, str, Iterator[str]]]:
    parts = Path(pattern).parts
    fixed = next(number for number, part in enumerate(parts) if glob.has_magic(part))
    root = Path(*parts[:fixed]).absolute()
    found = glob.iglob(str(Path(*parts[fixed:])), root_dir=root, recursive=True)  # noqa: PTH207  (root_dir)
    yield root, root.name, (name for name in found if (root / name).is_file())


def _pictures_below(root: Path) -> Iterator[str]:
    """Pictures of a folder and those below it; links to folders are not followed."""
    if is_remote(root):
        for name in files_below(root):
            if _is_picture(name.rsplit("/", 1)[-1]) and "/." not in f"/{name}":
                yield name
        return

    def refuse(error: OSError) -> None:
        raise CamviewerError(
            f"The folder {error.filename} cannot be read: {reason_of(error)}.",
            "Make it readable, or name the folders beside it.",
        ) from error

    for parent, folders, files in os.walk(root, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = os.path.relpath(parent, root)
        for name in files:
            if name[0] != "." and looks_like_picture(Path(parent, name)):
                yield name if below == os.curdir else f"{below}{os.sep}{name}"


def _is_picture(name: str) -> bool:
    suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122  (fast)
    return suffix in PICTURE_SUFFIXES and not name.startswith(".")


def _lines(file: Path) -> list[str]:
    try:
        text = os.fsdecode(file.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except OSError as error:
        raise CamviewerError(
            f"The list {file} cannot be read: {reason_of(error)}.", "Choose another."
        ) from error
    return [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]


def _column(file: Path) -> Iterator[str]:
    column = read_table(file, _PATH_COLUMN)[_PATH_COLUMN].cast(pl.String)
    for start in range(0, len(column), _ROWS_AT_ONCE):
        yield from filter(None, column[start : start + _ROWS_AT_ONCE].to_list())


def repeated_names(paths: Iterable[str]) -> frozenset[str]:
    """The file names that several paths end with."""
    names = Counter(path.rpartition("/")[2] for path in paths)
    return frozenset(name for name, count in names.items() if count > 1)


def read_table(file: Path, *columns: str) -> pl.DataFrame:
    """Columns of a CSV or Parquet file, as text.

    Raises:
        CamviewerError: it cannot be read, or lacks a column.
    """
    try:
        if file.suffix.lower() == ".parquet":
            names = list(pl.read_parquet_schema(readable(file)))
            _require(file, names, columns)
            return pl.read_parquet(readable(file), columns=list(columns)).cast(pl.String)
        separator = "\t" if file.suffix.lower() == ".tsv" else _separator(file)
        table = pl.read_csv(readable(file), separator=separator, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise CamviewerError(
            f"{file.name} cannot be read as a table.", "Save it as CSV in UTF-8, or as Parquet."
        ) from error
    _require(file, table.columns, columns)
    return table.select(columns)


def _separator(file: Path) -> str:
    with file.open("rb") as opened:
        line = opened.readline(65536)
    return max((b",", b";", b"\t"), key=line.count).decode("ascii")


def _require(file: Path, names: Sequence[str], columns: Sequence[str]) -> None:
    missing = [column for column in columns if column not in names]
    if missing:
        raise CamviewerError(
            f"{file.name} has no column {missing[0]}.",
            f"It needs {' and '.join(columns)}; it has {', '.join(names) or 'none'}.",
        )


def _entry(prefix: str, root: int, location: bytes) -> PictureEntry:
    below = location.replace(os.fsencode(os.sep), b"/") if os.sep != "/" else location
    whole = prefix.encode("utf-8", "surrogateescape") + below
    digest = hashlib.sha256(whole).hexdigest()[:_ID_LENGTH]
    return PictureEntry(digest, whole.decode("utf-8", "backslashreplace"), root, location)


def page_id(identifier: str, page: int) -> str:
    """The id of a page (from 0) after the first, of a file whose first page has this id."""
    return hashlib.sha256(f"{identifier} page {page + 1}".encode("ascii")).hexdigest()[:_ID_LENGTH]


def _folder_of(file: Path) -> Path:
    return file.parent if is_remote(file) else file.absolute().parent


def _unused(title: str, titles: set[str]) -> str:
    number, name = 1, title
    while name in titles:
        number += 1
        name = f"{title}-{number}"
    titles.add(name)
    return name


def file_mark(file: Path, what: str, hint: str) -> str:
    """What a configuration keeps of a file that belongs to a run: its SHA-256.

    Args:
        file: the file.
        what: what is read from it, as a sentence begins.
        hint: what to do when it cannot be read.

    Raises:
        CamviewerError: it cannot be read.
    """
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise CamviewerError(
            f"{what} cannot be read from {file}: {reason_of(error)}.", hint
        ) from error
