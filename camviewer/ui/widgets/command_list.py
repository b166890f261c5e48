"""A popup to search everything in that can be done now; Enter does it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QStandardItem
from PySide6.QtWidgets import QLabel, QWidget

from camviewer.ui.style import mark, tr
from camviewer.ui.widgets.headed_list import (
    KEY,
    REFUSED,
    HeadedList,
    can_be_taken,
    head_item,
    row_item,
)
from camviewer.ui.widgets.plain_text import in_tip

_RECENT = mark("Used last")
_SIZE = QSize(620, 460)
_BELOW = 56
"""How far below the window's upper edge the list opens, in pixels."""
_MOST_HITS = 25
"""Maximum number of hits under one head; of more, their number is said."""
_INSET = 8
"""Margin of the words below the list in pixels; the rows have as much."""
_FOOT_HEIGHT = 36
"""Two lines, whether they are needed or not, so that nothing moves."""


@dataclass(frozen=True)
class Command:
    """Something that can be done.

    Attributes:
        key: what it is remembered by.
        title: on screen.
        section: the head that it stands under, for example ``File › Open recent``.
        run: does it.
        keys: its shortcut, as the system writes it.
        tip: what it does, in one sentence; it is searched as well.
        refusal: why it cannot be done now; empty when it can.
        on: whether it is a choice that holds.
        only_sought: whether it is listed only when a search finds it.
    """

    key: str
    title: str
    section: str
    run: Callable[[], object]
    keys: str = ""
    tip: str = ""
    refusal: str = ""
    on: bool = False
    only_sought: bool = False


def ranked(commands: Iterable[Command], text: str, recent: Sequence[str] = ()) -> list[Command]:
    """The commands that have all of the words, those that have them in the best place first.

    The best place is the beginning of the title, then the beginning of one of its words, then
    within it, then the head, then the shortcut and the tip. Of those that are alike the ones used
    last come first, and then the ones that can be done.
    """
    words = text.casefold().split()
    places = {key: place for place, key in enumerate(recent)}
    found = []
    for number, command in enumerate(commands):
        distance = _distance(command, words)
        if distance is not None:
            place = places.get(command.key, len(places))
            found.append((distance, place, bool(command.refusal), number, command))
    return [command for *_, command in sorted(found, key=lambda hit: hit[:4])]


def _distance(command: Command, words: Sequence[str]) -> int | None:
    title, section = command.title.casefold(), command.section.casefold()
    rest = f"{command.keys} {command.tip}".casefold()
    total = 0
    for word in words:
        if title.startswith(word):
            continue
        if re.search(rf"\b{re.escape(word)}", title):
            total += 1
        elif word in title:
            total += 2
        elif word in section:
            total += 3
        elif word in rest:
            total += 4
        else:
            return None
    return total


