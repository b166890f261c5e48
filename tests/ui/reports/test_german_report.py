"""A report that a German window writes is German, and what programs read of it is not."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from camviewer.engine.batch import RunSettings, batch, open_run
from camviewer.engine.batch.report.page import report_page as report_of_run
from camviewer.engine.packs.store import EMBEDDED
from camviewer.engine.picture.source_image import read_image
from camviewer.engine.render import Look
from camviewer.engine.report import Language, ReportedMap, report_content, report_page, write_report
from camviewer.engine.report.bundle_reading import open_bundle
from camviewer.engine.report.checking import session_of_bundle
from camviewer.engine.report.page import paper_page
from camviewer.engine.report.recomputing import recomputed
from camviewer.engine.report.reported_map import MarkedObjects
from camviewer.engine.results import ExplainRequest
from camviewer.engine.results.confidence import Confidence
from camviewer.engine.session.opening import open_session
from camviewer.engine.support import resource
from camviewer.engine.trust.assessment import assess
from camviewer.engine.trust.messages import Baseline, TrustOptions
from camviewer.ui.style import report_language, use_language
from camviewer.ui.window.main_window import MainWindow
from tests.engine.small_runs import write_picture
from tests.ui.conftest import wait_for_map
from tests.ui.dialogs import save_report

CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
FEW = TrustOptions(budget=20, steps=2, random_maps=1, baselines=(Baseline.BLUR,))
OBJECTS = [
    {"label": "tiger cat", "measured_against": True},
    {"label": "", "measured_against": False},
]
ON_OBJECTS = {
    "objects": OBJECTS,
    "box_share_of_maximum": 0.2,
    "box_iou": 0.61,
    "pointing": True,
    "energy_inside": 0.503,
    "box": [1.0, 2.0, 3.0, 4.0],
}
SAME = re.compile(
    r"[\W\d_]*"  # numbers, signs, and the user's own mark
    r"|ROAD|ADCC|ARCC"
    r"|(rank|tiger cat|tabby|lynx|[A-Z]\w*CAM\b.*|.*\bIoU\b|Top 5|Pointing game|Patch|Gamma).*"
    r"|.*(SHA-256|[0-9a-f]{16}|Kaggle|CPU|UTC|camviewer|torch|\.(png|jpg|py)\b).*"
    r"|.*(\bet al\.|\b(19|20)\d\d\b).*"  # papers
    r"|.*\b(max|min)\b.*|tench|goldfish|(CAM|Score)\b.*|system|python|numpy|platform",
    re.DOTALL,
)
"""What is the same in every language: numbers without a point, names, and titles of papers."""
ENGLISH = re.compile(r"\b(the|of|and|is|are|with|from|which|its|that|this|not|no|by|to|at|map)\b")
PAPERS = re.compile(r"\(?[A-Z][\w. -]+ et al\.[^)]*\)?|\bMap\b|--\w+ \w+")


class _Texts(HTMLParser):
    """Every text of a page, with those for screen readers, in their order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.language = ""
        self._hidden = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag == "style"
        if tag == "html":
            self.language = dict(attrs).get("lang") or ""
        self.texts += [value or "" for name, value in attrs if name in {"alt", "aria-label"}]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag == "style"

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._hidden:
            self.texts.append(" ".join(data.split()))


@pytest.fixture(scope="module")
def shown() -> Iterator[list[ReportedMap]]:
    """Maps with all that a report can say of one: measures, objects, a confidence, options."""
    image = read_image(resource("samples", "chelsea.png"))
    with closing(open_session(EMBEDDED)) as session:
        plain = session.verdict(image)
        confidence = Confidence(
            run="cats.run",
            temperature=1.4,
            class_index=plain.top(1)[0],
            probability=0.312,
            classes=plain.top(2),
            coverage=0.95,
            nearer=0.25,
        )
        verdict = replace(plain, confidence=confidence)

        def made(request: ExplainRequest, **more: object) -> ReportedMap:
            explanation = session.explain(image, request)
            look = Look(signed=explanation.method.signed)
            return ReportedMap(image, explanation, session.info, verdict, look, **more)  # type: ignore[arg-type]

        first = made(
            ExplainRequest(method="cam"),
            objects=MarkedObjects(ON_OBJECTS, lambda pixels, _scale: np.asarray(pixels)),
            note="Judged unsure.\n0.5 of it is known.",
        )
        *_, card = assess(session, image, first.explanation, FEW)
        measured = replace(first, card=card)
        others = [
            made(ExplainRequest(method="eigen-cam")),
            made(ExplainRequest(method="occlusion", options=(("patch", 64), ("stride", 64)))),
        ]
        yield [measured, *others]


