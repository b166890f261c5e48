"""Tells what is known of the model in use, and whether its preprocessing fits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.results.messages import ModelInfo
from camviewer.engine.statistics.check_result import StatisticsCheck
from camviewer.ui.preprocessing.model_dialog import ModelDialog
from camviewer.ui.preprocessing.statistics_panel import StatisticsPanel
from camviewer.ui.style import tr, translated
from camviewer.ui.style.wording import grid_words, resize_words
from camviewer.ui.widgets.form_rows import LABEL_WIDTH

_WIDTH, _MOST_HEIGHT = 560, 640


class ModelDetailsDialog(ModelDialog):
    """What the model is, what its own statistics say, and what was noted as it was imported.

    Signals:
        recipe_chosen: (Recipe) the model is to be fed so from now on.
        editing_requested: the preprocessing is to be edited.
    """

    recipe_chosen = Signal(object)
    editing_requested = Signal()

    def __init__(self, info: ModelInfo, *, can_edit: bool, parent: QWidget | None) -> None:
        """Describes a model.

        Args:
            info: of it.
            can_edit: whether another recipe can be kept for it.
            parent: the window.
        """
        super().__init__(tr("Model details"), info, parent)
        self._can_edit = can_edit
        self.statistics = StatisticsPanel(self)
        self.edit_button = QPushButton(tr("Preprocessing…"), self)
        self._message.hide()
        self._build()

    @property
    def text(self) -> str:
        """All that is said of the model, as plain text."""
        rows = (f"{name}: {value}" for name, value in _rows(self._info))
        return "\n".join((*rows, *self._info.remarks))

    def show_check(self, check: StatisticsCheck) -> None:
        """This is how the preprocessing in use fits what the network remembers."""
        self.statistics.show_check(check, self._info.recipe, can_edit=self._can_edit)

    def _build(self) -> None:
        title = QLabel(self._info.title, self)
        title.setProperty("role", "title")
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        inner = QWidget(self)
        content = QVBoxLayout(inner)
        content.setContentsMargins(24, 0, 24, 0)
        content.setSpacing(16)
        content.addLayout(_grid(_rows(self._info)))
        content.addWidget(self.statistics)
        if self._info.remarks:
            content.addLayout(_notes([translated(remark) for remark in self._info.remarks]))
        content.addStretch(1)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setAccessibleName(tr("Details"))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 20, 0, 20)
        layout.setSpacing(16)
        for part in (title, self._message):
            row = QHBoxLayout()
            row.setContentsMargins(24, 0, 24, 0)
            row.addWidget(part)
            layout.addLayout(row)
        layout.insertWidget(1, area, 1)
        layout.addLayout(self._button_row())
        self.resize(_WIDTH, min(max(inner.heightForWidth(_WIDTH), 280) + 190, _MOST_HEIGHT))

    def _button_row(self) -> QHBoxLayout:
        close = QPushButton(tr("Close"), self)
        close.setDefault(True)
        close.clicked.connect(self.reject)
        self.edit_button.setAutoDefault(False)
        self.edit_button.clicked.connect(self.editing_requested)
        self.statistics.recipe_chosen.connect(self.recipe_chosen)
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        row.addWidget(self.edit_button)
        row.addStretch(1)
        row.addWidget(close)
        return row


def _rows(info: ModelInfo) -> tuple[tuple[str, str], ...]:
    """(name, value) of what is known of a loaded model."""
    cam = (
        tr("exact on layer {layer}").format(layer=info.cam_layer)
        if info.cam_layer
        else tr("none: {refusal}").format(refusal=translated(info.cam_refusal))
    )
    rows = [
        (tr("Architecture"), info.architecture),
        (tr("Classes"), _classes(info)),
        (
            tr("Is fed"),
            tr("{size} pixels, {part}").format(
                size=grid_words(info.recipe.input_size), part=resize_words(info.recipe)
            ),
        ),
        (tr("Class map"), cam),
        (tr("Runs on"), info.device),
        ("SHA-256", f"{info.weights_sha256[:32]}\n{info.weights_sha256[32:]}"),
    ]
    return tuple((name, value) for name, value in rows if value.strip())


def _classes(info: ModelInfo) -> str:
    if not info.has_classes:
        return tr("none: it puts out features")
    if not info.has_probabilities:
        words = tr("none: it puts out {n} value(s)", "", len(info.labels))
        return tr("{words} in {unit}").format(words=words, unit=info.unit) if info.unit else words
    if info.one_output:
        return tr("2, the sides of one output: its sigmoid is that of {name}").format(
            name=info.labels[1]
        )
    return f"{len(info.labels)}, {info.activation}"


def _grid(rows: Sequence[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnMinimumWidth(0, LABEL_WIDTH)
    grid.setColumnStretch(1, 1)
    for number, (name, value) in enumerate(rows):
        label, said = QLabel(name), _text(value)
        label.setProperty("role", "muted")
        grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(said, number, 1)
    return grid


def _notes(remarks: Sequence[str]) -> QVBoxLayout:
    head = QLabel(tr("NOTES"))
    head.setProperty("role", "head")
    column = QVBoxLayout()
    column.setSpacing(8)
    column.addWidget(head)
    for remark in remarks:
        column.addWidget(_text(remark))
    return column


def _text(words: str) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
