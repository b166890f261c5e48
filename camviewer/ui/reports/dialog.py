"""Asks what a report is to show, and in which format."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from camviewer.ui.reports.queries import MOST_MAPS, MOST_OF_BUNDLE
from camviewer.ui.style import mark, tr, whole
from camviewer.ui.widgets import FormRows, Segmented
from camviewer.ui.widgets.message_card import MessageCard
from camviewer.ui.widgets.share_bar import ShareBar

PICTURE, SELECTION, RUN = "picture", "selection", "run"
_SUBJECTS = (
    (PICTURE, mark("This picture")),
    (SELECTION, mark("Selection")),
    (RUN, mark("Whole run")),
)
PAGE, PDF, BUNDLE = ".html", ".pdf", ".zip"
_KINDS = ((PAGE, mark("Web page")), (PDF, mark("PDF")), (BUNDLE, mark("Evidence bundle")))
_KIND_HINTS = {
    PAGE: mark("One file that opens in every browser, offline, and prints."),
    PDF: mark("Pages of A4, for print and mail."),
    BUNDLE: mark(
        "A .zip with report, overlays, raw maps and a table. Opened here again, every byte of "
        "it is checked and the maps are computed anew."
    ),
}
_RUN_HINTS = {
    PAGE: mark("The numbers of the whole run with telling pictures, from what is stored."),
    PDF: mark("The first map of every picture, computed again; of at most {most} pictures."),
    BUNDLE: mark(
        "The first map of every picture, computed again, with its raw values; of at most {most} "
        "pictures."
    ),
}
_PICTURES_HINT = mark("As they are, with all that their files say. DICOM files never go in.")
_WIDTH = 520
_SIZE = QSize(600, 600)
_ABOUT = mark(
    "Verdict, map, what it means and does not mean, measures, notes, hashes and versions in one "
    "file. No folder of this computer is named in it, and no patient; what is written into the "
    "pixels of a picture is seen."
)
_LANGUAGE = mark(
    "A report is in the language of the window; your notes, and the tables and hashes of a bundle, "
    "are the same in each."
)


@dataclass(frozen=True)
class ReportPlan:
    """What was chosen.

    Attributes:
        subject: ``PICTURE``, ``SELECTION`` or ``RUN``.
        file: of the report; its suffix is the format.
        measure: whether maps that were not measured are measured first.
        note: what the user wrote.
        with_pictures: whether a bundle has the pictures.
    """

    subject: str
    file: Path
    measure: bool
    note: str
    with_pictures: bool = True


class ReportDialog(QDialog):
    """Collects a ReportPlan, and shows how it is carried out.

    Signals:
        save_requested: (ReportPlan).
        stop_requested: what is being written is not wanted any more.
        show_requested: the folder of what was written is to be shown.
    """

    save_requested = Signal(object)
    stop_requested = Signal()
    show_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Report"))
        self._folder, self._run = Path(), ""
        self._is_busy = False
        self._selected = 0
        self._is_measured = False
        self._subject = Segmented(_said(_SUBJECTS), tr("Report of"), self)
        self._of = QLabel(self)
        self._kind = Segmented(_said(_KINDS), tr("Format"), self)
        self._hint = QLabel(self)
        self._measure = QCheckBox(self)
        self._pictures = QCheckBox(tr("Include the pictures"), self)
        self._note = QPlainTextEdit(self)
        self._bar = ShareBar(tr("Progress of the report"), self)
        self._message = MessageCard(self)
        self._show = QPushButton(tr("Show folder"), self)
        self._close = QPushButton(tr("Close"), self)
        self._stop = QPushButton(tr("Stop"), self)
        self._save = QPushButton(tr("Save…"), self)
        self._build()

    @property
    def subject_choice(self) -> Segmented:
        """Of what the report is."""
        return self._subject

    @property
    def kind_choice(self) -> Segmented:
        """Its format."""
        return self._kind

    @property
    def measure_box(self) -> QCheckBox:
        """Whether maps are measured first."""
        return self._measure

    @property
    def pictures_box(self) -> QCheckBox:
        """Whether a bundle has the pictures."""
        return self._pictures

    @property
    def note_edit(self) -> QPlainTextEdit:
        """What the user has to say."""
        return self._note

    @property
    def save_button(self) -> QPushButton:
        """Asks for the file and begins."""
        return self._save

    @property
    def stop_button(self) -> QPushButton:
        """Ends what is under way."""
        return self._stop

    @property
    def message(self) -> str:
        """What the card says; empty when there is none."""
        return self._message.words

    def offer(
        self,
        folder: Path,
        *,
        picture: str = "",
        selected: int = 0,
        run: str = "",
        is_measured: bool = False,
    ) -> None:
        """Takes what a report can be made of.

        Args:
            folder: where it is suggested to be saved.
            picture: name of the picture on screen; empty when there is no map.
            selected: how many pictures are selected in *Review*.
            run: name of the run in *Review*; empty when none is open.
            is_measured: whether the map on screen was measured.
        """
        self._folder, self._run = folder, run
        self._picture, self._selected, self._is_measured = picture, selected, is_measured
        self._subject.set_choice_enabled(RUN, bool(run), "" if run else tr(_NO_RUN))
        self._subject.set_choice_enabled(PICTURE, bool(picture), "" if picture else tr(_NO_MAP))
        self._subject.set_choice_enabled(
            SELECTION, selected > 0, "" if selected else tr(_NO_SELECTION)
        )
        if not self._is_busy:
            self._message.clear()
        self._refresh()

    def choose_subject(self, subject: str) -> None:
        """Takes what the report is of."""
        self._subject.set_value(subject)
        self._refresh()

    def show_progress(self, share: float, words: str) -> None:
        """Shows how far the work is, 0 to 1."""
        if self._is_busy:
            self._bar.show_share(share)
            self._message.say(words, "", icon="info")

    def begin(self) -> None:
        """Shows that the report is being made."""
        self._is_busy = True
        self._bar.wait()
        self._message.say(tr("Making the report"), "", icon="info")
        self._refresh()

    def end(self, message: str, hint: str, *, done: bool) -> None:
        """Says how it ended."""
        self._is_busy = False
        if message:
            self._message.say(message, hint, icon="check" if done else "circle-alert")
        else:
            self._message.clear()
        self._refresh()
        self._show.setVisible(done)

    def done(self, result: int) -> None:
        """Closing gives up what is under way."""
        if self._is_busy:
            self.stop_requested.emit()
        super().done(result)

    def _ask(self) -> None:
        suffix = str(self._kind.value)
        asking = QFileDialog(self, tr("Save report"), str(self._folder / f"{self._stem()}{suffix}"))
        asking.setNameFilter(f"{tr(dict(_KINDS)[suffix])} (*{suffix})")
        asking.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asking.setDefaultSuffix(
            suffix[1:]
        )  # so that it asks before the file of the whole name goes
        if asking.exec():
            file = Path(asking.selectedFiles()[0])
            measure = self._measure.isEnabled() and self._measure.isChecked()
            plan = ReportPlan(
                str(self._subject.value),
                file,
                measure,
                self._note.toPlainText().strip(),
                self._pictures.isChecked(),
            )
            self.save_requested.emit(plan)

    def _stem(self) -> str:
        """The suggested name without its suffix."""
        names = {PICTURE: Path(self._picture).stem, SELECTION: tr("selection"), RUN: self._run}
        return tr("{name} report").format(name=names[str(self._subject.value)])

    def _refresh(self) -> None:
        busy, subject = self._is_busy, str(self._subject.value)
        of_picture, of_run = subject == PICTURE, subject == RUN
        named = {PICTURE: self._picture, RUN: self._run}
        words = named.get(subject, tr("{n} picture(s)", "", self._selected))
        self._of.setText(words or tr(_NO_MAP))
        hints = _RUN_HINTS if of_run else _KIND_HINTS
        most = MOST_OF_BUNDLE if self._kind.value == BUNDLE else MOST_MAPS
        self._hint.setText(tr(hints[str(self._kind.value)]).format(most=whole(most)))
        is_stored = of_run and self._kind.value == PAGE
        known = of_picture and self._is_measured
        self._measure.setEnabled(not (known or busy or is_stored))
        self._measure.setText(
            tr(_MEASURED if known else _STORED if is_stored else _MEASURE[of_picture])
        )
        self._rows.set_row_visible(self._pictures, self._kind.value == BUNDLE)
        for widget in (self._subject, self._kind, self._pictures, self._note):
            widget.setEnabled(not busy)
        self._bar.setVisible(busy)
        self._show.hide()
        self._stop.setVisible(busy)
        self._save.setVisible(not busy)
        self._save.setEnabled(bool(named.get(subject, self._selected)))
        self._note.setEnabled(not (busy or is_stored))

    def _build(self) -> None:
        self._picture = ""
        self.setMinimumWidth(_WIDTH)
        self.resize(_SIZE)
        heading, about = QLabel(tr("Report"), self), QLabel(tr(_ABOUT), self)
        heading.setProperty("role", "title")
        for label in (about, self._hint, self._of):
            label.setProperty("role", "hint")
            label.setWordWrap(True)
        about.setToolTip(tr(_LANGUAGE))
        self._kind.setToolTip(tr(_LANGUAGE))
        self._note.setPlaceholderText(tr("What you want to say about it"))
        self._note.setAccessibleName(tr("Notes"))
        self._note.setTabChangesFocus(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(8)
        layout.addWidget(heading)
        layout.addWidget(about)
        layout.addSpacing(8)
        self._rows = self._made_rows()
        layout.addLayout(self._rows, 1)
        layout.addWidget(self._message)
        layout.addWidget(self._bar)
        layout.addSpacing(8)
        layout.addLayout(self._buttons())
        self._subject.chosen.connect(self._refresh)
        self._kind.chosen.connect(self._refresh)
        self._refresh()

    def _made_rows(self) -> FormRows:
        rows = FormRows(tr("CONTENT"))
        rows.add_row(tr("Of"), self._subject, self._subject)
        rows.add_control(self._of)
        rows.add_row(tr("Format"), self._kind, self._kind)
        rows.add_control(self._hint)
        self._pictures.setChecked(True)
        self._pictures.setToolTip(tr(_PICTURES_HINT))
        rows.add_row(tr("Pictures"), self._pictures, self._pictures)
        rows.add_row(tr("Trust"), self._measure, self._measure)
        rows.add_row(tr("Notes"), self._note, self._note)
        rows.setRowStretch(rows.rowCount() - 1, 1)
        return rows

    def _buttons(self) -> QHBoxLayout:
        self._save.setProperty("kind", "primary")
        self._save.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._show)
        row.addStretch(1)
        for button in (self._close, self._stop, self._save):
            row.addWidget(button)
        for button in (self._show, self._close, self._stop):
            button.setAutoDefault(False)
        self._save.clicked.connect(self._ask)
        self._stop.clicked.connect(self.stop_requested)
        self._close.clicked.connect(self.close)
        self._show.clicked.connect(self.show_requested)
        return row


_NO_MAP = mark("There is no map on screen.")
_NO_SELECTION = mark("Nothing is selected in Review.")
_NO_RUN = mark("No run is open in Review.")
_MEASURED = mark("The measures of this map are in the report")
_STORED = mark("The report has what the run has measured")
_MEASURE = {
    True: mark("Measure this map first (up to half a minute)"),
    False: mark("Measure every map first (up to half a minute each)"),
}


def _said(choices: tuple[tuple[str, str], ...]) -> list[tuple[object, str]]:
    """Choices in the window's language."""
    return [(value, tr(text)) for value, text in choices]
