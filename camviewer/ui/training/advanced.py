"""The settings of a training that most need not touch, folded away."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.training import FineTune, TrainingPlan
from camviewer.ui.style import mark, theme, tr
from camviewer.ui.widgets import FormRows, Segmented
from camviewer.ui.widgets.number_field import DecimalBox

_FINE_TUNING = (
    (FineTune.NOTHING, mark("Nothing")),
    (FineTune.LAST_BLOCK, mark("Last block")),
    (FineTune.ALL, mark("Everything")),
)
_CONVOLUTIONS = ((0, mark("None")), (256, "256"), (512, "512"), (1024, "1024"))
_DEFAULT = TrainingPlan
_NUMBER_WIDTH, _NUMBER_HEIGHT = 104, 28
_SECOND_LABEL = 60
_Box = TypeVar("_Box", bound=QAbstractSpinBox)


class AdvancedSettings(QWidget):
    """A button, and under it the settings once it is pressed.

    Signals:
        changed: a setting is another.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._toggle = QPushButton(tr("Advanced settings"), self)
        self._body = QWidget(self)
        self._epochs = _whole(1, 100_000, _DEFAULT.epochs, tr("Epochs at most"))
        self._rate = _rate(_DEFAULT.learning_rate, tr("Learning rate of the head"))
        self._batch = _whole(1, 4096, _DEFAULT.batch, tr("Pictures a step"))
        self._patience = _whole(
            1, 100_000, _DEFAULT.patience, tr("Stop after so many worse epochs")
        )
        self._share = _whole(
            1, 90, round(100 * _DEFAULT.validation_share), tr("Validation pictures")
        )
        self._seed = _whole(0, 2**31 - 1, _DEFAULT.seed, tr("Seed"))
        self._convolution = Segmented(
            [(value, tr(words)) for value, words in _CONVOLUTIONS],
            tr("Convolution before the pooling"),
            self,
        )
        self._finer = QCheckBox(tr("Leave out a last pooling (VGG, AlexNet): a finer map"), self)
        self._tuning = Segmented(
            [(value, tr(words)) for value, words in _FINE_TUNING], tr("Train further"), self
        )
        self._tuning_epochs = _whole(
            1, 100_000, _DEFAULT.fine_tune_epochs, tr("Fine-tuning epochs")
        )
        self._tuning_rate = _rate(_DEFAULT.fine_tune_rate, tr("Learning rate of the fine-tuning"))
        self._weights = QCheckBox(tr("Each class counts alike, however many pictures it has"), self)
        self._flips = QCheckBox(tr("Show pictures mirrored, too"), self)
        self._build()

    @property
    def toggle(self) -> QPushButton:
        """The button that unfolds the settings."""
        return self._toggle

    def applied_to(self, plan: TrainingPlan) -> TrainingPlan:
        """The plan with these settings."""
        return replace(
            plan,
            epochs=self._epochs.value(),
            learning_rate=self._rate.value(),
            batch=self._batch.value(),
            convolution=int(str(self._convolution.value)),
            keep_last_pool=not self._finer.isChecked(),
            fine_tune=FineTune(str(self._tuning.value)),
            fine_tune_epochs=self._tuning_epochs.value(),
            fine_tune_rate=self._tuning_rate.value(),
            patience=self._patience.value(),
            validation_share=self._share.value() / 100,
            seed=self._seed.value(),
            class_weights=self._weights.isChecked(),
            flips=self._flips.isChecked(),
        )

    def _build(self) -> None:
        self._toggle.setCheckable(True)
        self._toggle.setProperty("kind", "ghost")
        self._toggle.setAutoDefault(False)
        self._toggle.toggled.connect(self._fold)
        theme.set_icon(self._toggle, "chevron-right", "muted")
        self._body.hide()
        self._share.setSuffix(" %")
        for box in (self._finer, self._weights, self._flips):
            box.setChecked(True)
        rows = FormRows(tr("HEAD"))
        rows.add_row(tr("Epochs"), _row(self._epochs, tr("Rate"), self._rate), self._epochs)
        rows.add_row(tr("Batch"), _row(self._batch, tr("Seed"), self._seed), self._batch)
        rows.add_row(
            tr("Validation"), _row(self._share, tr("Patience"), self._patience), self._share
        )
        rows.add_row(tr("3×3 conv"), self._convolution, self._convolution)
        rows.add_control(self._finer)
        rows.add_control(self._weights)
        rows.add_control(self._flips)
        tuning = FormRows(tr("FINE-TUNING"))
        tuning.add_row(tr("Then train"), self._tuning, self._tuning)
        epochs = _row(self._tuning_epochs, tr("Rate"), self._tuning_rate)
        tuning.add_row(tr("Epochs"), epochs, self._tuning_epochs)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 8, 0, 0)
        body.setSpacing(16)
        body.addLayout(rows)
        body.addLayout(tuning)
        fold = QHBoxLayout()
        fold.addWidget(self._toggle)
        fold.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(fold)
        layout.addWidget(self._body)
        self._allow()
        self._connect()

    def _fold(self, unfolded: bool) -> None:
        self._body.setVisible(unfolded)
        theme.set_icon(self._toggle, "chevron-down" if unfolded else "chevron-right", "muted")

    def _connect(self) -> None:
        for number in (
            self._epochs,
            self._batch,
            self._share,
            self._patience,
            self._seed,
            self._tuning_epochs,
        ):  # fmt: skip
            number.valueChanged.connect(self.changed)
        for rate in (self._rate, self._tuning_rate):
            rate.valueChanged.connect(self.changed)
        for box in (self._finer, self._weights, self._flips):
            box.toggled.connect(self.changed)
        self._convolution.chosen.connect(self.changed)
        self._tuning.chosen.connect(self._on_tuning)

    def _on_tuning(self) -> None:
        self._allow()
        self.changed.emit()

    def _allow(self) -> None:
        tunes = self._tuning.value is not FineTune.NOTHING
        self._tuning_epochs.setEnabled(tunes)
        self._tuning_rate.setEnabled(tunes)


def _whole(low: int, high: int, value: int, name: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(low, high)
    box.setValue(value)
    box.setAccessibleName(name)
    box.setToolTip(name)
    return _sized(box)


def _rate(value: float, name: str) -> QDoubleSpinBox:
    box = DecimalBox()
    box.setDecimals(6)
    box.setRange(1e-6, 10.0)
    box.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
    box.setValue(value)
    box.setAccessibleName(name)
    box.setToolTip(name)
    return _sized(box)


def _sized(box: _Box) -> _Box:
    box.setFixedSize(_NUMBER_WIDTH, _NUMBER_HEIGHT)
    box.lineEdit().setTextMargins(6, 0, 0, 0)
    return box


def _row(first: QWidget, words: str, second: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(first)
    label = QLabel(words)
    label.setProperty("role", "muted")
    label.setBuddy(second)
    label.setFixedWidth(_SECOND_LABEL)
    row.addSpacing(16)
    row.addWidget(label)
    row.addWidget(second)
    row.addStretch(1)
    return row
