"""What reviewers said goes out with the tables, and tables without it stay as they were."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from benchmarks.synthetic_runs import begin_synthetic_run, write_shards
from camviewer.engine.assessments import (
    NO_ASSESSMENT,
    Assessment,
    AssessmentStore,
    Change,
    Judgement,
    PictureKey,
)
from camviewer.engine.batch import (
    Run,
    export_csv,
    export_fiftyone,
    open_run,
    with_assessments,
)
from camviewer.engine.batch.report.page import report_page
from camviewer.engine.batch.report.reviewed import reviewed
from camviewer.engine.batch.report.verdicts import Share

COUNT = 12
NOTE = "Looks at the caption, “quoted”.\nTwice."


@pytest.fixture
def run(tmp_path: Path) -> Run:
    path = tmp_path / "run"
    write_shards(begin_synthetic_run(path, COUNT, shard_size=5))
    return open_run(path)


def assess(run: Run, said: dict[int, Assessment], reviewer: str = "") -> list[str]:
    """Says something of pictures by their place; gives all paths."""
    rows = run.rows()
    AssessmentStore(run.path, reviewer).save(
        Change(PictureKey(rows["id"][place], rows["sha256"][place]), "", NO_ASSESSMENT, one)
        for place, one in said.items()
    )
    return rows["path"].to_list()


SAID = {
    3: Assessment(Judgement.WRONG_REASON, ("water", "caption"), NOTE),
    7: Assessment(Judgement.WRONG, ("water",)),
    8: Assessment(Judgement.RIGHT_REASON),
    9: Assessment(note="Only a note."),
}


def records(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_a_csv_has_what_reviewers_said_behind_its_own_columns(run: Run, tmp_path: Path) -> None:
    export_csv(run, tmp_path / "before.csv")
    paths = assess(run, SAID)
    assert export_csv(run, tmp_path / "after.csv") == COUNT
    before, after = records(tmp_path / "before.csv"), records(tmp_path / "after.csv")
    assert list(after[0]) == [*before[0], "judgement", "tags", "note"]
    by_path = {row["path"]: row for row in after}
    words = [by_path[paths[3]][name] for name in ("judgement", "tags", "note")]
    assert words == ["right for the wrong reason", "water, caption", NOTE]
    assert by_path[paths[9]]["judgement"] == ""
    assert by_path[paths[0]]["note"] == ""
    for name in ("judgement", "tags", "note"):
        for row in after:
            del row[name]
    assert after == before


def test_only_what_is_signed_has_the_reviewer(run: Run, tmp_path: Path) -> None:
    paths = assess(run, {2: Assessment(Judgement.UNSURE)}, reviewer="Ada")
    export_csv(run, tmp_path / "rows.csv")
    by_path = {row["path"]: row for row in records(tmp_path / "rows.csv")}
    assert (by_path[paths[2]]["reviewer"], by_path[paths[1]]["reviewer"]) == ("Ada", "")


def test_without_a_word_of_reviewers_a_csv_is_what_it_was(run: Run, tmp_path: Path) -> None:
    export_csv(run, tmp_path / "before.csv")
    assess(run, {2: Assessment(Judgement.UNSURE)})
    AssessmentStore(run.path).file.unlink()
    export_csv(run, tmp_path / "after.csv")
    assert (tmp_path / "after.csv").read_bytes() == (tmp_path / "before.csv").read_bytes()


def test_a_picture_that_was_changed_since_is_not_the_one_that_was_judged(run: Run) -> None:
    rows = run.rows()
    key = PictureKey(rows["id"][0], "of an earlier file")
    judged = Assessment(Judgement.WRONG)
    AssessmentStore(run.path).save([Change(key, "", NO_ASSESSMENT, judged)])
    assert run.assessments().height == 1
    assert with_assessments(rows, run.assessments())["judgement"].null_count() == COUNT
    assert reviewed(run) is None


def test_rows_keep_their_order_beside_what_is_said(run: Run) -> None:
    paths = assess(run, SAID)
    table = with_assessments(run.rows(), run.assessments())
    assert table["path"].to_list() == paths
    assert table["tags"].to_list()[3] == ["water", "caption"]
    assert table["judgement"].count() == 3


def test_a_dataset_of_fiftyone_has_tags_judgement_and_note(run: Run, tmp_path: Path) -> None:
    paths = assess(run, SAID)
    export_fiftyone(run, tmp_path / "dataset")
    samples = json.loads((tmp_path / "dataset" / "samples.json").read_text())["samples"]
    by_path = {Path(sample["filepath"]).as_posix(): sample for sample in samples}
    (judged,) = [sample for path, sample in by_path.items() if path.endswith(paths[3])]
    assert judged["tags"] == ["water", "caption"]
    assert (judged["judgement"], judged["note"]) == ("right for the wrong reason", NOTE)
    (other,) = [sample for path, sample in by_path.items() if path.endswith(paths[0])]
    assert other["tags"] == []
    assert "judgement" not in other


def test_the_report_counts_what_reviewers_said(run: Run) -> None:
    assert "Judged by reviewers" not in report_page(run)
    assess(run, SAID)
    found = reviewed(run)
    assert found is not None
    assert (found.judged, found.wrong_reason) == (Share(3, COUNT), Share(1, 2))
    assert dict(found.judgements) == {
        "right for the right reason": 1, "right for the wrong reason": 1, "wrong": 1, "unsure": 0,
    }  # fmt: skip
    assert found.tags == (("water", 2), ("caption", 1))
    assert found.notes == 2
    page = report_page(run)
    assert "Judged by reviewers" in page
    assert "<td>caption</td>" in page
