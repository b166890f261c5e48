"""What was dropped or pasted: files, encoded pictures or pixels."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from camviewer.engine.errors import CamviewerError
from camviewer.ui.style import tr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ENCODED = ("image/png", "image/jpeg", "image/webp", "image/tiff", "image/bmp", "image/gif")


@dataclass(frozen=True, eq=False)
class Incoming:
    """What is to be opened; just one of the three is there.

    Attributes:
        paths: files and folders.
        data: an encoded picture.
        pixels: uint8 RGBA (H, W, 4).
    """

    paths: tuple[Path, ...] = ()
    data: bytes = b""
    pixels: NDArray[np.uint8] | None = None


def can_take(mime: QMimeData) -> bool:
    """Whether something could be opened; cheap, for while it is dragged over the window."""
    return mime.hasUrls() or mime.hasImage() or any(map(mime.hasFormat, _ENCODED))


def take(mime: QMimeData) -> Incoming:
    """What can be opened of it.

    Raises:
        CamviewerError: there is nothing that can be opened.
    """
    if mime.hasUrls():
        paths = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
        if paths:
            return Incoming(paths=paths)
    for kind in _ENCODED:
        if mime.hasFormat(kind):
            return Incoming(data=bytes(mime.data(kind).data()))
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return Incoming(pixels=_pixels(image))
    if mime.hasUrls():
        raise CamviewerError(
            tr("{address} is not on this computer, and camviewer stays offline.").format(
                address=mime.urls()[0].toDisplayString()
            ),
            tr("Save the picture first and open the file."),
        )
    path = _path_in(mime.text())
    if path is not None:
        return Incoming(paths=(path,))
    raise CamviewerError(
        tr("There is no picture in what was pasted."), tr("Copy a picture or a picture file first.")
    )


def _path_in(text: str) -> Path | None:
    """The file that a text names, as a path or as a ``file:`` address; None when it names none."""
    text = text.strip().strip('"')
    if not text or "\n" in text:
        return None
    path = Path(QUrl(text).toLocalFile()) if text.startswith("file:") else Path(text)
    try:
        return path if path.exists() else None
    except (OSError, ValueError):  # a text too long, or with characters that no path has
        return None


def _pixels(image: QImage) -> NDArray[np.uint8]:
    import numpy as np  # noqa: PLC0415  (start-up)

    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : image.width() * 4].reshape(image.height(), image.width(), 4).copy()
