"""Opens every dialog of the program, for the tests that look at all of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

import camviewer.ui
from camviewer.engine.picture.value_histogram import value_histogram
from camviewer.ui.help import SelfTestDialog, ShortcutsSheet, WaysOutDialog
from camviewer.ui.help.help_page import HelpPage
from camviewer.ui.models.consent_dialog import ConsentDialog
from camviewer.ui.models.import_dialog import ImportDialog
from camviewer.ui.pictures.range_dialog import RangeDialog
from camviewer.ui.reports.check_dialog import CheckDialog
from camviewer.ui.review.confidence_dialog import ConfidenceDialog
from camviewer.ui.window.actions import shortcut_rows
from camviewer.ui.window.main_window import MainWindow
from camviewer.ui.work import ImportRequest
from camviewer.ui.work.model_import import Candidate
from tests.ui.conftest import PATIENCE

_ABSTRACT = {"ModelDialog", "ProcessDialog"}
"""Dialogs that only others are made of."""
NO_HEAD = "This network does not end in one linear layer."
"""Why CAM is not defined, as the engine says it."""


def dialog_classes() -> set[str]:
    """The names of all dialogs in the program's source."""
    below = re.compile(r"^class (\w+)\((?:QDialog|ModelDialog|ProcessDialog|HelpPage)\b", re.M)
    files = Path(next(iter(camviewer.ui.__path__))).rglob("*.py")
    names = {name for file in files for name in below.findall(file.read_text(encoding="utf-8"))}
    return names - _ABSTRACT


def ways(window: MainWindow) -> dict[str, Callable[[], object]]:
    """How each dialog is opened, in an order in which none closes another."""
    actions, model = window.actions_by_id, Path("mine.pth")
    candidates = (Candidate("vgg11"), Candidate("vgg13"))
    return {
        "RunDialog": actions["run_over_folder"].trigger,
        "TrainingDialog": actions["train_head"].trigger,
        "ModelManager": actions["manage_models"].trigger,
        "PreprocessingDialog": actions["preprocessing"].trigger,
        "ModelDetailsDialog": actions["model_details"].trigger,
        "CompareDialog": actions["compare"].trigger,
        "ReportDialog": actions["report"].trigger,
        "ConfidenceDialog": lambda: ConfidenceDialog(window).open(),
        "RangeDialog": lambda: range_dialog(window).open(),
        "ImportDialog": lambda: ImportDialog(ImportRequest(model), candidates, window).open(),
        "ConsentDialog": lambda: ConsentDialog(ImportRequest(model), window).open(),
        "CheckDialog": lambda: CheckDialog(Path("bundle.zip"), window).open(),
        "SelfTestDialog": lambda: SelfTestDialog(window).open(),
        "WaysOutDialog": lambda: WaysOutDialog("VGG", NO_HEAD, "", True, window).open(),
        "HelpPage": lambda: HelpPage("Page", "# Page", window).show(),
        "ShortcutsSheet": lambda: ShortcutsSheet(shortcut_rows(), window).open(),
    }


def range_dialog(window: MainWindow) -> RangeDialog:
    """The question that a picture of uncertain values asks, for the picture on screen."""
    explored = window.exploration
    image = explored.picture.image
    shown = image.input_range(explored.models.info.recipe.scale)
    return RangeDialog(image.name, value_histogram(image.values, shown), window)


def opened(qtbot: QtBot, name: str, way: Callable[[], object]) -> QDialog:
    way()
    found: list[QDialog] = []

    def is_open() -> bool:
        tops = QApplication.topLevelWidgets()
        found[:] = [one for one in tops if type(one).__name__ == name and one.isVisible()]
        return bool(found)

    qtbot.waitUntil(is_open, timeout=PATIENCE)
    return found[0]
