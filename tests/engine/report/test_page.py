"""The report of maps: what it says, and what must never be in it."""

from __future__ import annotations

import base64
import getpass
import io
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from camviewer.engine.errors import CamviewerError
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels, read_image
from camviewer.engine.report import ReportedMap, report_content, report_page, write_report
from camviewer.engine.results.confidence import Confidence
from camviewer.engine.trust.messages import Better, Measure, Subject, TrustCard

Reported = Callable[..., ReportedMap]


class _Page(HTMLParser):
    """The words of a page, its tags and what they point to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.images: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name == "src":
                self.images.append(value or "")
            elif name == "href":
                self.links.append(value or "")

    def handle_data(self, data: str) -> None:
        self.words += " ".join(data.split()) + " "


def page_of(*maps: ReportedMap, note: str = "") -> str:
    return report_page(report_content(maps, len(maps), note))


def test_a_report_says_what_the_map_shows_means_and_rests_on(
    reported: Reported, photographs: dict[str, SourceImage]
) -> None:
    shown = reported(photographs["chelsea"])
    found = _Page(page_of(shown, note="Seen by two."))
    said = found.words
    for words in (
        "chelsea.png: tiger cat",
        "Seen by two.",
        "tiger cat (the map is of this)",
        "Not calibrated",
        "Which cells add to the class score, exactly.",
        "Each of its 7 × 7 cells",
        "It does not show that the verdict is right",
        "The model did not see what lies outside the frame",
        "Not measured.",
        "the method uses none",
        shown.image.sha256,
        shown.model.weights_sha256,
        "torch",
    ):
        assert words in said
    assert "Egyptian cat" in said
    assert len(found.images) == 4  # picture, overlay, cells, scale


def test_a_report_is_one_page_without_a_link_whatever_names_it_gets(
    reported: Reported,
) -> None:
    hostile = "<script>alert(1)</script>\"'&amp;{{ 7 }}.jpg"
    shown = reported(image_from_pixels(np.full((64, 64, 3), 90, np.uint8), hostile))
    info = replace(shown.model, title="<img src=http://x.org>", labels=(hostile,) * 1000)
    page = page_of(replace(shown, model=info, note=f"{hostile}\nand more"), note=hostile)
    found = _Page(page)
    assert not found.tags & {"script", "link", "iframe", "object", "base", "form"}
    assert not found.links
    assert all(image.startswith("data:image/png;base64,") for image in found.images)
    assert "{{ 7 }}" in page
    assert not re.search(r"url\(|@import", page)


def test_neither_a_folder_nor_a_patient_nor_a_user_is_named(
    reported: Reported, scan: Path, tmp_path: Path
) -> None:
    shown = reported(read_image(scan))
    page = page_of(shown)
    for words in ("Miller", "Zoe", "PID-4711", str(tmp_path), tmp_path.name, str(Path.home())):
        assert words not in page
    assert f"CT {shown.image.sha256[:8]}" in page
    if getpass.getuser() != "root":
        assert getpass.getuser() not in page


def test_measures_stand_beside_their_random_reference(
    reported: Reported, photographs: dict[str, SourceImage]
) -> None:
    shown = reported(photographs["chelsea"])
    values = {Subject.MAP: 0.612, Subject.RANDOM: 0.234, Subject.BLOB: 0.345}
    measure = Measure("insertion-blur", "Insertion AUC", Better.HIGHER, values, (0.201, 0.267))
    card = TrustCard(shown.explanation, 0.39, measures=(measure,), seconds=3.0, finished=True)
    said = _Page(page_of(replace(shown, card=card, seed=17))).words
    for words in ("0.612", "0.234", "0.201 to 0.267", "0.345", "better than both", "seed 17"):
        assert words in said
    assert "Not measured." not in said


def test_what_was_fitted_on_a_labelled_run_is_said(
    reported: Reported, photographs: dict[str, SourceImage]
) -> None:
    shown = reported(photographs["chelsea"])
    top = shown.verdict.top(2)
    confidence = Confidence("cats.run", 1.4, top[0], 0.312, 0.95, top, nearer=0.995)
    verdict = replace(shown.verdict, confidence=confidence)
    said = _Page(page_of(replace(shown, verdict=verdict))).words
    assert "Calibrated (temperature 1.40): tiger cat 31.2%." in said
    assert "right in 95% of cases" in said
    assert "Unlike the pictures of cats.run" in said
    assert "Not calibrated" not in said


def test_a_map_without_evidence_says_so_first(reported: Reported) -> None:
    shown = reported(image_from_pixels(np.full((64, 64, 3), 90, np.uint8), "grey.png"))
    flat = replace(
        shown.explanation.heatmap, values=np.zeros_like(shown.explanation.heatmap.values)
    )
    explanation = replace(shown.explanation, heatmap=flat, share=0.4)
    found = _Page(page_of(replace(shown, explanation=explanation)))
    assert "The map was stopped at 40% of its work" in found.words
    assert len(found.images) == 2  # no scale and no cells for what has no colour


def test_the_pictures_in_the_page_are_those_of_the_map(
    reported: Reported, photographs: dict[str, SourceImage]
) -> None:
    found = _Page(page_of(reported(photographs["chelsea"])))
    picture, overlay = (
        np.asarray(Image.open(io.BytesIO(base64.b64decode(image.partition(",")[2]))), int)
        for image in found.images[:2]
    )
    assert picture.shape == overlay.shape == (300, 451, 3)
    own = photographs["chelsea"].pixels.astype(int)
    assert np.array_equal(picture[140:160, 200:250], own[140:160, 200:250])
    assert np.abs(overlay - own).mean() > 5


def test_a_report_is_written_whole_and_overwrites_nothing_unasked(
    reported: Reported, photographs: dict[str, SourceImage], tmp_path: Path
) -> None:
    maps = [reported(photographs["chelsea"]), reported(photographs["coffee"])]
    file = tmp_path / "report.html"
    write_report(file, iter(maps), 2)
    said = _Page(file.read_text(encoding="utf-8")).words
    assert "2 maps" in said
    assert "1. chelsea.png: tiger cat" in said
    assert "2. coffee.png: espresso" in said
    with pytest.raises(CamviewerError, match="is there already"):
        write_report(file, iter(maps), 2)
    with pytest.raises(CamviewerError, match="Nothing here makes PDFs"):
        write_report(tmp_path / "report.pdf", iter(maps), 2)  # the engine knows no Qt
    with pytest.raises(CamviewerError, match="is no kind of report"):
        write_report(tmp_path / "report.docx", iter(maps), 2)
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
