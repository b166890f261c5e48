"""Takes the documents' pictures of the window: ``python scripts/make_screenshots.py``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
_CLASSES = {
    "chelsea.png": "Egyptian cat",
    "coffee.png": "espresso",
    "rocket.jpg": "missile",
    "astronaut.png": "space shuttle",
}
"""The true class of each sample."""
_PARTS = ((0.0, 0.0), (0.2, 0.0), (0.0, 0.2), (0.2, 0.2))
"""Where the upper left corners of a sample's parts lie, as shares of its sides."""
_PART = 0.8
_SIZE = (1280, 800)


def write_parts(folder: Path) -> None:
    """Cuts the samples into several pictures of each class, with a folder a class."""
    for name, label in _CLASSES.items():
        (folder / label).mkdir(parents=True)
        with Image.open(ROOT / "resources" / "samples" / name) as opened:
            photo = opened.convert("RGB")
        width, height = photo.size
        for number, (left, top) in enumerate(_PARTS, 1):
            corner = round(left * width), round(top * height)
            part = (*corner, corner[0] + round(_PART * width), corner[1] + round(_PART * height))
            photo.crop(part).save(folder / label / f"{Path(name).stem}-{number}.png")


def make_run(folder: Path, run: Path) -> None:
    """Runs over the parts, in the way of the documents."""
    from camviewer.engine.batch import RunSettings, batch  # noqa: PLC0415  (environment first)

    batch([folder], run, RunSettings(truth="folders", classes="top3", logits=True))


def take_pictures(run: Path) -> None:
    """Opens the window, and keeps what *Picture* and *Review* look like."""
    from benchmarks.review_probe import review_of, turn, until  # noqa: PLC0415  (environment first)
    from camviewer.engine.geometry import PlacementMode  # noqa: PLC0415
    from camviewer.ui.app.launch import make_application, open_window  # noqa: PLC0415
    from camviewer.ui.style import theme  # noqa: PLC0415

    def wait(there: Callable[[], object], rest: float = 1.0) -> None:
        until(lambda: bool(there()))
        turn(1000.0 * rest)

    app = make_application()
    samples = [ROOT / "resources" / "samples" / name for name in _CLASSES]
    window = open_window(samples)
    theme.apply(app, "light")
    window.resize(*_SIZE)
    explored = window.exploration
    for path in (*reversed(samples), samples[0]):  # so that the filmstrip knows their classes
        wait(lambda: explored.finished_map is not None)
        explored.pictures.show_file(path)
        wait(lambda: not explored.pictures.name_opening)
    wait(lambda: explored.finished_map is not None)
    explored.set_request(replace(explored.request, mode=PlacementMode.WHOLE, detail=1.5))
    wait(lambda: explored.finished_map and explored.finished_map.request.detail == 1.5, rest=6.0)
    window.grab().save(str(DOCS / "screenshot.png"))
    window.workplaces.open_run(run)
    gallery = review_of(window).workplace.gallery
    wait(lambda: gallery.model().rowCount() > 0, rest=4.0)
    gallery.setCurrentIndex(gallery.model().index(0, 0))
    turn(2000.0)
    window.grab().save(str(DOCS / "review.png"))
    window.close()


def main() -> None:
    """Takes both pictures with settings, models and a run that are removed afterwards."""
    with TemporaryDirectory() as home:
        os.environ |= {"CAMVIEWER_HOME": f"{home}/home", "CAMVIEWER_LANGUAGE": "en"}
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ.setdefault("QT_SCALE_FACTOR", "1.5")
        sys.path.insert(0, str(ROOT))
        run = Path(home, "samples-run")
        write_parts(Path(home, "photos"))
        make_run(Path(home, "photos"), run)
        take_pictures(run)


if __name__ == "__main__":
    main()
