"""Draws the application's icon in every size that desktops ask for: ``scripts/render_icons.py``.

Reads ``resources/icons/app/camviewer.svg`` and writes ``camviewer-SIZE.png`` beside it, and for the
packages ``packaging/windows/camviewer.ico`` and ``packaging/macos/camviewer.icns``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icons" / "app"
PACKAGING = FOLDER.parents[2] / "packaging"
SIZES = (16, 32, 48, 64, 128, 256, 512)


def main() -> int:
    """Returns the exit code; 1 when the drawing cannot be read."""
    renderer = QSvgRenderer(str(FOLDER / "camviewer.svg"))
    if not renderer.isValid():
        print("camviewer.svg is not a drawing that Qt can read", file=sys.stderr)
        return 1
    for size in SIZES:
        image = _rendered(renderer, size)
        image.save(str(FOLDER / f"camviewer-{size}.png"))
    _write_for_packages()
    return 0


def _write_for_packages() -> None:
    """The same drawings, all sizes in one file, as Windows and macOS have them."""
    drawings = {size: Image.open(FOLDER / f"camviewer-{size}.png") for size in SIZES}
    small = [drawings[size] for size in SIZES if size <= 256]
    small[-1].save(PACKAGING / "windows" / "camviewer.ico", append_images=small[:-1])
    largest = drawings[max(SIZES)]
    largest.save(PACKAGING / "macos" / "camviewer.icns", append_images=list(drawings.values()))


def _rendered(renderer: QSvgRenderer, size: int) -> QImage:
    """The drawing as a square of ``size`` pixels on a transparent ground."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


if __name__ == "__main__":
    sys.exit(main())
