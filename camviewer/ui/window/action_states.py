"""Enables the actions that make sense now."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from camviewer.ui.state import Exploration
from camviewer.ui.style import mark
from camviewer.ui.window.actions import ACTIONS, allow

ONLY_IN_PICTURE = mark("only in Picture")
_NEEDS = {
    "picture": mark("needs a picture"),
    "map": mark("needs a map"),
    "work": mark("only while a slow map is made"),
}
"""Why an action rests, by what it needs."""


class ActionStates(QObject):
    """Follows whether there is a picture on screen, a map, and work under way."""

    def __init__(self, actions: dict[str, QAction], exploration: Exploration) -> None:
        super().__init__(exploration)
        self._actions = actions
        self._exploration = exploration
        self._picture_in_sight = True
        exploration.picture_shown.connect(self._enable)
        exploration.explanation_changed.connect(self._enable)
        exploration.work_changed.connect(self._enable)
        exploration.emptied.connect(self._enable)
        exploration.request_changed.connect(
            lambda request: actions["nominal"].setChecked(request.nominal)
        )
        actions["nominal"].setChecked(exploration.request.nominal)
        self._enable()

    def set_picture_in_sight(self, in_sight: bool) -> None:
        """Lets what acts on the picture rest while another workplace is shown."""
        self._picture_in_sight = in_sight
        self._enable()

    def _enable(self) -> None:
        explored = self._exploration
        present = {
            "picture": explored.picture is not None,
            "map": explored.explanation is not None,
            "work": explored.is_working,
        }
        for spec in ACTIONS:
            if spec.needs or spec.of_picture:
                missing = "" if not spec.needs or present[spec.needs] else _NEEDS[spec.needs]
                refusal = missing if self._picture_in_sight else ONLY_IN_PICTURE
                allow(self._actions[spec.id], refusal)
