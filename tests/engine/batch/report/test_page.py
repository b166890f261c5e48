"""The report of a run: its numbers, and that nothing of the data becomes markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from camviewer.engine.batch import RunSettings, batch, open_run, write_report
from camviewer.engine.batch.report.maps import localised, mean_maps, measured
from camviewer.engine.batch.report.page import report_page
from camviewer.engine.batch.report.verdicts import Share, verdicts
from camviewer.engine.errors import CamviewerError
from tests.engine.small_runs import write_picture

Pictures = Callable[..., Path]
LABELS = ("a", "b", "c")


class _Tags(HTMLParser):
    """Collects the tags of a page, and what they point to."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in {"src", "href"}]


def table(*rows: tuple[int | None, int, int | None, float]) -> pl.DataFrame:
    """Pictures by true class, predicted class, rank of the true one, and its probability."""
    return pl.DataFrame(
        [
            (str(number), None if t is None else LABELS[t], t, p, rank, confidence)
            for number, (t, p, rank, confidence) in enumerate(rows)
        ],
        schema={
            "id": pl.String,
            "truth": pl.String,
            "truth_index": pl.Int32,
            "predicted_index": pl.Int32,
            "truth_rank": pl.Int32,
            "predicted_probability": pl.Float32,
        },
        orient="row",
    )


def test_verdicts_are_counted_as_by_hand() -> None:
    found = verdicts(
        table(
            (0, 0, 1, 0.95), (0, 0, 1, 0.91), (0, 1, 2, 0.55), (1, 1, 1, 1.0), (2, 0, 6, 0.15),
            (None, 0, None, 0.5),
        ),
        LABELS,
    )  # fmt: skip
    assert found.accuracy == Share(3, 5)
    assert found.top == Share(4, 5)
    assert found.without == 1
    assert found.matrix.labels == ("a", "b", "c")
    assert found.matrix.columns == ("a", "b", "c")
    assert found.matrix.counts == ((2, 1, 0), (0, 1, 0), (1, 0, 0))
    assert {(c.truth, c.predicted, c.count) for c in found.confusions} == {
        ("a", "b", 1),
        ("c", "a", 1),
    }
    assert [(b.low, b.count, b.accuracy) for b in found.bins] == [
        (0.1, 1, 0.0),
        (0.5, 1, 0.0),
        (0.9, 3, 1.0),
    ]
    by_hand = (0.15 + 0.55 + 3 * (1 - (0.95 + 0.91 + 1.0) / 3)) / 5
    assert found.calibration_error == pytest.approx(by_hand)


def test_a_report_of_hostile_names_is_one_page_without_a_link(
    pictures: Pictures, tmp_path: Path
) -> None:
    folder = pictures(2)
    hostile = "<script>alert(1)<|script>\"'&amp;{{ 7 }}.jpg"
    write_picture(folder / "tench" / hostile, 5)
    (folder / "tench" / "<b>broken<|b>.png").write_text("nothing")
    (folder / "tench" / "000.xml").write_text(
        "<annotation><object><name>tench</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>40</xmax>"
        "<ymax>30</ymax></bndbox></object></annotation>"
    )
    settings = RunSettings(truth="folders", classes="truth", measures=("drop",))
    batch([folder], tmp_path / "run", settings)
    write_picture(folder / "goldfish" / "001.jpg", 55)
    run, file = open_run(tmp_path / "run"), tmp_path / "report.html"
    write_report(run, file)
    page = file.read_text(encoding="utf-8")
    assert page == report_page(run)
    found = _Tags()
    found.feed(page)
    assert not found.tags & {"script", "b>broken<", "link", "iframe", "object"}
    assert all(link.startswith("data:image/") for link in found.links)
    assert not re.search(r"https?://", page)
    assert "&lt;script&gt;alert(1)" in page
    assert "{{ 7 }}" in page
    assert "was changed after its map was made" in page
    assert "is not a picture that can be opened" in page
    assert page.count("of 3 maps") >= 2
    with pytest.raises(CamviewerError, match="is there already"):
        write_report(run, file)


def test_a_report_says_what_is_not_known(pictures: Pictures, tmp_path: Path) -> None:
    batch([pictures(2)], tmp_path / "run", RunSettings(classes="top1"))
    page = report_page(open_run(tmp_path / "run"))
    for words in ("run with --truth", "run with --objects", "run with --measures"):
        assert words in page


def test_localisation_and_measures_are_counted_as_by_hand(
    pictures: Pictures, tmp_path: Path
) -> None:
    folder = pictures(3)
    for name, right in (("tench/000", 40), ("goldfish/001", 2)):
        (folder / f"{name}.xml").write_text(
            f"<annotation><object><name>{name.split('/')[0]}</name><bndbox><xmin>1</xmin><ymin>1"
            f"</ymin><xmax>{right}</xmax><ymax>30</ymax></bndbox></object></annotation>"
        )
    (folder / "tench" / "002.xml").write_text("<annotation/>")
    settings = RunSettings(truth="folders", classes="truth", measures=("drop",))
    batch([folder], tmp_path / "run", settings)
    run = open_run(tmp_path / "run")
    rows = run.rows()
    found = localised(run, rows)
    assert found is not None
    ious = rows["box_iou"].drop_nulls().to_list()
    assert found.hits == Share(sum(iou >= 0.5 for iou in ious), 2)
    assert found.iou.value == pytest.approx(sum(ious) / 2)
    assert found.without == 1
    assert found.by_overlap.points[0] == (0.0, 1.0)
    assert dict(found.by_cut.points)[0.2] == found.hits.value
    assert found.right_hits is not None
    assert found.right_hits.count == 2
    for mean in mean_maps(run, rows, tuple(run.record["model"]["labels"])):
        mine = rows.filter(rows["class"] == mean.label)["map"].to_list()
        assert (mean.count, mean.others) == (len(mine), 0)
        expected = np.mean([np.reshape(values, mean.values.shape) for values in mine], axis=0)
        np.testing.assert_allclose(mean.values, expected, rtol=1e-5)
    (drop,) = measured(rows)
    assert (drop.name, drop.low_is_good, drop.better.count) == ("drop", True, 3)
    assert drop.own == pytest.approx(rows["drop"].mean())
    assert drop.better.hits == int((rows["drop"] < rows["drop_random"]).sum())
