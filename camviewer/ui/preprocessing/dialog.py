"""The dialog that edits a model's preprocessing and previews it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.geometry import Recipe
from camviewer.engine.packs import Preview
from camviewer.engine.results import ModelInfo
from camviewer.engine.statistics import StatisticsCheck
from camviewer.ui.preprocessing.model_dialog import ModelDialog
from camviewer.ui.preprocessing.recipe_form import RecipeForm
from camviewer.ui.preprocessing.recipe_preview import RecipePreview
from camviewer.ui.preprocessing.statistics_panel import StatisticsPanel
from camviewer.ui.style import tr, translated
from camviewer.ui.widgets import FormRows, in_tip
from camviewer.ui.work import LABEL_FILES

_PAUSE = 60
"""Delay in ms from a change to its preview."""


class Editing(Enum):
    """What of a model can be changed: everything, what it is fed of a picture's values, nothing."""

    ALL = "all"
    VALUES = "values"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Wishes:
    """What is to be saved.

    Attributes:
        recipe: what the network is fed.
        activation: ``softmax`` or ``sigmoid``.
        labels: other class names; None to keep them.
        head_activations: between the linear layers of the head; none when nothing can stand there.
    """

    recipe: Recipe
    activation: str
    labels: tuple[str, ...] | None
    head_activations: tuple[str, ...]


