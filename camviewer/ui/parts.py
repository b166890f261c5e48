"""The parts of the window, handed to those that work with several of them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu

from camviewer.ui.class_list import ClassList
from camviewer.ui.corner import Corner
from camviewer.ui.explain_panel import ExplainPanel
from camviewer.ui.exploration import Exploration
from camviewer.ui.filmstrip import Filmstrip
from camviewer.ui.model_choice import ModelChoice
from camviewer.ui.picture_loader import PictureDesk
from camviewer.ui.saving import Saving
from camviewer.ui.settings import Settings
from camviewer.ui.stage import Stage
from camviewer.ui.status_line import StatusLine


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
