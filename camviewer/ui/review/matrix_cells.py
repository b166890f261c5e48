"""What a confusion matrix looks like: the strength of each cell, as an image and in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QColor, QImage, qRgba

from camviewer.ui.style import mark, tr, whole

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from camviewer.engine.review import ConfusionMatrix

_LEAST_ALPHA = 0.1
"""Opacity of the weakest cell, so that whatever has a picture is seen."""
_STRONG = 140
"""Level of a cell from which its number is light on dark."""


class Cells:
    """The cells of a matrix.

    Attributes:
        title: what a screen reader calls it.
        down: what stands beside the rows.
        across: what stands above the columns.
        same: what a cell on the diagonal means.
        other: what another cell means.

    Args:
        matrix: counts in their order.
        shares: whether cells are shown as shares of their row; otherwise as counts.
    """

    title = mark("Confusion matrix")
    down = mark("true →")
    across = mark("said →")
    same = mark("{row}: {count} of {total} found ({share})")
    other = mark("{row}: {count} of {total} taken for {column} ({share})")

    def __init__(self, matrix: ConfusionMatrix, *, shares: bool) -> None:
        self.matrix = matrix
        self.shares = shares
        self._totals = matrix.counts.sum(axis=1)
        self._levels = matrix.share_levels if shares else matrix.count_levels
        self._images: dict[tuple[str, int], QImage] = {}

    @property
    def count(self) -> int:
        """Number of rows, and of columns."""
        return len(self.matrix.classes)

    @property
    def classes(self) -> NDArray[np.int64]:
        """Class of each row, and of each column."""
        return self.matrix.classes

    def is_strong(self, row: int, column: int) -> bool:
        """Whether a cell is so strong that words upon it must be light."""
        return bool(self._levels[row, column] > _STRONG)

    def image(self, colour: QColor, pooled: int) -> QImage:
        """The cells in one hue, a pixel for each, or for so many cells a side their strongest."""
        key = (colour.name(), pooled)
        if key not in self._images:
            self._images = {key: self._drawn(colour, pooled)}
        return self._images[key]

    def filled(self, rows: range, columns: range) -> Iterator[tuple[int, int]]:
        """The cells within these places that have a picture."""
        part = self.matrix.counts[rows.start : rows.stop, columns.start : columns.stop]
        for row, column in zip(*part.nonzero(), strict=True):
            yield rows.start + int(row), columns.start + int(column)

    def number_words(self, row: int, column: int) -> str:
        """The number in a cell."""
        count = int(self.matrix.counts[row, column])
        return f"{100 * count / self._totals[row]:.0f}" if self.shares else f"{count}"

    def words(self, row: int | None, column: int | None, labels: tuple[str, ...]) -> str:
        """What a cell, a row (no column) or a column (no row) means."""
        counts = self.matrix.counts
        if row is None and column is not None:
            total = int(counts[:, column].sum())
            return self._column_words(total).format(name=labels[self.classes[column]])
        assert row is not None  # noqa: S101
        name, total = labels[self.classes[row]], int(self._totals[row])
        if column is None:
            return self._row_words(total).format(name=name)
        count, share = int(counts[row, column]), counts[row, column] / max(total, 1)
        return tr(self.same if row == column else self.other).format(
            row=name,
            column=labels[self.classes[column]],
            count=whole(count),
            total=whole(total),
            share=f"{share:.0%}",
        )

    def _row_words(self, total: int) -> str:
        return tr("{n} picture(s) of {name}", "", total)

    def _column_words(self, total: int) -> str:
        return tr("{n} picture(s) said to be {name}", "", total)

    def _drawn(self, colour: QColor, pooled: int) -> QImage:
        levels = self._levels
        if pooled > 1:
            starts = np.arange(0, self.count, pooled)
            levels = np.maximum.reduceat(np.maximum.reduceat(levels, starts, 0), starts, 1)
        height, width = levels.shape
        image = QImage(levels.tobytes(), width, height, width, QImage.Format.Format_Indexed8)
        rgb = colour.red(), colour.green(), colour.blue()
        alphas = (_LEAST_ALPHA + (1 - _LEAST_ALPHA) * level / 255 for level in range(1, 256))
        image.setColorTable([0, *(qRgba(*rgb, round(255 * alpha)) for alpha in alphas)])
        return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


class ChangeCells(Cells):
    """The cells of a matrix of changes: what one run's model says by what another's says."""

    title = mark("Matrix of changes")
    down = mark("A said →")
    across = mark("B said →")
    same = mark("A said {row}: of {count} of {total}, B said the same ({share})")
    other = mark("A said {row}: of {count} of {total}, B said {column} ({share})")

    def _row_words(self, total: int) -> str:
        return tr("{n} picture(s) of which A said {name}", "", total)

    def _column_words(self, total: int) -> str:
        return tr("{n} picture(s) of which B said {name}", "", total)
