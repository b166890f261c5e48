"""Keeps in the settings what the user looked at last."""

from __future__ import annotations

from PySide6.QtCore import QObject

from camviewer.engine.picture import sample_pictures
from camviewer.ui.state.explorer import Exploration
from camviewer.ui.state.settings import Settings
from camviewer.ui.work import LoadedPicture, ModelReady


class Remembering(QObject):
    """Writes model, picture, placement, methods and their options down as they change."""

    def __init__(self, exploration: Exploration, settings: Settings) -> None:
        super().__init__(exploration)
        self._exploration = exploration
        self._settings = settings
        exploration.model_ready.connect(self._keep_model)
        exploration.picture_shown.connect(self._keep_picture)
        exploration.request_changed.connect(self._keep_request)

    def _keep_model(self, ready: ModelReady) -> None:
        if not ready.info.is_for_this_run:
            self._settings.set_model(ready.info.id)

    def _keep_picture(self, loaded: LoadedPicture) -> None:
        path = loaded.image.path
        if path is None:
            return
        self._settings.set_folder(path.parent)
        if path not in sample_pictures():
            self._settings.add_recent(path)

    def _keep_request(self) -> None:
        self._settings.set_request(self._exploration.lasting_request)
        self._settings.set_options(self._exploration.lasting_options)
