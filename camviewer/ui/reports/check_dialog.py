"""Shows whether an evidence bundle is what it was, and whether its maps agree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from camviewer.ui.style import mark, target_words, tr, translated, whole
from camviewer.ui.widgets import in_tip, in_title
from camviewer.ui.widgets.message_card import MessageCard
from camviewer.ui.widgets.share_bar import ShareBar

if TYPE_CHECKING:
    from camviewer.engine.report.recomputing import MapCheck
    from camviewer.ui.reports.queries import BundleCheck

_SIZE, _LEAST = QSize(720, 520), QSize(560, 400)
_HEADS = (mark("Picture"), mark("Map of"), mark("Computed anew"))
_WIDTHS = (220, 200)
_UNREAD = mark("Every byte is checked first, then the maps are computed anew.")
_INTACT = mark("Every byte is what it was when the bundle was written. Its model: {model}.")
_MANIFEST = mark("SHA-256 of its manifest: {digest}")
_GUARDS = mark(
    "It guards against accidents and changes that nobody notices, not against a new bundle with "
    "new hashes: compare this number with the one that was said when the bundle was saved."
)


class CheckDialog(QDialog):
    """One bundle, checked and computed anew.

    Signals:
        check_requested: (Path of the bundle, folder of pictures or None).
        stop_requested: the check is not wanted any more.
        report_requested: (Path) the report is to be shown.

    Args:
        bundle: the file.
        parent: the window.
    """

    check_requested = Signal(object, object)
    stop_requested = Signal()
    report_requested = Signal(object)

    def __init__(self, bundle: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._bundle = bundle
        self._is_busy = False
        self.setWindowTitle(in_title(tr("Evidence bundle — {name}").format(name=bundle.name)))
        self.resize(_SIZE)
        self.setMinimumSize(_LEAST)
        self._heading = QLabel(bundle.name, self)
        self._state = QLabel(tr(_UNREAD), self)
        self._manifest = QLabel(self)
        self._maps = QTreeWidget(self)
        self._bar = ShareBar(tr("Progress of the check"), self)
        self._message = MessageCard(self)
        self._folder = QPushButton(tr("Folder of the pictures…"), self)
        self._report = QPushButton(tr("Show the report"), self)
        self._report_file: Path | None = None
        self._close = QPushButton(tr("Close"), self)
        self._stop = QPushButton(tr("Stop"), self)
        self._build()

    @property
    def message(self) -> str:
        """What came of the check; empty before."""
        return self._message.words

    @property
    def state_words(self) -> str:
        """What is said of the bundle's bytes."""
        return f"{self._state.text()} {self._manifest.text()}".strip()

    @property
    def folder_button(self) -> QPushButton:
        """Asks where the pictures lie that are not in the bundle."""
        return self._folder

    @property
    def report_button(self) -> QPushButton:
        """Shows the report of a bundle whose every byte is what it was."""
        return self._report

    @property
    def map_list(self) -> QTreeWidget:
        """The maps, one a row."""
        return self._maps

    def begin(self, folder: Path | None) -> None:
        """Checks the bundle, with the pictures of a folder beside its own."""
        self._set_busy(True)
        self._message.clear()
        self._report_file = None
        self._report.hide()
        self._maps.clear()
        self.check_requested.emit(self._bundle, folder)

    def show_progress(self, share: float, words: str) -> None:
        """Shows how far the check is, 0 to 1."""
        if self._is_busy:
            self._bar.show_share(share)
            self._bar.setToolTip(translated(words))

    def show_check(self, check: BundleCheck) -> None:
        """Shows what is known so far."""
        self._state.setText(tr(_INTACT).format(model=check.model))
        self._manifest.setText(f"{tr(_MANIFEST).format(digest=check.manifest)}\n{tr(_GUARDS)}")
        self._manifest.show()
        self._report_file = check.report
        self._report.setVisible(check.report is not None)
        for one in check.checks[self._maps.topLevelItemCount() :]:
            self._maps.addTopLevelItem(_row(one))
        if check.is_finished:
            self._set_busy(False)
            words, agree, missing = _summary(check)
            self._folder.setVisible(missing)
            self._message.say(words, "", icon="check" if agree else "circle-alert")

    def show_refusal(self, message: str, hint: str) -> None:
        """Says why the bundle, or its maps, cannot be checked."""
        self._set_busy(False)
        self._message.say(message, hint)

    def show_problem(self, message: str, hint: str) -> None:
        """Says why the report cannot be shown."""
        self._message.say(message, hint)

    def show_stopped(self) -> None:
        """Says that the check was not carried to its end."""
        self._set_busy(False)
        self._message.say(
            tr("The check was stopped."), tr("Open the bundle again to begin anew."), "info"
        )

    def done(self, result: int) -> None:
        """Closing gives the check up."""
        if self._is_busy:
            self._is_busy = False
            self.stop_requested.emit()
        super().done(result)

    def _on_stop(self) -> None:
        self.stop_requested.emit()
        self.show_stopped()

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, tr("Folder of the pictures"), str(self._bundle.parent)
        )
        if name:
            self.begin(Path(name))

    def _set_busy(self, busy: bool) -> None:
        self._is_busy = busy
        self._bar.wait()
        self._bar.setVisible(busy)
        self._stop.setVisible(busy)
        self._folder.hide()

    def _build(self) -> None:
        self._heading.setProperty("role", "title")
        self._state.setProperty("role", "muted")
        self._manifest.setProperty("role", "hint")
        for label in (self._heading, self._state, self._manifest):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._manifest.hide()
        self._maps.setHeaderLabels([tr(head) for head in _HEADS])
        self._maps.setRootIsDecorated(False)
        self._maps.setUniformRowHeights(True)
        self._maps.setAccessibleName(tr("Maps of the bundle"))
        for column, width in enumerate(_WIDTHS):
            self._maps.setColumnWidth(column, width)
        self._maps.header().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(8)
        for widget in (self._heading, self._state, self._manifest):
            layout.addWidget(widget)
        layout.addWidget(self._maps, 1)
        layout.addWidget(self._message)
        layout.addWidget(self._bar)
        layout.addSpacing(8)
        layout.addLayout(self._buttons())
        self._set_busy(False)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._report)
        row.addWidget(self._folder)
        row.addStretch(1)
        row.addWidget(self._stop)
        row.addWidget(self._close)
        for button in (self._report, self._folder, self._stop):
            button.setAutoDefault(False)
        self._report.setToolTip(tr("Open the bundle's report in the browser"))
        self._report.hide()
        self._report.clicked.connect(lambda: self.report_requested.emit(self._report_file))
        self._folder.clicked.connect(self._ask_folder)
        self._stop.clicked.connect(self._on_stop)
        self._close.clicked.connect(self.close)
        return row


