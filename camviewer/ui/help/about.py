"""The text about the program, and the dialog that shows it."""

from __future__ import annotations

import platform
import sys
from collections.abc import Sequence

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMessageBox, QWidget

from camviewer.engine.results import DeviceInfo
from camviewer.engine.support import is_frozen, library_versions, licence_file
from camviewer.ui.style import tr
from camviewer.version import __version__


def about_text(devices: Sequence[DeviceInfo] = ()) -> str:
    """What the program is, its version, its foundations, and where networks can run."""
    libraries = ", ".join(f"{name} {version}" for name, version in library_versions())
    kind = (
        tr("the packaged program")
        if is_frozen()
        else tr("installed in {prefix}").format(prefix=sys.prefix)
    )
    rows = [
        (
            tr("Made of"),
            f"Python {platform.python_version()}, {libraries}",
        ),
        (tr("Installation"), kind),
        (tr("Licence"), tr("Apache License 2.0. Icons: Lucide (ISC).")),
        ("Qt, Qt for Python", tr("LGPL 3, as libraries of their own that you may replace.")),
    ]
    if devices:
        rows.insert(1, (tr("Devices"), ", ".join(device.title for device in devices)))
    licences = licence_file()
    if licences is not None:
        address = QUrl.fromLocalFile(str(licences)).toString()
        rows.append((tr("All licences"), f"<a href='{address}'>{licences.name}</a>"))
    promise = tr("Shows where an image classifier looks. Nothing leaves this computer.")
    return f"<h3>camviewer {__version__}</h3><p>{promise}</p>{_table(rows)}"


def _table(rows: Sequence[tuple[str, str]]) -> str:
    lines = "".join(
        f"<tr><td style='padding-right:16px'>{name}</td><td>{value}</td></tr>"
        for name, value in rows
    )
    return f"<table cellspacing='4'>{lines}</table>"


def show_text(parent: QWidget, title: str, text: str) -> None:
    """Shows a text that can be selected, without blocking the rest of the program."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.RichText)
    box.setText(text)
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    box.addButton(QMessageBox.StandardButton.Close).setIcon(QIcon())
    box.open()
