"""The folder of a run: its configuration, the frozen list of its pictures, its shards."""

from __future__ import annotations

import io
import json
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from itertools import repeat
from pathlib import Path
from typing import Any

import polars as pl
from polars.io.plugins import register_io_source

from camviewer.engine.batch.addresses import is_remote, names_in, place_of, readable
from camviewer.engine.batch.columns import ROWS_VERSION, SCHEMA
from camviewer.engine.batch.configuration import RunConfiguration
from camviewer.engine.batch.durable_files import (
    RUN_GOES_ON,
    UNFINISHED,
    make_folder,
    write_first,
    write_whole,
)
from camviewer.engine.batch.sources import Listing, PictureEntry
from camviewer.engine.errors import CamviewerError
from camviewer.version import __version__

RUN_FILE = "run.json"
RUN_SCHEMA = 1
_PICTURES = "pictures"
_SHARDS, _CLAIMS, _LOG = "shards", "claims", "log"
_SUFFIX = ".parquet"
_NAME_LENGTH = 32
_COMPRESSION_LEVEL = 3
_PACKAGES = ("torch", "numpy", "pillow", "polars")
_PICTURE_COLUMNS = {
    "id": pl.String(),
    "path": pl.String(),
    "root": pl.Int32(),
    "location": pl.Binary(),
    "truth": pl.String(),
}
_PAGE = "page"
"""The column of pages, from 0; only in the list of a run that is over others than the first."""


@dataclass(frozen=True, eq=False)
class Shard:
    """A part of a run: pictures that follow each other in the list.

    Attributes:
        name: hash of its ids and the configuration; its file is named so.
        start: number of its first picture.
        pictures: its part of the list, as ``RunFolder.pictures`` gives it.
    """

    name: str
    start: int
    pictures: pl.DataFrame

    def __len__(self) -> int:
        """Number of pictures."""
        return len(self.pictures)

    def entries(self) -> Iterator[tuple[PictureEntry, str | None]]:
        """Its pictures, each with its true class as the source names it."""
        has_pages = _PAGE in self.pictures.columns
        pages = self.pictures[_PAGE].to_list() if has_pages else repeat(0)
        rows = self.pictures.select(*_PICTURE_COLUMNS).iter_rows()
        for (identifier, path, root, location, truth), page in zip(rows, pages, strict=False):
            yield PictureEntry(identifier, path, root, location, page), truth


@dataclass(frozen=True)
class RunFolder:
    """A run on the disk.

    Attributes:
        path: the folder.
        record: what ``run.json`` says.
    """

    path: Path
    record: dict[str, Any]

    @property
    def shards_folder(self) -> Path:
        """One Parquet file for each shard that is done."""
        return self.path / _SHARDS

    @property
    def claims_folder(self) -> Path:
        """What processes are at work on."""
        return self.path / _CLAIMS

    @property
    def log_folder(self) -> Path:
        """Times, hosts and engines."""
        return self.path / _LOG

    @property
    def roots(self) -> tuple[Path, ...]:
        """The folders that pictures' paths begin at."""
        return tuple(place_of(root) for root in self.record["roots"])

    @property
    def picture_count(self) -> int:
        """How many pictures the run is over."""
        return int(self.record["pictures"]["count"])

    def shard_file(self, name: str) -> Path:
        """Where a shard's rows are once it is done."""
        return self.shards_folder / f"{name}{_SUFFIX}"

    def is_done(self, name: str) -> bool:
        """Whether a shard's rows are there."""
        return self.shard_file(name).is_file()

    def done_shards(self) -> frozenset[str]:
        """The names of the shards whose rows are there."""
        names = names_in(self.shards_folder)
        return frozenset(
            name.removesuffix(_SUFFIX)
            for name in names
            if name.endswith(_SUFFIX) and not name.startswith(UNFINISHED)
        )

    def scan(self) -> pl.LazyFrame:
        """The rows of all shards that are there; what is not asked for is not read."""
        files = [self.shard_file(name) for name in sorted(self.done_shards())]
        if is_remote(self.path):
            return _fetched_one_by_one(files)
        return _rows_in(files) if files else pl.LazyFrame(schema=SCHEMA)

    def scan_shard(self, name: str) -> pl.LazyFrame:
        """The rows of one shard that is done."""
        return _rows_in(readable(self.shard_file(name)))

    def pictures(self) -> pl.DataFrame:
        """The frozen list: id, path, root, location, truth, and page where not all are the first.

        Raises:
            CamviewerError: it is gone or damaged.
        """
        file = self.path / f"{_PICTURES}-{self.record['pictures']['file']}.parquet"
        try:
            return pl.read_parquet(readable(file))
        except (OSError, pl.exceptions.PolarsError) as error:
            raise CamviewerError(
                f"The list of pictures {file.name} of this run cannot be read.",
                "Begin another run.",
            ) from error

    def shards(self) -> tuple[Shard, ...]:
        """All shards, in the order of the list."""
        digest = self.record["configuration_sha256"]
        size = int(self.record["configuration"]["shard_size"])
        pictures = self.pictures()
        parts = pictures.iter_slices(size)
        return tuple(
            Shard(_shard_name(digest, part["id"]), number * size, part)
            for number, part in enumerate(parts)
        )

    def write_table(self, name: str, table: pl.DataFrame) -> None:
        """Writes the rows of a shard, all or none.

        Raises:
            CamviewerError: they cannot be written; nothing is left.
        """
        metadata = {"camviewer.rows_version": str(ROWS_VERSION)}
        write_whole(self.shard_file(name), parquet_bytes(table, metadata), RUN_GOES_ON)


