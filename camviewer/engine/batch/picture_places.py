"""Finds where the pictures of a run lie."""

from __future__ import annotations

import polars as pl


class PicturePlaces:
    """Where the pictures of a run were found.

    They stay in a sorted table: to make a dictionary of 100,000 would keep the interpreter from
    other threads for a tenth of a second.

    Args:
        pictures: the run's list.
    """

    def __init__(self, pictures: pl.DataFrame) -> None:
        self._pictures = pictures.select("id", "path", "root", "location").sort("id")

    def place_of(self, identifier: str) -> tuple[int, bytes]:
        """The number of the root that a picture's path begins at, and the way from there.

        Raises:
            KeyError: the run has no such picture.
        """
        row = int(self._pictures["id"].search_sorted(identifier))
        if row == self._pictures.height or self._pictures.item(row, "id") != identifier:
            raise KeyError(identifier)
        return self._pictures.item(row, "root"), self._pictures.item(row, "location")

    def namesakes(self, path: str) -> tuple[str, ...]:
        """The paths of all pictures with the file name of this path."""
        name = path.rpartition("/")[2]
        alike = self._pictures.filter(pl.col("path").str.ends_with(name))["path"]
        return tuple(other for other in alike if other.rpartition("/")[2] == name)
