"""Drops onto the window by the events that a file manager's drag makes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QWidget


def drop(window, mime: QMimeData) -> None:
    """Drops onto the stage by the events that a file manager's drag makes."""
    drop_on(window.picture_area, mime)


def drop_on(stage: QWidget, mime: QMimeData) -> None:
    """Drops onto any widget."""
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, mime, buttons, keys)
    QGuiApplication.sendEvent(stage, enter)
    assert enter.isAccepted()
    event = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, buttons, keys)
    QGuiApplication.sendEvent(stage, event)


def urls(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime
