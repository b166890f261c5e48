"""What a user does in a dialog: presses its buttons, and answers a question that waits."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from camviewer.ui.reports.dialog import ReportDialog
from tests.ui.conftest import PATIENCE


def accept(dialog: QWidget) -> None:
    """Presses the button that does what the dialog is for."""
    box = dialog.findChild(QDialogButtonBox)
    role = QDialogButtonBox.ButtonRole.AcceptRole
    (button,) = (each for each in box.buttons() if box.buttonRole(each) is role)
    press(button)


def press(button: QWidget) -> None:
    """Clicks a button in its middle."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def answer_next_question(answer: QMessageBox.StandardButton) -> None:
    """Presses a button of the question that is asked next and waits for its answer."""

    def answer_it() -> None:
        question = QApplication.activeModalWidget()
        assert isinstance(question, QMessageBox)
        press(question.button(answer))

    QTimer.singleShot(0, answer_it)


def name_next_file(path: Path) -> None:
    """Names the file that is asked for next, as if it were typed, and presses Save."""

    def save() -> None:
        asking = QApplication.activeModalWidget()
        assert isinstance(asking, QFileDialog)
        asking.selectFile(str(path))
        accept(asking)

    QTimer.singleShot(0, save)


def save_report(qtbot: QtBot, dialog: ReportDialog, file: Path) -> str:
    """Presses Save in the dialog of a report, names the file, and waits for what is said of it."""
    name_next_file(file)
    press(dialog.save_button)
    qtbot.waitUntil(dialog.save_button.isVisible, timeout=PATIENCE)
    return dialog.message


def spin_box(parent: QWidget, name: str) -> QAbstractSpinBox:
    """The number that screen readers call so."""
    boxes = parent.findChildren(QAbstractSpinBox)
    (found,) = (box for box in boxes if box.accessibleName() == name)
    return found
