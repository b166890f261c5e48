"""``camviewer report``: one file about the maps of pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import camviewer

Command = Callable[..., Any]


def test_a_report_of_two_pictures_is_one_page(
    command: Command, photographs: Path, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    words = ("report", photographs, "-o", file, "--method", "layercam", "--note", "For the file.")
    done = command(*words)

    assert done.code == 0, done.err
    assert done.out == f"Written: {file}\n"
    page = file.read_text(encoding="utf-8")
    for said in ("1. chelsea.png", "2. coffee.png", "LayerCAM", "For the file.", "Not measured."):
        assert said in page
    assert str(photographs) not in page
    assert command(*words).code == 2
    assert command(*words, "--overwrite").code == 0


def test_what_cannot_be_reported_is_said_before_any_work(
    command: Command, photographs: Path, tmp_path: Path
) -> None:
    done = command("report", photographs, "-o", tmp_path / "report.docx")
    assert done.code == 2
    assert "report.docx is no kind of report" in done.err
    done = command("report", tmp_path / "none.png", "-o", tmp_path / "report.html")
    assert done.code == 2
    assert "none.png" in done.err
    assert not list(tmp_path.iterdir())


def test_a_script_writes_the_report_of_an_explanation(photographs: Path, tmp_path: Path) -> None:
    explanation = camviewer.load().explain(photographs / "coffee.png")
    explanation.report(tmp_path / "coffee.html", note="From a script.")
    page = (tmp_path / "coffee.html").read_text(encoding="utf-8")
    assert "coffee.png: espresso" in page
    assert "From a script." in page
    with pytest.raises(camviewer.CamviewerError, match="nothing to report"):
        camviewer.report([], tmp_path / "empty.html")