class CommandList(HeadedList):
    """A search field over commands; those that cannot be done now are dimmed and say why.

    Args:
        parent: the window that it opens over.
    """

    taken = Signal(object)
    """The Command that was clicked, or taken with Enter."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Commands"), "", tr("Nothing matches."), parent)
        self._commands: tuple[Command, ...] = ()
        self._recent: tuple[str, ...] = ()
        self._notice = ""
        self._foot = QLabel(self)
        self._foot.setProperty("role", "hint")
        self._foot.setWordWrap(True)
        self._foot.setTextFormat(Qt.TextFormat.PlainText)
        self._foot.setContentsMargins(_INSET, 0, _INSET, 0)
        self._foot.setFixedHeight(_FOOT_HEIGHT)
        self._foot.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        layout = self.layout()
        assert layout is not None  # noqa: S101
        layout.addWidget(self._foot)
        self.view.selectionModel().currentChanged.connect(self._say_current)

    @property
    def foot(self) -> str:
        """What is said below the list."""
        return self._foot.text()

    def open_over(
        self,
        window: QWidget,
        commands: Sequence[Command],
        recent: Sequence[str],
        *,
        placeholder: str,
        notice: str = "",
    ) -> None:
        """Opens over a window, with nothing sought yet.

        Args:
            window: the window.
            commands: what can be done, in the order of their heads.
            recent: keys of what was done, the last one first.
            placeholder: what can be sought.
            notice: is said below the list until something else is to be said there.
        """
        self._recent = tuple(recent)
        self._notice = notice
        self.search_field.setPlaceholderText(placeholder)
        self.search_field.setAccessibleName(placeholder)
        self.set_commands(commands)
        self.show_over(window, _SIZE, _BELOW)

    def set_commands(self, commands: Sequence[Command]) -> None:
        """Lists other commands; what is sought, marked and said stays."""
        notice, current = self._notice, self.view.currentIndex().data(KEY)
        self._commands = tuple(commands)
        self.seek(self.search_field.text())
        if self.isVisible() and current is not None:
            self.mark(current)
        self._notice = notice
        self._foot.setText(notice or self._foot.text())

    def seek(self, text: str) -> None:
        """Lists what matches, under the heads of the best hits; without a text all of it."""
        if text.strip():
            self._list_hits(ranked(self._commands, text, self._recent))
        else:
            self._list_all()
        self.view.setCurrentIndex(self.first_hit())
        self.view.scrollToTop()

    def searched(self) -> None:
        """Nothing is named twice in what was sought."""

    def enter_rows(self) -> None:
        """The first hit is marked already, so that the arrow leads to the one behind it."""
        current = self.view.currentIndex()
        if self.search_field.hasFocus() and current.isValid():
            below = (
                self.proxy.index(row, 0) for row in range(current.row() + 1, self.proxy.rowCount())
            )
            known = (index for index in below if index.data(KEY) is not None)
            self.view.setCurrentIndex(next(known, current))
        super().enter_rows()

    def first_hit(self) -> QModelIndex:
        """The first command that can be done; the first of all where none can be."""
        rows = [self.proxy.index(row, 0) for row in range(self.proxy.rowCount())]
        known = [index for index in rows if can_be_taken(index)]
        ready = (index for index in known if not index.data(REFUSED))
        return next(ready, known[0] if known else QModelIndex())

    def take(self, index: QModelIndex) -> None:
        """Closes the list and does it; what cannot be done says why instead."""
        command = self._command_at(index)
        if command is None:
            return
        if command.refusal:
            self._foot.setText(command.refusal)
            return
        self.close()
        self.taken.emit(command)

    def _list_all(self) -> None:
        known = {command.key: command for command in self._commands}
        used = (known[key] for key in self._recent if key in known)
        recent = [command for command in used if not command.refusal]
        items = [head_item(tr(_RECENT))] if recent else []
        items += [_item(command, command.keys or command.section) for command in recent]
        listed = (command for command in self._commands if not command.only_sought)
        for section, commands in groupby(listed, key=lambda command: command.section):
            items.append(head_item(section))
            items += [_item(command, command.keys) for command in commands]
        self._show(items)

    def _list_hits(self, hits: Sequence[Command]) -> None:
        groups: dict[str, list[Command]] = {}
        for command in hits:
            groups.setdefault(command.section, []).append(command)
        items = []
        for section, commands in groups.items():
            items.append(head_item(section))
            items += [_item(command, command.keys) for command in commands[:_MOST_HITS]]
            more = len(commands) - _MOST_HITS
            if more > 0:
                items.append(_remark(tr("{n} more match; go on typing.", "", more)))
        self._show(items)

    def _show(self, items: list[QStandardItem]) -> None:
        self.rows.clear()
        self.rows.invisibleRootItem().appendRows(items)

    def _command_at(self, index: QModelIndex) -> Command | None:
        key = index.data(KEY) if index.isValid() else None
        return next((command for command in self._commands if command.key == key), None)

    def _say_current(self, current: QModelIndex) -> None:
        command = self._command_at(current)
        words = "" if command is None else command.refusal or command.tip
        if self._notice and self.isVisible():
            self._notice = ""
        self._foot.setText(self._notice or words)


def _item(command: Command, detail: str) -> QStandardItem:
    said = detail
    if command.refusal:
        said = command.refusal
    elif command.on:
        said = " · ".join(filter(None, (tr("on", "a switch"), detail)))
    item = row_item(command.title, command.key, said, sought="", refused=bool(command.refusal))
    item.setToolTip(in_tip(command.refusal or command.tip))
    told = (
        command.title,
        command.section,
        command.keys,
        tr("on", "a switch") if command.on else "",
    )
    why = tr("not possible now: {why}").format(why=command.refusal) if command.refusal else ""
    item.setAccessibleText(", ".join(words for words in (*told, why) if words))
    return item


def _remark(words: str) -> QStandardItem:
    item = QStandardItem(words)
    item.setEnabled(False)
    return item
