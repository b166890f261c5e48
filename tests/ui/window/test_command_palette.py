"""The command palette: what it lists in both workplaces, finds and does, by keyboard and mouse."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from camviewer.ui.state.settings import Settings
from camviewer.ui.widgets.command_list import CommandList
from camviewer.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE, wait_for_map

Key = Qt.Key
KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def opened(qtbot: QtBot, window: MainWindow) -> CommandList:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE)
    qtbot.keyClick(window, Key.Key_P, KEYS)
    palette = window.command_palette.popup
    assert palette is not None
    assert palette.isVisible()
    return palette


def titles(palette: CommandList) -> list[str]:
    model = palette.view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def row_of(palette: CommandList, title: str) -> QModelIndex:
    return palette.view.model().index(titles(palette).index(title), 0)


def spoken(palette: CommandList, title: str) -> str:
    return str(row_of(palette, title).data(Qt.ItemDataRole.AccessibleTextRole))


def run(qtbot: QtBot, palette: CommandList, words: str) -> None:
    qtbot.keyClicks(palette.search_field, words)
    qtbot.keyClick(palette.search_field, Key.Key_Return)
    assert not palette.isVisible()


def test_all_of_a_picture_is_found_and_done_with_the_keyboard(
    qtbot: QtBot, with_cat: MainWindow
) -> None:
    assert with_cat.command_palette.popup is None  # nothing is made before it is wanted
    palette = opened(qtbot, with_cat)
    assert "Ctrl+Alt+P" in palette.foot
    listed = titles(palette)
    assert listed[0] == "FILE"
    assert {"Save overlay…", "Trained crop", "Chelsea", "Dark", "Classes and map"} <= set(listed)
    assert "FILE › OPEN SAMPLE" in listed
    assert "only while a slow map is made" in spoken(palette, "Stop here")

    run(qtbot, palette, "whole pict")
    explored = with_cat.exploration
    qtbot.waitUntil(lambda: explored.request.mode.value == "whole", timeout=PATIENCE)
    palette = opened(qtbot, with_cat)
    assert "Ctrl+Alt+P" not in palette.foot  # it is said once
    assert titles(palette)[:2] == ["USED LAST", "Whole picture"]

    run(qtbot, palette, "cam layer")
    qtbot.waitUntil(lambda: explored.request.method == "layercam", timeout=PATIENCE)
    palette = opened(qtbot, with_cat)
    run(qtbot, palette, "egyptian")
    wanted = with_cat.exploration.models.info.labels.index("Egyptian cat")
    qtbot.waitUntil(lambda: explored.request.class_index == wanted, timeout=PATIENCE)
    qtbot.waitUntil(lambda: bool(with_cat.panel.layers), timeout=PATIENCE)
    palette = opened(qtbot, with_cat)
    assert titles(palette)[:3] == ["USED LAST", "Egyptian cat", "LayerCAM"]
    layer = with_cat.panel.layers[0].name
    run(qtbot, palette, layer)
    qtbot.waitUntil(lambda: explored.request.layer == layer, timeout=PATIENCE)
    assert Settings().recent_commands[0] == f"layer/{layer}"


def test_arrows_lead_through_the_rows_letters_back_to_the_field_and_escape_closes(
    qtbot: QtBot, window: MainWindow
) -> None:
    palette = opened(qtbot, window)
    qtbot.keyClicks(palette.search_field, "theme")
    assert titles(palette) == ["VIEW › THEME", "As the system", "Light", "Dark"]
    field, view = palette.search_field, palette.view
    assert view.currentIndex().data() == "As the system"
    qtbot.keyClick(field, Key.Key_Down)
    assert view.hasFocus()
    assert view.currentIndex().data() == "Light"
    qtbot.keyClick(view, Key.Key_Down)
    assert view.currentIndex().data() == "Dark"
    qtbot.keyClick(view, Key.Key_Up)
    qtbot.keyClick(view, Key.Key_Up)
    qtbot.keyClick(view, Key.Key_Up)
    assert field.hasFocus()
    qtbot.keyClick(field, Key.Key_Down)
    qtbot.keyClick(view, Key.Key_X)
    assert field.hasFocus()
    assert field.text() == "themex"
    assert titles(palette) == []
    qtbot.keyClick(field, Key.Key_Escape)
    assert not palette.isVisible()
    assert window.settings.theme == "system"


def test_what_cannot_be_done_says_why_and_stays_undone(qtbot: QtBot, window: MainWindow) -> None:
    palette = opened(qtbot, window)
    qtbot.keyClicks(palette.search_field, "save raw")
    assert spoken(palette, "Save raw map…").endswith("not possible now: needs a map")
    qtbot.keyClick(palette.search_field, Key.Key_Return)
    assert palette.isVisible()
    assert palette.foot == "needs a map"
    palette.close()
    assert window.settings.recent_commands == ()


def test_a_click_opens_a_sample(qtbot: QtBot, window: MainWindow) -> None:
    palette = opened(qtbot, window)
    qtbot.keyClicks(palette.search_field, "sample coffee")
    middle = palette.view.visualRect(row_of(palette, "Coffee")).center()
    qtbot.mouseClick(palette.view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert not palette.isVisible()
    wait_for_map(qtbot, window, "coffee.png")


def test_review_has_its_own_commands_and_those_of_picture_only_when_sought(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.keyClick(window, Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    palette = opened(qtbot, window)
    listed = titles(palette)
    assert listed[:2] == ["REVIEW", "Open a run…"]
    assert "Run over a folder…" in listed
    assert "Next class" not in listed
    qtbot.keyClicks(palette.search_field, "next class")
    assert "only in Picture" in spoken(palette, "Next class")
    palette.search_field.clear()
    run(qtbot, palette, "shortcuts")
    qtbot.waitUntil(lambda: bool(shown_dialogs(window)), timeout=PATIENCE)
    (sheet,) = shown_dialogs(window)
    assert sheet.windowTitle() == "Keyboard shortcuts"
    sheet.reject()
    palette = opened(qtbot, window)
    run(qtbot, palette, "picture")
    qtbot.waitUntil(lambda: not window.workplaces.shows_review, timeout=PATIENCE)


def shown_dialogs(window: MainWindow) -> list[QDialog]:
    return [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
