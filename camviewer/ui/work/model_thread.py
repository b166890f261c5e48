"""The client of the thread that owns the model."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from camviewer.ui.work.model_cache import ModelCache
from camviewer.ui.work.model_host import ModelHost
from camviewer.ui.work.query_thread import QueryClient


class ModelClient(QueryClient[ModelHost]):
    """Asks the model.

    Args:
        offsets: folder for measured offsets; None keeps them for this run only.
        parent: the Qt parent.
        cache: opens models and keeps them; a new, empty one when None.
    """

    def __init__(
        self,
        offsets: Path | None = None,
        parent: QObject | None = None,
        cache: ModelCache | None = None,
    ) -> None:
        super().__init__("model", ModelHost(cache or ModelCache(), offsets), parent)
