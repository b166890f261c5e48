"""Remembers which files were opened together, and which of them is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


class OpenedFiles:
    """The files that were opened together; none while a picture without a file is shown.

    Attributes:
        paths: the files, in the order of the filmstrip.
        name: of the picture that is being decoded; empty when none is.
    """

    def __init__(self) -> None:
        self.paths: tuple[Path, ...] = ()
        self._pages: Mapping[Path, int] = {}
        self.name = ""
        self._last_asked: Path | None = None
        """The file that was asked for last, readable or not."""
        self._decoding: Path | None = None
        self._closes_others = False

    def replace(
        self, paths: tuple[Path, ...] = (), pages: Mapping[Path, int] | None = None
    ) -> None:
        """Takes other files; those of before are closed once a picture of these was decoded.

        Args:
            paths: the files.
            pages: the page, from 0, that is shown first of a file; the first where none is named.
        """
        self.paths, self._pages = paths, pages or {}
        self._last_asked = self._decoding = None
        self._closes_others = True

    def close(self) -> None:
        """Forgets all files."""
        self.replace()
        self.name = ""
        self._closes_others = False

    def ask(self, path: Path) -> None:
        """Notes that a file is being decoded."""
        self._last_asked = self._decoding = path

    def first_page(self, path: Path) -> int:
        """The page, from 0, that is shown when a file is chosen."""
        return self._pages.get(path, 0)

    def is_asked(self, path: Path | None) -> bool:
        """Whether a picture's file is the one that was asked for last."""
        return path is not None and path == self._last_asked

    def beside(self, step: int) -> Path | None:
        """The next (1) or previous (-1) file; None at the end."""
        if self._last_asked not in self.paths:
            return None
        index = self.paths.index(self._last_asked) + step
        return self.paths[index] if 0 <= index < len(self.paths) else None

    def decoded(self) -> bool:
        """Notes that the picture was decoded; returns whether those of before are closed now."""
        self.name, self._decoding = "", None
        closes, self._closes_others = self._closes_others, False
        return closes

    def failed(self) -> Path | None:
        """Notes that the picture could not be decoded; returns its file if it has one."""
        self.name = ""
        file, self._decoding = self._decoding, None
        return file
