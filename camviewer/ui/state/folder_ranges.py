"""Remembers which values of the pictures of a folder become 0 and 1, where somebody said it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from camviewer.engine.geometry.geometry import Recipe
    from camviewer.engine.picture.input_range import InputRange
    from camviewer.engine.picture.source_image import SourceImage


class FolderRanges:
    """The answers of this session, by folder and type of the values."""

    def __init__(self) -> None:
        self._chosen: dict[tuple[Path, str], InputRange | None] = {}
        self._of_run: dict[Path, tuple[InputRange, ...]] = {}
        """The ranges of a run's pictures, those that were chosen since first."""

    def keep_for(self, paths: Iterable[Path], kept: InputRange | None) -> None:
        """The range of a run holds for its pictures, and none that was chosen for their folders.

        Without this, picture and map would have other numbers than the run's row.
        """
        self._of_run = dict.fromkeys(paths, () if kept is None else (kept,))

    def keep_no_more(self) -> None:
        """The pictures of a run are left."""
        self._of_run = {}

    def are_of_run(self, path: Path) -> bool:
        """Whether a run says the range of this picture, or that there is none to assume."""
        return path in self._of_run

    def of(self, path: Path) -> tuple[InputRange, ...]:
        """The ranges that were chosen for the pictures beside a file, or its run's."""
        if path in self._of_run:
            return self._of_run[path]
        return self.within(path.parent)

    def within(self, folder: Path) -> tuple[InputRange, ...]:
        """The ranges that were chosen for the pictures of a folder."""
        return tuple(
            found for (place, _), found in self._chosen.items() if found and place == folder
        )

    def choose(self, image: SourceImage, chosen: InputRange | None) -> None:
        """Takes the answer for a picture and those beside it; None keeps what is assumed."""
        if image.path is not None:
            if chosen is not None:
                for path, kept in self._of_run.items():
                    if path.parent == image.path.parent:
                        self._of_run[path] = (chosen, *kept)
            self._chosen[_key(image, image.path)] = chosen

    def asks(self, image: SourceImage, recipe: Recipe) -> bool:
        """Whether somebody should say the range: nothing does, and percentiles stand in for it.

        Args:
            image: the picture; its values were looked at already.
            recipe: of the model.
        """
        if image.path is None or _key(image, image.path) in self._chosen:
            return False
        values = image.values.with_no_data(recipe.scale.no_data)
        if values.array.dtype.kind != "f" or not values.is_measured:
            return False
        found = image.input_range(recipe.scale)
        if found in self._of_run.get(image.path, ()):
            return False
        return found.is_assumed and (found.low, found.high) != (0.0, 1.0)


def _key(image: SourceImage, path: Path) -> tuple[Path, str]:
    return path.parent, str(image.values.array.dtype)