def table_of(rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    """Rows as a table with all columns, those empty that a row does not have."""
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _rows_in(files: Any) -> pl.LazyFrame:
    """The rows of files; columns that came later are empty."""
    return pl.scan_parquet(files, schema=SCHEMA, missing_columns="insert")


def _fetched_one_by_one(files: Sequence[Path]) -> pl.LazyFrame:
    """The rows of shards at an address, of which one is in memory at a time."""

    def tables(
        columns: list[str] | None, predicate: pl.Expr | None, count: int | None, _batch: int | None
    ) -> Iterator[pl.DataFrame]:
        left = count
        for file in files:
            rows = _rows_in(readable(file))
            if columns is not None:
                rows = rows.select(columns)
            if predicate is not None:
                rows = rows.filter(predicate)
            table = (rows if left is None else rows.head(left)).collect()
            yield table
            if left is not None:
                left -= table.height
                if not left:
                    return

    return register_io_source(tables, schema=SCHEMA)


def shards_with_failures(folder: RunFolder) -> frozenset[str]:
    """The shards that have a picture which could not be explained."""
    found = set()
    for name in sorted(folder.done_shards()):
        errors = folder.scan_shard(name).select(pl.col("error").is_not_null().any()).collect()
        if errors.item():
            found.add(name)
    return frozenset(found)


def parquet_bytes(table: pl.DataFrame, metadata: dict[str, str] | None = None) -> bytes:
    """A table as the bytes of a Parquet file, the same for the same table."""
    buffer = io.BytesIO()
    table.write_parquet(
        buffer, compression="zstd", compression_level=_COMPRESSION_LEVEL, metadata=metadata
    )
    return buffer.getvalue()


def open_folder(path: Path) -> RunFolder:
    """A run that was begun.

    Raises:
        CamviewerError: there is none, or it is damaged or of a later version.
    """
    file = path / RUN_FILE
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        known = record["schema"], record["configuration"]["rows_version"]
        folder = RunFolder(path, record)
        _ = folder.roots, folder.picture_count, record["configuration_sha256"]
    except FileNotFoundError as error:
        raise CamviewerError(
            f"There is no run in {path}.", "`camviewer batch SOURCE -o RUN` begins one."
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CamviewerError(f"{file} cannot be read as a run.", "Begin another one.") from error
    if known != (RUN_SCHEMA, ROWS_VERSION):
        raise CamviewerError(
            f"The run in {path} is of another version of camviewer.",
            "Open it with that one, or begin another run.",
        )
    return folder


def is_begun(path: Path) -> bool:
    """Whether there is a run in a folder."""
    return (path / RUN_FILE).is_file()


def begin(
    path: Path,
    configuration: RunConfiguration,
    *,
    sources: Sequence[str],
    listing: Listing,
    truths: Sequence[str | None],
    settings: dict[str, Any],
    model: dict[str, Any],
) -> RunFolder:
    """Begins a run, or gives the one that another process has just begun there.

    Args:
        path: a folder that is new, or empty, or of a run that was not quite begun.
        configuration: what decides the rows.
        sources: what the user named, absolute.
        listing: the pictures, which stay the same from now on.
        truths: of each picture.
        settings: what the user chose.
        model: what is told of the model: title, labels, unit of the map.

    Raises:
        CamviewerError: the folder holds something else, or cannot be written.
    """
    _require_room(path)
    for folder in (path, path / _SHARDS, path / _CLAIMS, path / _LOG):
        make_folder(folder)
    content = parquet_bytes(_table(listing, truths))
    mark = sha256(content).hexdigest()[:_NAME_LENGTH]
    write_whole(path / f"{_PICTURES}-{mark}.parquet", content)
    record = {
        "schema": RUN_SCHEMA,
        "configuration": configuration.record(),
        "configuration_sha256": configuration.sha256,
        "settings": settings,
        "model": model,
        "sources": list(sources),
        "roots": [str(root) for root in listing.roots],
        "pictures": {"count": len(listing.entries), "ids_sha256": listing.sha256, "file": mark},
        "program": {
            "camviewer": __version__,
            "python": platform.python_version(),
            **{package: _version(package) for package in _PACKAGES},
        },
    }
    text = json.dumps(record, indent=2, allow_nan=False) + "\n"
    write_first(path / RUN_FILE, text.encode("ascii"))
    return open_folder(path)


def _table(listing: Listing, truths: Sequence[str | None]) -> pl.DataFrame:
    entries = listing.entries
    columns = {
        "id": [entry.id for entry in entries],
        "path": [entry.path for entry in entries],
        "root": [entry.root for entry in entries],
        "location": [entry.location for entry in entries],
        "truth": list(truths),
    }
    table = pl.DataFrame(columns, schema=_PICTURE_COLUMNS)
    if any(entry.page for entry in entries):
        table = table.with_columns(pl.Series(_PAGE, [entry.page for entry in entries], pl.Int32))
    return table


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # a packaged program may lack what tells it
        return "unknown"


def _require_room(path: Path) -> None:
    ours = {_SHARDS, _CLAIMS, _LOG}
    try:
        names = set(names_in(path))
    except OSError as error:
        raise CamviewerError(
            f"{path} cannot be the folder of a run: it is no folder that may be read.",
            "Choose another folder.",
        ) from error
    others = {n for n in names if n not in ours and not n.startswith((f"{_PICTURES}-", "."))}
    if others:
        raise CamviewerError(
            f"{path} holds something else already, for example {min(others)}.",
            "Choose a new folder.",
        )


def _shard_name(configuration: str, ids: pl.Series) -> str:
    words = "\n".join([configuration, *ids])
    return sha256(words.encode("ascii")).hexdigest()[:_NAME_LENGTH]
