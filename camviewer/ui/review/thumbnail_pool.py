"""Makes thumbnails with maps on threads of its own, those that were asked for last first."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage

from camviewer.engine.errors import CamviewerError
from camviewer.engine.render import Look
from camviewer.engine.support import folders
from camviewer.ui.pictures.thumbnail import image_of
from camviewer.ui.review.card_shape import PARTS, USUAL
from camviewer.ui.review.host import ReviewHost
from camviewer.ui.review.pair_picture import PairLooks, pair_image, part_image

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from camviewer.engine.picture.eye_choice import EyeChoice
    from camviewer.engine.review import MeanEvidence, MeanPicture
    from camviewer.engine.review.thumbnails import ThumbnailCache

_log = logging.getLogger(__name__)

_THREADS = 2
"""Number of threads; more would take the processor from the window and from a run."""

_ENLARGED = 1.25
"""How much larger than it is kept a picture is drawn at most; it is read anew for more."""


class ThumbnailPool(QObject):
    """Threads that draw what the gallery asks for.

    Signals:
        made: (row number, serial of the look, QImage).
        failed: (row number, serial of the look, message).
        large_made: (row number, which map, QImage) for the panel at the gallery's right.
        large_failed: (row number, message) likewise.
        mean_made: (MeanEvidence, MeanPicture or None).

    Args:
        host: has the open run's rows.
        parent: Qt's.
    """

    made = Signal(int, int, QImage)
    failed = Signal(int, int, str)
    large_made = Signal(int, int, QImage)
    large_failed = Signal(int, str)
    mean_made = Signal(object, object)

    def __init__(self, host: ReviewHost, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._host = host
        self._threads = ThreadPoolExecutor(_THREADS, "thumbnails")
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._wanted: list[int] = []
        self._large: tuple[int, QSize, int] | None = None
        self._mean: MeanEvidence | None = None
        self._at_work = 0
        self._look = Look()
        self._eye: EyeChoice | None = None
        self._serial = 0
        self._size = USUAL.picture
        self._pair: PairLooks | None = None
        self._cache: ThumbnailCache | None = None

    @property
    def serial(self) -> int:
        """Grows with each new look and size: what was drawn before is of another."""
        return self._serial

    def set_look(self, look: Look, size: QSize, pair: PairLooks | None = None) -> None:
        """Draws from now on in this look, as large as fits into ``size`` device pixels.

        Args:
            look: of one run's maps.
            size: of what the gallery shows of a row.
            pair: how it shows the maps of two runs; None while none are compared.
        """
        with self._lock:
            self._look, self._size, self._pair = look, size, pair
            self._serial += 1

    def set_eye(self, eye: EyeChoice | None) -> None:
        """Draws pictures from now on with these values from black to white."""
        with self._lock:
            self._eye = eye
            self._serial += 1

    def want(self, numbers: Sequence[int]) -> None:
        """Draws these rows, the first first; others that have not begun are given up."""
        with self._lock:
            self._wanted = list(reversed(numbers))
        self._wake()

    def want_large(self, number: int, size: QSize, part: int = 0) -> None:
        """Draws one row as large as fits into ``size`` device pixels, before all others.

        Args:
            number: of the row.
            size: room for it.
            part: of two runs, the first's map (0), the second's (1), or their difference (2).
        """
        with self._lock:
            self._large = (number, size, part)
        self._wake()

    def average(self, mean: MeanEvidence) -> None:
        """Makes the mean picture behind a mean map, in the place of one that has not begun."""
        with self._lock:
            self._mean = mean
        self._wake()

    def stop(self) -> None:
        """Ends the threads; what is under way is waited for."""
        self._stopped.set()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _wake(self) -> None:
        with self._lock:
            self._help()

    # -- in the threads --------------------------------------------------------------------------

    def _work(self) -> None:
        while (job := self._next()) is not None:
            try:
                job()
            except Exception:  # noqa: BLE001  (the thread's edge: logged)
                _log.exception("a thumbnail failed")

    def _next(self) -> Callable[[], None] | None:
        """What is to be done next; None ends the thread's turn."""
        with self._lock:
            look = self._look
            if self._stopped.is_set():
                pass
            elif self._large is not None:
                large, self._large = self._large, None
                return partial(self._make_large, *large, look, self._pair)
            elif self._wanted:
                if len(self._wanted) > 1:
                    self._help()
                number = self._wanted.pop()
                return partial(self._make, number, self._serial, look, self._size, self._pair)
            elif self._mean is not None:
                mean, self._mean = self._mean, None
                return partial(self._average, mean)
            self._at_work -= 1
            return None

    def _help(self) -> None:
        """Has another thread share the work, if one is idle; called with the lock."""
        if self._at_work < _THREADS and not self._stopped.is_set():
            self._at_work += 1
            self._threads.submit(self._work)

    def _make_large(
        self, number: int, size: QSize, part: int, look: Look, pair: PairLooks | None
    ) -> None:
        try:
            if pair is None:
                image = self._draw(number, look, size)
            else:
                picture = self._picture(number, max(size.width(), size.height()))
                image = _fitted(part_image(self._host.rows, number, picture, pair, part), size)
        except CamviewerError as error:
            self.large_failed.emit(number, error.message)
        else:
            self.large_made.emit(number, part, image)

    def _make(
        self, number: int, serial: int, look: Look, size: QSize, pair: PairLooks | None
    ) -> None:
        try:
            image = self._draw(number, look, size, pair)
        except CamviewerError as error:
            self.failed.emit(number, serial, error.message)
        else:
            self.made.emit(number, serial, image)

    def _draw(self, number: int, look: Look, size: QSize, pair: PairLooks | None = None) -> QImage:
        from camviewer.engine.review.thumbnails import (  # noqa: PLC0415  (start-up)
            thumbnail_with_map,
        )

        rows = self._host.rows
        row = rows.table.row(number)
        width = size.width() if pair is None else size.width() // PARTS
        picture = self._picture(number, max(width, size.height()))
        if pair is not None:
            return pair_image(rows, number, picture, pair, size)
        heatmap = rows.maps.heatmap(rows.table, row)
        drawn = thumbnail_with_map(picture, heatmap, (row["height"], row["width"]), look)
        return _fitted(image_of(drawn), size)

    def _picture(self, number: int, side: int = 0) -> NDArray[np.uint8]:
        """The picture of a row, with a longer side of at least ``side`` if the file has it."""
        from camviewer.engine.review.thumbnails import (  # noqa: PLC0415  (start-up)
            THUMBNAIL_SIDE,
            ThumbnailCache,
            small_picture,
            thumbnail,
        )

        table = self._host.rows.table
        if side > _ENLARGED * THUMBNAIL_SIDE:
            return small_picture(table.run, table.row(number), side, self._eye)
        if self._cache is None:
            self._cache = ThumbnailCache(folders.cache_folder() / "thumbnails")
        return thumbnail(table.run, table.row(number), self._cache, self._eye)

    def _average(self, mean: MeanEvidence) -> None:
        from camviewer.engine.review.mean_evidence import mean_picture  # noqa: PLC0415

        picture: MeanPicture | None = None
        try:
            picture = mean_picture(self._host.rows.table, mean, self._picture)
        except CamviewerError:
            _log.warning("the run was closed while a mean picture was made")
        self.mean_made.emit(mean, picture)


def _fitted(image: QImage, size: QSize) -> QImage:
    """An image as large as fits into ``size``."""
    return image.convertToFormat(QImage.Format.Format_RGB32).scaled(
        size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
