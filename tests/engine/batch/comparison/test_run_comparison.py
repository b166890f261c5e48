"""Two runs side by side: the same pictures, changed verdicts, moved evidence."""

from __future__ import annotations

from math import comb
from pathlib import Path

import polars as pl
import pytest

from benchmarks.synthetic_runs import begin_synthetic_run, write_shards
from camviewer.engine.batch import SCHEMA, compare_runs, open_run
from camviewer.engine.batch.comparison.changes import Change, mcnemar
from camviewer.engine.batch.comparison.joint_classes import joint_classes
from camviewer.engine.batch.comparison.kept_distances import KeptDistances
from camviewer.engine.batch.comparison.pairing import ROW_COLUMNS, Side, pair_pictures
from camviewer.engine.errors import CamviewerError
from tests.engine.compared_runs import Said, spot, write_run

A = (
    Said("cat/1.jpg", "cat"),
    Said("cat/2.jpg", "cat"),
    Said("cat/3.jpg", "dog"),
    Said("dog/4.jpg", "cat"),
    Said("dog/5.jpg", "dog"),
)
B = (
    Said("cat/1.jpg", "cat", (("cat", spot(0, 0)),)),
    Said("cat/2.jpg", "dog"),
    Said("cat/3.jpg", "cat"),
    Said("dog/4.jpg", "bird"),
    Said("dog/5.jpg", "dog"),
)


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMVIEWER_HOME", str(tmp_path / "home"))


def moved(table: pl.DataFrame) -> dict[str, float | None]:
    return dict(table.select("path", "evidence_moved").iter_rows())


def test_changed_verdicts_are_counted_as_by_hand(tmp_path: Path) -> None:
    found = compare_runs(write_run(tmp_path / "a", A), write_run(tmp_path / "b", B)).summary
    assert (found.pictures, found.changed, found.known) == (5, 3, 5)
    counts = (found.right_in_both, found.better, found.worse, found.wrong_in_both)
    assert counts == (2, 1, 1, 1)
    assert found.accuracies == (0.6, 0.6)
    assert found.p_value == 1.0
    assert set(found.changes) == {
        Change("cat", "dog", 1), Change("dog", "cat", 1), Change("cat", "bird", 1),
    }  # fmt: skip


def test_a_run_gives_a_data_frame_of_the_pictures_side_by_side(tmp_path: Path) -> None:
    table = write_run(tmp_path / "a", A).compare(write_run(tmp_path / "b", B))
    assert table["path"].to_list() == [said.path for said in A]
    assert table["outcome"].to_list() == [
        "right in both", "got worse", "got better", "wrong in both", "right in both",
    ]  # fmt: skip
    assert table["predicted_b"].to_list() == [said.predicted for said in B]
    assert table["evidence_moved"].to_list() == [1.0, 0.0, 0.0, 0.0, 0.0]
    assert table["same_class"].to_list() == [True, False, False, False, True]


def test_other_orders_shards_and_grids_make_no_difference(tmp_path: Path) -> None:
    """The second run has its pictures under other names, which turns their order around."""
    maps = [spot(0, 0), spot(1, 1), spot(2, 2), spot(1, 0), spot(0, 2)]
    fine = [spot(0, 0), spot(1, 1), spot(0, 0), spot(1, 0), spot(1, 2)]
    first = [
        Said(f"cat/{n}.jpg", "cat", (("cat", maps[n]),), content=f"bytes {n}") for n in range(5)
    ]
    second = [
        Said(
            f"cat/{9 - n}.png", "cat",
            (("cat", tuple(tuple(v for v in row for _ in "ab") for row in fine[n] for _ in "ab")),),
            content=f"bytes {n}",
        )
        for n in range(5)
    ]  # fmt: skip
    runs = write_run(tmp_path / "a", first), write_run(tmp_path / "b", second, shard_size=3)
    table = runs[0].compare(runs[1])
    assert table["path_b"].to_list() == [f"cat/{9 - n}.png" for n in range(5)]
    found = [value for _, value in sorted(moved(table).items())]
    assert found == pytest.approx([0, 0, 1, 0, 1], abs=1e-6)
    turned = runs[1].compare(runs[0])
    assert sorted(moved(turned).values()) == pytest.approx(sorted(found), abs=1e-6)


