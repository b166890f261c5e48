"""Whether models may be run by the second engine, or by torch alone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from camviewer.ui.parts import Parts
from camviewer.ui.questions import Question
from camviewer.ui.worker import ModelDesk

if TYPE_CHECKING:
    from camviewer.engine.session import Session

_KIND = "engine"


@dataclass(frozen=True)
class _Allow(Question):
    """Lets the model in use be run by the second engine, or not."""

    allowed: bool

    def answer(
        self,
        session: Session,
        cancelled: threading.Event,  # noqa: ARG002  (it takes no time)
        tell: Callable[[object], None],  # noqa: ARG002
    ) -> object:
        session.allow_second_engine(allowed=self.allowed)
        return self.allowed


class EngineSwitch(QObject):
    """The entry *Use OpenVINO* of the menu Model; it comes back with the next start."""

    def __init__(self, parts: Parts, model: ModelDesk) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._model = model
        self._action = parts.actions["second_engine"]
        installed = find_spec("openvino") is not None
        self._action.setEnabled(installed)
        self._action.setChecked(installed and parts.settings.second_engine)
        self._action.toggled.connect(self._switch)
        parts.exploration.model_ready.connect(self._tell_new_model)
        model.answered.connect(self._switched)

    def _switch(self, allowed: bool) -> None:
        self._parts.settings.set_second_engine(allowed)
        self._model.ask(_KIND, _Allow(allowed))

    def _tell_new_model(self) -> None:
        if self._action.isEnabled() and not self._action.isChecked():
            self._model.ask(_KIND, _Allow(allowed=False))

    def _switched(self, kind: str, _allowed: object) -> None:
        if kind == _KIND:
            self._parts.exploration.explain_again()
