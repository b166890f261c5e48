"""What the window knows of two runs that are compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from camviewer.engine.batch.comparison.changes import ComparisonSummary
    from camviewer.engine.batch.run import Run
    from camviewer.engine.review.compared_table import ComparedTable
    from camviewer.engine.review.stored_maps import StoredMaps


@dataclass(frozen=True, eq=False)
class OtherRows:
    """The rows of the second run, for the threads of the review.

    Attributes:
        joined: both tables.
        maps: of the second run.
    """

    joined: ComparedTable
    maps: StoredMaps

    def partner(self, row: Mapping[str, Any]) -> dict[str, Any] | None:
        """The second run's row that a row of the first is compared with; None of none."""
        number = row["other_number"]
        return None if number is None else self.joined.other.row(number)


@dataclass(frozen=True)
class RunName:
    """A run in words.

    Attributes:
        path: its folder.
        model: title of its model.
        method: title of its method.
    """

    path: Path
    model: str
    method: str


@dataclass(frozen=True, eq=False)
class ComparedFacts:
    """Two runs side by side.

    What stands in arrays is by the number of the first run's row, and -1 or NaN where the row is
    not compared.

    Attributes:
        names: of both runs.
        summary: both in numbers.
        left_out: (path, why) of the pictures that are not compared.
        map_classes: those that both runs have maps of, by the labels of both models.
        wanted: the one of these whose maps are compared; None for the true one.
        explained: int32 (n,) the class that the second map explains, by the labels of both models.
        probability: float32 (n,) its probability; NaN where the model puts out values.
        value: float32 (n,) its logit, or value.
        said: int32 (n,) the class that the second model predicts.
        confidence: float32 (n,) its probability.
        moved: float32 (n,) share of the evidence that moved, 0 to 1.
        one_scale: whether the maps of both have one unit and one scale of colours.
        second_end: the value at the end of the second run's colours; 0 without any.
        second_unit: of the second run's maps.
        second_signed: whether they have evidence against the class.
        difference_end: the value at both ends of the colours of differences; 0 without any.
    """

    names: tuple[RunName, RunName]
    summary: ComparisonSummary
    left_out: tuple[tuple[str, str], ...]
    map_classes: tuple[int, ...]
    wanted: int | None
    explained: NDArray[np.int32]
    probability: NDArray[np.float32]
    value: NDArray[np.float32]
    said: NDArray[np.int32]
    confidence: NDArray[np.float32]
    moved: NDArray[np.float32]
    one_scale: bool
    second_end: float
    second_unit: str
    second_signed: bool
    difference_end: float

    def has(self, number: int) -> bool:
        """Whether a row of the first run is compared with one of the second."""
        return int(self.said[number]) >= 0


def compared_facts(other: OtherRows) -> ComparedFacts:
    """Sums up two runs that were compared."""
    joined = other.joined
    first, second = joined.table, joined.other
    one, two = (table.run.record["model"] for table in (first, second))
    one_scale = (one["unit"], first.run.method_words, one["signed"]) == (
        two["unit"], second.run.method_words, two["signed"],
    )  # fmt: skip
    rows = first.rows
    theirs = second.rows.select("number", "probability", "logit", "predicted_probability")
    theirs = rows.select("other_number").join(
        theirs, left_on="other_number", right_on="number", how="left", maintain_order="left"
    )
    return ComparedFacts(
        names=(_name(first.run), _name(second.run)),
        summary=joined.comparison.summary,
        left_out=tuple(joined.comparison.left_out.iter_rows()),
        map_classes=_map_classes(joined),
        wanted=joined.comparison.wanted,
        explained=rows["other_shown"].fill_null(-1).to_numpy(),
        probability=theirs["probability"].fill_null(float("nan")).to_numpy(),
        value=theirs["logit"].fill_null(0.0).to_numpy(),
        said=rows["other_said"].fill_null(-1).to_numpy(),
        confidence=theirs["predicted_probability"].fill_null(float("nan")).to_numpy(),
        moved=rows["evidence_moved"].fill_null(float("nan")).to_numpy(),
        one_scale=one_scale,
        second_end=max(first.colour_end, second.colour_end) if one_scale else second.colour_end,
        second_unit=two["unit"],
        second_signed=two["signed"],
        difference_end=joined.difference_end,
    )


def _map_classes(joined: ComparedTable) -> tuple[int, ...]:
    first, second = (
        table.rows["class_index"].drop_nulls().unique().to_list()
        for table in (joined.table, joined.other)
    )
    places = joined.comparison.classes.of_second
    return tuple(sorted({int(places[index]) for index in second}.intersection(first)))


def _name(run: Run) -> RunName:
    return RunName(run.path, run.record["model"]["title"], run.method_words)
