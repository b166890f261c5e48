"""Runs and exports in processes of their own: the window stays quick, and nothing is lost."""

from __future__ import annotations

from PySide6.QtCore import QObject

from camviewer.engine.results import RUN_LINES, RunEnded
from camviewer.ui.style import mark
from camviewer.ui.work import EventProcess


def run_process(parent: QObject) -> EventProcess:
    """Carries out ``camviewer batch``; rows that are written stay, however it ends."""
    return EventProcess(mark("run"), RUN_LINES, (RunEnded,), parent=parent)


def export_process(parent: QObject) -> EventProcess:
    """Carries out ``camviewer batch export``."""
    return EventProcess(mark("export"), RUN_LINES, (), listens=False, parent=parent)
