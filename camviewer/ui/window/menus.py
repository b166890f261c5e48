"""The menu bar, made from the table of actions, with the menus that change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QDockWidget, QMenu, QMenuBar, QWidget

from camviewer.ui.state import Settings
from camviewer.ui.style import mark, tr
from camviewer.ui.widgets import in_button, in_tip
from camviewer.ui.window.action_spec import FILE, VIEW
from camviewer.ui.window.actions import ACTIONS, add_icons
from camviewer.ui.window.language_menu import add_language_menu

_THEMES = (("system", mark("As the system")), ("light", mark("Light")), ("dark", mark("Dark")))


def fill_menu_bar(bar: QMenuBar, actions: dict[str, QAction]) -> dict[str, QMenu]:
    """Adds a menu for each name in the table; returns the menus by title."""
    menus: dict[str, QMenu] = {}
    for spec in ACTIONS:
        if spec.menu not in menus:
            menus[spec.menu] = bar.addMenu(f"&{tr(spec.menu)}")
            draw_icons_when_shown(menus[spec.menu])
        menu = menus[spec.menu]
        if spec.starts_group:
            menu.addSeparator()
        menu.addAction(actions[spec.id])
    return menus


def add_recent_menu(menus: dict[str, QMenu], before: QAction) -> QMenu:
    """A submenu for the pictures opened last."""
    recent = QMenu(tr("Open recent"), menus[FILE])
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
        menu.addAction(tr("Clear this list")).triggered.connect(lambda _checked=False: clear())


def add_samples_menu(
    menus: dict[str, QMenu],
    before: QAction,
    samples: Sequence[Path],
    open_path: Callable[[Path], None],
) -> None:
    """A submenu for the photographs that come with the program."""
    menu = QMenu(tr("Open sample"), menus[FILE])
    for path in samples:
        action = menu.addAction(path.stem.capitalize())
        action.triggered.connect(lambda _checked=False, path=path: open_path(path))
    menus[FILE].insertMenu(before, menu)


def add_view_menus(
    menus: dict[str, QMenu],
    docks: Sequence[QDockWidget],
    settings: Settings,
    choose_theme: Callable[[str], None],
    owner: QWidget,
) -> None:
    """Panels that can be shown and hidden, the choice of light and dark, and of a language."""
    view = menus[VIEW]
    view.addSeparator()
    panels = view.addMenu(tr("Panels"))
    for dock in docks:
        panels.addAction(dock.toggleViewAction())
    looks = view.addMenu(tr("Theme"))
    group = QActionGroup(looks)
    for choice, text in _THEMES:
        action = looks.addAction(tr(text))
        action.setCheckable(True)
        action.setChecked(choice == settings.theme)
        action.triggered.connect(lambda _checked=False, choice=choice: choose_theme(choice))
        group.addAction(action)
    add_language_menu(view, settings, owner)


def draw_icons_when_shown(menu: QMenu) -> None:
    """Draws the icons of a menu's entries before it is shown, and not while the window opens."""
    menu.aboutToShow.connect(lambda: add_icons(menu.actions()))
