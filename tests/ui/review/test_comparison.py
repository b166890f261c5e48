"""Two runs side by side in the window, with mouse and keyboard, as a person does."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel

from camviewer.engine.batch import open_run
from camviewer.engine.review.run_table import read_table
from camviewer.engine.support.progress import NO_PROGRESS
from camviewer.ui.review.control import ReviewControl
from camviewer.ui.window.main_window import MainWindow
from tests.engine.compared_runs import Said, spot, write_run
from tests.engine.small_runs import write_picture
from tests.ui.conftest import PATIENCE, wait_for_map
from tests.ui.dialogs import press
from tests.ui.dragging import drop_on, urls
from tests.ui.reviewing import reviewed, shows

CTRL = Qt.KeyboardModifier.ControlModifier

FIRST = {
    "cat/1.jpg": ("cat", spot(0, 0)), "cat/2.jpg": ("cat", spot(0, 0)),
    "cat/3.jpg": ("dog", spot(0, 0)), "dog/4.jpg": ("cat", spot(0, 0)),
    "dog/5.jpg": ("dog", spot(0, 0)), "dog/6.jpg": ("dog", spot(1, 1)),
}  # fmt: skip
SECOND = {
    "cat/1.jpg": ("cat", spot(0, 0)), "cat/2.jpg": ("dog", spot(0, 0)),
    "cat/3.jpg": ("cat", spot(0, 0)), "dog/4.jpg": ("bird", spot(0, 0)),
    "dog/5.jpg": ("dog", spot(2, 2)),
}  # fmt: skip


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two runs over small pictures; the last picture is in the first alone."""
    folder = tmp_path_factory.mktemp("two")
    pictures = folder / "pictures"
    for name, said in (("a", FIRST), ("b", SECOND)):
        rows = []
        for number, (path, (predicted, values)) in enumerate(said.items()):
            file = write_picture(pictures / path, number, (96, 96))
            content = hashlib.sha256(file.read_bytes()).hexdigest()
            rows.append(Said(path, predicted, ((predicted, values),), content=content))
        write_run(folder / name, rows, root=pictures)
    return folder / "a", folder / "b"


def opened(qtbot, window: MainWindow, run: Path) -> ReviewControl:
    return reviewed(qtbot, window, run, len(FIRST))


def compared(qtbot, window: MainWindow, runs: tuple[Path, Path]) -> ReviewControl:
    """Drops the second run onto the first, and presses Enter in the menu that asks."""
    review = opened(qtbot, window, runs[0])
    drop_on(review.workplace, urls(runs[1]))
    menu = window.workplaces.drop_menu
    qtbot.waitUntil(menu.isVisible, timeout=PATIENCE)
    assert [action.text() for action in menu.actions()] == ["Compare with a", "Open b"]
    QTest.keyClick(menu, Qt.Key.Key_Return)
    shows(qtbot, review, len(SECOND))
    return review


def names(review: ReviewControl, run: Path) -> list[str]:
    """Paths of the cards, in their order."""
    cards = review.workplace.gallery.cards
    table = read_table(open_run(run), None, NO_PROGRESS)
    return [str(table.row(cards.number_at(place))["path"]) for place in range(cards.rowCount())]


def test_a_second_run_is_dropped_and_both_are_compared(qtbot, window, runs) -> None:
    review = compared(qtbot, window, runs)
    parts = review.workplace
    page = parts.comparison
    assert page is not None
    assert page.isVisible()
    assert not parts.overview.isVisible()
    assert "A  a  60.0% right\nGenerated, CAM\nB  b  60.0% right" in page.words
    assert "McNemar's exact test: p = 1" in page.words
    assert "3 of 5 verdicts changed · 1 better, 1 worse · McNemar" in parts.facts_line
    assert [chip.text() for chip in parts.filters.chips] == ["in both runs  ×"]
    assert parts.view_bar.sort == "moved"
    cards = parts.gallery.cards
    assert names(review, runs[0])[0] == "dog/5.jpg"
    said = cards.data(cards.index(0))
    assert said == "A: dog 75%, right; B: dog 75%, right; 100% moved"
    numbers = [cards.number_at(place) for place in range(5)]
    qtbot.waitUntil(lambda: not cards.lacking(numbers), timeout=PATIENCE)
    assert not any(map(cards.failure, numbers))
    picture = cards.thumbnail(numbers[0])
    assert picture is not None
    assert picture.width() > 3 * picture.height()
    press(page.choice.segment("left out"))
    lines = page.left_out.model()
    found = [lines.data(lines.index(0, column)) for column in (0, 1)]
    assert found == ["dog/6.jpg", "in A alone"]


