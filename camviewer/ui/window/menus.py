"""The menu bar, made from the table of actions, with the menus that change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QDockWidget, QMenu, QMenuBar

from camviewer.ui.widgets import in_button, in_tip
from camviewer.ui.window.actions import ACTIONS, FILE, VIEW, add_icons

_THEMES = (("system", "As the system"), ("light", "Light"), ("dark", "Dark"))


def fill_menu_bar(bar: QMenuBar, actions: dict[str, QAction]) -> dict[str, QMenu]:
    """Adds a menu for each name in the table; returns the menus by title."""
    menus: dict[str, QMenu] = {}
    for spec in ACTIONS:
        if spec.menu not in menus:
            menus[spec.menu] = bar.addMenu(f"&{spec.menu}")
            draw_icons_when_shown(menus[spec.menu])
        menu = menus[spec.menu]
        if spec.starts_group:
            menu.addSeparator()
        menu.addAction(actions[spec.id])
    return menus


def add_recent_menu(menus: dict[str, QMenu], before: QAction) -> QMenu:
    """A submenu for the pictures opened last."""
    recent = QMenu("Open recent", menus[FILE])
    menus[FILE].insertMenu(before, recent)
    return recent


def fill_recent_menu(
    menu: QMenu,
    paths: Sequence[Path],
    open_path: Callable[[Path], None],
    clear: Callable[[], None],
) -> None:
    """Lists the paths, newest first."""
    menu.clear()
    for path in paths:
        action = menu.addAction(in_button(path.name))
        action.setToolTip(in_tip(str(path)))
        action.triggered.connect(lambda _checked=False, path=path: open_path(path))
    menu.setToolTipsVisible(True)
    menu.setEnabled(bool(paths))
    if paths:
        menu.addSeparator()
        menu.addAction("Clear this list").triggered.connect(lambda _checked=False: clear())


def add_samples_menu(
    menus: dict[str, QMenu],
    before: QAction,
    samples: Sequence[Path],
    open_path: Callable[[Path], None],
) -> None:
    """A submenu for the photographs that come with the program."""
    menu = QMenu("Open sample", menus[FILE])
    for path in samples:
        action = menu.addAction(path.stem.capitalize())
        action.triggered.connect(lambda _checked=False, path=path: open_path(path))
    menus[FILE].insertMenu(before, menu)


def add_view_menus(
    menus: dict[str, QMenu],
    docks: Sequence[QDockWidget],
    chosen_theme: str,
    choose_theme: Callable[[str], None],
) -> None:
    """Panels that can be shown and hidden, and the choice of light and dark."""
    view = menus[VIEW]
    view.addSeparator()
    panels = view.addMenu("Panels")
    for dock in docks:
        panels.addAction(dock.toggleViewAction())
    looks = view.addMenu("Theme")
    group = QActionGroup(looks)
    for choice, text in _THEMES:
        action = looks.addAction(text)
        action.setCheckable(True)
        action.setChecked(choice == chosen_theme)
        action.triggered.connect(lambda _checked=False, choice=choice: choose_theme(choice))
        group.addAction(action)


def draw_icons_when_shown(menu: QMenu) -> None:
    """Draws the icons of a menu's entries before it is shown, and not while the window opens."""
    menu.aboutToShow.connect(lambda: add_icons(menu.actions()))
