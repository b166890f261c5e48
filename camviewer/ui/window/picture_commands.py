"""The commands of the menu File that open, save and copy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from camviewer.engine.errors import CamviewerError
from camviewer.engine.render import Look
from camviewer.engine.results import Explanation
from camviewer.ui.objects import ObjectsControl
from camviewer.ui.state import Exploration, Settings
from camviewer.ui.style import tr
from camviewer.ui.widgets import Notice
from camviewer.ui.window import menus
from camviewer.ui.window.saving import Saving, Shown
from camviewer.ui.work import dropped_data
from camviewer.ui.work.picture_kinds import picture_kinds

if TYPE_CHECKING:
    from camviewer.engine.trust import RegionScore


class PictureCommands(QObject):
    """Opens pictures, and saves or copies what is on screen.

    Signals:
        opened: (Incoming) what is to be opened.

    Args:
        window: the dialogs' parent.
        exploration: opens the pictures.
        settings: remembers the folder and the pictures opened last.
        notice: says what cannot be opened.
        look: gives the look of the map.
        region_score: gives what was measured of a region for a map.
        objects: gives what is drawn of objects, and was measured with them.
    """

    opened = Signal(dropped_data.Incoming)

    def __init__(
        self,
        window: QWidget,
        exploration: Exploration,
        settings: Settings,
        notice: Notice,
        *,
        look: Callable[[], Look],
        region_score: Callable[[Explanation], RegionScore | None],
        objects: ObjectsControl,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._exploration = exploration
        self._settings = settings
        self._notice = notice
        self._look = look
        self._region_score = region_score
        self._objects = objects
        self.saving = Saving(window)
        self.saving.failed.connect(notice.show_error)

    def ask_for_pictures(self) -> None:
        """Asks for files to open."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window, tr("Open pictures"), str(self._settings.folder), picture_kinds()
        )
        if names:
            self._open(*map(Path, names))

    def ask_for_folder(self) -> None:
        """Asks for a folder to open."""
        name = QFileDialog.getExistingDirectory(
            self._window, tr("Open folder"), str(self._settings.folder)
        )
        if name:
            self._open(Path(name))

    def open_one(self, path: Path) -> None:
        """Opens a sample, or what was opened last."""
        self._open(path)

    def _open(self, *paths: Path) -> None:
        self.opened.emit(dropped_data.Incoming(paths=paths))

    def paste(self) -> None:
        """Opens what was copied."""
        try:
            taken = dropped_data.take(QGuiApplication.clipboard().mimeData())
        except CamviewerError as error:
            self._notice.show_error(error.message, error.hint)
        else:
            self.opened.emit(taken)

    def save_overlay(self) -> None:
        """Asks for a file for the overlay."""
        if (shown := self.shown()) is not None:
            self.saving.save_overlay(shown, self._settings.folder)

    def save_map(self) -> None:
        """Asks for a file for the raw map."""
        if (shown := self.shown()) is not None:
            self.saving.save_map(shown, self._settings.folder)

    def copy(self) -> None:
        """Copies the overlay."""
        if (shown := self.shown()) is not None:
            self.saving.copy_overlay(shown)

    def shown(self) -> Shown | None:
        """What is on screen; None without a map."""
        explored, info = self._exploration, self._exploration.models.info
        if explored.picture and explored.explanation and info and explored.verdict:
            return Shown(
                explored.picture.image,
                explored.explanation,
                self._look(),
                info,
                explored.verdict,
                self._region_score(explored.explanation),
                self._objects.saved_marks,
                self._objects.record_of(explored.explanation),
            )
        return None

    def list_recent(self, menu: QMenu) -> None:
        """Fills the menu of pictures opened last."""
        recent = self._settings.recent
        menus.fill_recent_menu(menu, recent, self.open_one, lambda: self._clear_recent(menu))

    def _clear_recent(self, menu: QMenu) -> None:
        self._settings.clear_recent()
        self.list_recent(menu)