def test_outcomes_and_cells_lead_to_their_pictures(qtbot, window, runs) -> None:
    review = compared(qtbot, window, runs)
    parts = review.workplace
    page, filters = parts.comparison, parts.filters
    assert page is not None
    box = page.outcomes.visualRect(page.outcomes.model().index(2, 0))
    QTest.mouseClick(
        page.outcomes.viewport(), Qt.MouseButton.LeftButton, pos=box.center() - QPoint(20, 0)
    )
    shows(qtbot, review, 1)
    assert [chip.text() for chip in filters.chips] == ["in both runs  ×", "got worse  ×"]
    assert names(review, runs[0]) == ["cat/2.jpg"]
    press(page.choice.segment("matrix"))
    matrix = page.matrix
    qtbot.waitUntil(lambda: matrix.cell_side > 0, timeout=PATIENCE)
    matrix.setFocus()
    wanted = "A said cat: of 1 of 3, B said bird (33%)"
    for key in [Qt.Key.Key_Right] * 3 + [Qt.Key.Key_Down] * 3:
        if matrix.accessibleDescription() == wanted:
            break
        QTest.keyClick(matrix, key)
        if key == Qt.Key.Key_Down and matrix.accessibleDescription() != wanted:
            for _ in range(2):
                QTest.keyClick(matrix, Qt.Key.Key_Left)
    QTest.keyClick(matrix, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(review, runs[0]) == ["dog/4.jpg"], timeout=PATIENCE)
    assert [chip.text() for chip in filters.chips] == [
        "in both runs  ×", "A said: cat  ×", "B said: bird  ×",
    ]  # fmt: skip
    press(filters.chips[0])
    press(page.end_button)
    shows(qtbot, review, len(FIRST))
    assert parts.overview.isVisible()
    assert not page.isVisible()
    assert not filters.chips


def test_enter_opens_a_compared_picture_and_back_returns_to_it(qtbot, window, runs) -> None:
    review = compared(qtbot, window, runs)
    gallery = review.workplace.gallery
    gallery.setFocus()
    gallery.setCurrentIndex(gallery.cards.index(0))
    QTest.keyClick(gallery, Qt.Key.Key_Down)
    number = gallery.current_number
    assert number is not None
    detail = review.workplace.detail
    qtbot.waitUntil(lambda: detail.number == number, timeout=PATIENCE)
    assert "B says: " in detail.words
    assert "Evidence moved: " in detail.words
    QTest.keyClick(gallery, Qt.Key.Key_Return)
    wait_for_map(qtbot, window, Path(names(review, runs[0])[1]).name)
    assert window.picture_area.isVisible()
    press(window.workplaces.back_bar.button)
    assert review.workplace.isVisible()
    assert gallery.current_number == number
    assert gallery.cards.rowCount() == len(SECOND)


def test_the_form_of_filters_asks_what_became_of_verdicts(qtbot, window, runs) -> None:
    review = compared(qtbot, window, runs)
    filters = review.workplace.filters
    press(filters.add_button)
    form = filters.form
    assert form is not None
    box = form.findChild(QComboBox, "verdict")
    QTest.keyClicks(box, "Got better")
    QTest.keyClick(form, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(review, runs[0]) == ["cat/3.jpg"], timeout=PATIENCE)
    assert [chip.text() for chip in filters.chips] == ["in both runs  ×", "got better  ×"]


def test_the_maps_of_a_class_are_compared_when_it_is_chosen(qtbot, window, runs) -> None:
    review = compared(qtbot, window, runs)
    page = review.workplace.comparison
    assert page is not None
    box = page.class_box
    assert [box.itemText(place) for place in range(box.count())] == [
        "True or predicted", "cat", "dog",
    ]  # fmt: skip
    QTest.keyClicks(box, "dog")
    facts = review.facts
    assert facts is not None
    qtbot.waitUntil(
        lambda: review.facts is not facts and review.facts is not None, timeout=PATIENCE
    )
    shows(qtbot, review, len(SECOND))
    assert box.currentText() == "dog"


