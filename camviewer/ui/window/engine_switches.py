"""Switches the engines that run models: OpenVINO or torch alone, in float32 or bfloat16."""

from __future__ import annotations

from importlib.util import find_spec

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from camviewer.ui.state import Exploration, Settings
from camviewer.ui.style import mark, tr
from camviewer.ui.window.actions import allow
from camviewer.ui.work import ModelClient
from camviewer.ui.work.model_queries import UseEngines

_MISSING = mark("This processor does not compute in bfloat16.")


class EngineSwitches(QObject):
    """The entries *Use OpenVINO* and *Score in bfloat16* of the menu Model.

    They hold for every model, and come back with the next start. The second one is disabled until
    the processor has been asked.
    """

    def __init__(
        self,
        actions: dict[str, QAction],
        settings: Settings,
        exploration: Exploration,
        model: ModelClient,
    ) -> None:
        super().__init__(exploration)
        self._exploration = exploration
        self._model = model
        self._engine = actions["second_engine"]
        self._half = actions["half_precision"]
        installed = find_spec("openvino") is not None
        allow(self._engine, "" if installed else mark("OpenVINO is not installed"))
        self._engine.setChecked(installed and settings.second_engine)
        allow(self._half, mark("the processor has not been asked yet"))
        self._half.setChecked(settings.half_precision)
        self._map_is_old = False
        self._engine.toggled.connect(settings.set_second_engine)
        self._half.toggled.connect(settings.set_half_precision)
        self._engine.toggled.connect(self._switch)
        self._half.toggled.connect(self._switch)
        exploration.model_ready.connect(self._tell)
        self._tell()

    def _switch(self) -> None:
        self._map_is_old = True
        self._tell()

    def _tell(self) -> None:
        query = UseEngines(self._engine.isChecked(), self._half.isChecked())
        self._model.ask(query, self._told)

    def _told(self, in_bfloat16: bool | None) -> None:
        if in_bfloat16 is None:
            return
        allow(self._half, "" if in_bfloat16 else _MISSING)
        if not in_bfloat16:
            self._half.setToolTip(tr(_MISSING))
            self._half.setStatusTip(tr(_MISSING))
        if self._map_is_old:
            self._map_is_old = False
            self._exploration.explain_again()
