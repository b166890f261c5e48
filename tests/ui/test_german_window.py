"""A German window says nothing in English, and cuts nothing off, at its smallest and at 200 %."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QWidget

from camviewer.engine.methods.core.registry import all_methods
from camviewer.engine.review.filters import ClassRole, OfClass
from camviewer.engine.support import folders
from camviewer.ui.app.crash_notice import offer_reports
from camviewer.ui.explain.option_form import OptionRows
from camviewer.ui.window.main_window import MainWindow
from tests.engine.compared_runs import Said, spot, write_run
from tests.engine.labelled_runs import write_overconfident_run
from tests.ui.conftest import PATIENCE, wait_for_map
from tests.ui.every_dialog import opened, ways
from tests.ui.fitting import cut_off, texts

SAME = re.compile(
    r"[\W\d_]*"  # numbers and signs
    r"|.*\b(Logit|logit|Log p|Gamma|Filter|Batch|Seed|Name|CSV|torch|SHA-256|Installation)\b.*"
    r"|.*\b(ADCC|ROAD|SSIM)\b.*"  # measures
    r"|Astronaut|Chelsea|Coffee|Rocket|mine|vgg1[13]|Page"  # names of files and of a page
    r"|PDF|Format(: PDF)?"
    r"|BLACK BOX|[A-Z]*(CONTRAST|DECOMPOSITION|GRADIENT|PERTURBATION|TRANSFORMER)[A-Z]*"
    r"|Matrix|Bicubic|Bilinear|Lanczos|Nearest|Box|Hamming|CLIP|ImageNet"  # ways to resize, recipes
    r"|.*(camviewer|chelsea|EfficientNet|CPU|OpenVINO|English|Deutsch|Language).*"
    r"|inferno|viridis|magma|plasma|cividis|turbo|jet|gray|RdBu.*|.*balance|.*coolwarm|icefire"
    r"|(Ctrl|Strg|Alt|Esc|F\d+|[A-Z])\b.*|px"  # keys
    r"|head|head · .*|blocks.*|.*\.\w+|\d.*|Sequential.*|.*\nSequential.*",  # layers
    re.DOTALL,
)
"""What may be the same: numbers, units, and names that stay as they are."""


def everything(qtbot, window: MainWindow, look: Callable[[QWidget], object]) -> list[object]:
    """Looks at the window with each of its panels, then at each of its dialogs."""
    found = [look(window)]
    for action in ("trust", "brightness", "structure", "objects_panel"):
        window.actions_by_id[action].trigger()
        qtbot.wait(50)
        found.append(look(window))
        if action == "brightness":
            window.actions_by_id[action].trigger()  # its card goes
    window.structure_dock.hide()
    found += [look(dialog) for dialog in every_dialog(qtbot, window)]
    window.actions_by_id["vgg_page"].trigger()
    found += map(look, _close_dialogs())
    found += over_the_window(qtbot, window, look)
    window.actions_by_id["show_review"].trigger()
    qtbot.wait(50)
    found.append(look(window))
    window.actions_by_id["show_picture"].trigger()
    window.actions_by_id["close_picture"].trigger()
    qtbot.wait(50)
    found.append(look(window))
    return found


def _names_of_methods(window: MainWindow) -> set[str]:
    """Titles of methods, and of the papers behind them, which stay as they are."""
    ready = window.exploration.models.ready
    assert ready is not None
    methods = [method for method, _ in ready.methods]
    return {method.title for method in methods} | {method.citation for method in methods}


def every_dialog(qtbot, window: MainWindow) -> Iterator[QWidget]:
    """Opens each dialog, and closes it when it was looked at."""
    for name, way in ways(window).items():
        dialog = opened(qtbot, name, way)
        qtbot.wait(100)  # what it asks of others has come
        yield dialog
        dialog.close()
    yield _of_a_crash(window)


def _of_a_crash(window: MainWindow) -> QWidget:
    """What the program says at its start when it did not end as it should."""
    path = folders.log_folder() / "crash-ended.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"camviewer\n{'-' * 40}\nTraceback", encoding="utf-8")
    box = offer_reports(window)
    assert box is not None
    QTimer.singleShot(0, box.close)
    return box


def over_the_window(
    qtbot, window: MainWindow, look: Callable[[QWidget], object]
) -> Iterator[object]:
    """Looks at what is not a dialog: the palette, and the steps of the tour."""
    window.actions_by_id["command_palette"].trigger()
    palette = window.command_palette.popup
    assert palette is not None
    yield look(palette)
    palette.close()
    window.actions_by_id["tour"].trigger()
    tour = window.first_tour.tour
    assert tour is not None
    while tour.isVisible():
        qtbot.wait(1)
        yield look(window)
        tour.go_on()


def _close_dialogs() -> list[QDialog]:
    """Those that are open, which are closed once they were looked at."""
    widgets = QApplication.topLevelWidgets()
    there = [one for one in widgets if isinstance(one, QDialog) and one.isVisible()]
    QTimer.singleShot(0, lambda: [dialog.close() for dialog in there])
    return there


def _opened(qtbot, new_window: Callable[..., MainWindow], cat: Path, size: QSize) -> MainWindow:
    window = new_window(cat)
    wait_for_map(qtbot, window, "chelsea.png")
    window.resize(size)
    qtbot.waitUntil(lambda: window.size() == size)
    return window


def test_nothing_is_left_in_english(
    qtbot,
    request: pytest.FixtureRequest,
    new_window: Callable[..., MainWindow],
    cat: Path,
) -> None:
    window = _opened(qtbot, new_window, cat, QSize(1280, 800))
    english = set[str]().union(*everything(qtbot, window, texts))
    info = window.exploration.models.info
    assert info is not None
    window.close()
    request.getfixturevalue("german")
    window = _opened(qtbot, new_window, cat, QSize(1280, 800))
    german = set[str]().union(*everything(qtbot, window, texts))
    names = {*info.labels, info.weights_sha256[:32], *_names_of_methods(window)}
    same = [text for text in german & english if not SAME.fullmatch(text)]
    left = sorted(text for text in same if text.partition("\n")[0] not in names)
    assert not left, "\n@ ".join(left)
    assert len(german) > 250  # it has looked at something


def test_no_option_of_a_method_is_left_in_english(
    qtbot, qapp: QApplication, request: pytest.FixtureRequest
) -> None:
    """But names: of methods, of rules and of what has its name from a formula."""
    named = re.compile(
        r"(\w+-)?(\w*cam)(\+\+|-elementwise)?|ReST|epsilon|gamma|z-plus|minus|plus", re.I
    )
    methods = [method.info for method in all_methods() if method.info.options]

    def said() -> list[set[str]]:
        found = []
        for method in methods:
            rows = OptionRows()
            qtbot.addWidget(rows)
            rows.show_options(method.options, ())
            found.append(texts(rows))
        return found

    english = said()
    request.getfixturevalue("german")
    same = set[str]().union(*english) & set[str]().union(*said())
    assert not [text for text in same if not (SAME.fullmatch(text) or named.fullmatch(text))]


def test_an_option_chosen_in_german_is_the_engines(qtbot, german: None) -> None:
    (polycam,) = (one.info for one in all_methods() if one.info.id == "poly-cam")
    rows = OptionRows()
    qtbot.addWidget(rows)
    rows.show_options(polycam.options, (("variant", "minus"),))
    (box,) = rows.findChildren(QComboBox)
    assert box.currentText() == "minus"
    with qtbot.waitSignal(rows.options_changed) as changed:
        box.setCurrentIndex(box.findText("beides"))
    assert changed.args == [(("variant", "both"),)]


def through_review(
    qtbot, window: MainWindow, run: Path, look: Callable[[QWidget], object]
) -> list[object]:
    """Looks at a run in Review: each page of its overview, a filter, and its confidence."""
    window.workplaces.open_run(run)
    review = window.workplaces.review
    assert review is not None
    cards = review.workplace.gallery.cards
    qtbot.waitUntil(lambda: cards.rowCount() > 0, timeout=PATIENCE)
    overview = review.workplace.overview
    found = []
    for page in ("matrix", "pairs", "classes", "reasons", "means"):
        qtbot.mouseClick(overview.choice.segment(page), Qt.MouseButton.LeftButton)
        qtbot.wait(50)
        found.append(look(window))
    review.workplace.filters.add(OfClass(ClassRole.TRUTH, 3))
    qtbot.waitUntil(lambda: 0 < cards.rowCount() < 100, timeout=PATIENCE)
    qtbot.wait(50)  # the number of pictures is laid out anew
    found.append(look(window))
    qtbot.mouseClick(review.workplace.filters.add_button, Qt.MouseButton.LeftButton)
    form = review.workplace.filters.form
    assert form is not None
    found.append(look(form))
    form.close()
    qtbot.mouseClick(review.workplace.confidence_button, Qt.MouseButton.LeftButton)
    dialog = review.confidence.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.keep_button.isEnabled, timeout=PATIENCE)
    found.append(look(dialog))
    dialog.close()
    return found


def through_comparison(
    qtbot, window: MainWindow, runs: Path, look: Callable[[QWidget], object]
) -> list[object]:
    """Looks at two runs side by side: each page of what became of the verdicts."""
    window.workplaces.open_run(runs / "a")
    review = window.workplaces.review
    assert review is not None
    parts = review.workplace
    qtbot.waitUntil(lambda: parts.gallery.cards.rowCount() == 3, timeout=PATIENCE)
    review.comparing.compare_with(runs / "b")
    qtbot.waitUntil(lambda: parts.comparison is not None and parts.comparison.isVisible())
    page = parts.comparison
    assert page is not None
    found = []
    for name in ("verdicts", "matrix", "pairs", "left out"):
        qtbot.mouseClick(page.choice.segment(name), Qt.MouseButton.LeftButton)
        qtbot.wait(50)
        found.append(look(window))
    return found


def _two_runs(folder: Path) -> Path:
    """Folders ``a`` and ``b`` of runs over the same pictures; one is in the first alone."""
    for name, said in (("a", ("cat", "dog", "cat")), ("b", ("dog", "dog"))):
        rows = [
            Said(f"cat/{number}.jpg", predicted, ((predicted, spot(0, number)),))
            for number, predicted in enumerate(said)
        ]
        write_run(folder / name, rows, root=folder)
    return folder


@pytest.mark.parametrize(
    ("through", "write"),
    [
        (through_review, lambda folder: write_overconfident_run(folder / "run", 100)),
        (through_comparison, _two_runs),
    ],
    ids=["a run", "two runs"],
)
def test_review_speaks_german_and_cuts_nothing_off(
    qtbot,
    request: pytest.FixtureRequest,
    new_window: Callable[..., MainWindow],
    tmp_path: Path,
    through: Callable[..., list[set[str]]],
    write: Callable[[Path], Path],
) -> None:
    run = write(tmp_path)
    window = new_window()
    english = set[str]().union(*through(qtbot, window, run, texts))
    window.close()
    request.getfixturevalue("german")
    window = new_window()
    window.resize(QSize(1280, 800))
    cut: set[str] = set()

    def look(widget: QWidget) -> set[str]:
        cut.update(cut_off(widget))
        return texts(widget)

    german = set[str]().union(*through(qtbot, window, run, look))
    names = {"FILTER", "Generated, CAM", str(run / "a"), str(run / "b")}
    classes = re.compile(r"(class \d|cat|dog)( → (class \d|cat|dog))?")
    same = {text for text in german & english if not SAME.fullmatch(text)}
    left = sorted(text for text in same - names if not classes.fullmatch(text))
    assert not left, "\n@ ".join(left)
    assert not cut, "\n@ ".join(sorted(cut))


@pytest.mark.parametrize("size", [QSize(1280, 800), QSize(720, 480)], ids=["usual", "least"])
def test_nothing_is_cut_off(
    qtbot, german: None, new_window: Callable[..., MainWindow], cat: Path, size: QSize
) -> None:
    window = _opened(qtbot, new_window, cat, size)
    cut = {text for place in everything(qtbot, window, cut_off) for text in place}
    assert not cut, "\n@ ".join(sorted(cut))


@pytest.mark.slow
def test_nothing_is_cut_off_at_twice_the_scale(tmp_path: Path) -> None:
    screen = {"name": "one", "x": 0, "y": 0, "width": 1600, "height": 1000, "dpr": 1}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96}
    (tmp_path / "screens.json").write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    platform = f"offscreen:configfile={tmp_path / 'screens.json'}"  # room for the least window
    tests = [f"{__file__}::test_nothing_is_cut_off[{size}]" for size in ("usual", "least")]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests],
        env={**os.environ, "QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": platform},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
