"""What the thread of the review can be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from camviewer.engine.assessments import PictureKey
from camviewer.engine.errors import CamviewerError
from camviewer.ui.review.host import ReviewHost, RunFacts
from camviewer.ui.style import tr
from camviewer.ui.work import UnderWay
from camviewer.ui.work.query import Answer, Query

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from camviewer.engine.assessments import Assessment
    from camviewer.engine.picture.input_range import InputRange
    from camviewer.engine.results import Heatmap
    from camviewer.engine.review import (
        ClassCount,
        ClassReasons,
        ConfusionMatrix,
        MeanEvidence,
        View,
    )
    from camviewer.engine.review.reopening import Reopened


class ReviewQuery(Query[ReviewHost, Answer]):
    """Something to ask about the open run."""


@dataclass(frozen=True)
class OpenRun(ReviewQuery[RunFacts]):
    """Open a run."""

    path: Path

    def answer(self, host: ReviewHost, under_way: UnderWay[RunFacts]) -> RunFacts:
        return host.open(self.path, under_way.progress)

    @property
    def interrupts(self) -> tuple[type, ...]:
        return (ReviewQuery,)


@dataclass(frozen=True)
class ReadMore(ReviewQuery["RunFacts | None"]):
    """Read the rows that were added meanwhile; None when there are none."""

    urgency = 2
    is_awaited = False

    def answer(self, host: ReviewHost, under_way: UnderWay[RunFacts | None]) -> RunFacts | None:
        return host.read_more(under_way.progress)


@dataclass(frozen=True, eq=False)
class FindRows(ReviewQuery["NDArray[np.uint32]"]):
    """The numbers of the rows of a view, in its order.

    Attributes:
        view: what is shown.
        said: what reviewers say of the pictures.
    """

    view: View
    said: Mapping[PictureKey, Assessment]

    def answer(
        self, host: ReviewHost, under_way: UnderWay[NDArray[np.uint32]]
    ) -> NDArray[np.uint32]:
        del under_way
        return host.rows.table.matching(self.view, self.said)


@dataclass(frozen=True)
class SaidCounts:
    """What reviewers said, in numbers.

    Attributes:
        judged: pictures in view that are judged.
        tags: of all pictures, the most frequent first.
    """

    judged: int
    tags: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class CountSaid(ReviewQuery[SaidCounts]):
    """Count what reviewers said of the pictures of these rows."""

    numbers: NDArray[np.uint32]
    said: Mapping[PictureKey, Assessment]
    urgency = 1
    is_awaited = False

    def answer(self, host: ReviewHost, under_way: UnderWay[SaidCounts]) -> SaidCounts:
        del under_way
        from camviewer.engine.review.judged_rows import judged_count  # noqa: PLC0415  (start-up)

        tags = Counter(tag for one in self.said.values() for tag in one.tags)
        known = sorted(tags, key=lambda tag: (-tags[tag], tag))
        return SaidCounts(judged_count(host.rows.table.rows, self.numbers, self.said), tuple(known))


@dataclass(frozen=True, eq=False)
class Summary:
    """What the matrix and the lists beside the gallery show.

    Attributes:
        matrix: None where no true class is known.
        counts: predicted classes.
        reasons: classes with pictures that are right for a wrong reason.
    """

    matrix: ConfusionMatrix | None
    counts: tuple[ClassCount, ...]
    reasons: tuple[ClassReasons, ...]


@dataclass(frozen=True)
class Summarise(ReviewQuery[Summary]):
    """Count confusions, classes and wrong reasons of all rows."""

    urgency = 1

    def answer(self, host: ReviewHost, under_way: UnderWay[Summary]) -> Summary:
        del under_way
        from camviewer.engine.review.confusion import (  # noqa: PLC0415  (start-up)
            class_counts,
            confusion_matrix,
        )
        from camviewer.engine.review.reasons import class_reasons  # noqa: PLC0415

        table = host.rows.table
        return Summary(
            confusion_matrix(table.known), class_counts(table.pictures), class_reasons(table.rows)
        )


@dataclass(frozen=True)
class FindMean(ReviewQuery["MeanEvidence | None"]):
    """The mean map of a class; None when the run has no map of it."""

    index: int
    urgency = 1

    def answer(
        self, host: ReviewHost, under_way: UnderWay[MeanEvidence | None]
    ) -> MeanEvidence | None:
        del under_way
        from camviewer.engine.review.mean_evidence import mean_evidence  # noqa: PLC0415

        rows = host.rows
        return mean_evidence(rows.table, rows.maps, self.index)


@dataclass(frozen=True, eq=False)
class FindAtCell(ReviewQuery["NDArray[np.uint32]"]):
    """The rows behind a mean map whose evidence lies in a cell (row, column) of it."""

    mean: MeanEvidence
    cell: tuple[int, int]

    def answer(
        self, host: ReviewHost, under_way: UnderWay[NDArray[np.uint32]]
    ) -> NDArray[np.uint32]:
        del under_way
        from camviewer.engine.review.mean_evidence import pictures_at  # noqa: PLC0415

        rows = host.rows
        return pictures_at(rows.table, rows.maps, self.mean, self.cell)


@dataclass(frozen=True, eq=False)
class RowDetail:
    """All that is told of one row.

    Attributes:
        number: of the row.
        key: which picture it is.
        path: of the picture, below its source.
        facts: (what, value in words).
        notes: what should be known about picture and map.
        sha256: hash of the picture's file when its map was made.
        reopened: how its map is made again.
        heatmap: the stored map.
        run: name of the run that it is of.
    """

    number: int
    key: PictureKey
    path: str
    facts: tuple[tuple[str, str], ...]
    notes: str
    sha256: str
    reopened: Reopened
    heatmap: Heatmap
    run: str


@dataclass(frozen=True)
class ReadDetail(ReviewQuery[RowDetail]):
    """Read one row.

    Attributes:
        number: of the row.
        purpose: what for; details for several purposes do not replace each other.
        of_other: whether it is the row of the run that is compared with the open one.
    """

    number: int
    purpose: str = ""
    of_other: bool = False

    @property
    def key(self) -> Hashable:
        return type(self), self.purpose

    def answer(self, host: ReviewHost, under_way: UnderWay[RowDetail]) -> RowDetail:
        del under_way
        from camviewer.engine.review.reopening import reopened, require_map  # noqa: PLC0415  (start-up)
        from camviewer.ui.review.row_words import other_facts, row_facts  # noqa: PLC0415

        rows = host.rows
        table, maps, row = rows.table, rows.maps, rows.table.row(self.number)
        require_map(row)
        facts, key = row_facts(row), PictureKey.of(row)
        if rows.other is not None:
            partner = rows.other.partner(row)
            if not self.of_other:
                facts = row_facts(row, other_facts(row, partner))
            elif partner is None:
                raise CamviewerError(
                    tr("{row} is not compared.").format(row=row["path"]), tr("It has no map of B.")
                )
            else:
                table, maps = rows.other.joined.other, rows.other.maps
                row, facts = partner, row_facts(partner)
        again = reopened(table.run, row)
        return RowDetail(
            self.number,
            key,
            row["path"],
            facts,
            row["notes"] or "",
            row["sha256"],
            again,
            maps.heatmap(table, row),
            table.run.path.name,
        )


@dataclass(frozen=True, eq=False)
class FindMaps(ReviewQuery["tuple[tuple[Reopened, PictureKey], ...]"]):
    """How the maps of rows are made again; rows without a map are left out."""

    numbers: tuple[int, ...]

    def answer(
        self, host: ReviewHost, under_way: UnderWay[tuple[tuple[Reopened, PictureKey], ...]]
    ) -> tuple[tuple[Reopened, PictureKey], ...]:
        del under_way
        from camviewer.engine.review.reopening import reopened  # noqa: PLC0415  (start-up)

        table = host.rows.table
        rows = [table.row(number) for number in self.numbers]
        return tuple(
            (reopened(table.run, row), PictureKey.of(row)) for row in rows if row["error"] is None
        )


@dataclass(frozen=True)
class RowPictures:
    """Pictures of a run that are opened together.

    Attributes:
        pages: of each file the page, from 0, of its first row among them.
        kept_range: the range of values that the run assumed for pictures of which nothing says one.
    """

    pages: Mapping[Path, int]
    kept_range: InputRange | None


@dataclass(frozen=True, eq=False)
class FindPictures(ReviewQuery[RowPictures]):
    """Where the pictures of rows lie, and what the run fed of them."""

    numbers: tuple[int, ...]

    def answer(self, host: ReviewHost, under_way: UnderWay[RowPictures]) -> RowPictures:
        del under_way
        from camviewer.engine.batch.run import page_of  # noqa: PLC0415  (start-up)

        table, pages = host.rows.table, dict[Path, int]()
        for row in map(table.row, self.numbers):
            pages.setdefault(table.run.picture_path(row), page_of(row))
        return RowPictures(pages, table.run.kept_range)
