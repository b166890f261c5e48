"""Shows a folder in the file manager of the system, or says where it lies."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from camviewer.ui.style import tr


def show_folder(folder: Path, parent: QWidget) -> None:
    """Opens the folder; where that cannot be done, its path is shown, to be selected and copied."""
    if not folder.is_dir():
        words = tr("This folder is not there any more:")
    elif QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        return
    else:
        words = tr("No program was found that shows folders. This one is")
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(tr("Show in folder"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"{words}\n\n{folder}")
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.setStandardButtons(QMessageBox.StandardButton.Close)
    box.open()