def test_the_true_class_is_compared_where_both_runs_have_its_map(tmp_path: Path) -> None:
    both = Said("cat/1.jpg", "dog", (("dog", spot(0, 0)), ("cat", spot(1, 1))))
    other = Said(
        "cat/1.jpg", "bird", (("bird", spot(0, 0)), ("cat", spot(2, 2)), ("dog", spot(0, 0)))
    )
    runs = write_run(tmp_path / "a", [both]), write_run(tmp_path / "b", [other])
    row = runs[0].compare(runs[1]).row(0, named=True)
    assert (row["class_a"], row["class_b"], row["same_class"]) == ("cat", "cat", True)
    assert row["evidence_moved"] == 1.0
    wanted = runs[0].compare(runs[1], "dog").row(0, named=True)
    assert (wanted["class_a"], wanted["evidence_moved"]) == ("dog", 0.0)
    with pytest.raises(CamviewerError, match="No class of the two models is called 'cow'"):
        runs[0].compare(runs[1], "cow")


def test_pictures_that_are_not_in_both_are_named_with_the_reason(tmp_path: Path) -> None:
    first = [*A, Said("cat/6.jpg", "cat"), Said("cat/7.jpg", error="broken"), Said("dog/8.jpg")]
    second = [*B[1:], Said("cat/6.jpg", "cat", content="another"), Said("cat/7.jpg", "cat"),
              Said("dog/9.jpg")]  # fmt: skip
    found = compare_runs(write_run(tmp_path / "a", first), write_run(tmp_path / "b", second))
    assert found.rows.height == 4
    assert dict(found.left_out.iter_rows()) == {
        "cat/1.jpg": "in A alone",
        "cat/6.jpg": "other content",
        "cat/7.jpg": "not explained in A",
        "dog/8.jpg": "in A alone",
        "dog/9.jpg": "in B alone",
    }
    assert found.summary.left_out == 5


def test_copies_of_a_picture_are_paired_by_path_first(tmp_path: Path) -> None:
    first = [Said("cat/a.jpg", content="same"), Said("cat/b.jpg", content="same")]
    second = [Said("cat/b.jpg", content="same"), Said("cat/c.jpg", content="same"),
              Said("cat/d.jpg", content="same")]  # fmt: skip
    found = compare_runs(write_run(tmp_path / "a", first), write_run(tmp_path / "b", second))
    pairs = dict(found.table().select("path", "path_b").iter_rows())
    assert pairs == {"cat/a.jpg": "cat/c.jpg", "cat/b.jpg": "cat/b.jpg"}
    assert found.left_out["path"].to_list() == ["cat/d.jpg"]


def test_pages_of_a_file_are_paired_by_their_number(tmp_path: Path) -> None:
    run = write_run(tmp_path / "a", A)

    def side(*pages: int | None) -> Side:
        rows = [
            dict.fromkeys(ROW_COLUMNS)
            | {"path": "cat/stack.tif", "sha256": "x", "page": page, "rank": 1, "picture": number}
            for number, page in enumerate(pages)
        ]
        kinds = {name: SCHEMA[name] for name in ROW_COLUMNS} | {"picture": pl.UInt32}
        return Side(run, (), pl.DataFrame(rows, schema=kinds))

    found = pair_pictures(side(None, 2, 3), side(3, 1, 2, 4))
    assert sorted(found.pairs.iter_rows()) == [(0, 1), (1, 2), (2, 0)]
    assert found.left_out.rows() == [("cat/stack.tif, page 4", "in B alone")]


def test_without_true_classes_only_changes_are_counted(tmp_path: Path) -> None:
    runs = [write_run(tmp_path / name, said, truth="none") for name, said in (("a", A), ("b", B))]
    found = compare_runs(*runs).summary
    assert (found.changed, found.known, found.p_value, found.accuracies) == (3, 0, None, None)


def test_a_class_that_one_model_lacks_is_not_counted_as_wrong(tmp_path: Path) -> None:
    first = write_run(tmp_path / "a", A, labels=("dog", "bird", "cat"))
    second = write_run(tmp_path / "b", [said for said in B if said.predicted != "cat"],
                       labels=("bird", "dog"))  # fmt: skip
    found = compare_runs(first, second)
    assert found.table()["outcome"].to_list() == [None, "wrong in both", "right in both"]
    assert found.summary.known == 2


