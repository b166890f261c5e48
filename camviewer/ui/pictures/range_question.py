"""Asks once for each folder which values become 0 and 1, where percentiles stand in for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from camviewer.ui.state.explorer import Exploration
from camviewer.ui.style import mark
from camviewer.ui.work.background_job import Job

if TYPE_CHECKING:
    from camviewer.engine.picture.source_image import SourceImage
    from camviewer.engine.picture.value_histogram import ValueHistogram
    from camviewer.ui.pictures.range_dialog import RangeDialog

CHOOSE, KEEP = mark("Choose the range…"), mark("Keep the percentiles")


class RangeQuestion(QObject):
    """Knows whether the picture on screen raises the question, and opens the dialog.

    Args:
        window: the dialog's parent.
        exploration: what is looked at.
    """

    def __init__(self, window: QWidget, exploration: Exploration) -> None:
        super().__init__(window)
        self._window, self._exploration = window, exploration
        self._dialog: RangeDialog | None = None
        self._asked: SourceImage | None = None

    @property
    def dialog(self) -> RangeDialog | None:
        """The open dialog."""
        return self._dialog

    @property
    def is_open(self) -> bool:
        """Whether the range of the picture on screen is assumed, and nobody was asked for it."""
        image, info = self._image, self._exploration.models.info
        if image is None or info is None:
            return False
        return self._exploration.pictures.ranges.asks(image, info.recipe)

    def keep(self) -> None:
        """The percentiles are right; nobody is asked again for the pictures of this folder."""
        if self._image is not None:
            self._exploration.pictures.ranges.choose(self._image, None)

    def ask(self) -> None:
        """Opens the dialog, once the values are counted."""
        image, info = self._image, self._exploration.models.info
        if image is None or info is None or self._dialog is not None:
            return
        self._asked = image
        recipe = info.recipe

        def counted() -> ValueHistogram:
            from camviewer.engine.picture.value_histogram import value_histogram  # noqa: PLC0415

            return value_histogram(image.values, image.input_range(recipe.scale))

        job = Job(counted)
        job.done.connect(self._show)
        job.start()

    @property
    def _image(self) -> SourceImage | None:
        picture = self._exploration.picture
        return None if picture is None else picture.image

    def _show(self, shown: ValueHistogram) -> None:
        image = self._asked
        if image is None or self._image is not image or self._dialog is not None:
            return
        from camviewer.ui.pictures.range_dialog import RangeDialog  # noqa: PLC0415  (start-up)

        self._dialog = dialog = RangeDialog(image.name, shown, self._window)
        dialog.chosen.connect(self._choose)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _choose(self, ends: tuple[float, float] | None) -> None:
        if self._image is None or self._image is not self._asked:
            return
        if ends is None:
            self.keep()
        else:
            self._exploration.pictures.choose_range(*ends)

    def _closed(self) -> None:
        self._dialog = None
