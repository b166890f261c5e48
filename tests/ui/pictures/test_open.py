"""Opening pictures: dropping, pasting, menus, folders, and what cannot be opened."""

from __future__ import annotations

import gc
import shutil
import weakref
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest

from camviewer.ui.pictures.filmstrip import Role
from tests.ui.conftest import PATIENCE, wait_for_map
from tests.ui.dragging import drop, urls


def notice_text(window) -> str:
    return window.picture_area.notice.text


def test_the_empty_window_offers_to_open_and_three_samples(qtbot, window) -> None:
    assert window.picture_area.is_empty
    samples = window.picture_area.empty_state.sample_buttons
    assert len(samples) == 3
    qtbot.waitUntil(lambda: all(sample.isEnabled() for sample in samples), timeout=PATIENCE)
    QTest.mouseClick(samples[0], Qt.MouseButton.LeftButton)
    wait_for_map(qtbot, window, "chelsea.png")


def test_a_dropped_picture_is_shown_classified_and_explained(qtbot, window, cat) -> None:
    drop(window, urls(cat))
    wait_for_map(qtbot, window, "chelsea.png")
    explanation = window.exploration.explanation
    assert explanation.class_name == "tiger cat"
    assert explanation.probability == pytest.approx(0.394, abs=0.01)
    assert not window.picture_area.is_empty
    assert "tiger cat 39" in window.status.text
    assert not window.strip_dock.isVisible()


def test_several_files_and_folders_fill_the_filmstrip(qtbot, window, cat, coffee, tmp_path) -> None:
    shutil.copy(cat, tmp_path / "b.png")
    shutil.copy(coffee, tmp_path / "a.png")
    (tmp_path / "notes.txt").write_text("no picture")
    drop(window, urls(tmp_path))
    wait_for_map(qtbot, window, "a.png")
    assert [path.name for path in window.exploration.pictures.files] == ["a.png", "b.png"]
    assert window.strip_dock.isVisible()
    window.actions_by_id["next_picture"].trigger()
    wait_for_map(qtbot, window, "b.png")


def test_broken_and_deleted_files_are_marked_and_passed(
    qtbot, window, cat, coffee, tmp_path
) -> None:
    """What is left out of a folder after it was listed does not hold up those behind it."""
    shutil.copy(coffee, tmp_path / "a.png")
    (tmp_path / "b.png").write_bytes(b"no picture at all")
    shutil.copy(cat, tmp_path / "c.png")
    shutil.copy(cat, tmp_path / "d.png")
    drop(window, urls(tmp_path))
    wait_for_map(qtbot, window, "a.png")
    (tmp_path / "c.png").unlink()
    marked = []
    window.exploration.pictures.file_failed.connect(lambda path, _: marked.append(path.name))
    for number in (1, 2):
        window.actions_by_id["next_picture"].trigger()
        qtbot.waitUntil(lambda number=number: len(marked) == number)
    assert marked == ["b.png", "c.png"]
    strip = window.filmstrip.view
    assert strip.currentIndex().row() == 2
    assert all(strip.model().index(row, 0).data(Role.FAILURE) for row in (1, 2))
    window.actions_by_id["next_picture"].trigger()
    wait_for_map(qtbot, window, "d.png")
    shutil.copy(cat, tmp_path / "c.png")
    window.actions_by_id["previous_picture"].trigger()
    wait_for_map(qtbot, window, "c.png")
    assert not strip.model().index(2, 0).data(Role.FAILURE)
    window.actions_by_id["previous_picture"].trigger()
    qtbot.waitUntil(lambda: len(marked) == 3)
    window.actions_by_id["previous_picture"].trigger()
    wait_for_map(qtbot, window, "a.png")


def test_a_folder_that_begins_with_a_broken_file_is_walked_through(
    qtbot, window, cat, tmp_path
) -> None:
    (tmp_path / "a.png").write_bytes(b"no picture at all")
    shutil.copy(cat, tmp_path / "b.png")
    with qtbot.waitSignal(window.exploration.pictures.file_failed):
        drop(window, urls(tmp_path))
    window.actions_by_id["next_picture"].trigger()
    wait_for_map(qtbot, window, "b.png")


def test_a_picture_on_the_clipboard_is_pasted(qtbot, window, cat) -> None:
    QGuiApplication.clipboard().setImage(QImage(str(cat)))
    window.actions_by_id["paste"].trigger()
    wait_for_map(qtbot, window, "Clipboard")
    pixels = window.exploration.picture.image.pixels
    assert np.array_equal(pixels, np.asarray(Image.open(cat).convert("RGB")))