def _summary(check: BundleCheck) -> tuple[str, bool, bool]:
    """What came of all maps: in words, whether all agree, and whether some are not computed."""
    count = len(check.checks)
    agreeing = sum(one.outcome == "agrees" for one in check.checks)
    differing = sum(one.outcome == "differs" for one in check.checks)
    if agreeing == count:
        words = tr("{n} map(s) agree within 1e-4 with what the model computes now.", "", count)
        return words, True, False
    words = tr(
        "{agreeing} of {count} maps agree within 1e-4, {differing} do not, and {missing} could not "
        "be computed anew."
    )
    missing = count - agreeing - differing
    filled = words.format(
        agreeing=whole(agreeing),
        count=whole(count),
        differing=whole(differing),
        missing=whole(missing),
    )
    return filled, False, missing > 0


def _row(check: MapCheck) -> QTreeWidgetItem:
    if check.outcome == "agrees":
        words = tr("✓ agrees within 1e-4")
    elif check.difference is not None:
        words = tr("✗ differs by {share} of the largest value").format(
            share=f"{check.difference:.2g}"
        )
    else:
        words = translated(check.words).partition(": ")[2]
    item = QTreeWidgetItem([check.picture, target_words(check.explained), words])
    for column in range(len(_HEADS)):
        item.setToolTip(column, in_tip(translated(check.words)))
    return item
