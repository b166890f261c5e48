"""Saves the selected rows of the gallery: overlays, or a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from camviewer.engine.render import Look
from camviewer.ui.review.host import ReviewHost
from camviewer.ui.review.workplace import Workplace
from camviewer.ui.style import tr, whole
from camviewer.ui.work import Job

if TYPE_CHECKING:
    from camviewer.engine.batch import ExportFailure
    from camviewer.engine.picture.eye_choice import EyeChoice


class SelectionExport(QObject):
    """Asks where to, and writes in the background.

    Attributes:
        eye: which values overlays show from black to white; as pictures are opened when None.

    Args:
        parts: the review's widgets.
        host: has the rows.
        look: gives the colours of the gallery.
        parent: Qt's.
    """

    def __init__(
        self, parts: Workplace, host: ReviewHost, look: Callable[[], Look], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._host = host
        self._look = look
        self.eye: EyeChoice | None = None
        self._job: Job | None = None
        parts.overlays_requested.connect(self._ask_for_folder)
        parts.table_requested.connect(self._ask_for_file)

    def save_overlays(self, within: Path) -> None:
        """Saves the overlays of the selected pictures in a new folder."""
        rows, look, eye = self._host.rows, self._look(), self.eye
        numbers = self._parts.gallery.selected_numbers

        def export() -> object:
            from camviewer.engine.review.selection_export import (  # noqa: PLC0415  (start-up)
                export_rows,
            )

            return export_rows(rows.table, rows.maps, numbers, within, look, eye=eye)

        self._start(export, self._overlays_saved)

    def save_table(self, file: Path) -> None:
        """Saves all rows of the selected pictures as a CSV."""
        table = self._host.rows.table
        numbers = self._parts.gallery.selected_numbers

        def export() -> object:
            from camviewer.engine.review.selection_export import (  # noqa: PLC0415  (start-up)
                export_rows_csv,
            )

            return file, export_rows_csv(table, numbers, file)

        self._start(export, self._table_saved)

    def _ask_for_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self._parts,
            tr("A new folder for the overlays is made in"),
            str(self._host.rows.table.run.path.parent),
        )
        if name:
            self.save_overlays(Path(name))

    def _ask_for_file(self) -> None:
        run = self._host.rows.table.run.path.resolve()
        name, _ = QFileDialog.getSaveFileName(
            self._parts,
            tr("Save the rows"),
            str(run.parent / f"{run.name} selection.csv"),
            tr("CSV (*.csv)"),
        )
        if name:
            self.save_table(Path(name))

    def _start(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._job = Job(work)
        self._job.done.connect(done)
        self._job.failed.connect(self._parts.notice.show_error)
        self._job.start()

    def _overlays_saved(self, outcome: tuple[Path, tuple[ExportFailure, ...]]) -> None:
        folder, failures = outcome
        if failures:
            first = failures[0]
            words = tr("{count} could not be drawn, the first is {path}: {error}").format(
                count=whole(len(failures)), path=first.path, error=first.error
            )
            self._parts.notice.show_error(
                tr("The overlays are in {folder}.").format(folder=folder), words
            )
        else:
            self._parts.notice.show_info(
                tr("The overlays are saved."), tr("They are in {folder}.").format(folder=folder)
            )

    def _table_saved(self, outcome: tuple[Path, int]) -> None:
        file, count = outcome
        words = tr("{n} row(s) are in {file}.", "", count).format(file=file)
        self._parts.notice.show_info(tr("The table is saved."), words)
