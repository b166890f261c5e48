"""Every action of the window: the table of them, and what makes them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from camviewer.ui.style import mark, theme, tr
from camviewer.ui.window.action_spec import HELP, VIEW, ActionSpec
from camviewer.ui.window.file_actions import FILE_ACTIONS
from camviewer.ui.window.map_actions import MAP_ACTIONS

_HELP_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "command_palette",
        HELP,
        mark("Command palette…"),
        ("Ctrl+Shift+P",),
        "search",
        mark("Find anything that can be done, a method, a layer, a class, a picture, and do it"),
    ),
    ActionSpec("shortcuts", HELP, mark("Keyboard shortcuts"), ("F1",), "keyboard", ""),
    ActionSpec(
        "vgg_page",
        HELP,
        mark("From VGG to CAM"),
        (),
        "",
        mark("Why CAM is not defined for every model"),
    ),
    ActionSpec(
        "tour",
        HELP,
        mark("Show the tour again"),
        (),
        "",
        mark("The four bubbles of the first start"),
    ),
    ActionSpec("show_log", HELP, mark("Show log"), (), "", mark("Open the folder of the log file")),
    ActionSpec("about", HELP, mark("About camviewer"), (), "info", "", starts_group=True),
)

ACTIONS = FILE_ACTIONS + MAP_ACTIONS + _HELP_ACTIONS
"""In the order of the menus."""

HELD_KEYS = ((VIEW, mark("Bare picture (hold)"), mark("Space")),)
"""Keys that act while they are held, for the help sheet: no action can do that."""

REVIEW_KEYS = (
    (mark("Review"), mark("Right for the right, for the wrong reason"), "1, 2"),
    (mark("Review"), mark("Wrong, unsure"), "3, 4"),
    (mark("Review"), mark("Take the judgement away"), "0"),
    (mark("Review"), mark("Take the last judgement back"), mark("Ctrl+Z")),
    (mark("Review"), mark("Tags, note"), "T, N"),
    (mark("Review"), mark("Next picture"), mark("Space")),
    (mark("Review"), mark("Filter and sort again"), "F5"),
)
"""Keys that only *Review* has, for the help sheet: its own widgets take them."""


def make_actions(owner: QWidget, specs: Iterable[ActionSpec] = ACTIONS) -> dict[str, QAction]:
    """The actions by id, with their shortcuts live in the owner's window."""
    return {spec.id: _make(owner, spec) for spec in specs}


def _make(owner: QWidget, spec: ActionSpec) -> QAction:
    action = QAction(tr(spec.text), owner)
    action.setObjectName(spec.id)
    action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
    action.setCheckable(spec.checkable)
    tip = tr(spec.tip or spec.text).rstrip("…")
    action.setStatusTip("")
    action.setToolTip(f"{tip} ({shown_keys(spec)})" if spec.keys else tip)
    if spec.id == "quit":
        action.setMenuRole(QAction.MenuRole.QuitRole)
    elif spec.id == "about":
        action.setMenuRole(QAction.MenuRole.AboutRole)
    owner.addAction(action)
    return action


def allow(action: QAction, refusal: str = "") -> None:
    """Enables an action, or disables it and keeps why, in a few words for a list of actions.

    Args:
        action: the action.
        refusal: why it cannot be used now, as it was marked for translation; empty when it can.
    """
    action.setEnabled(not refusal)
    action.setProperty(_REFUSAL, refusal)


def refusal_of(action: QAction) -> str:
    """Why an action cannot be used now, in the window's language; empty when it can."""
    if action.isEnabled():
        return ""
    return tr(str(action.property(_REFUSAL) or _NOT_NOW))


_REFUSAL = "refusal"
_NOT_NOW = mark("not possible now")
_ICONS = {spec.id: spec.icon for spec in ACTIONS}


def add_icons(actions: Iterable[QAction]) -> None:
    """Draws the icons of actions that have none yet; those without one leave its place free."""
    for action in actions:
        if action.icon().isNull() and not (action.isSeparator() or action.isCheckable()):
            theme.set_icon(action, _ICONS.get(action.objectName(), ""))


def shown_keys(spec: ActionSpec) -> str:
    """The first shortcut as this platform writes it; empty when there is none."""
    if not spec.keys:
        return ""
    return QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)


def shortcut_rows() -> list[tuple[str, str, str]]:
    """(menu, text, keys) of all that has a key, for the help sheet."""
    rows = [(spec.menu, spec.text, shown_keys(spec)) for spec in ACTIONS if spec.keys]
    others = [(menu, text, tr(keys)) for menu, text, keys in HELD_KEYS + REVIEW_KEYS]
    return [(tr(menu), tr(text).rstrip("…"), keys) for menu, text, keys in rows + others]
