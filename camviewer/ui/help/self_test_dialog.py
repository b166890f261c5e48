"""Shows the self-test's results as they come; the test runs in a process of its own."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QProcess, QProcessEnvironment, Qt
from PySide6.QtGui import QCloseEvent, QFont, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.support import own_command
from camviewer.ui.style import font, icon, mark, tr, translated

_COLUMNS = (mark("Check"), mark("Found"), mark("Time"))
_UNDER_WAY = mark("Trying every part of the program, which takes a minute or two.")
_NAMES = frozenset(
    {
        mark("Devices"),
        mark("DICOM packed as JPEG of 12 bits"),
        mark("Licences"),
        mark("Methods"),
        mark("Model"),
        mark("Pictures"),
        mark("Processes"),
        mark("Program"),
        mark("Versions"),
        mark("Weights"),
        mark("Window"),
        mark("Worker"),
        mark("start"),
    }
)
"""Checks and groups whose names are too short to be recognised as sentences of the engine."""
_ALL_WELL, _SOMETHING_FAILED = 0, 1
_END_MS = 2000


def check_words(name: str) -> str:
    """A check, or a group of them, in the window's language."""
    return tr(name) if name in _NAMES else translated(name)


class SelfTestDialog(QDialog):
    """A row for each check, by groups, and a sentence that sums them up."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Self-test"))
        self.resize(760, 560)
        self._summary = QLabel(tr(_UNDER_WAY), self)
        self._rows = QTreeWidget(self)
        self._copy = QPushButton(tr("Copy report"), self)
        self._close = QPushButton(tr("Close"), self)
        self._groups: dict[str, QTreeWidgetItem] = {}
        self._lines: list[str] = []
        self._count = self._failed = 0
        self._process = QProcess(self)
        self._build()

    @property
    def summary(self) -> str:
        """The sentence above the rows."""
        return self._summary.text()

    @property
    def rows(self) -> QTreeWidget:
        """The results, below their groups."""
        return self._rows

    def start(self) -> None:
        """Opens the dialog and begins."""
        self.open()
        program, *arguments = own_command()
        environment = QProcessEnvironment.systemEnvironment()
        self._process.setProcessEnvironment(environment)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._finish)
        self._process.errorOccurred.connect(self._say_not_started)
        self._process.start(program, [*arguments, "self-test", "--json-lines"])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ends a test that is under way."""
        self._stop()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        """Ends a test that is under way, when Esc closes the dialog."""
        self._stop()
        super().done(result)

    def _stop(self) -> None:
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.finished.disconnect(self._finish)
            self._process.errorOccurred.disconnect(self._say_not_started)
            self._process.kill()
            self._process.waitForFinished(_END_MS)

    def _build(self) -> None:
        self._summary.setStyleSheet("font-weight: 600;")
        self._summary.setWordWrap(True)
        self._rows.setHeaderLabels([tr(words) for words in _COLUMNS])
        self._rows.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._rows.setAccessibleName(tr("Results of the self-test"))
        self._rows.setUniformRowHeights(True)
        self._rows.setIndentation(16)
        header = self._rows.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self._copy.setEnabled(False)
        self._copy.clicked.connect(
            lambda: QGuiApplication.clipboard().setText("\n".join(self._lines))
        )
        self._close.setDefault(True)
        self._close.setFocus()
        self._close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self._summary)
        layout.addWidget(self._rows, 1)
        layout.addLayout(buttons)

    def _read(self) -> None:
        while self._process.canReadLine():
            line = bytes(self._process.readLine().data())
            try:
                self._show(json.loads(line))
            except ValueError:
                continue  # a library's own word

    def _show(self, result: dict[str, Any]) -> None:
        group = self._groups.get(result["group"])
        if group is None:
            group = self._groups[result["group"]] = QTreeWidgetItem([check_words(result["group"])])
            self._rows.addTopLevelItem(group)
            group.setExpanded(True)
            group.setFirstColumnSpanned(True)
            group.setFont(0, font(13, QFont.Weight.DemiBold))
        detail = translated(result["detail"])
        passed, time = bool(result["passed"]), f"{result['milliseconds']:.0f} ms"
        row = QTreeWidgetItem([check_words(result["name"]), detail, time])
        row.setIcon(0, icon("check", "accent") if passed else icon("circle-alert", "text"))
        row.setToolTip(1, detail)
        row.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        group.addChild(row)
        self._rows.scrollToItem(row)
        self._count += 1
        self._failed += not passed
        so_far = tr("{n} check(s) so far.", "", self._count)
        self._summary.setText(f"{tr(_UNDER_WAY)} {so_far}")
        mark = "ok" if passed else "FAILED"
        self._lines.append(f"{mark}\t{result['group']}\t{result['name']}\t{result['detail']}")

    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        whole = status == QProcess.ExitStatus.NormalExit and code in (_ALL_WELL, _SOMETHING_FAILED)
        if not whole or not self._count:
            self._summary.setText(
                tr("The self-test ended early, with code {code}.").format(code=code)
            )
        elif self._failed:
            words = tr("{failed} of {count} checks failed.")
            self._summary.setText(words.format(failed=self._failed, count=self._count))
        else:
            self._summary.setText(tr("All {count} checks passed.").format(count=self._count))
        self._copy.setEnabled(bool(self._lines))

    def _say_not_started(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._summary.setText(tr("The program could not be started a second time."))
