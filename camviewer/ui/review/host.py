"""What the thread of the review owns: a run's rows and its maps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import nan
from pathlib import Path
from typing import TYPE_CHECKING

from camviewer.engine.errors import CamviewerError
from camviewer.engine.support.torch_loading import others_may_run
from camviewer.ui.review.compared_facts import ComparedFacts, OtherRows, compared_facts
from camviewer.ui.style import tr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from polars import DataFrame, Series

    from camviewer.engine.batch.report.verdicts import Verdicts
    from camviewer.engine.review import Sort
    from camviewer.engine.review.reopening import RunModel
    from camviewer.engine.review.run_table import RunTable
    from camviewer.engine.review.stored_maps import StoredMaps
    from camviewer.engine.support import Progress


@dataclass(frozen=True, eq=False)
class Captions:
    """What a gallery says of each row, by the row's number; -1 stands for no class.

    Attributes:
        explained: int32 (n,) the class of the map.
        probability: float32 (n,) its probability; not a number (nan) of a value.
        value: float32 (n,) its logit, or the value.
        predicted: int32 (n,) the most probable class.
        confidence: float32 (n,) its probability, likewise.
        truth: int32 (n,) the true class.
        ids: of the pictures.
        hashes: of their files, SHA-256; None where one could not be read.
        paths: of the pictures below their source.
    """

    explained: NDArray[np.int32]
    probability: NDArray[np.float32]
    value: NDArray[np.float32]
    predicted: NDArray[np.int32]
    confidence: NDArray[np.float32]
    truth: NDArray[np.int32]
    ids: Series
    hashes: Series
    paths: Series


@dataclass(frozen=True, eq=False)
class RunFacts:
    """A run that is looked through, as far as its rows are read.

    Attributes:
        path: its folder.
        model: of the run.
        method: title of its method, with its target.
        labels: of its classes, by index.
        unit: of its maps.
        signed: whether its maps have evidence against the class.
        pictures: of the whole run.
        done: those whose rows are read.
        failed: those of them that could not be explained.
        verdicts: how right they are.
        has_truth: whether true classes are known.
        several_maps: whether pictures have maps of several classes.
        colour_end: the value at the end of the colour scale.
        sorts: each order, and whether the run has what it sorts by.
        columns: (name, unit) of its numbers that have values.
        captions: of the rows.
        reading: which reading it is: rows have the same numbers as long as this is the same.
        compared: what is known of the run that it is compared with; None of none.
    """

    path: Path
    model: RunModel
    method: str
    labels: tuple[str, ...]
    unit: str
    signed: bool
    pictures: int
    done: int
    failed: int
    verdicts: Verdicts
    has_truth: bool
    several_maps: bool
    colour_end: float
    sorts: tuple[tuple[Sort, bool], ...]
    columns: tuple[tuple[str, str], ...]
    captions: Captions
    reading: int
    compared: ComparedFacts | None = None

    @property
    def is_complete(self) -> bool:
        """Whether all rows are read."""
        return self.done >= self.pictures


@dataclass(frozen=True, eq=False)
class OpenRows:
    """What threads read of an open run; replaced as a whole when rows are added.

    Attributes:
        table: the rows.
        maps: the stored maps.
        reading: as in ``RunFacts``.
        other: the run that it is compared with; None of none. Then ``table`` has its columns.
    """

    table: RunTable
    maps: StoredMaps
    reading: int
    other: OtherRows | None = None


class ReviewHost:
    """Owns the open run. Its thread replaces ``rows``; threads of thumbnails read them."""

    def __init__(self) -> None:
        self._rows: OpenRows | None = None
        self._readings = 0

    @property
    def rows(self) -> OpenRows:
        """The rows of the open run.

        Raises:
            CamviewerError: none is open.
        """
        if self._rows is None:
            raise CamviewerError(tr("No run is open."), tr("Open one: File > Open run."))
        return self._rows

    def warm_up(self) -> bool:
        return False

    def close(self) -> None:
        self._rows = None

    def open(self, path: Path, progress: Progress) -> RunFacts:
        """Opens a run in the place of the one before, which stays open when that fails.

        Raises:
            CamviewerError: it cannot be read.
        """
        with others_may_run():  # polars alone takes a tenth of a second
            from camviewer.engine.batch import open_run  # noqa: PLC0415  (start-up)
            from camviewer.engine.review.run_table import read_table  # noqa: PLC0415
            from camviewer.engine.review.stored_maps import StoredMaps  # noqa: PLC0415

        run = open_run(path)
        if not run.record["model"]["labels"]:
            raise CamviewerError(tr("This run's model has no classes."), tr("Open another run."))
        table = read_table(run, None, progress)
        self._readings += 1
        self._rows = OpenRows(table, StoredMaps(run), self._readings)
        return facts_of(self._rows)

    def read_more(self, progress: Progress) -> RunFacts | None:
        """Reads the rows that were added; None when there are none.

        Raises:
            CamviewerError: a shard is damaged.
        """
        from camviewer.engine.review.run_table import read_table  # noqa: PLC0415  (start-up)
        from camviewer.engine.review.stored_maps import StoredMaps  # noqa: PLC0415

        rows = self.rows
        if rows.other is not None:  # what is compared stays as it is until that ends
            return None
        table = read_table(rows.table.run, rows.table, progress)
        if table is rows.table:
            return None
        if table.shards[: len(rows.table.shards)] == rows.table.shards and (
            table.written[: len(rows.table.written)] == rows.table.written
        ):
            self._rows = replace(rows, table=table)
        else:
            self._readings += 1
            self._rows = OpenRows(table, StoredMaps(table.run), self._readings)
        return facts_of(self._rows)

    def compare(self, path: Path, wanted: int | None, progress: Progress) -> RunFacts:
        """Compares the open run with another one, in the place of what it was compared with.

        Args:
            path: of the other run.
            wanted: the class whose maps are compared where both have them; None for the true one.
            progress: told how far it is.

        Raises:
            CamviewerError: the other cannot be read, or they have nothing in common.
        """
        from camviewer.engine.batch import compare_runs, open_run  # noqa: PLC0415  (start-up)
        from camviewer.engine.review.compared_table import compared_table  # noqa: PLC0415
        from camviewer.engine.review.run_table import read_table  # noqa: PLC0415
        from camviewer.engine.review.stored_maps import StoredMaps  # noqa: PLC0415

        first, second = self.rows.table.run, open_run(path)
        other = read_table(second, None, progress.part(0.0, 0.1))
        comparison = compare_runs(first, second, wanted, progress=progress.part(0.1, 0.9))
        table = read_table(first, None, progress.part(0.9, 1.0))
        joined = compared_table(table, other, comparison)
        self._readings += 1
        self._rows = OpenRows(
            joined.table, StoredMaps(first), self._readings, OtherRows(joined, StoredMaps(second))
        )
        return facts_of(self._rows)

    def end_comparison(self, progress: Progress) -> RunFacts:
        """Shows the open run alone again.

        Raises:
            CamviewerError: it cannot be read any more.
        """
        return self.open(self.rows.table.run.path, progress)


def facts_of(rows: OpenRows) -> RunFacts:
    """Sums up what was read of a run."""
    from camviewer.engine.batch import COLUMNS  # noqa: PLC0415  (start-up)
    from camviewer.engine.batch.report.verdicts import verdicts  # noqa: PLC0415
    from camviewer.engine.review.compared_table import COMPARED_NUMBERS  # noqa: PLC0415
    from camviewer.engine.review.reopening import run_model  # noqa: PLC0415

    table = rows.table
    record, light = table.run.record, table.rows
    compared = None if rows.other is None else compared_facts(rows.other)
    columns = [(column.name, column.unit) for column in COLUMNS if column.is_number]
    return RunFacts(
        path=table.run.path,
        model=run_model(table.run),
        method=table.run.method_words,
        labels=table.labels if rows.other is None else rows.other.joined.comparison.classes.labels,
        unit=record["model"]["unit"],
        signed=record["model"]["signed"],
        pictures=table.run.folder.picture_count,
        done=table.picture_count,
        failed=table.picture_count - table.pictures.height,
        verdicts=verdicts(table.pictures, table.labels),
        has_truth=table.known.height > 0,
        several_maps=light.height > table.picture_count,
        colour_end=(
            compared.second_end if compared is not None and compared.one_scale else table.colour_end
        ),
        sorts=table.sorts(),
        columns=tuple(
            (name, unit)
            for name, unit in (*columns, *COMPARED_NUMBERS)
            if name in light.columns and table.has(name)
        ),
        captions=Captions(
            _classes(light, "class_index"),
            light["probability"].fill_null(nan).to_numpy(),
            light["logit"].fill_null(0.0).to_numpy(),
            _classes(light, "predicted_index"),
            light["predicted_probability"].fill_null(nan).to_numpy(),
            _classes(light, "truth_index"),
            light["id"],
            light["sha256"],
            light["path"],
        ),
        reading=rows.reading,
        compared=compared,
    )


def _classes(table: DataFrame, name: str) -> NDArray[np.int32]:
    column: NDArray[np.int32] = table[name].fill_null(-1).to_numpy()
    return column
