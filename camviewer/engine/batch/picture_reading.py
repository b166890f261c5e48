"""Reads a picture of a run; whatever is wrong with it becomes a sentence."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from camviewer.engine.batch.addresses import is_remote
from camviewer.engine.errors import CamviewerError, reason_of
from camviewer.engine.picture.folder_range import with_kept_range
from camviewer.engine.picture.input_range import InputRange
from camviewer.engine.picture.source_image import (
    ImageError,
    SourceImage,
    image_from_bytes,
    read_image,
)


@dataclass(frozen=True, eq=False)
class ReadPicture:
    """A picture that was read, or why it could not be.

    Attributes:
        image: the picture; None when it could not be read.
        error: why; empty when it was read.
    """

    image: SourceImage | None
    error: str = ""

    @property
    def size_bytes(self) -> int:
        """What it takes in memory."""
        return 0 if self.image is None else self.image.size_bytes


def read_picture(path: Path, kept_range: InputRange | None = None, page: int = 0) -> ReadPicture:
    """Reads a picture file; never raises for what a file can be.

    Args:
        path: of the file.
        page: which of its pages, from 0.
        kept_range: holds for pictures of which neither file nor model says a range.
    """
    try:
        before = _state(path)
        image = with_kept_range(picture_at(path, page), kept_range)
        if _state(path) != before:
            raise ImageError(
                f"{path.name} was changed while it was read.", "Run again with --retry-failed."
            )
    except CamviewerError as error:
        # Where a folder lies differs from machine to machine, and rows must not.
        told = error.message if str(path.parent) in error.hint else str(error)
        return ReadPicture(None, plain(told))
    except OSError as error:
        return ReadPicture(None, plain(f"{path.name} cannot be read: {reason_of(error)}."))
    except MemoryError:
        return ReadPicture(None, plain(f"There is not enough memory to open {path.name}."))
    except Exception as error:  # a remote store's own kinds
        if not is_remote(path):
            raise
        return ReadPicture(None, plain(f"{path.name} cannot be read: {type(error).__name__}."))
    return ReadPicture(image)


def picture_at(path: Path, page: int = 0) -> SourceImage:
    """A page (from 0) of a picture at a path or an address.

    Raises:
        ImageError: it cannot be opened, or has no such page; the message says why.
        OSError: an address cannot be read.
    """
    if is_remote(path):
        return image_from_bytes(path.read_bytes(), path.name, page)
    return read_image(path, page)


def plain(words: str) -> str:
    r"""Words that a table can hold: bytes of names that are no UTF-8 are written as ``\xNN``."""
    return os.fsencode(words).decode("utf-8", "backslashreplace")


def _state(path: Path) -> tuple[int, int, int] | None:
    """What changes with a file's content; None when it is not there, which reading says better."""
    if is_remote(path):
        return None
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