@pytest.mark.slow
def test_the_second_run_is_chosen_by_the_menu(qtbot, window, runs, monkeypatch) -> None:
    action = window.actions_by_id["compare_runs"]
    action.trigger()
    review = window.workplaces.review
    assert review is not None
    assert "There is no run to compare with." in review.workplace.notice.text
    review = opened(qtbot, window, runs[0])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(runs[1]))
    press(review.workplace.compare_button)
    shows(qtbot, review, len(SECOND))
    gallery = review.workplace.gallery
    gallery.setFocus()
    gallery.setCurrentIndex(gallery.cards.index(0))
    detail = review.workplace.detail
    qtbot.waitUntil(detail.other_button.isEnabled, timeout=PATIENCE)
    press(detail.other_button)
    wait_for_map(qtbot, window, "5.jpg")
    assert window.workplaces.back_bar.words == "dog/5.jpg from b"


@pytest.mark.slow
def test_runs_over_other_pictures_are_refused_in_one_sentence(
    qtbot, window, runs, tmp_path, monkeypatch
) -> None:
    write_run(tmp_path / "c", [Said("cat/9.jpg")])
    review = opened(qtbot, window, runs[0])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "c"))
    window.actions_by_id["compare_runs"].trigger()
    notice = review.workplace.notice
    qtbot.waitUntil(notice.isVisible, timeout=PATIENCE)
    assert notice.text.startswith("a and c have no picture in common.")
    assert review.workplace.gallery.cards.rowCount() == len(FIRST)


def test_selected_pictures_stand_side_by_side_as_large_as_they_fit(qtbot, window, runs) -> None:
    review = opened(qtbot, window, runs[0])
    parts = review.workplace
    gallery = parts.gallery
    usual = gallery.picture_size
    for place, key in ((0, Qt.KeyboardModifier.NoModifier), (3, CTRL)):
        box = gallery.visualRect(gallery.cards.index(place)).center()
        QTest.mouseClick(gallery.viewport(), Qt.MouseButton.LeftButton, key, box)
    press(parts.compare_selection_button)
    shows(qtbot, review, 2)
    assert names(review, runs[0]) == ["cat/1.jpg", "dog/4.jpg"]
    assert gallery.picture_size.width() > 1.5 * usual.width()
    places = [gallery.visualRect(gallery.cards.index(place)) for place in (0, 1)]
    assert all(gallery.viewport().rect().contains(place) for place in places)
    numbers = [gallery.cards.number_at(place) for place in (0, 1)]
    qtbot.waitUntil(lambda: not gallery.cards.lacking(numbers), timeout=PATIENCE)
    assert parts.scale.isVisible()
    press(parts.filters.chips[0])
    shows(qtbot, review, len(FIRST))
    assert gallery.picture_size == usual


def test_the_current_picture_has_either_map_or_their_difference(qtbot, window, runs) -> None:
    review = compared(qtbot, window, runs)
    gallery, detail = review.workplace.gallery, review.workplace.detail
    gallery.setFocus()
    gallery.setCurrentIndex(gallery.cards.index(0))
    assert names(review, runs[0])[0] == "dog/5.jpg"
    shown = next(
        label
        for label in detail.findChildren(QLabel)
        if label.accessibleName() == "Current picture with its map"
    )
    qtbot.waitUntil(lambda: not shown.pixmap().isNull(), timeout=PATIENCE)
    images = [shown.pixmap().toImage()]
    assert detail.maps.isVisible()
    for part in (1, 2):
        press(detail.maps.segment(part))
        qtbot.waitUntil(lambda: shown.pixmap().toImage() != images[-1], timeout=PATIENCE)
        images.append(shown.pixmap().toImage())
    first, second, difference = (
        [image.pixelColor(x * image.width() // 6, x * image.height() // 6) for x in (1, 5)]
        for image in images
    )
    assert first[0] != second[0]
    assert first[1] != second[1]
    assert difference[0].blue() > difference[0].red()
    assert difference[1].red() > difference[1].blue()
    press(review.workplace.comparison.end_button)
    shows(qtbot, review, len(FIRST))
    assert not detail.maps.isVisible()


def test_runs_that_say_the_same_have_no_pairs_and_say_so(qtbot, window, runs, tmp_path) -> None:
    shutil.copytree(runs[0], tmp_path / "again")
    review = opened(qtbot, window, runs[0])
    drop_on(review.workplace, urls(tmp_path / "again"))
    menu = window.workplaces.drop_menu
    qtbot.waitUntil(menu.isVisible, timeout=PATIENCE)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: review.workplace.comparison is not None, timeout=PATIENCE)
    page = review.workplace.comparison
    press(page.choice.segment("pairs"))
    qtbot.waitUntil(lambda: "No verdict changed" in page.words, timeout=PATIENCE)
