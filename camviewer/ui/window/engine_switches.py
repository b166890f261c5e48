"""By what models may be run: the second engine or torch alone, in float32 or bfloat16."""

from __future__ import annotations

from importlib.util import find_spec

from PySide6.QtCore import QObject

from camviewer.ui.window.window_parts import Parts
from camviewer.ui.work.model_client import ModelDesk
from camviewer.ui.work.model_requests import Run

_MISSING = "This processor does not compute in bfloat16."


class RunSwitches(QObject):
    """The entries *Use OpenVINO* and *Score in bfloat16* of the menu Model.

    They hold for every model, and come back with the next start. The second one is disabled until
    the processor has been asked.
    """

    def __init__(self, parts: Parts, model: ModelDesk) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._model = model
        self._engine = parts.actions["second_engine"]
        self._half = parts.actions["half_precision"]
        installed = find_spec("openvino") is not None
        self._engine.setEnabled(installed)
        self._engine.setChecked(installed and parts.settings.second_engine)
        self._half.setEnabled(False)
        self._half.setChecked(parts.settings.half_precision)
        self._map_is_old = False
        self._engine.toggled.connect(parts.settings.set_second_engine)
        self._half.toggled.connect(parts.settings.set_half_precision)
        self._engine.toggled.connect(self._switch)
        self._half.toggled.connect(self._switch)
        parts.exploration.model_ready.connect(self._tell)
        model.runs.connect(self._told)
        self._tell()

    def _switch(self) -> None:
        self._map_is_old = True
        self._tell()

    def _tell(self) -> None:
        self._model.run_by(Run(self._engine.isChecked(), self._half.isChecked()))

    def _told(self, in_bfloat16: bool | None) -> None:
        if in_bfloat16 is None:
            return
        self._half.setEnabled(in_bfloat16)
        if not in_bfloat16:
            self._half.setToolTip(_MISSING)
            self._half.setStatusTip(_MISSING)
        if self._map_is_old:
            self._map_is_old = False
            self._parts.exploration.explain_again()
