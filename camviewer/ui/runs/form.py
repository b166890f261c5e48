"""Asks what a run is over, how it is explained, and where its tables go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.picture.input_range import InputRange
from camviewer.engine.results import MethodInfo, ModelInfo
from camviewer.engine.results.targets import Target
from camviewer.ui.explain import MethodBox
from camviewer.ui.runs.choices import (
    CLASSES,
    NAMES,
    PAGES,
    TABLE,
    TRUTHS,
)
from camviewer.ui.runs.fed_line import FedLine
from camviewer.ui.runs.found_run import FoundRun, count_pictures, find_run
from camviewer.ui.runs.plan import LIST_SUFFIXES, NO_TRUTH, TRUE_CLASS, USUAL_CLASSES, RunPlan
from camviewer.ui.runs.scores_box import ScoresBox
from camviewer.ui.runs.target_rows import TargetRows
from camviewer.ui.style import mark, theme, tr
from camviewer.ui.widgets import FormRows
from camviewer.ui.work import Job

_TABLES = mark("Tables (*.csv *.tsv *.parquet)")
_LISTS = mark("Tables and lists of paths (*.csv *.tsv *.parquet *.txt)")
_EMPTY = mark("A folder with all below it, or a table or list of paths.")


class RunForm(QWidget):
    """Collects a RunPlan.

    Signals:
        changed: something was chosen, found or refused.

    Args:
        folder: where to begin to look for pictures.
        ranges: the ranges of values that were chosen for the pictures of a folder.
        parent: Qt's.
    """

    changed = Signal()

    def __init__(
        self,
        folder: Callable[[], Path],
        ranges: Callable[[Path], Sequence[InputRange]] = lambda _folder: (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._model = ""
        self._usable: tuple[tuple[MethodInfo, str], ...] = ()
        self._found: FoundRun | None = None
        self._counting: Job | None = None
        self._finding: Job | None = None
        self._looked_at = self._looked_for = ""
        self._source_refusal: tuple[str, str] | None = None
        self._run_refusal: tuple[str, str] | None = None
        self._named_by_user = False
        self._source = QLineEdit(self)
        self._summary = QLabel(tr(_EMPTY), self)
        self._truth = QComboBox(self)
        self._table = QLineEdit(self)
        self._model_title = QLabel(self)
        self._fed = FedLine(ranges, self)
        self._method = MethodBox(self)
        self._method_id = ""
        self._classes = QComboBox(self)
        self._pages = QComboBox(self)
        self._names = QLineEdit(self)
        self._scores = ScoresBox(self)
        self._run = QLineEdit(self)
        self._build()

    @property
    def plan(self) -> RunPlan | None:
        """What was chosen; None while something is missing."""
        run, source = self._run.text().strip(), self._source.text().strip()
        if not run:
            return None
        if not source:  # the run in the folder goes on as it was begun
            return None if self._found is None else RunPlan(Path(run))
        classes, truth = self._classes.currentData(), self._truth.currentData()
        if not self._target.takes_classes:
            classes = USUAL_CLASSES
        elif classes == NAMES:
            classes = self._names.text().strip()
        if truth == TABLE:
            truth = self._table.text().strip()
        known = truth != NO_TRUTH or classes != TRUE_CLASS
        explained = self._model and self._method_id and self._target_refusal is None
        if not (explained and classes and truth and known):
            return None
        fed = self._fed.bands, self._fed.values(source)
        source = f"@{source}" if source.lower().endswith(".txt") else source
        page, scores = self._pages.currentData(), self._scores.is_ticked
        shown = self._model, self._method_id
        target = self._target.words
        return RunPlan(Path(run), source, *shown, classes, truth, *fed, page, target, scores)

    @property
    def found(self) -> FoundRun | None:
        """The run that lies in the chosen folder."""
        return self._found

    @property
    def refusal(self) -> tuple[str, str] | None:
        """(message, hint): why there can be no such run; None where nothing speaks against it."""
        return self._run_refusal or self._source_refusal or self._target_refusal

    @property
    def method_title(self) -> str:
        """The chosen method, as the list calls it, with what it explains if not the classes."""
        method, target = self._method.currentText(), self._target.title
        return f"{method}: {target}" if target else method

    @property
    def model_title(self) -> str:
        """The model in use."""
        return self._model_title.text()

    @property
    def fed_words(self) -> str:
        """What the model is fed in place of its own range and bands; empty for its own."""
        return self._fed.text()

    @property
    def summary(self) -> str:
        """What was found in the source."""
        return self._summary.text()

    @property
    def source_edit(self) -> QLineEdit:
        """Where the source is written."""
        return self._source

    @property
    def run_edit(self) -> QLineEdit:
        """Where the folder of the run is written."""
        return self._run

    def set_model(self, info: ModelInfo, methods: Sequence[tuple[MethodInfo, str]]) -> None:
        """Takes the model in use with its methods."""
        self._model = info.id
        self._model_title.setText(info.title)
        self._fed.set_choice(info.input_choice)
        self._fed.say(self._source.text().strip())
        self._usable = tuple((method, reason) for method, reason in methods if not reason)
        self._target.set_model(info)
        self._method.set_methods(self._target.refusals(self._usable))
        known = [method.id for method, _ in self._usable]
        self.choose_method(self._method_id if self._method_id in known else next(iter(known), ""))

    def choose_method(self, identifier: str) -> None:
        """Chooses a method."""
        self._method_id = identifier
        self._method.set_chosen(identifier)
        self.changed.emit()

    def choose_target(self, target: Target | None) -> None:
        """Chooses what is explained, as far as many pictures can have it in common."""
        self._target.choose(target)
        self._on_target()

    def look_at(self, source: Path) -> None:
        """Takes a source and counts its pictures beside the window."""
        self._source.setText(str(source))
        self._looked_at, self._source_refusal = str(source), None
        if not self._named_by_user:
            self._suggest_run_beside(source)
        self._fed.say(str(source))
        self._summary.setText(tr("Looking…"))
        self._counting = Job(lambda: count_pictures(str(source)))
        # Methods of a widget, not lambdas: those would run in the job's thread.
        self._counting.done.connect(self._show_count)
        self._counting.failed.connect(self._refuse_source)
        self._counting.start()
        self.changed.emit()

    def look_for_run(self, path: Path) -> None:
        """Takes the folder of the run, and looks beside the window whether one is in it."""
        self._run.setText(str(path))
        self._looked_for, self._found, self._run_refusal = str(path), None, None
        self._finding = Job(lambda: find_run(path))
        self._finding.done.connect(self._show_found)
        self._finding.failed.connect(self._refuse_run)
        self._finding.start()
        self.changed.emit()

    def _suggest_run_beside(self, source: Path) -> None:
        name = source.stem if source.suffix.lower() in LIST_SUFFIXES else source.name
        if name and name != "..":
            self.look_for_run(source.with_name(f"{name}-run"))
        else:  # nothing is beside a drive
            self._run.clear()
            self._on_run()

    @property
    def _target_refusal(self) -> tuple[str, str] | None:
        """Why what is chosen cannot be explained; a run that goes on has its own target."""
        if not (self._model and self._source.text().strip()):
            return None
        chosen = (method for method, _ in self._usable if method.id == self._method_id)
        return self._target.refusal(next(chosen, None))

    # -- what was found ------------------------------------------------------------------------

    def _show_count(self, count: int) -> None:
        if self.sender() is self._counting:
            self._summary.setText(tr("{n} picture(s).", "", count))
            self.changed.emit()

    def _refuse_source(self, message: str, hint: str) -> None:
        if self.sender() is self._counting:
            self._summary.setText(tr(_EMPTY))
            self._source_refusal = (message, hint)
            self.changed.emit()

    def _show_found(self, found: object) -> None:
        if self.sender() is self._finding:
            self._found = found if isinstance(found, FoundRun) else None
            self.changed.emit()

    def _refuse_run(self, message: str, hint: str) -> None:
        if self.sender() is self._finding:
            self._run_refusal = (message, hint)
            self.changed.emit()

    # -- what the user does --------------------------------------------------------------------

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("Pictures"), str(self._start()))
        if name:
            self.look_at(Path(name))

    def _ask_list(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("Pictures"), str(self._start()), tr(_LISTS))
        if name:
            self.look_at(Path(name))

    def _ask_table(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, tr("True classes: path and label"), str(self._start()), tr(_TABLES)
        )
        if name:
            self._table.setText(name)
            self.changed.emit()

    def _ask_run(self) -> None:
        start = self._run.text().strip() or str(self._start())
        name = QFileDialog.getExistingDirectory(self, tr("Folder of the run"), start)
        if name:
            self._named_by_user = True
            self.look_for_run(Path(name))

    def _start(self) -> Path:
        words = self._source.text().strip()
        return Path(words) if words else self._folder()

    def _on_source(self) -> None:
        words = self._source.text().strip()
        if words and words != self._looked_at:
            self.look_at(Path(words))
        elif not words:
            self._looked_at, self._counting, self._source_refusal = "", None, None
            self._summary.setText(tr(_EMPTY))
            self.changed.emit()

    def _on_run(self) -> None:
        words = self._run.text().strip()
        if words and words != self._looked_for:
            self.look_for_run(Path(words))
        elif not words:
            self._looked_for, self._found = "", None
            self._finding = self._run_refusal = None
            self.changed.emit()

    def _on_run_named(self) -> None:
        self._named_by_user = True

    def _on_target(self) -> None:
        self._method.set_methods(self._target.refusals(self._usable))
        self._on_choice()

    def _on_choice(self) -> None:
        of_classes = self._target.takes_classes
        self._rows.set_row_visible(self._classes, of_classes)
        named = of_classes and self._classes.currentData() == NAMES
        self._rows.set_row_visible(self._names, named)
        table = self._truth.currentData() == TABLE
        self._source_rows.set_row_visible(self._table, table)
        self._table_button.setVisible(table)
        self.changed.emit()

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._name_controls()
        lists = ((self._truth, TRUTHS), (self._classes, CLASSES), (self._pages, PAGES))
        for box, choices in lists:
            for value, text in choices:
                box.addItem(tr(text), value)
            theme.style_combo(box)
        self._classes.setCurrentIndex(self._classes.findData(USUAL_CLASSES))
        theme.style_combo(self._method)
        self._summary.setProperty("role", "hint")
        self._summary.setWordWrap(True)
        self._table_button = self._button(
            tr("Choose…"), self._ask_table, tr("Choose the table of true classes")
        )
        self._source_rows = pictures = FormRows(tr("PICTURES"))
        folder, listed = (
            self._button(tr("Folder…"), self._ask_folder),
            self._button(tr("List…"), self._ask_list),
        )
        pictures.add_row(tr("From"), _row(self._source, folder, listed), self._source)
        pictures.add_control(self._summary)
        pictures.add_row(tr("Pages"), self._pages, self._pages)
        pictures.add_row(tr("True class"), self._truth, self._truth)
        pictures.add_row(tr("Table"), _row(self._table, self._table_button), self._table)
        self._rows = rows = FormRows(tr("RUN"))
        rows.add_row(tr("Model"), self._model_title, self._model_title)
        rows.add_control(self._fed)
        self._target = TargetRows(rows, self)
        rows.add_row(tr("Method"), self._method, self._method)
        rows.add_row(tr("Maps of"), self._classes, self._classes)
        rows.add_row(tr("Classes"), self._names, self._names)
        choose = self._button(tr("Choose…"), self._ask_run, tr("Choose the folder of the run"))
        rows.add_control(self._scores)
        rows.add_row(tr("Results in"), _row(self._run, choose), self._run)
        hint = QLabel(tr("One table of raw maps and numbers; a run that lies there goes on."), self)
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        rows.add_control(hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(20)
        layout.addLayout(pictures)
        layout.addLayout(rows)
        layout.addStretch(1)
        self._connect()
        self._on_choice()

    def _name_controls(self) -> None:
        self._source.setAccessibleName(tr("Pictures"))
        self._source.setPlaceholderText(tr("A folder, or a table or list of paths"))
        self._truth.setAccessibleName(tr("True class"))
        self._pages.setAccessibleName(tr("Pages"))
        self._table.setAccessibleName(tr("Table of true classes"))
        self._table.setPlaceholderText(tr("CSV or Parquet: path, label"))
        self._model_title.setAccessibleName(tr("Model"))
        self._classes.setAccessibleName(tr("Maps of"))
        self._names.setAccessibleName(tr("Classes"))
        self._names.setPlaceholderText("tench, tabby, 285")
        self._run.setAccessibleName(tr("Folder of the run"))
        self._run.setPlaceholderText(tr("A folder for the results"))

    def _connect(self) -> None:
        self._source.editingFinished.connect(self._on_source)
        self._run.textEdited.connect(self._on_run_named)
        self._run.editingFinished.connect(self._on_run)
        self._method.method_chosen.connect(self.choose_method)
        self._target.changed.connect(self._on_target)
        for box in (self._truth, self._classes):
            box.currentIndexChanged.connect(self._on_choice)
        for edit in (self._table, self._names):
            edit.textChanged.connect(self.changed)

    def _button(self, text: str, slot: Callable[[], None], name: str = "") -> QPushButton:
        button = QPushButton(text, self)
        button.setAccessibleName(name)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button


def _row(edit: QLineEdit, *buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(edit, 1)
    for button in buttons:
        row.addWidget(button)
    return row