class PreprocessingDialog(ModelDialog):
    """Values at the left, what comes of them at the right.

    Signals:
        tried: (Recipe, activation, head activations) wants a preview.
        labels_chosen: (Path) a file with other class names.
        saved: (Wishes).
    """

    tried = Signal(object, str, object)
    labels_chosen = Signal(object)
    saved = Signal(object)

    def __init__(
        self,
        info: ModelInfo,
        published: Recipe,
        editing: Editing,
        remark: str,
        parent: QWidget | None,
    ) -> None:
        """Shows the recipe of a model.

        Args:
            info: the loaded model.
            published: what it was found to be fed when it was imported.
            editing: what of it can be changed.
            remark: why not everything can be changed; empty when it can.
            parent: the window.
        """
        super().__init__(tr("Preprocessing"), info, parent)
        self._published, self._editing, self._remark = published, editing, remark
        self._labels: tuple[str, ...] | None = None
        self.form = RecipeForm(self)
        self.preview = RecipePreview(self)
        self.statistics = StatisticsPanel(self, lists_published=False)
        self._names = QLabel(self)
        self._choose = QPushButton(tr("Replace…"), self)
        self.reset_button = QPushButton(tr("Reset to published"), self)
        keeps = editing is not Editing.VALUES
        self.save_button = QPushButton(tr("Save") if keeps else tr("Use"), self)
        self._before: Preview | None = None
        self._soon = QTimer(self)
        self._build()
        self.form.set_recipe(info.recipe, info.activation)
        self.form.set_head_activations(info.head_activations)
        if info.one_output:
            self.form.fix_activation()
        self._show_names(tr("{n} name(s)", "", len(info.labels)))
        self._allow()
        self._soon.start()

    @property
    def message(self) -> str:
        """What is said under the values."""
        return self._message.text()

    def try_again(self) -> None:
        """What was asked for has not come."""
        self._soon.start()

    def change_picture(self) -> None:
        """Another picture is there to try it with."""
        self._before = None
        self._soon.start()

    def show_preview(self, preview: Preview) -> None:
        """This is what the network sees and says."""
        labels = self._labels or self._info.labels
        self.preview.set_stale(False)
        self.preview.show_preview(preview, labels)
        self.form.values.show_values(preview.histogram, preview.words)
        if not self._is_edited:
            self._before = preview
        if self._before is not None and self._before.top and self._is_edited:
            index, share = self._before.top[0]
            self.preview.show_in_use(
                tr("With the values in use: {name} {share}").format(
                    name=labels[index], share=f"{share:.0%}"
                )
            )
        else:
            self.preview.show_in_use("")
        self._say(self._remark)
        self._allow()

    def show_check(self, check: StatisticsCheck) -> None:
        """This is how the preprocessing in use fits what the network remembers."""
        self.statistics.show_check(check, self._info.recipe, can_edit=self._editing is Editing.ALL)

    def show_refusal(self, message: str, hint: str) -> None:
        """It cannot be fed so."""
        self.preview.set_stale(True)
        self._say(translated(f"{message} {hint}".strip()))
        self.save_button.setEnabled(False)

    def show_failure(self, message: str, hint: str) -> None:
        super().show_failure(message, hint)
        self._allow()

    def set_labels(self, labels: tuple[str, ...], source: str) -> None:
        """These names were read, and there are as many as classes."""
        self._labels = labels
        self._show_names(tr("{count} from {source}").format(count=len(labels), source=source))
        self._soon.start()
        self._allow()

    @property
    def _is_edited(self) -> bool:
        return (
            self.form.recipe != self._info.recipe
            or self.form.activation != self._info.activation
            or self.form.head_activations != self._info.head_activations
            or self._labels is not None
        )

    def _build(self) -> None:
        title = QLabel(self._info.title, self)
        title.setProperty("role", "title")
        for label in (title, self._names):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE)
        self._soon.timeout.connect(self._try)
        self.form.changed.connect(self._changed)
        self.statistics.recipe_chosen.connect(self._use)
        self._choose.setAutoDefault(False)
        self._choose.clicked.connect(self._choose_labels)
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(self.form)
        left.addLayout(self._names_rows())
        left.addStretch(1)
        left.addWidget(self._message)
        sides = QHBoxLayout()
        sides.setSpacing(32)
        sides.addLayout(left)
        middle = QVBoxLayout()
        middle.addWidget(self.form.values)
        middle.addStretch(1)
        sides.addLayout(middle)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(self.preview)
        right.addWidget(self.statistics)
        right.addStretch(1)
        self.statistics.setFixedWidth(self.preview.width())
        sides.addLayout(right)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(16)
        layout.addWidget(title)
        layout.addLayout(sides)
        layout.addLayout(self._button_row())
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    def _names_rows(self) -> FormRows:
        rows = FormRows(tr("CLASS NAMES"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._names, 1)
        row.addWidget(self._choose)
        rows.add_row(tr("Names"), row, self._choose)
        return rows

    def _button_row(self) -> QHBoxLayout:
        cannot = self._editing is Editing.NOTHING
        close = QPushButton(tr("Close") if cannot else tr("Cancel"), self)
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        self.reset_button.setAutoDefault(False)
        self.reset_button.clicked.connect(self._reset)
        self.save_button.setProperty("kind", "primary")
        self.save_button.clicked.connect(self._save)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.reset_button)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self.save_button)
        return row

    def _allow(self) -> None:
        all_of_it, anything = self._editing is Editing.ALL, self._editing is not Editing.NOTHING
        self.form.setEnabled(all_of_it)
        self.form.values.setEnabled(anything)
        self._choose.setEnabled(all_of_it and self._info.has_classes)
        self.reset_button.setEnabled(anything and self.form.recipe != self._published)
        self.save_button.setEnabled(anything and self._is_edited)

    def _changed(self) -> None:
        self._allow()
        self._soon.start()

    def _try(self) -> None:
        self.tried.emit(self.form.recipe, self.form.activation, self.form.head_activations)

    def _use(self, recipe: Recipe) -> None:
        self.form.set_recipe(recipe, self.form.activation)
        self._changed()

    def _reset(self) -> None:
        self.form.set_recipe(self._published, self.form.activation)
        self._changed()

    def _save(self) -> None:
        self.save_button.setEnabled(False)
        form = self.form
        self.saved.emit(Wishes(form.recipe, form.activation, self._labels, form.head_activations))

    def _choose_labels(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self,
            tr("Class names"),
            "",
            tr(LABEL_FILES),
        )
        if name:
            self.labels_chosen.emit(Path(name))

    def _show_names(self, text: str) -> None:
        metrics = self._names.fontMetrics()
        self._names.setText(metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, 120))
        self._names.setToolTip(in_tip(text))

    def _say(self, text: str) -> None:
        self._message.setText(text)
