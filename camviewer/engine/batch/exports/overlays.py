"""Draws the overlays of a run from its stored maps."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

import polars as pl
from PIL import Image

from camviewer.engine.batch.durable_files import make_folder, write_whole
from camviewer.engine.batch.run import Run
from camviewer.engine.errors import CamviewerError
from camviewer.engine.picture.eye_choice import EyeChoice
from camviewer.engine.render.look import Look

_MAP = "map"
_PART_BYTES = 80
_PNG_COMPRESSION = 4
"""Half the time of zlib's default for a few per cent more bytes."""
_AHEAD = 2
"""Overlays under way for each thread."""


@dataclass(frozen=True)
class ExportFailure:
    """A picture that could not be exported.

    Attributes:
        path: of the picture, as in the rows.
        error: why.
    """

    path: str
    error: str


def export_overlays(
    run: Run,
    folder: Path,
    look: Look | None = None,
    *,
    eye: EyeChoice | None = None,
    jobs: int = 1,
    overwrite: bool = False,
    on_progress: Callable[[int, int], None] | None = None,
) -> tuple[ExportFailure, ...]:
    """Draws the overlay of each row from its stored map, without the network.

    Args:
        run: the run.
        folder: where they go, as ``chelsea.1-tiger-cat.91e3cc3f88b7afdd.png``: the picture's name,
            rank and class, and the picture's id.
        look: how they are drawn; signed where the method is when None.
        eye: which values are seen from black to white; as pictures are opened when None.
        jobs: threads.
        overwrite: draw into a folder that has files already.
        on_progress: told how many of how many are done.

    Returns:
        Those that could not be drawn.

    Raises:
        CamviewerError: the folder has files already, or cannot be written.
    """
    require_empty(folder, overwrite=overwrite)
    total = int(run.collected(run.scan().select(pl.col(_MAP).count())).item())
    failures: list[ExportFailure] = []

    with ThreadPoolExecutor(jobs) as pool:
        under_way: deque[Future[ExportFailure | None]] = deque()
        rows, number = _rows_with_maps(run), 0
        while True:
            free = _AHEAD * jobs - len(under_way)
            under_way += [
                pool.submit(draw_overlay, run, row, folder, look, eye) for row in islice(rows, free)
            ]
            if not under_way:
                break
            failure, number = under_way.popleft().result(), number + 1
            if failure is not None:
                failures.append(failure)
            if on_progress is not None:
                on_progress(number, max(number, total))
    return tuple(failures)


def draw_overlay(
    run: Run,
    row: Mapping[str, Any],
    folder: Path,
    look: Look | None,
    eye: EyeChoice | None = None,
) -> ExportFailure | None:
    """Draws the overlay of a row into a folder; gives why it could not be drawn.

    Raises:
        CamviewerError: it cannot be written.
    """
    try:
        pixels = run.overlay(row, look, eye)
    except CamviewerError as error:
        return ExportFailure(row["path"], str(error))
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=_PNG_COMPRESSION)
    write_whole(folder / overlay_name(row), buffer.getvalue())
    return None


def require_empty(folder: Path, *, overwrite: bool) -> None:
    """Makes the folder that files are to be written into.

    Raises:
        CamviewerError: it has files already, or cannot be made.
    """
    make_folder(folder)
    if not overwrite and any(folder.iterdir()):
        raise CamviewerError(
            f"The folder {folder} is not empty.", "Choose a new one, or --overwrite."
        )


def overlay_name(row: Mapping[str, Any]) -> str:
    """A name that every system takes, and no other row has."""
    stem = safe_name(PurePosixPath(row["path"]).stem) or "picture"
    named = row["rank"], row["target"] or row["class"], row["id"]
    rank, shown, picture = (safe_name(str(words)) for words in named)
    return f"{stem}.{rank}-{shown}.{picture}.png"


def safe_name(name: str) -> str:
    """Letters of any script, digits and single dashes of a name, which may have anything else."""
    plain = re.sub(r"\W+", "-", unicodedata.normalize("NFC", name)).strip("-")
    return plain.encode()[:_PART_BYTES].decode(errors="ignore").rstrip("-")


def _rows_with_maps(run: Run) -> Iterator[Mapping[str, Any]]:
    """One shard after the other, so that memory stays flat."""
    for table in run.tables():
        yield from table.filter(pl.col(_MAP).is_not_null()).iter_rows(named=True)
