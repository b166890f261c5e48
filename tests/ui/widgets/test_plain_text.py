"""A user's words are shown as they are, whatever signs are in them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from camviewer.ui.widgets.plain_text import in_tip
from camviewer.ui.window.main_window import MainWindow
from camviewer.ui.window.menus import fill_recent_menu


def shown(words: str) -> str:
    """What Qt draws of a button's or a menu entry's text: its mnemonics taken out."""
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&").strip()


@pytest.mark.parametrize("title", ["A & B", "A && B", "Cats &Dogs", "<b>bold</b> & <i>", "&"])
def test_a_model_is_called_by_its_whole_name_in_button_and_menu(
    window: MainWindow, title: str
) -> None:
    info = window.exploration.models.info
    window.model_menu.show_models([("a-b", title), (info.id, info.title)])
    window.model_menu.show_model(replace(info, id="a-b", title=title), [])
    buttons = [button.text() for button in window.model_menu.findChildren(QPushButton)]
    assert title in [shown(text) for text in buttons]
    entries = [action.text() for action in window.model_menu.models.actions()]
    assert shown(entries[0]) == title
    window.model_menu.show_loading(f"Loading {title}…")
    buttons = [button.text() for button in window.model_menu.findChildren(QPushButton)]
    assert f"Loading {title}…" in [shown(text) for text in buttons]


def test_a_recent_picture_is_listed_by_its_whole_name(qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    fill_recent_menu(menu, [Path("cat & dog.png")], lambda _: None, lambda: None)
    assert shown(menu.actions()[0].text()) == "cat & dog.png"


def test_what_looks_like_html_in_a_tip_is_not_read_as_such() -> None:
    assert in_tip("plain & simple\nsecond line") == "plain & simple\nsecond line"
    assert "&lt;b&gt;bold&lt;/b&gt;.png" in in_tip("<b>bold</b>.png")
