"""A run's rows as the window looks through them: filters, orders, wrong reasons, new shards."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from benchmarks.synthetic_runs import SIDE, begin_synthetic_run, write_shards
from camviewer.engine.assessments import Assessment, Judgement, PictureKey
from camviewer.engine.batch import open_run
from camviewer.engine.batch.columns import SCHEMA
from camviewer.engine.batch.report.verdicts import verdicts
from camviewer.engine.errors import CamviewerError
from camviewer.engine.review.confusion import class_counts, confusion_matrix, confusion_order
from camviewer.engine.review.filters import (
    Between,
    ClassRole,
    Contains,
    Correct,
    Filter,
    ForReason,
    Listed,
    OfClass,
    expression_of,
    with_filter,
)
from camviewer.engine.review.judged_rows import judged_count
from camviewer.engine.review.judgement_filters import Judged, Noted, Tagged
from camviewer.engine.review.mean_evidence import mean_evidence, pictures_at
from camviewer.engine.review.reasons import Reason, class_reasons
from camviewer.engine.review.run_table import RunTable, View, read_table
from camviewer.engine.review.stored_maps import StoredMaps
from camviewer.engine.support.progress import NO_PROGRESS

COUNT = 400


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> RunTable:
    path = tmp_path_factory.mktemp("run") / "run"
    write_shards(begin_synthetic_run(path, COUNT, shard_size=100))
    return read_table(open_run(path), None, NO_PROGRESS)


def column(table: RunTable, numbers: np.ndarray, name: str) -> list[object]:
    return [table.row(int(number))[name] for number in numbers]


def test_every_picture_is_shown_once_by_path(table: RunTable) -> None:
    found = table.matching(View())
    paths = column(table, found, "path")
    assert len(found) == table.picture_count == COUNT
    assert paths == sorted(paths)


def test_filters_are_joined_by_and(table: RunTable) -> None:
    filters = (
        Correct(right=False),
        OfClass(ClassRole.TRUTH, 3),
        Between("predicted_probability", low=0.5),
        Contains("CLASS 3/0000"),
    )
    found = table.matching(View(filters))
    rows = open_run(table.run.path).rows()
    expected = rows.filter(
        (rows["truth_index"] == 3)
        & (rows["predicted_index"] != 3)
        & (rows["predicted_probability"] >= 0.5)
        & rows["path"].str.starts_with("class 3/0000")
    )["path"].to_list()
    assert column(table, found, "path") == expected
    assert expected


def test_a_filter_takes_the_place_of_one_of_its_kind() -> None:
    before = (Correct(right=True), OfClass(ClassRole.TRUTH, 1), OfClass(ClassRole.PREDICTED, 1))
    after = with_filter(before, OfClass(ClassRole.TRUTH, 2))
    assert after == (*before[:1], *before[2:], OfClass(ClassRole.TRUTH, 2))


@pytest.mark.parametrize("reverse", [False, True])
def test_orders_are_those_of_the_numbers(table: RunTable, reverse: bool) -> None:
    found = table.matching(View(sort="loss", reverse=reverse))
    losses = -np.log(np.array(column(table, found, "truth_probability"), np.float64))
    steps = np.diff(losses)
    assert (steps >= 0).all() if reverse else (steps <= 0).all()


def test_rows_without_a_value_come_last(table: RunTable) -> None:
    assert len(table.matching(View(sort="stability"))) == COUNT
    assert {sort.name: has for sort, has in table.sorts()} == {
        "path": True, "confidence": True, "margin": True, "loss": True, "border": True,
        "outside": False, "stability": False, "faithfulness": False, "judgement": True,
    }  # fmt: skip


def test_what_reviewers_say_is_filtered_and_sorted_by(table: RunTable) -> None:
    def key(number: int) -> PictureKey:
        row = table.row(number)
        return PictureKey(row["id"], row["sha256"])

    said = {
        key(5): Assessment(Judgement.WRONG, ("water", "caption")),
        key(9): Assessment(Judgement.UNSURE, ("water",), "Why?"),
        key(11): Assessment(note="Only a note."),
        PictureKey(key(12).id, "of another file"): Assessment(Judgement.WRONG, ("water",)),
    }

    def found(*filters: Filter) -> list[int]:
        return sorted(table.matching(View(filters), said).tolist())

    assert found(Judged(Judgement.WRONG)) == [5]
    assert len(found(Judged(None))) == COUNT - 2
    assert found(Tagged("water")) == [5, 9]
    assert found(Tagged("water"), Tagged("caption")) == [5]
    assert found(Noted()) == [9, 11]
    assert len(found(Noted(has=False))) == COUNT - 2
    assert table.matching(View(sort="judgement"), said)[-2:].tolist() == [5, 9]
    assert table.matching(View(sort="judgement", reverse=True), said)[:2].tolist() == [9, 5]
    assert judged_count(table.rows, np.arange(20, dtype=np.uint32), said) == 2
    assert judged_count(table.rows, np.arange(5, dtype=np.uint32), said) == 0
    both = with_filter((Tagged("water"), Judged(None)), Tagged("caption"))
    assert both == (Tagged("water"), Judged(None), Tagged("caption"))


def test_listed_rows_are_those_and_no_others(table: RunTable) -> None:
    numbers = np.array([7, 3, 300], np.uint32)
    assert sorted(table.matching(View((Listed(numbers, "three"),)))) == [3, 7, 300]


def test_the_colour_scale_reaches_the_strongest_value_of_98_percent(table: RunTable) -> None:
    highs = np.sort([max(values) for values in open_run(table.run.path).rows()["map"]])
    assert (highs <= table.colour_end).mean() == pytest.approx(0.98, abs=0.005)


def test_new_shards_are_added_behind_those_that_were_there(tmp_path: Path) -> None:
    folder = begin_synthetic_run(tmp_path / "run", 50, shard_size=10)
    run = open_run(tmp_path / "run")
    empty = read_table(run, None, NO_PROGRESS)
    assert (empty.picture_count, len(empty.matching(View()))) == (0, 0)
    write_shards(folder, 3)
    first = read_table(run, empty, NO_PROGRESS)
    before = [first.row(number)["path"] for number in range(20)]
    write_shards(folder, 0, 3)
    second = read_table(run, first, NO_PROGRESS)
    assert second.picture_count == 50
    assert [second.row(number)["path"] for number in range(20)] == before
    assert read_table(run, second, NO_PROGRESS) is second


def test_a_run_of_before_a_column_was_added_opens(tmp_path: Path) -> None:
    folder = begin_synthetic_run(tmp_path / "run", 20, shard_size=10)
    write_shards(folder)
    first, _ = folder.shards()
    rows = folder.scan_shard(first.name).collect()
    folder.write_table(first.name, rows.drop("stability", "logits", strict=False))
    table = read_table(open_run(tmp_path / "run"), None, NO_PROGRESS)
    assert len(table.matching(View(sort="stability"))) == 20


def test_the_matrix_counts_as_the_report_does(table: RunTable) -> None:
    matrix = confusion_matrix(table.known)
    assert matrix is not None
    said = verdicts(table.pictures, table.labels)
    assert (matrix.right, matrix.total) == (said.accuracy.hits, said.accuracy.count)
    counts = {
        (table.labels[t], table.labels[p]): int(matrix.counts[row, at])
        for row, t in enumerate(matrix.classes)
        for at, p in enumerate(matrix.classes)
    }
    for row, truth in enumerate(said.matrix.labels):
        for at, predicted in enumerate(said.matrix.columns):
            assert counts[truth, predicted] == said.matrix.counts[row][at]
    assert [pair.count for pair in matrix.pairs[:10]] == [one.count for one in said.confusions]


def test_confused_classes_stand_together() -> None:
    """Three blocks of confusions, shuffled, come out as blocks, the most confused one first."""
    random = np.random.default_rng(0)
    blocks = np.repeat([0, 1, 2], 20)
    strength = np.array([30, 10, 20])
    counts = np.where(blocks[:, None] == blocks, strength[blocks][:, None], 0)
    shuffled = random.permutation(len(blocks))
    order = confusion_order(counts[np.ix_(shuffled, shuffled)])
    assert blocks[shuffled][order].tolist() == [0] * 20 + [2] * 20 + [1] * 20


def test_a_chain_of_confusions_is_laid_out_as_a_chain() -> None:
    chain = np.diag(np.full(29, 5), 1)
    shuffled = np.random.default_rng(1).permutation(30)
    order = shuffled[confusion_order(chain[np.ix_(shuffled, shuffled)])]
    assert set(np.abs(np.diff(order))) == {1}


def test_classes_are_counted_without_truth(table: RunTable) -> None:
    counts = class_counts(table.pictures)
    assert sum(count.count for count in counts) == COUNT
    assert [c.count for c in counts] == sorted((c.count for c in counts), reverse=True)


def reasons_table(*rows: tuple[int, int, float | None, float, float, float]) -> pl.DataFrame:
    """(truth, rank of it, energy inside, border share, peak x, peak y) on a map of 90 x 90."""
    from camviewer.engine.review.reasons import with_corners, with_recurring_corners

    plain = {"extent_left": 0.0, "extent_top": 0.0, "extent_right": 90.0, "extent_bottom": 90.0}
    made = [
        dict.fromkeys(SCHEMA)
        | plain
        | {
            "id": str(number), "truth_index": truth, "class_index": truth, "truth_rank": rank,
            "energy_inside": inside, "border_share": border, "peak_x": x, "peak_y": y,
        }
        for number, (truth, rank, inside, border, x, y) in enumerate(rows)
    ]  # fmt: skip
    table = pl.DataFrame(made, schema=SCHEMA).with_columns(is_right=pl.col("truth_rank") == 1)
    return with_recurring_corners(
        with_corners(table.lazy()).with_columns(recurring_corner=pl.lit(None)).collect()
    )


def test_right_for_the_wrong_reason_is_counted_as_by_hand() -> None:
    middle, corner = (45.0, 45.0), (80.0, 10.0)
    rows = reasons_table(
        (0, 1, 0.9, 0.1, *middle), (0, 1, 0.4, 0.1, *middle), (0, 1, None, 0.6, *middle),
        (0, 2, 0.1, 0.9, *middle),
        *[(1, 1, 0.9, 0.2, *corner)] * 5, *[(1, 1, 0.9, 0.2, *middle)] * 10,
        *[(2, 1, 0.9, 0.2, *corner)] * 4,
    )  # fmt: skip
    found = {one.index: one for one in class_reasons(rows)}
    assert set(found) == {0, 1}
    first = found[0]
    assert (first.right, first.any.hits) == (3, 2)
    assert (first.outside.hits, first.outside.count) == (1, 2)
    assert (first.border.hits, first.border.count) == (1, 3)
    assert (found[1].corner.hits, found[1].corner.value) == (5, 5 / 15)
    in_corner = rows.filter(expression_of(ForReason(Reason.CORNER)))
    assert set(in_corner["truth_index"]) == {1}


def test_the_mean_map_is_the_mean_of_the_class_and_its_cells_lead_to_pictures(
    table: RunTable,
) -> None:
    mean = mean_evidence(table, StoredMaps(table.run), 3)
    assert mean is not None
    rows = open_run(table.run.path).rows()
    own = rows.filter((rows["truth_index"] == 3) & (rows["class_index"] == 3))
    maps = np.array(own["map"].to_list()).reshape(-1, SIDE, SIDE)
    np.testing.assert_allclose(mean.values, maps.mean(axis=0), rtol=1e-5)
    assert len(mean.numbers) == len(maps)
    # Pictures of class 3 have a strong cell in row 3, column 0.
    assert np.unravel_index(mean.values.argmax(), mean.values.shape) == (3, 0)
    found = pictures_at(table, StoredMaps(table.run), mean, (3, 0))
    evidence = np.clip(maps, 0, None)
    shares = evidence[:, 3, 0] / evidence.sum((1, 2))
    assert len(found) == (shares >= 2 / SIDE**2).sum()
    first = table.row(int(found[0]))["path"]
    assert first == own["path"][int(shares.argmax())]


def test_a_mean_map_leaves_out_shards_that_came_after_the_rows_were_read(tmp_path: Path) -> None:
    folder = begin_synthetic_run(tmp_path / "run", 50, classes=1, shard_size=10)
    write_shards(folder, 0, 2)
    table = read_table(open_run(tmp_path / "run"), None, NO_PROGRESS)
    maps = np.array(table.run.rows()["map"].to_list()).reshape(20, SIDE, SIDE)
    write_shards(folder, 2)
    mean = mean_evidence(table, StoredMaps(table.run), 0)
    assert mean is not None
    assert len(mean.numbers) == 20
    np.testing.assert_allclose(mean.values, maps.mean(axis=0), rtol=1e-5)


def test_maps_on_other_grids_are_carried_over_to_the_common_frame(tmp_path: Path) -> None:
    """A map that rises evenly from left to right is the same ramp on any grid."""
    folder = begin_synthetic_run(tmp_path / "run", 12, classes=1)
    write_shards(folder)
    (shard,) = folder.shards()
    rows = folder.scan_shard(shard.name).collect()
    usual = [list(range(SIDE)) * SIDE] * 8
    wide = [np.tile((np.arange(14) + 0.5) / 2 - 0.5, 4).tolist()] * 4
    other = pl.arange(12) >= 8
    folder.write_table(
        shard.name,
        rows.with_columns(
            pl.Series("map", usual + wide, dtype=pl.List(pl.Float32)),
            map_rows=pl.when(other).then(4).otherwise(SIDE).cast(pl.Int32),
            map_columns=pl.when(other).then(14).otherwise(SIDE).cast(pl.Int32),
            origin_x=pl.when(other).then(8.0).otherwise(16.0),
            pitch_x=pl.when(other).then(16.0).otherwise(32.0),
            origin_y=pl.when(other).then(28.0).otherwise(16.0),
            pitch_y=pl.when(other).then(56.0).otherwise(32.0),
        ),
    )
    table = read_table(open_run(tmp_path / "run"), None, NO_PROGRESS)
    mean = mean_evidence(table, StoredMaps(table.run), 0)
    assert mean is not None
    assert (len(mean.numbers), mean.others) == (12, 4)
    np.testing.assert_allclose(mean.values, np.tile(np.arange(SIDE), (SIDE, 1)), atol=1e-6)


def test_stored_maps_keep_within_their_limit(table: RunTable) -> None:
    maps = StoredMaps(table.run, kept_bytes=30_000)
    rows = open_run(table.run.path).rows()
    for number in (0, 150, 399, 1):
        row = table.row(number)
        values = maps.values(table, row)
        expected = rows.filter(rows["path"] == row["path"])["map"][0].to_list()
        assert values.tolist() == expected
        assert maps.kept_bytes <= 30_000


def test_the_map_of_a_row_is_not_taken_from_a_shard_that_was_made_again(tmp_path: Path) -> None:
    folder = begin_synthetic_run(tmp_path / "run", 20, shard_size=20)
    write_shards(folder)
    table = read_table(open_run(tmp_path / "run"), None, NO_PROGRESS)
    (shard,) = folder.shards()
    rows = folder.scan_shard(shard.name).collect()
    folder.write_table(shard.name, rows.reverse())
    os.utime(folder.shard_file(shard.name), (0, 0))
    with pytest.raises(CamviewerError, match="were made again after they were read"):
        StoredMaps(table.run).values(table, table.row(3))
    again = read_table(table.run, table, NO_PROGRESS)
    values = StoredMaps(table.run).values(again, again.row(3))
    assert values.tolist() == rows["map"][16].to_list()
