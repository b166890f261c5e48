"""Defines what an action of the window is, and the menus that have them."""

from __future__ import annotations

from dataclasses import dataclass

from camviewer.ui.style import mark


@dataclass(frozen=True)
class ActionSpec:
    """One action.

    Attributes:
        id: by which the window connects it.
        menu: title of its menu.
        text: menu entry.
        keys: shortcuts in portable text; the first is shown.
        icon: Lucide name, empty for none.
        tip: what it does, for the status bar and the tool tip.
        checkable: whether it is on or off.
        needs: ``picture``, ``map`` or ``work`` (a map under way) when it is disabled without
            one.
        starts_group: whether a line is drawn above it.
        of_picture: whether it acts on the picture on screen, so that it rests while *Review* is
            shown; what ``needs`` something does so anyway.
    """

    id: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    checkable: bool = False
    needs: str = ""
    starts_group: bool = False
    of_picture: bool = False


FILE, MODEL, VIEW, EXPLAIN, HELP = (
    mark("File"),
    mark("Model"),
    mark("View"),
    mark("Explain"),
    mark("Help"),
)