def test_classes_of_two_models_are_joined_by_name() -> None:
    found = joint_classes(("tench, Tinca tinca", "cat"), ("Cat", "cow", "tench", "7"))
    assert found.labels == ("tench, Tinca tinca", "cat", "cow", "7")
    assert found.of_second.tolist() == [1, 2, 0, 3]
    assert sorted(found.shared.tolist()) == [0, 1]
    twice = joint_classes(("crane", "crane"), ("crane", "crane"))
    assert twice.of_second.tolist() == [0, 1]


@pytest.mark.parametrize(("better", "worse"), [(0, 0), (1, 1), (5, 0), (10, 3), (2, 17)])
def test_mcnemar_is_the_binomial_test(better: int, worse: int) -> None:
    total = better + worse
    tail = sum(comb(total, k) for k in range(min(better, worse) + 1)) / 2**total
    assert mcnemar(better, worse) == pytest.approx(min(1.0, 2 * tail))


def test_mcnemar_of_many_pictures_is_reckoned_with_logarithms() -> None:
    assert mcnemar(50_300, 49_700) == pytest.approx(0.058, abs=0.001)
    assert mcnemar(60_000, 40_000) < 1e-300


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ([Said("cow/1.jpg"), Said("cow/2.jpg")], "a and b have no picture in common"),
        (
            [Said("cat/1.jpg", content="x")],
            "a and b have pictures of the same paths, but",
        ),
        ([Said("cat/1.jpg", error="broken")], "a and b have no picture with a map in both"),
    ],
)
def test_runs_that_cannot_be_compared_say_why(
    tmp_path: Path, second: list[Said], words: str
) -> None:
    runs = write_run(tmp_path / "a", A), write_run(tmp_path / "b", second)
    with pytest.raises(CamviewerError, match=words):
        compare_runs(*runs)


def test_a_run_without_rows_and_a_damaged_one_say_so(tmp_path: Path) -> None:
    first = write_run(tmp_path / "a", A)
    begin_synthetic_run(tmp_path / "b", 5)
    with pytest.raises(CamviewerError, match="b has no rows yet"):
        compare_runs(first, open_run(tmp_path / "b"))
    second = write_run(tmp_path / "c", B)
    next((tmp_path / "c" / "shards").glob("*.parquet")).write_bytes(b"nothing")
    with pytest.raises(CamviewerError, match="cannot be read"):
        compare_runs(first, second)


def test_distances_are_kept_and_measured_again_when_a_shard_is_made_again(tmp_path: Path) -> None:
    kept = KeptDistances(tmp_path / "kept")
    first, second = write_run(tmp_path / "a", A), write_run(tmp_path / "b", B)
    before = compare_runs(first, second, kept=kept).table()
    (file,) = (tmp_path / "kept").iterdir()
    assert compare_runs(first, second, kept=kept).table().equals(before)
    pl.read_parquet(file).with_columns(evidence_moved=pl.lit(0.5, pl.Float32)).write_parquet(file)
    assert set(moved(compare_runs(first, second, kept=kept).table()).values()) == {0.5}
    file.write_bytes(b"damaged")
    assert compare_runs(first, second, kept=kept).table().equals(before)
    for shard in second.folder.shards():
        second.folder.write_table(shard.name, second.folder.scan_shard(shard.name).collect())
    compare_runs(first, second, kept=kept)
    assert len(list((tmp_path / "kept").iterdir())) == 2


@pytest.mark.slow
def test_a_hundred_thousand_pictures_are_compared_within_memory(tmp_path: Path) -> None:
    """In a process of its own, whose peak is 1 GB at most."""
    import subprocess
    import sys

    count = 100_000
    write_shards(begin_synthetic_run(tmp_path / "a", count))
    write_shards(begin_synthetic_run(tmp_path / "b", count, shard_size=1700), seed=5)
    code = (
        "import resource, sys\n"
        "from camviewer.engine.batch import compare_runs, open_run\n"
        "found = compare_runs(*map(open_run, sys.argv[1:])).summary\n"
        "print(found.pictures, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a"), str(tmp_path / "b")],
        capture_output=True,
        text=True,
        check=True,
    )
    pictures, kilobytes = map(int, done.stdout.split())
    assert pictures == count
    assert kilobytes < 1_000_000
