"""Asks what is to be trained: pictures, base model, name, and settings for those who want them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.errors import CamviewerError
from camviewer.engine.training import TrainingPlan, find_data_set, require_classes
from camviewer.engine.training.data_set import DataSet
from camviewer.ui.style import mark, theme, tr, whole
from camviewer.ui.training.advanced import AdvancedSettings
from camviewer.ui.widgets import FormRows, Placeholder, in_tip
from camviewer.ui.work import Job

_EMPTY = mark("Drop the pictures here")
_WANTED = mark("A folder with one subfolder a class, or a CSV with the columns path and label.")
_MOST_TOLD = 20
_LIST_HEAD, _LIST_ROW = 34, 26
_LEAST_ROWS, _MOST_ROWS = 4, 8


class TrainingForm(QWidget):
    """Collects a TrainingPlan.

    Signals:
        changed: something was chosen or found.
        refused: (message, hint) the pictures cannot be trained on.
    """

    changed = Signal()
    refused = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data: DataSet | None = None
        self._looking: Path | None = None
        self._job: Job | None = None
        self._named_by_user = False
        self._path = QLineEdit(self)
        self._classes = QTreeWidget(self)
        self._empty = Placeholder("folder-open", self)
        self._list_or_words = QStackedWidget(self)
        self._summary = QLabel(self)
        self._summary.setTextFormat(Qt.TextFormat.PlainText)
        self._base = QComboBox(self)
        self._name = QLineEdit(self)
        self._advanced = AdvancedSettings(self)
        self._build()

    @property
    def plan(self) -> TrainingPlan | None:
        """What was chosen; None while something is missing."""
        base, name = self._base.currentData(), self._name.text().strip()
        if self._data is None or base is None or not name:
            return None
        return self._advanced.applied_to(TrainingPlan(self._data.root, str(base), name))

    @property
    def folder(self) -> Path:
        """Where to begin to look for pictures."""
        return Path(self._path.text() or Path.home())

    @property
    def class_list(self) -> QTreeWidget:
        """The classes that were found."""
        return self._classes

    @property
    def name_edit(self) -> QLineEdit:
        """Where the new model's name is written."""
        return self._name

    @property
    def advanced(self) -> AdvancedSettings:
        """The settings that are folded away."""
        return self._advanced

    def set_models(self, models: list[tuple[str, str]], chosen: str) -> None:
        """Lists base models as (id, title); keeps the choice that was made."""
        kept = self._base.currentData() or chosen
        self._base.blockSignals(True)
        self._base.clear()
        for identifier, title in models:
            self._base.addItem(title, identifier)
        self._base.setCurrentIndex(max(self._base.findData(kept), 0))
        self._base.blockSignals(False)
        self.changed.emit()

    def choose_base(self, identifier: str) -> None:
        """Chooses a base model that is in the list."""
        self._base.setCurrentIndex(max(self._base.findData(identifier), 0))

    def look_at(self, path: Path) -> None:
        """Finds the classes and pictures of a folder or CSV, beside the window."""
        self._path.setText(str(path))
        self._looking, self._data = path, None
        self._say_empty(tr("Looking…"))
        if not self._named_by_user:
            self._name.setText(path.stem)
        self.changed.emit()
        self._job = Job(lambda: find_data_set(path))
        # Methods of a widget, not lambdas: those would run in the job's thread.
        self._job.done.connect(self._show)
        self._job.failed.connect(self._refuse)
        self._job.start()

    # -- what was found ------------------------------------------------------------------------

    def _show(self, data: object) -> None:
        if self.sender() is not self._job or not isinstance(data, DataSet):
            return
        self._classes.clear()
        for name, count in zip(data.classes, data.counts, strict=True):
            item = QTreeWidgetItem([name, whole(count)])
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._classes.addTopLevelItem(item)
        rows = min(max(len(data.classes), _LEAST_ROWS), _MOST_ROWS)
        self._list_or_words.setFixedHeight(_LIST_HEAD + _LIST_ROW * rows)
        self._list_or_words.setCurrentWidget(self._classes)
        self._summary.setText(_summary(data))
        self._summary.show()
        told = [f"{skipped.name}: {skipped.reason}" for skipped in data.skipped[:_MOST_TOLD]]
        self._summary.setToolTip(in_tip("\n".join(told)))
        try:
            require_classes(data.classes, data.counts, data.root)
        except CamviewerError as error:
            self.refused.emit(error.message, error.hint)
        else:
            self._data = data
        self.changed.emit()

    def _refuse(self, message: str, hint: str) -> None:
        if self.sender() is self._job:
            self._say_empty(tr(_EMPTY), tr(_WANTED))
            self.refused.emit(message, hint)
            self.changed.emit()

    def _say_empty(self, title: str, words: str = "") -> None:
        """Says this in place of the classes."""
        self._classes.clear()
        self._empty.say(title, words)
        self._list_or_words.setCurrentWidget(self._empty)
        self._summary.hide()

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._path.setPlaceholderText(tr("A folder with one subfolder a class, or a CSV"))
        self._path.setAccessibleName(tr("Folder or CSV of the pictures"))
        self._path.editingFinished.connect(self._on_path)
        self._summary.setProperty("role", "hint")
        self._summary.setWordWrap(True)
        self._base.setAccessibleName(tr("Base model"))
        self._base.currentIndexChanged.connect(self.changed)
        theme.style_combo(self._base)
        self._name.setAccessibleName(tr("Name of the new model"))
        self._name.setPlaceholderText(tr("Of the new model"))
        self._name.textEdited.connect(self._on_name)
        self._build_list()
        pictures = FormRows(tr("PICTURES"))
        pictures.add_row(tr("From"), self._path_row(), self._path)
        pictures.add_wide(self._list_or_words)
        pictures.add_wide(self._summary)
        model = FormRows(tr("MODEL"))
        model.add_row(tr("Base model"), self._base, self._base)
        model.add_row(tr("Name"), self._name, self._name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(20)
        layout.addLayout(pictures)
        layout.addLayout(model)
        layout.addWidget(self._advanced)
        layout.addStretch(1)
        self._advanced.changed.connect(self.changed)

    def _build_list(self) -> None:
        self._classes.setHeaderLabels([tr("Class"), tr("Pictures")])
        self._classes.setRootIsDecorated(False)
        self._classes.setUniformRowHeights(True)
        self._classes.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._classes.setAccessibleName(tr("Classes that were found"))
        self._list_or_words.addWidget(self._empty)
        self._list_or_words.addWidget(self._classes)
        self._list_or_words.setFixedHeight(_LIST_HEAD + _LIST_ROW * _LEAST_ROWS)
        self._say_empty(tr(_EMPTY), tr(_WANTED))
        header = self._classes.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._classes.headerItem().setTextAlignment(
            1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )

    def _path_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._path, 1)
        for text, slot in ((tr("Folder…"), self._ask_folder), (tr("CSV…"), self._ask_csv)):
            button = QPushButton(text, self)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            row.addWidget(button)
        return row

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, tr("Pictures: one subfolder a class"), str(self.folder)
        )
        if name:
            self.look_at(Path(name))

    def _ask_csv(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, tr("Pictures: path and label"), str(self.folder), tr("CSV (*.csv *.tsv *.txt)")
        )
        if name:
            self.look_at(Path(name))

    def _on_path(self) -> None:
        words = self._path.text().strip()
        if words and Path(words) != self._looking:
            self.look_at(Path(words))

    def _on_name(self) -> None:
        self._named_by_user = True
        self.changed.emit()


def _summary(data: DataSet) -> str:
    pictures, classes = sum(data.counts), len(data.classes)
    words = [
        tr("{n} picture(s)", "", pictures) + " " + tr("of {n} class(es).", "", classes),
    ]
    if data.skipped:
        words.append(tr("{n} picture(s) cannot be used.", "", len(data.skipped)))
    if data.other_files:
        words.append(tr("{n} other file(s) passed over: no pictures.", "", data.other_files))
    return " ".join(words)
