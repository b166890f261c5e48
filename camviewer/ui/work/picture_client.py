"""The thread that decodes pictures and makes thumbnails, and the desk in front of it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QThread, Signal, Slot

from camviewer.engine.errors import CamviewerError
from camviewer.engine.picture.source_image import (
    SourceImage,
    display_levels,
    find_pictures,
    image_from_bytes,
    image_from_pixels,
    read_image,
    read_thumbnail,
)
from camviewer.ui.work.request_queue import Letter, Mailbox

_log = logging.getLogger(__name__)

FIND, READ = "find", "read"
_THUMBNAIL_SIZE = 256


@dataclass(frozen=True)
class LoadedPicture:
    """A decoded picture with its reduced copies for the screen.

    Attributes:
        image: the picture.
        levels: full size, half, quarter, ...: uint8 RGB.
    """

    image: SourceImage
    levels: tuple[NDArray[np.uint8], ...]


@dataclass(frozen=True)
class _Find:
    paths: tuple[Path, ...]


@dataclass(frozen=True, eq=False)
class _Read:
    source: Path | bytes | NDArray[np.uint8]
    name: str = ""


@dataclass(frozen=True)
class _Thumbnail:
    path: Path


_Request = _Find | _Read | _Thumbnail


class _Reader(QObject):
    """Runs in the pictures' thread."""

    answered = Signal(object, object)
    failed = Signal(object, str, str)

    def __init__(self, mailbox: Mailbox[_Request]) -> None:
        super().__init__()
        self._mailbox = mailbox

    @Slot()
    def work(self) -> None:
        """Takes requests until none is waiting."""
        while (letter := self._mailbox.take()) is not None:
            try:
                answer = _answer(letter.request)
            except CamviewerError as error:
                self.failed.emit(letter, error.message, error.hint)
            except Exception as error:  # noqa: BLE001  (the thread's edge: told and logged)
                _log.exception("picture request %s failed", letter.kind)
                self.failed.emit(
                    letter,
                    f"This picture could not be read: {type(error).__name__}.",
                    "The log file has the details (Help > Show log).",
                )
            else:
                self.answered.emit(letter, answer)


def _answer(request: _Request) -> object:
    if isinstance(request, _Find):
        return find_pictures(request.paths)
    if isinstance(request, _Thumbnail):
        return read_thumbnail(request.path, _THUMBNAIL_SIZE)
    if isinstance(request.source, Path):
        image = read_image(request.source)
    elif isinstance(request.source, bytes):
        image = image_from_bytes(request.source, request.name)
    else:
        image = image_from_pixels(request.source, request.name)
    return LoadedPicture(image, display_levels(image))


class PictureDesk(QObject):
    """Takes wishes for pictures and hands them out decoded, in the GUI thread.

    Signals:
        found: (tuple of Path) what dropped files and folders contain.
        read: (LoadedPicture).
        thumbnail_read: (Path, uint8 RGB array).
        thumbnail_failed: (Path, message).
        failed: (message, hint).
    """

    found = Signal(object)
    read = Signal(object)
    thumbnail_read = Signal(object, object)
    thumbnail_failed = Signal(object, str)
    failed = Signal(str, str)
    _wake = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mailbox: Mailbox[_Request] = Mailbox((FIND, READ))
        self._thread = QThread()
        self._thread.setObjectName("pictures")
        self._reader = _Reader(self._mailbox)
        self._reader.moveToThread(self._thread)
        self._wake.connect(self._reader.work)
        self._reader.answered.connect(self._hand_out)
        self._reader.failed.connect(self._hand_out_failure)
        self._thread.start()

    def find(self, paths: Sequence[Path]) -> None:
        """Looks up what files and folders contain."""
        self._post(FIND, _Find(tuple(paths)))

    def read_file(self, path: Path) -> None:
        self._post(READ, _Read(path))

    def read_bytes(self, data: bytes, name: str) -> None:
        """Decodes an encoded picture, for example from the clipboard."""
        self._post(READ, _Read(data, name))

    def read_pixels(self, pixels: NDArray[np.uint8], name: str) -> None:
        """Takes over pixels, RGB or RGBA (H, W, 3 or 4)."""
        self._post(READ, _Read(pixels, name))

    def want_thumbnails(self, paths: Sequence[Path]) -> None:
        for path in paths:
            self._post(path, _Thumbnail(path))

    def forget(self) -> None:
        """No picture that is under way is wanted any more."""
        self._mailbox.forget(FIND)
        self._mailbox.forget(READ)

    def stop(self) -> None:
        """Ends the thread; what is under way is waited for."""
        self._mailbox.close()
        self._thread.quit()
        self._thread.wait()

    def _post(self, kind: str | Path, request: _Request) -> None:
        self._mailbox.put(kind, request)
        self._wake.emit()

    @Slot(object, object)
    def _hand_out(self, letter: Letter[_Request], answer: object) -> None:
        if not self._mailbox.is_newest(letter.kind, letter.number):
            return
        if letter.kind == FIND:
            self.found.emit(answer)
        elif letter.kind == READ:
            self.read.emit(answer)
        else:
            self.thumbnail_read.emit(letter.kind, answer)

    @Slot(object, str, str)
    def _hand_out_failure(self, letter: Letter[_Request], message: str, hint: str) -> None:
        if not self._mailbox.is_newest(letter.kind, letter.number):
            return
        if isinstance(letter.kind, Path):
            self.thumbnail_failed.emit(letter.kind, message)
        else:
            self.failed.emit(message, hint)
