"""Saves what is on screen to files and copies it to the clipboard, in another thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from camviewer.engine.render.look import Look
from camviewer.engine.results.messages import Explanation, ModelInfo, Verdict
from camviewer.ui.pictures.thumbnail import image_of
from camviewer.ui.style import mark, tr
from camviewer.ui.widgets.plain_text import confirmed
from camviewer.ui.work.background_job import Job

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from camviewer.engine.picture.source_image import SourceImage
    from camviewer.engine.trust.region import RegionScore
    from camviewer.ui.canvas.marks import Marks


_PNG = mark("PNG picture (*.png)")
_DICOM = mark("DICOM of the same patient: overlay, raw map, report (*.dcm)")


@dataclass(frozen=True, eq=False)
class Shown:
    """What is on screen, at the moment when it is to be saved.

    Attributes:
        image: the picture.
        explanation: its map.
        look: how the map is coloured.
        model: what the map was made with.
        verdict: what the model says of the picture.
        region: what was measured of a region that was drawn.
        marks: objects and lines that are saved with the overlay.
        measures: how the map lies on objects, for the sidecar.
    """

    image: SourceImage
    explanation: Explanation
    look: Look
    model: ModelInfo
    verdict: Verdict
    region: RegionScore | None = None
    marks: Marks | None = None
    measures: Mapping[str, Any] | None = None

    def finished(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """An overlay with the marks."""
        if self.marks is None:
            return pixels
        from camviewer.ui.canvas.marks import drawn_on  # noqa: PLC0415  (start-up)

        return drawn_on(pixels, (self.image.width, self.image.height), self.marks)


class Saving(QObject):
    """Saves and copies without blocking the window.

    Signals:
        saved: (text) what was written where.
        failed: (message, hint).
    """

    saved = Signal(str)
    failed = Signal(str, str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def save_overlay(self, shown: Shown, folder: Path) -> None:
        """Asks for a file and writes picture and map as PNG, or as DICOM where that can be."""
        from camviewer.engine.render import files  # noqa: PLC0415  (start-up)
        from camviewer.engine.render.dicom_files import can_write_dicom  # noqa: PLC0415

        suggestion = files.output_paths(folder, shown.image, shown.explanation).overlay
        kinds = [tr(_PNG), tr(_DICOM)] if can_write_dicom(shown.image) else [tr(_PNG)]
        path = self._ask(tr("Save overlay"), suggestion, ";;".join(kinds), ".png", ".dcm")
        if path is None:
            return
        if path.suffix.lower() != ".dcm":
            self.write_overlay(shown, path)
        elif self._may_write_dicom(path):
            self.write_dicom(shown, path)

    def write_overlay(self, shown: Shown, path: Path) -> None:
        """Writes picture and map as PNG at the picture's full resolution."""

        def work() -> str:
            from camviewer.engine.render import files  # noqa: PLC0415  (start-up)

            files.save_overlay(path, shown.image, shown.explanation, shown.look, shown.finished)
            return tr("Saved {name}").format(name=path.name)

        self._start(work)

    def write_dicom(self, shown: Shown, path: Path) -> None:
        """Writes overlay, raw map and verdict as DICOM objects of the picture's study."""

        def work() -> str:
            from camviewer.engine.render.dicom_files import (  # noqa: PLC0415  (an extra)
                dicom_objects,
                save_dicom,
            )

            objects = dicom_objects(
                shown.image,
                shown.explanation,
                shown.look,
                shown.model,
                shown.verdict,
                finished=shown.finished,
            )
            written = save_dicom(path, objects)
            names = ", ".join(one.name for one in written)
            if objects.map:
                return tr("Saved {name}").format(name=names)
            words = tr("Saved {name}; no raw map, as the picture has no place in space")
            return words.format(name=names)

        self._start(work)

    def save_map(self, shown: Shown, folder: Path) -> None:
        """Asks for a file and writes the raw map with its sidecar."""
        from camviewer.engine.render import files  # noqa: PLC0415  (start-up)

        suggestion = files.output_paths(folder, shown.image, shown.explanation).map
        path = self._ask(tr("Save raw map"), suggestion, tr("NumPy array (*.npy)"), ".npy")
        if path is not None and self._may_write_sidecar(path):
            self.write_map(shown, path)

    def write_map(self, shown: Shown, path: Path) -> None:
        """Writes the raw map (.npy, float32) and how it was made (.json beside it)."""

        def work() -> str:
            from camviewer.engine.render import files  # noqa: PLC0415  (start-up)
            from camviewer.engine.trust.records import region_record  # noqa: PLC0415

            sidecar = path.with_suffix(".json")
            content = files.provenance(
                shown.image, shown.explanation, shown.model, shown.look, shown.verdict
            )
            if shown.region is not None:
                content["region"] = region_record(shown.region)
            if shown.measures is not None:
                content["map_on_objects"] = dict(shown.measures)
            files.save_map(path, shown.explanation)
            files.save_sidecar(sidecar, content)
            return tr("Saved {name} and {sidecar}").format(name=path.name, sidecar=sidecar.name)

        self._start(work)

    def copy_overlay(self, shown: Shown) -> None:
        """Puts picture and map on the clipboard at the picture's full resolution."""
        from camviewer.engine.render import files  # noqa: PLC0415  (start-up)

        job = Job(lambda: shown.finished(files.drawn(shown.image, shown.explanation, shown.look)))
        job.done.connect(self._put_on_clipboard)
        job.failed.connect(self.failed)
        job.start()

    @Slot(object)
    def _put_on_clipboard(self, pixels: NDArray[np.uint8]) -> None:
        height, width, _ = pixels.shape
        QGuiApplication.clipboard().setImage(image_of(pixels))
        self.saved.emit(
            tr("Copied the overlay, {width} × {height} pixels").format(width=width, height=height)
        )

    def _start(self, work: Callable[[], str]) -> None:
        job = Job(work)
        job.done.connect(self._say_saved)
        job.failed.connect(self.failed)
        job.start()

    @Slot(object)
    def _say_saved(self, text: str) -> None:
        self.saved.emit(text)

    def _may_write_sidecar(self, path: Path) -> bool:
        """The file dialog has asked about the map; the sidecar beside it may exist too."""
        sidecar = path.with_suffix(".json")
        if path.exists() or not sidecar.exists():
            return True
        question = tr("{name} exists already. Replace it?").format(name=sidecar.name)
        return confirmed(self._window, tr("Save raw map"), question)

    def _may_write_dicom(self, path: Path) -> bool:
        """The file dialog has asked about a name that is only the beginning of those written."""
        from camviewer.engine.render.dicom_files import dicom_paths  # noqa: PLC0415  (start-up)

        there = [target.name for target in dicom_paths(path) if target.exists()]
        question = tr("{name} exists already. Replace it?").format(name=", ".join(there))
        return not there or confirmed(self._window, tr("Save as DICOM"), question)

    def _ask(
        self, title: str, suggestion: Path, kinds: str, suffix: str, other: str = ""
    ) -> Path | None:
        """A file name that ends in ``suffix``, or in ``other`` where its kind was chosen."""
        name, kind = QFileDialog.getSaveFileName(self._window, title, str(suggestion), kinds)
        if not name:
            return None
        path = Path(name)
        if other and (path.suffix.lower() == other or f"*{other}" in kind):
            stem = path.with_suffix("") if path.suffix.lower() in (suffix, other) else path
            return stem.with_name(f"{stem.name}{other}")
        return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)
