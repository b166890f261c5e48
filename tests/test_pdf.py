"""Reports as PDF, read by another program."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from camviewer.engine.report.templates import png_address
from camviewer.pdf import pdf_of
from camviewer.ui.app.launch import make_application

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftoppm") is None, reason="poppler (pdftotext, pdftoppm) is not installed"
)
RED = (220, 30, 40)


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The program's own application object, because there can be only one in a process."""
    return make_application()


@pytest.fixture
def pages(qapp, tmp_path: Path) -> Callable[[str], tuple[str, list[np.ndarray]]]:
    """The words and the pictures of a PDF, as poppler sees them: ``pages(html)``."""

    def read(html: str) -> tuple[str, list[np.ndarray]]:
        file = tmp_path / "report.pdf"
        file.write_bytes(pdf_of("A title", html))
        words = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
        subprocess.run(["pdftoppm", "-r", "48", "-png", file, tmp_path / "page"], check=True)
        drawn = [np.asarray(Image.open(path)) for path in sorted(tmp_path.glob("page*.png"))]
        return words.stdout.decode(), drawn

    return read


@needs_poppler
def test_no_picture_is_cut_by_the_end_of_a_page(pages) -> None:
    picture = png_address(Image.new("RGB", (120, 120), RED))
    shown = "".join(
        f"<p>{'words ' * (number % 7 + 1) * 9}</p><p><img src='{picture}'></p>"
        for number in range(24)
    )
    words, drawn = pages(f"<html><body>{shown}</body></html>")
    assert len(drawn) > 3
    assert f"A title · 1 of {len(drawn)}" in words
    heights = []
    for page in drawn:
        is_red = (np.abs(page.astype(int) - RED) < 12).all(-1).sum(1) > 20
        edges = np.flatnonzero(np.diff(np.concatenate(([0], is_red.astype(int), [0]))))
        heights += list(edges[1::2] - edges[::2])
    assert len(heights) == 24
    assert max(heights) - min(heights) <= 2


@needs_poppler
def test_a_line_stands_on_one_page_alone(pages) -> None:
    lines = "".join(f"<p>line{number}line</p>" for number in range(200))
    words, _ = pages(f"<html><body>{lines}</body></html>")
    for number in range(200):
        assert words.count(f"line{number}line") == 1


def test_a_pdf_is_one(qapp) -> None:
    made = io.BytesIO(pdf_of("A title", "<p>words</p>"))
    assert made.read(5) == b"%PDF-"
    assert made.getvalue().rstrip().endswith(b"%%EOF")
