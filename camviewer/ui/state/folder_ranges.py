"""Remembers which values of the pictures of a folder become 0 and 1, where somebody said it."""

from __future__ import annotations

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
        self._of_run: tuple[Path, tuple[InputRange, ...]] | None = None

    def keep_for(self, path: Path, kept: InputRange | None) -> None:
        """The range of a run holds for its picture, and none that was chosen for its folder.

        Without this, picture and map would have other numbers than the run's row.
        """
        self._of_run = path, () if kept is None else (kept,)

    def keep_no_more(self) -> None:
        """The picture of a run is left."""
        self._of_run = None

    def of(self, path: Path) -> tuple[InputRange, ...]:
        """The ranges that were chosen for the pictures beside a file, or its run's."""
        if self._of_run is not None and self._of_run[0] == path:
            return self._of_run[1]
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
                self._of_run = None
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
        if self._of_run is not None and found in self._of_run[1]:
            return False
        return found.is_assumed and (found.low, found.high) != (0.0, 1.0)


def _key(image: SourceImage, path: Path) -> tuple[Path, str]:
    return path.parent, str(image.values.array.dtype)
