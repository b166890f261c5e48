"""Saves the objects of the picture on screen to a file, in another thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from camviewer.ui.style import tr
from camviewer.ui.work import Job

if TYPE_CHECKING:
    from camviewer.engine.picture import SourceImage
    from camviewer.ui.objects.shown_objects import ShownObject

_SUFFIX = ".json"


class ObjectSaving(QObject):
    """Asks for a file, and writes objects as LabelMe does.

    Signals:
        saved: (text) what was written where.
        failed: (message, hint).

    Args:
        window: the dialog's parent.
    """

    saved = Signal(str)
    failed = Signal(str, str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def ask(self, image: SourceImage, objects: tuple[ShownObject, ...], folder: Path) -> None:
        """Asks for a file; beside the picture and of its name it is found by itself later."""
        if not objects:
            self.failed.emit(tr("This picture has no objects to save."), tr("Draw one first."))
            return
        near = folder / image.name if image.path is None else image.path
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            tr("Save objects"),
            str(near.with_suffix(_SUFFIX)),
            tr("LabelMe ({pattern})").format(pattern=f"*{_SUFFIX}"),
        )
        if name:
            self.write(image, objects, Path(name))

    def write(self, image: SourceImage, objects: tuple[ShownObject, ...], path: Path) -> None:
        """Writes objects to a file, whose name gets the suffix that it lacks."""
        file = path if path.suffix.lower() == _SUFFIX else path.with_name(path.name + _SUFFIX)
        found = [each.found for each in objects]
        size = image.width, image.height
        name = image.name if image.path is None else image.path.name
        said = tr("Saved {name}").format(name=file.name)

        def work() -> str:
            from camviewer.engine.batch.objects.labelme_writing import (  # noqa: PLC0415  (start-up)
                save_labelme,
            )

            save_labelme(file, found, name, size)
            return said

        job = Job(work)
        job.done.connect(self._say_saved)
        job.failed.connect(self.failed)
        job.start()

    @Slot(object)
    def _say_saved(self, text: str) -> None:
        self.saved.emit(text)