def test_a_file_on_the_clipboard_is_pasted(qtbot, window, coffee) -> None:
    QGuiApplication.clipboard().setMimeData(urls(coffee))
    window.actions_by_id["paste"].trigger()
    wait_for_map(qtbot, window, "coffee.png")
    assert window.exploration.explanation.class_name == "espresso"


@pytest.mark.parametrize("form", ["{}", '"{}"', "file://{}"])
def test_a_path_in_a_copied_text_is_pasted(qtbot, window, coffee, form) -> None:
    QGuiApplication.clipboard().setText(form.format(coffee))
    window.actions_by_id["paste"].trigger()
    wait_for_map(qtbot, window, "coffee.png")


def test_pasting_text_says_that_there_is_no_picture(window) -> None:
    QGuiApplication.clipboard().setText("hello")
    window.actions_by_id["paste"].trigger()
    assert "There is no picture in what was pasted." in notice_text(window)


def test_a_picture_from_the_internet_is_refused(window) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/cat.jpg")])
    drop(window, mime)
    assert "not on this computer" in notice_text(window)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("empty", "bad.jpg is empty (0 bytes)."),
        ("text", "bad.jpg is not a picture that can be opened."),
        ("vanished", "bad.jpg is not there any more, or never was."),
        ("empty folder", "The folder nothing has no pictures."),
    ],
)
def test_what_cannot_be_opened_gives_a_sentence_and_keeps_the_picture(
    qtbot, with_cat, tmp_path, kind, sentence
) -> None:
    bad = tmp_path / "bad.jpg"
    if kind == "empty":
        bad.touch()
    elif kind == "text":
        bad.write_text("this is not a picture")
    elif kind == "empty folder":
        bad = tmp_path / "nothing"
        bad.mkdir()
    shown = with_cat.exploration.explanation
    drop(with_cat, urls(bad))
    qtbot.waitUntil(with_cat.picture_area.notice.isVisible, timeout=PATIENCE)
    assert notice_text(with_cat).startswith(sentence)
    assert with_cat.exploration.picture.image.name == "chelsea.png"
    assert with_cat.exploration.explanation is shown
    assert "tiger cat 39" in with_cat.status.text


def test_dropping_fifty_files_quickly_shows_the_last(qtbot, window, cat, tmp_path) -> None:
    with Image.open(cat) as picture:
        for number in range(50):
            picture.resize((200 + number, 150)).save(tmp_path / f"{number:02}.png")
    for number in range(50):
        drop(window, urls(tmp_path / f"{number:02}.png"))
    wait_for_map(qtbot, window, "49.png")
    qtbot.wait(300)
    explored = window.exploration
    assert explored.picture.image.name == "49.png"
    assert explored.explanation.placement.source_size == (150, 249)


def test_a_path_on_the_command_line_opens_with_the_window(qtbot, new_window, coffee) -> None:
    window = new_window(coffee)
    wait_for_map(qtbot, window, "coffee.png")


def test_recent_pictures_come_back(qtbot, with_cat, new_window, coffee, tmp_path) -> None:
    mine = shutil.copy(coffee, tmp_path / "mine.png")
    with_cat.open_paths([Path(mine)])
    wait_for_map(qtbot, with_cat, "mine.png")
    with_cat.close()
    again = new_window()
    titles = [action.text() for action in again.recent_menu.actions()]
    assert "mine.png" in titles
    assert again.settings.folder == tmp_path


def test_a_picture_that_is_closed_while_it_is_decoded_does_not_come_back(
    qtbot, with_cat, coffee
) -> None:
    with_cat.open_paths([coffee])
    with_cat.actions_by_id["close_picture"].trigger()
    qtbot.wait(500)
    assert with_cat.picture_area.is_empty
    assert with_cat.exploration.picture is None


def test_nothing_is_kept_of_pictures_that_were_closed(qtbot, window, cat, coffee) -> None:
    def shown() -> list[weakref.ref[object]]:
        explored = window.exploration
        things = (explored.picture.image, explored.explanation, explored.verdict)
        return [weakref.ref(thing) for thing in things]

    def all_gone(kept: list[weakref.ref[object]]) -> bool:
        gc.collect()
        return not any(reference() is not None for reference in kept)

    window.open_paths([cat])
    wait_for_map(qtbot, window, "chelsea.png")
    first = shown()
    window.open_paths([coffee])
    wait_for_map(qtbot, window, "coffee.png")
    second = shown()
    qtbot.waitUntil(lambda: all_gone(first), timeout=PATIENCE)
    window.exploration.close_pictures()
    qtbot.waitUntil(lambda: all_gone(second), timeout=PATIENCE)
