"""The client of the thread that decodes pictures, and what it can be asked."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from camviewer.ui.style import tr
from camviewer.ui.work.query import Answer, Query, UnderWay
from camviewer.ui.work.query_thread import QueryClient

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from camviewer.engine.picture.eye import EyeWindow
    from camviewer.engine.picture.input_range import InputRange
    from camviewer.engine.picture.source_image import SourceImage

_THUMBNAIL_SIZE = 256
"""Length of a thumbnail's longer side, in pixels."""


@dataclass(frozen=True)
class LoadedPicture:
    """A decoded picture with its reduced copies for the screen.

    Attributes:
        image: the picture.
        levels: full size, half, quarter, ...: uint8 RGB.
    """

    image: SourceImage
    levels: tuple[NDArray[np.uint8], ...]


class PictureHost:
    """The thread keeps the range of values that holds for pictures that were opened together."""

    def __init__(self) -> None:
        self._among: tuple[Path, ...] = ()
        self._range: InputRange | None = None

    def range_among(self, paths: tuple[Path, ...]) -> InputRange | None:
        """The range that is assumed for pictures of which nothing says one."""
        if paths is not self._among:
            from camviewer.engine.picture.folder_range import (  # noqa: PLC0415  (numpy)
                in_order,
                range_of_pictures,
            )

            self._among, self._range = paths, range_of_pictures(in_order(paths))
        return self._range

    def warm_up(self) -> bool:
        return False

    def close(self) -> None:
        return


class _PictureQuery(Query[PictureHost, Answer]):
    def failure_words(self, error: Exception) -> tuple[str, str]:
        _, hint = super().failure_words(error)
        return tr("This picture could not be read: {name}.").format(name=type(error).__name__), hint


@dataclass(frozen=True)
class FindPictures(_PictureQuery[tuple[Path, ...]]):
    """Look up which pictures files and folders contain."""

    paths: tuple[Path, ...]

    def answer(self, host: PictureHost, under_way: UnderWay[tuple[Path, ...]]) -> tuple[Path, ...]:
        del host, under_way
        from camviewer.engine.picture.source_image import find_pictures  # noqa: PLC0415

        return find_pictures(self.paths)


@dataclass(frozen=True, eq=False)
class ReadPicture(_PictureQuery[LoadedPicture]):
    """Decode a picture.

    Attributes:
        source: a file, an encoded picture, or pixels, RGB or RGBA (H, W, 3 or 4).
        name: of what is no file.
        among: the files that were opened together, which share one range of values.
        page: which page of a file, from 0.
        chosen: ranges of values that the user chose for pictures like this one, or that a run
            assumed for its pictures.
    """

    source: Path | bytes | NDArray[np.uint8]
    name: str = ""
    among: tuple[Path, ...] = ()
    page: int = 0
    chosen: tuple[InputRange, ...] = ()
    urgency = 1

    def answer(self, host: PictureHost, under_way: UnderWay[LoadedPicture]) -> LoadedPicture:
        del under_way
        from camviewer.engine.picture.folder_range import (  # noqa: PLC0415
            needs_range,
            with_kept_range,
        )
        from camviewer.engine.picture.smaller_copies import display_levels  # noqa: PLC0415
        from camviewer.engine.picture.source_image import (  # noqa: PLC0415  (numpy, PIL)
            image_from_bytes,
            image_from_pixels,
            read_image,
        )

        if isinstance(self.source, Path):
            image = read_image(self.source, self.page)
            chosen = next((each for each in self.chosen if each.fits(image.values)), None)
            if chosen is not None:
                image = with_kept_range(image, chosen)
            elif len(self.among) > 1 and needs_range(image):
                image = with_kept_range(image, host.range_among(self.among))
        elif isinstance(self.source, bytes):
            image = image_from_bytes(self.source, self.name, self.page)
        else:
            image = image_from_pixels(self.source, self.name)
        return LoadedPicture(image, display_levels(image))


@dataclass(frozen=True, eq=False)
class DevelopPicture(_PictureQuery[LoadedPicture]):
    """Make a picture for the eye anew, from other values or bands; the newest one replaces others.

    Attributes:
        image: the picture.
        window: the values from black to white.
        shown: indices of the bands that are shown.
    """

    image: SourceImage
    window: EyeWindow
    shown: tuple[int, ...]
    urgency = 1

    def answer(self, host: PictureHost, under_way: UnderWay[LoadedPicture]) -> LoadedPicture:
        del host, under_way
        from camviewer.engine.picture.smaller_copies import display_levels  # noqa: PLC0415
        from camviewer.engine.picture.source_image import shown_with  # noqa: PLC0415

        image = shown_with(self.image, self.window, self.shown)
        _ = image.values.statistics  # for the histogram, which must not keep the window waiting
        return LoadedPicture(image, display_levels(image))


@dataclass(frozen=True)
class ReadThumbnail(_PictureQuery["NDArray[np.uint8]"]):
    """Make a thumbnail of a file, uint8 RGB.

    Attributes:
        path: the file.
        purpose: what it is for; thumbnails for several purposes do not replace each other.
    """

    path: Path
    purpose: str = ""
    urgency = 2

    @property
    def key(self) -> Hashable:
        return self

    def answer(
        self, host: PictureHost, under_way: UnderWay[NDArray[np.uint8]]
    ) -> NDArray[np.uint8]:
        del host, under_way
        from camviewer.engine.picture.smaller_copies import read_thumbnail  # noqa: PLC0415

        return read_thumbnail(self.path, _THUMBNAIL_SIZE)


def _ignore(_path: Path, _message: str) -> None:
    return None


class PictureClient(QueryClient[PictureHost]):
    """Asks for pictures."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__("pictures", PictureHost(), parent)
        self.start()

    def want_thumbnails(
        self,
        paths: Sequence[Path],
        made: Callable[[Path, NDArray[np.uint8]], object],
        failed: Callable[[Path, str], object] = _ignore,
        *,
        purpose: str = "",
    ) -> None:
        """Asks for thumbnails of files; each is handed out when it is made."""
        for path in paths:
            self.ask(
                ReadThumbnail(path, purpose),
                partial(made, path),
                failed=partial(_without_hint, failed, path),
            )

    def give_up_thumbnails(self, paths: Sequence[Path], *, purpose: str = "") -> None:
        """The thumbnails of these files are not wanted any more; what waits behind comes sooner."""
        for path in paths:
            self.withdraw(ReadThumbnail(path, purpose))


def _without_hint(
    failed: Callable[[Path, str], object], path: Path, message: str, _hint: str
) -> None:
    failed(path, message)