def _differences(english: str, german: str, *names: str) -> None:
    """Compares two reports, text by text; names are the same in both."""
    first, second = _Texts(english), _Texts(german)
    assert (first.language, second.language) == ("en", "de")
    assert len(first.texts) == len(second.texts) > 40
    pairs = list(zip(first.texts, second.texts, strict=True))
    left = [said for said, same in pairs if said == same and not SAME.fullmatch(said)]
    left = [said for said in left if said.rstrip(".") not in names]
    assert not left, "\n@ ".join(left)
    changed = [text for said, text in pairs if said != text]
    half = [text for text in changed if ENGLISH.search(PAPERS.sub("", text))]
    assert not half, "\n@ ".join(half)
    points = [text for text in changed if re.search(r"(?<![\w.])\d+\.\d+(?![\w.])", text)]
    assert not points, "\n@ ".join(points)


@pytest.mark.parametrize("layout", [report_page, paper_page], ids=["page", "paper"])
def test_no_sentence_of_a_report_is_left_in_english(
    german: None, shown: list[ReportedMap], layout: Callable[..., str]
) -> None:
    note = "Mine: 0.5 of it is known."
    english = layout(report_content(shown, len(shown), note))
    page = layout(report_content(shown, len(shown), note, language=report_language()))
    for told in (english, page):
        assert "0.5 of it is known." in told  # the user's words
    assert "Mine: " in page
    without = re.compile(r"(Mine: )?0\.5 of it is known\.")
    names = [*shown[0].model.labels, shown[0].model.title, "head", "picture"]
    names += [one.explanation.method.title for one in shown] + list(shown[0].record["versions"])
    names += map(str, shown[0].record["versions"].values())
    _differences(without.sub("", english), without.sub("", page), *names)
    for words in (
        "Was die Karte bedeutet",
        "Kalibriert (Temperatur 1,40)",
        "Das Bild ist annotiert mit 2 Objekten",
    ):
        assert words in page


def test_no_sentence_of_a_runs_report_is_left_in_english(
    qapp: object, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    for number, name in enumerate(("tench", "goldfish", "tench")):
        write_picture(tmp_path / "in" / name / f"{number}.jpg", number, (90, 60))
        (tmp_path / "in" / name / f"{number}.xml").write_text(
            f"<annotation><object><name>{name}</name><bndbox><xmin>1</xmin><ymin>1</ymin>"
            "<xmax>40</xmax><ymax>30</ymax></bndbox></object></annotation>"
        )
    (tmp_path / "in" / "tench" / "broken.jpg").write_text("nothing")
    settings = RunSettings(classes="top1", truth="folders", objects="beside", measures=("drop",))
    batch([tmp_path / "in"], tmp_path / "run", settings)
    run = open_run(tmp_path / "run")
    english = report_of_run(run)
    request.getfixturevalue("german")
    names = [*run.record["model"]["labels"], run.path.name]
    _differences(english, report_of_run(run, report_language()), *names)


def test_a_german_window_writes_german_reports(
    qtbot, german: None, new_window: Callable[..., MainWindow], cat: Path, tmp_path: Path
) -> None:
    window = new_window(cat)
    wait_for_map(qtbot, window, "chelsea.png")
    QTest.keyClick(window, Qt.Key.Key_S, CTRL_ALT)
    dialog = window.reports.dialog
    for suffix in (".html", ".pdf", ".zip"):
        QTest.mouseClick(dialog.kind_choice.segment(suffix), Qt.MouseButton.LeftButton)
        assert "cat" in save_report(qtbot, dialog, tmp_path / f"cat{suffix}")
    page = (tmp_path / "cat.html").read_text(encoding="utf-8")
    assert '<html lang="de">' in page
    assert "Was die Karte bedeutet" in page
    if shutil.which("pdftotext") is not None:
        command = ["pdftotext", tmp_path / "cat.pdf", "-"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert "Was die Karte bedeutet" in said
        assert "· 1 von" in said


def test_a_bundle_of_a_german_window_opens_and_agrees_in_english(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, shown: list[ReportedMap], tmp_path: Path
) -> None:
    monkeypatch.delenv("CAMVIEWER_LANGUAGE")
    take_back = use_language(qapp, "de")
    german = report_language()
    write_report(tmp_path / "de.zip", shown, len(shown), language=german)
    take_back()
    assert report_language() == Language()
    write_report(tmp_path / "en.zip", shown, len(shown))
    bundle, other = open_bundle(tmp_path / "de.zip"), open_bundle(tmp_path / "en.zip")
    for name in ("table.csv", *(file for file in other.manifest["files"] if "maps/" in file)):
        assert bundle.content(name) == other.content(name)
    assert bundle.manifest["maps"] == other.manifest["maps"]
    assert b'lang="de"' in bundle.report_to_show()
    with session_of_bundle(bundle) as session:
        checks = list(recomputed(bundle, session, None))
    assert [check.outcome.value for check in checks] == ["agrees"] * len(shown)
