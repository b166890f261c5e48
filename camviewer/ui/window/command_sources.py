"""Where the commands of the palette come from: menus, the page on screen, the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QStandardItemModel
from PySide6.QtWidgets import QAbstractButton, QComboBox, QMenu, QWidget

from camviewer.engine.results import LayerInfo
from camviewer.engine.results.targets import why_not_explained
from camviewer.ui.state import Exploration
from camviewer.ui.style import tr, translated
from camviewer.ui.widgets import Segmented
from camviewer.ui.widgets.command_list import Command
from camviewer.ui.window.action_states import ONLY_IN_PICTURE
from camviewer.ui.window.actions import refusal_of
from camviewer.ui.window.explain_commands import ExplainCommands

_BETWEEN = " › "
_ITSELF = "command_palette"


def menu_commands(menus: Sequence[tuple[str, QMenu]]) -> list[Command]:
    """The entries of menus and of the menus in them, each once.

    What belongs to the workplace that is not on screen is listed only when it is sought.

    Args:
        menus: each with its title.
    """
    seen: set[str] = {_ITSELF}
    commands = []
    for title, menu in menus:
        for command in _of_menu(menu, _plain(title)):
            if command.key not in seen:
                seen.add(command.key)
                commands.append(command)
    return commands


def method_commands(exploration: Exploration, explaining: ExplainCommands) -> list[Command]:
    """The methods; one that is not defined says why, or opens what can be done instead."""
    ready = exploration.models.ready
    methods = () if ready is None else ready.methods
    stood_in_for = {method.stands_in_for for method, _ in methods}
    request = exploration.request
    commands = []
    for method, undefined in methods:
        refusal = undefined or why_not_explained(method, request.target)
        ways_out = bool(undefined) and method.id in stood_in_for
        run = explaining.show_ways_out if ways_out else explaining.choose_method
        commands.append(
            Command(
                f"method/{method.id}",
                method.title,
                tr("Method"),
                partial(run, method.id),
                tip=translated(undefined or method.summary),
                refusal="" if ways_out else translated(refusal),
                on=method.id == request.method,
                only_sought=True,
            )
        )
    return commands


def layer_commands(layers: Sequence[LayerInfo], explaining: ExplainCommands) -> list[Command]:
    """The layers that a map can be made on."""
    return [
        Command(
            f"layer/{layer.name}",
            layer.name,
            tr("Layer"),
            partial(explaining.choose_layer, layer.name),
            tip=tr("{kind}, {count} channels").format(kind=layer.kind, count=layer.shape[0]),
            only_sought=True,
        )
        for layer in layers
    ]


def class_commands(exploration: Exploration) -> list[Command]:
    """The classes that the map can be of, the most probable first."""
    info, verdict = exploration.models.info, exploration.verdict
    if info is None or verdict is None:
        return []
    chosen = exploration.request.class_index
    return [
        Command(
            f"class/{index} {info.labels[index]}",
            info.labels[index],
            tr("Class"),
            partial(exploration.choose_class, index),
            on=index == chosen,
            only_sought=True,
        )
        for index in verdict.top(len(info.labels))
    ]


def page_commands(page: QWidget, section: str) -> list[Command]:
    """The buttons and the choices that are seen on a page."""
    commands = []
    for button in page.findChildren(QAbstractButton):
        name = _plain(button.accessibleName() or button.text())
        if button.isVisibleTo(page) and name and not isinstance(button.parent(), QComboBox):
            chosen = isinstance(button.parent(), Segmented) and button.isChecked()
            refusal = "" if button.isEnabled() else button.toolTip() or tr("not possible now")
            commands.append(
                Command(
                    f"{section}/{name}",
                    name,
                    section,
                    button.click,
                    tip=button.toolTip(),
                    refusal=refusal,
                    on=chosen,
                )
            )
    for box in page.findChildren(QComboBox):
        if box.isVisibleTo(page) and box.accessibleName():
            commands += _of_box(box, section)
    return commands


def _of_menu(menu: QMenu, path: str) -> Iterator[Command]:
    """The menu's own entries, then those of the menus in it, so that each has one head."""
    inner: list[tuple[QMenu, str]] = []
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            if below.isEnabled():
                inner.append((below, f"{path}{_BETWEEN}{_plain(action.text())}"))
        elif action.isVisible() and not action.isSeparator() and action.text():
            yield _of_action(action, path)
    for below, title in inner:
        yield from _of_menu(below, title)


def _of_action(action: QAction, path: str) -> Command:
    title, refusal = _plain(action.text()), refusal_of(action)
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    tip = action.toolTip().removesuffix(f" ({keys})")
    return Command(
        action.objectName() or f"{path}/{tip if tip != title else title}",
        title,
        path,
        action.trigger,
        keys=keys,
        tip="" if tip.rstrip("…") == title.rstrip("…") else tip,
        refusal=refusal,
        on=action.isCheckable() and action.isChecked(),
        only_sought=refusal == tr(ONLY_IN_PICTURE),
    )


def _of_box(box: QComboBox, section: str) -> Iterator[Command]:
    model = box.model()
    for row in range(box.count()):
        refused = isinstance(model, QStandardItemModel) and not model.item(row).isEnabled()
        why = str(box.itemData(row, Qt.ItemDataRole.ToolTipRole) or tr("not possible now"))
        title = tr("{box}: {choice}").format(box=box.accessibleName(), choice=box.itemText(row))
        yield Command(
            f"{section}/{title}",
            title,
            section,
            partial(box.setCurrentIndex, row),
            refusal=why if refused else "",
            on=row == box.currentIndex(),
            only_sought=True,
        )


def _plain(words: str) -> str:
    """A title without the signs that underline a letter."""
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&")
