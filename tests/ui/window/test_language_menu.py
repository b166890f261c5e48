"""The language is chosen in a menu, and holds from the next start on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox

from camviewer.ui.state.settings import Settings
from camviewer.ui.style.translation import tr, use_language, whole
from camviewer.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE


def language_menu(window: MainWindow) -> QMenu:
    menus = [menu for menu in window.findChildren(QMenu) if "Language" in menu.title()]
    assert len(menus) == 1
    return menus[0]


def test_deutsch_is_chosen_in_the_menu_and_holds_at_the_next_start(
    qtbot, loading_window: Callable[..., MainWindow]
) -> None:
    window = loading_window()
    menu = language_menu(window)
    assert [action.text() for action in menu.actions()] == ["As the system", "English", "Deutsch"]
    assert [action.isChecked() for action in menu.actions()] == [True, False, False]
    menu.popup(window.pos())
    place = menu.actionGeometry(menu.actions()[2]).center()
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert box.text() == "Das Fenster spricht ab dem nächsten Start Deutsch."
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert Settings().language == "de"


def test_a_window_in_german_has_german_menus_and_german_keys(
    german: None, loading_window: Callable[..., MainWindow]
) -> None:
    window = loading_window()
    titles = [action.text().replace("&", "") for action in window.menuBar().actions()]
    assert titles == ["Datei", "Modell", "Ansicht", "Erklären", "Hilfe"]
    assert language_menu(window).title() == "Sprache (Language)"
    opening = window.actions_by_id["open"]
    assert opening.toolTip() == "Ein oder mehrere Bilder öffnen (Strg+O)"


def test_the_status_line_says_in_german_that_a_picture_is_being_opened(
    qtbot, german: None, loading_window: Callable[..., MainWindow], cat: Path
) -> None:
    window = loading_window()
    said: list[str] = []
    window.exploration.pictures.opening.connect(lambda _name: said.append(window.status.text))
    window.open_paths([cat])
    qtbot.waitUntil(lambda: said == ["chelsea.png wird geöffnet…"], timeout=PATIENCE)


def test_a_text_without_a_translation_stays_english(german: None) -> None:
    assert tr("no text of the window at all") == "no text of the window at all"


def test_thousands_are_never_parted_by_what_could_be_a_decimal_sign(
    qapp: QCoreApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert whole(12345) == "12,345"
    monkeypatch.delenv("CAMVIEWER_LANGUAGE")
    take_back = use_language(qapp, "de")
    assert whole(12345) == "12\N{NARROW NO-BREAK SPACE}345"
    take_back()
    assert whole(12345) == "12,345"


def test_the_variable_goes_before_the_choice(
    qapp: QCoreApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAMVIEWER_LANGUAGE", "de")
    take_back = use_language(qapp, "en")
    assert tr("File") == "Datei"
    take_back()
    assert tr("File") == "File"
