"""``camviewer report``: one file about the maps of pictures."""

from __future__ import annotations

import json
import shutil
import subprocess
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


def test_a_report_of_a_folder_leaves_out_our_overlays(
    command: Command, photographs: Path, tmp_path: Path
) -> None:
    folder, file = tmp_path / "pictures", tmp_path / "report.html"
    folder.mkdir()
    shutil.copy(photographs / "coffee.png", folder)
    words = ("--method", "layercam")
    assert command("explain", folder, "-o", folder, *words).code == 0
    (overlay,) = set(folder.glob("*.png")) - {folder / "coffee.png"}
    done = command("report", folder, "-o", file, *words)
    assert done.code == 0, done.err
    page = file.read_text(encoding="utf-8")
    assert "coffee.png: espresso" in page
    assert overlay.name not in page


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


def test_a_bundle_is_verified_and_a_changed_one_is_refused(
    command: Command, photographs: Path, tmp_path: Path
) -> None:
    file = tmp_path / "evidence.zip"
    done = command("report", photographs / "coffee.png", "-o", file)
    assert done.code == 0, done.err
    digest = done.out.splitlines()[1].removeprefix("SHA-256 of its manifest: ")

    done = command("verify", file)
    assert done.code == 0, done.err
    assert "every byte is what it was" in done.out
    assert digest in done.out
    assert "The map agrees within 1e-4" in done.out

    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    done = command("verify", file, "--json")
    assert done.code == 2
    assert json.loads(done.out)["intact"] is False
    assert "evidence.zip was changed" in done.err


def test_a_bundle_without_its_pictures_asks_for_their_folder(
    command: Command, photographs: Path, tmp_path: Path
) -> None:
    file = tmp_path / "evidence.zip"
    command("report", photographs / "coffee.png", "-o", file, "--without-pictures")
    done = command("verify", file)
    assert done.code == 2
    assert "name the folder that has it" in done.out
    done = command("verify", file, "--pictures", photographs, "--json")
    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert (found["intact"], found["agrees"]) == (True, True)
    assert found["maps"][0]["outcome"] == "agrees"
    assert found["maps"][0]["difference"] < 1e-5


def test_a_script_writes_the_report_of_an_explanation(photographs: Path, tmp_path: Path) -> None:
    explanation = camviewer.load().explain(photographs / "coffee.png")
    explanation.report(tmp_path / "coffee.html", note="From a script.")
    page = (tmp_path / "coffee.html").read_text(encoding="utf-8")
    assert "coffee.png: espresso" in page
    assert "From a script." in page
    with pytest.raises(camviewer.CamviewerError, match="nothing to report"):
        camviewer.report([], tmp_path / "empty.html")


@pytest.mark.slow
def test_a_report_is_written_as_pdf(program: Command, photographs: Path, tmp_path: Path) -> None:
    """In a process of its own, which has no application object of Qt yet."""
    done = program(
        *("report", photographs / "coffee.png", "-o", "report.pdf", "--note", "For the file."),
        QT_QPA_PLATFORM="xcb",
        DISPLAY=None,
    )
    assert done.code == 0, done.err
    file = tmp_path / "report.pdf"
    assert file.read_bytes().startswith(b"%PDF-")
    if shutil.which("pdftotext") is None:
        return
    found = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True)
    words = " ".join(found.stdout.decode().split())
    for said in ("coffee.png: espresso", "For the file.", "Not measured.", "SHA-256 of the file"):
        assert said in words
    assert str(photographs) not in words
