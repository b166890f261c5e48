"""The pictures that are open, and the one among them that is looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from camviewer.ui.state.folder_ranges import FolderRanges
from camviewer.ui.state.opened_files import OpenedFiles
from camviewer.ui.style import mark, tr
from camviewer.ui.work import Incoming, LoadedPicture, PictureClient
from camviewer.ui.work.picture_client import FindPictures, ReadPicture

if TYPE_CHECKING:
    from camviewer.engine.picture.input_range import InputRange

_CLIPBOARD = mark("Clipboard")


class PictureChoice(QObject):
    """Opens files and what was pasted, and goes through files and pages.

    Attributes:
        ranges: the ranges of values that the user chose for the pictures of folders.

    Signals:
        listed: (tuple of Path) the files that were opened together.
        opening: (name) a picture is being decoded.
        decoded: (LoadedPicture, whether it takes the place of all pictures that were open).
        failed: (message, hint) a picture cannot be found or decoded.
        file_failed: (Path, message) it has this file.
    """

    listed = Signal(object)
    opening = Signal(str)
    decoded = Signal(LoadedPicture, bool)
    failed = Signal(str, str)
    file_failed = Signal(object, str)

    def __init__(self, client: PictureClient, parent: QObject) -> None:
        super().__init__(parent)
        self._client = client
        self._shown: LoadedPicture | None = None
        self._files = OpenedFiles()
        self._copied = b""
        """The file that was pasted, whose pages may be asked for."""
        self.ranges = FolderRanges()
        self._page_wanted = 0
        """The page of the picture on screen that was asked for last."""

    @property
    def shown(self) -> LoadedPicture | None:
        """The picture on screen."""
        return self._shown

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that were opened together, among them that of the picture on screen."""
        return self._files.paths

    @property
    def name_opening(self) -> str:
        """Name of the picture that is being decoded; empty when none is."""
        return self._files.name

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Opens files and folders; the first picture among them is shown."""
        self._client.ask(FindPictures(tuple(paths)), self._found, failed=self._failed)

    def open_without_file(self, incoming: Incoming) -> None:
        """Shows what was dropped or pasted as bytes or pixels, in place of the files."""
        self._files.replace()
        self.listed.emit(())
        copied = incoming.data if incoming.pixels is None else incoming.pixels
        self._copied = incoming.data
        self._read(ReadPicture(copied, tr(_CLIPBOARD)), tr(_CLIPBOARD))

    def open_rows(self, pages: Mapping[Path, int], kept: InputRange | None) -> None:
        """Opens pictures of a run together, fed as the run fed them.

        Args:
            pages: of each file the page, from 0, that is shown first.
            kept: the range of values that was assumed there where nothing says one; it holds, and
                not what was chosen here, until another is chosen.
        """
        self._client.give_up(FindPictures)
        paths = tuple(pages)
        self._files.replace(paths, pages)
        self.ranges.keep_for(paths, kept)
        self.listed.emit(paths)
        self.show_file(paths[0])

    def show_file(self, path: Path) -> None:
        """Shows one of the files that were opened together."""
        self._files.ask(path)
        self._read_file(path, self._files.first_page(path))

    def show_page(self, page: int) -> None:
        """Shows another page (from 0) of the file, or of what was pasted, on screen."""
        image = None if self._shown is None else self._shown.image
        if image is None or not 0 <= page < image.pages:
            return
        if image.path is not None:
            self._page_wanted = page
            self._read_file(image.path, page)
        elif self._copied:
            self._page_wanted = page
            name = tr(_CLIPBOARD)
            self._read(ReadPicture(self._copied, name, page=page), name)

    def step_page(self, step: int) -> None:
        """Shows the next (1) or previous (-1) page, beyond the last one the next picture."""
        image = None if self._shown is None else self._shown.image
        page = self._page_wanted + step
        is_asked = image is not None and (image.path is None or self._files.is_asked(image.path))
        if image is not None and is_asked and 0 <= page < image.pages:
            self.show_page(page)
        else:
            self.step_picture(step)

    def step_picture(self, step: int) -> None:
        """Shows the next (1) or previous (-1) of the files that were opened together."""
        path = self._files.beside(step)
        if path is not None:
            self.show_file(path)

    def choose_range(self, low: float, high: float) -> None:
        """Feeds these values as 0 and 1, of the picture on screen and those beside it like it."""
        image = None if self._shown is None else self._shown.image
        if image is not None and image.path is not None:
            from camviewer.engine.picture.input_range import (  # noqa: PLC0415  (numpy)
                chosen_range,
                type_name,
            )

            self.ranges.choose(image, chosen_range(low, high, type_name(image.values)))
            self._read_file(image.path, image.page)

    def redraw(self, loaded: LoadedPicture) -> None:
        """The picture on screen has other colours for the eye; what is known of it stays."""
        self._shown = loaded

    def close(self) -> None:
        """Forgets all pictures."""
        self._client.give_up(FindPictures, ReadPicture)
        self._shown = None
        self._files.close()
        self._copied = b""

    def _read_file(self, path: Path, page: int = 0) -> None:
        # What pictures of a run share was found over all of them, not over these.
        among = () if self.ranges.are_of_run(path) else self._files.paths
        chosen = self.ranges.of(path)
        self._read(ReadPicture(path, among=among, page=page, chosen=chosen), path.name)

    def _read(self, query: ReadPicture, name: str) -> None:
        self._files.name = name
        self.opening.emit(name)
        self._client.ask(query, self._decoded, failed=self._failed)

    def _found(self, paths: tuple[Path, ...]) -> None:
        self._files.replace(paths)
        self.ranges.keep_no_more()
        self.listed.emit(paths)
        self.show_file(paths[0])

    def _decoded(self, loaded: LoadedPicture) -> None:
        closes_others = self._files.decoded()
        self._shown = loaded
        self._page_wanted = loaded.image.page
        self.decoded.emit(loaded, closes_others)

    def _failed(self, message: str, hint: str) -> None:
        self._page_wanted = 0 if self._shown is None else self._shown.image.page
        file = self._files.failed()
        if file is not None:
            self.file_failed.emit(file, message)
        self.failed.emit(message, hint)
