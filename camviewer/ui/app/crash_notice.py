"""Offers the report of a crash at the next start, and a start without the settings."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QMessageBox, QWidget

from camviewer.engine.support import folders, log_file
from camviewer.engine.support.crash_reports import take_reports
from camviewer.ui.state import Settings
from camviewer.ui.style import tr


def offer_reports(parent: QWidget) -> QMessageBox | None:
    """Shows the newest report that nobody has seen; None when there is none.

    Nothing is sent: the report can be read, copied, and found in the log folder.
    """
    reports = take_reports(folders.log_folder())
    if not reports:
        return None
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("camviewer")
    box.setText(tr("camviewer did not end as it should the last time."))
    box.setInformativeText(
        tr(
            "A report was written on this computer, with the versions and what the program "
            "was doing. Copy it for whoever looks after the program here."
        )
    )
    box.setDetailedText(reports[0])
    copy = box.addButton(tr("Copy report"), QMessageBox.ButtonRole.ActionRole)
    copy.clicked.disconnect()  # stays open
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(reports[0]))
    close = box.addButton(QMessageBox.StandardButton.Close)
    box.button(QMessageBox.StandardButton.Close).setIcon(QIcon())
    box.setDefaultButton(close)
    box.setEscapeButton(close)
    box.open()
    return box


def offer_a_fresh_start(settings: Settings, error: Exception) -> bool:
    """Asks whether to start without settings that no window can be made with."""
    box = QMessageBox()
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("camviewer")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(tr("The window could not be made: {name}.").format(name=type(error).__name__))
    box.setInformativeText(
        tr(
            "A setting may be damaged. The settings are in {path}; a copy of them is kept "
            "if you start without.\n\nThe details are in {log_file}."
        ).format(path=settings.path, log_file=log_file())
    )
    fresh = box.addButton(tr("Start without settings"), QMessageBox.ButtonRole.AcceptRole)
    leave = box.addButton(tr("Quit"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(fresh)
    box.setEscapeButton(leave)
    box.exec()
    return box.clickedButton() is fresh
