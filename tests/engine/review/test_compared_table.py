"""The rows of two runs as the window filters and sorts them."""

from __future__ import annotations

from pathlib import Path

import pytest

from camviewer.engine.batch import compare_runs, open_run
from camviewer.engine.batch.comparison.changes import Outcome
from camviewer.engine.batch.comparison.kept_distances import KeptDistances
from camviewer.engine.review.compared_table import ComparedTable, compared_table
from camviewer.engine.review.filters import ClassRole, OfClass, with_filter, words_of
from camviewer.engine.review.filters_of_two import CHANGED, IN_BOTH, said_by_other, with_outcome
from camviewer.engine.review.run_table import View, read_table
from camviewer.engine.support.progress import NO_PROGRESS
from tests.engine.compared_runs import Said, spot, write_run


@pytest.fixture
def joined(tmp_path: Path) -> ComparedTable:
    """A run with two maps a picture, and one with fewer pictures whose shards are others."""
    first = [
        Said("cat/1.jpg", "dog", (("dog", spot(0, 0)), ("cat", spot(0, 0)))),
        Said("cat/2.jpg", "cat", (("cat", spot(0, 0)), ("dog", spot(0, 0)))),
        Said("dog/3.jpg", "dog", (("dog", spot(0, 0)), ("cat", spot(0, 0)))),
        Said("dog/4.jpg", "cat", (("cat", spot(0, 0)), ("dog", spot(0, 0)))),
    ]
    second = [
        Said("cat/1.jpg", "cat", (("cat", spot(0, 2)),)),
        Said("dog/3.jpg", "dog", (("dog", spot(0, 0)),)),
        Said("dog/4.jpg", "bird", (("bird", spot(0, 0)), ("dog", spot(2, 2)))),
    ]
    runs = write_run(tmp_path / "a", first), write_run(tmp_path / "b", second, shard_size=3)
    tables = [read_table(open_run(run.path), None, NO_PROGRESS) for run in runs]
    compared = compare_runs(*runs, kept=KeptDistances(tmp_path / "kept"))
    return compared_table(tables[0], tables[1], compared)


def found(joined: ComparedTable, *filters: object, sort: str = "path") -> list[tuple[str, str]]:
    view = View(filters, sort, of_two=True)  # type: ignore[arg-type]
    rows = (joined.table.row(int(number)) for number in joined.table.matching(view))
    return [(row["path"], row["class"]) for row in rows]


def test_each_picture_is_shown_once_with_the_compared_map(joined: ComparedTable) -> None:
    assert found(joined) == [
        ("cat/1.jpg", "cat"), ("cat/2.jpg", "cat"), ("dog/3.jpg", "dog"), ("dog/4.jpg", "dog"),
    ]  # fmt: skip
    assert [path for path, _ in found(joined, IN_BOTH)] == ["cat/1.jpg", "dog/3.jpg", "dog/4.jpg"]


def test_filters_of_two_runs_find_what_changed(joined: ComparedTable) -> None:
    assert [path for path, _ in found(joined, CHANGED)] == ["cat/1.jpg", "dog/4.jpg"]
    assert [path for path, _ in found(joined, with_outcome(Outcome.BETTER))] == ["cat/1.jpg"]
    became = OfClass(ClassRole.PREDICTED, 0), said_by_other(2)
    assert [path for path, _ in found(joined, *became)] == ["dog/4.jpg"]
    labels = joined.comparison.classes.labels
    assert [words_of(one, labels, of_two=True) for one in became] == ["A said: cat", "B said: bird"]
    held = with_filter((IN_BOTH, with_outcome(Outcome.BETTER)), with_outcome(Outcome.WORSE))
    assert held == (IN_BOTH, with_outcome(Outcome.WORSE))


def test_pictures_are_sorted_by_how_far_the_evidence_moved(joined: ComparedTable) -> None:
    order = [path for path, _ in found(joined, IN_BOTH, sort="centre")]
    assert order == ["dog/4.jpg", "cat/1.jpg", "dog/3.jpg"]
    assert found(joined, sort="moved")[-1][0] == "cat/2.jpg"
    assert [sort.name for sort, has in joined.table.sorts() if has][-2:] == ["moved", "centre"]


def test_each_row_knows_its_partner(joined: ComparedTable) -> None:
    for number in joined.table.matching(View((IN_BOTH,), of_two=True)):
        row = joined.table.row(int(number))
        partner = joined.other.row(row["other_number"])
        assert (partner["path"], partner["class"]) == (row["path"], row["class"])


def test_changes_are_counted_by_class(joined: ComparedTable) -> None:
    changes = joined.changes
    assert changes is not None
    assert (changes.total, changes.right) == (3, 1)
    assert {(pair.truth, pair.predicted) for pair in changes.pairs} == {(1, 0), (0, 2)}
