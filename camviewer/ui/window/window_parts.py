"""The parts of the window, handed to those that work with several of them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu

from camviewer.ui.classes.class_list import ClassList
from camviewer.ui.explain.explain_panel import ExplainPanel
from camviewer.ui.pictures.filmstrip import Filmstrip
from camviewer.ui.state.explorer import Exploration
from camviewer.ui.state.model_selection import ModelChoice
from camviewer.ui.state.settings import Settings
from camviewer.ui.window.model_corner import Corner
from camviewer.ui.window.picture_area import Stage
from camviewer.ui.window.saving import Saving
from camviewer.ui.window.status_line import StatusLine
from camviewer.ui.work.picture_client import PictureDesk


@dataclass(frozen=True, eq=False)
class Parts:
    """What the window is made of."""

    window: QMainWindow
    settings: Settings
    exploration: Exploration
    models: ModelChoice
    pictures: PictureDesk
    saving: Saving
    stage: Stage
    classes: ClassList
    panel: ExplainPanel
    filmstrip: Filmstrip
    status: StatusLine
    corner: Corner
    side_dock: QDockWidget
    strip_dock: QDockWidget
    recent_menu: QMenu
    actions: dict[str, QAction]
