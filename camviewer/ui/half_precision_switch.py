"""Whether slow methods may score their many pictures in bfloat16."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from camviewer.ui.parts import Parts
from camviewer.ui.questions import Question
from camviewer.ui.worker import ModelDesk

if TYPE_CHECKING:
    from camviewer.engine.session import Session

_KIND = "half precision"
_MISSING = "This processor does not compute in bfloat16."


@dataclass(frozen=True)
class _Allow(Question):
    """Lets the model in use score in bfloat16, or not; answers whether the processor can."""

    allowed: bool

    def answer(
        self,
        session: Session,
        cancelled: threading.Event,  # noqa: ARG002  (it takes no time)
        tell: Callable[[object], None],  # noqa: ARG002
    ) -> object:
        return session.allow_half_precision(allowed=self.allowed)


class HalfPrecisionSwitch(QObject):
    """The entry *Score in bfloat16* of the menu Model; it comes back with the next start.

    It is disabled until the processor has been asked.
    """

    def __init__(self, parts: Parts, model: ModelDesk) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._model = model
        self._action = parts.actions["half_precision"]
        self._action.setEnabled(False)
        self._action.setChecked(parts.settings.half_precision)
        self._map_is_old = False
        self._action.toggled.connect(self._switch)
        parts.exploration.model_ready.connect(self._tell_new_model)
        model.answered.connect(self._answered)

    def _switch(self, allowed: bool) -> None:
        self._parts.settings.set_half_precision(allowed)
        self._map_is_old = True
        self._model.ask(_KIND, _Allow(allowed))

    def _tell_new_model(self) -> None:
        self._model.ask(_KIND, _Allow(self._action.isChecked()))

    def _answered(self, kind: str, possible: object) -> None:
        if kind != _KIND:
            return
        self._action.setEnabled(bool(possible))
        if not possible:
            self._action.setToolTip(_MISSING)
            self._action.setStatusTip(_MISSING)
        elif self._map_is_old:
            self._map_is_old = False
            self._parts.exploration.explain_again()
