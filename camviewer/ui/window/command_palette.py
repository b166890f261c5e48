"""Collects all that can be done now, opens the palette over it, and does what is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMainWindow, QMenu

from camviewer.engine.results import LayerInfo
from camviewer.ui.state import Exploration, Settings
from camviewer.ui.style import mark, tr
from camviewer.ui.window.explain_commands import ExplainCommands
from camviewer.ui.window.model_menu import ModelMenu
from camviewer.ui.window.workplaces import Workplaces

if TYPE_CHECKING:
    from camviewer.ui.widgets.command_list import Command, CommandList

_IN_PICTURE = mark("Find a command, a method, a layer, a class, a picture or a model")
_IN_REVIEW = mark("Find a command, a picture, a run or a model")
_MOVED = "preprocessing_key"
_MOVED_WORDS = mark(
    "Preprocessing… has a new key, Ctrl+Alt+P: Ctrl+Shift+P opens this palette now."
)


class CommandPalette(QObject):
    """The palette, which is made when it is opened first.

    Args:
        window: that it opens over; its menu bar has most of the commands.
        exploration: the model, its methods and classes.
        settings: remember what was done last.
        workplaces: tell which of them is on screen.
        model_menu: has the models and the devices.
        explaining: takes methods and layers.
        layers: gives the layers that can be chosen.
        refresh: fills the menus that change.
    """

    def __init__(
        self,
        window: QMainWindow,
        exploration: Exploration,
        settings: Settings,
        workplaces: Workplaces,
        *,
        model_menu: ModelMenu,
        explaining: ExplainCommands,
        layers: Callable[[], Sequence[LayerInfo]],
        refresh: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._exploration = exploration
        self._settings = settings
        self._model_menu = model_menu
        self._explaining = explaining
        self._workplaces = workplaces
        self._layers = layers
        self._refresh = refresh
        self._list: CommandList | None = None

    @property
    def popup(self) -> CommandList | None:
        """The list; None until it was opened once."""
        return self._list

    def open(self) -> None:
        """Opens the list over the window."""
        palette = self._list or self._made()
        self._refresh()
        self._exploration.models.list_once()
        told = self._settings.is_told(_MOVED)
        self._settings.set_told(_MOVED)
        palette.open_over(
            self._window,
            self._collected(),
            self._settings.recent_commands,
            placeholder=tr(_IN_REVIEW if self._workplaces.shows_review else _IN_PICTURE),
            notice="" if told else tr(_MOVED_WORDS),
        )

    def _collected(self) -> list[Command]:
        from camviewer.ui.window import command_sources as found  # noqa: PLC0415  (start-up)

        titled = [(action.text(), action.menu()) for action in self._window.menuBar().actions()]
        titled += [(tr("Model"), self._model_menu.models), (tr("Device"), self._model_menu.devices)]
        menus = [(title, menu) for title, menu in titled if isinstance(menu, QMenu)]
        commands = found.menu_commands(menus)
        page = self._workplaces.page
        if self._workplaces.shows_review and page is not None:
            return [*found.page_commands(page, tr("Review")), *commands]
        return [
            *commands,
            *found.method_commands(self._exploration, self._explaining),
            *found.layer_commands(self._layers(), self._explaining),
            *found.class_commands(self._exploration),
        ]

    def _made(self) -> CommandList:
        from camviewer.ui.widgets.command_list import CommandList  # noqa: PLC0415  (start-up)

        self._list = CommandList(self._window)
        self._list.taken.connect(self._take)
        self._exploration.models.listed.connect(self._list_again)
        return self._list

    def _list_again(self) -> None:
        """The models were looked up while the palette is open."""
        if self._list is not None and self._list.isVisible():
            self._list.set_commands(self._collected())

    def _take(self, command: Command) -> None:
        """Does it once the palette is gone, because a dialog waits for its own answer."""
        self._settings.add_recent_command(command.key)
        QTimer.singleShot(0, self, command.run)
