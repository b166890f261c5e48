"""Asks which values of the pictures of a folder become 0 and 1, where nothing says it."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from camviewer.ui.style import mark, range_words, tr
from camviewer.ui.widgets.histogram import HistogramView

if TYPE_CHECKING:
    from camviewer.engine.picture.value_histogram import ValueHistogram

_WIDTH = 380
_FIELD = 110
_DIGITS = 6
_HINT = mark(
    "It holds for the pictures of this folder, until the program ends. Model > Preprocessing keeps "
    "a range with the model."
)


class RangeDialog(QDialog):
    """Offers the percentiles, or two values in the file's units.

    Signals:
        chosen: (low, high), or None for the percentiles.

    Args:
        name: of the picture.
        shown: its values, with the range of the percentiles.
        parent: the window.
    """

    chosen = Signal(object)

    def __init__(self, name: str, shown: ValueHistogram, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Range of values"))
        self._shown = shown
        numbers = f"{range_words(shown.range)} {shown.unit}".strip()
        self.percentiles = QRadioButton(
            tr("The percentiles 0.1 and 99.9: {numbers}").format(numbers=numbers), self
        )
        words = tr("These values in {unit}:").format(unit=shown.unit)
        self.values = QRadioButton(words if shown.unit else tr("These values:"), self)
        self.low, self.high = QLineEdit(self), QLineEdit(self)
        self.histogram = HistogramView(self)
        self.use_button = QPushButton(tr("Use"), self)
        self._message = QLabel(self)
        self._build(name)

    @property
    def message(self) -> str:
        """What is wrong with the two values; empty when nothing is."""
        return self._message.text()

    def _build(self, name: str) -> None:
        words = tr("Nothing says which values of {name} the model is to be fed as 0 and 1.")
        question = QLabel(words.format(name=name), self)
        question.setTextFormat(Qt.TextFormat.PlainText)
        hint = QLabel(tr(_HINT), self)
        for label, role in ((question, ""), (hint, "hint"), (self._message, "hint")):
            label.setWordWrap(True)
            label.setFixedWidth(_WIDTH)
            if role:
                label.setProperty("role", role)
        self.histogram.set_draggable(True)
        self.histogram.show_histogram(self._shown)
        self.histogram.range_dragged.connect(self._take_dragged)
        self.percentiles.setChecked(True)
        ends = self._shown.range.low, self._shown.range.high
        for field, value, what in zip(
            (self.low, self.high), ends, (tr("Becomes 0"), tr("Becomes 1")), strict=True
        ):
            field.setText(_digits(value))
            field.setFixedWidth(_FIELD)
            field.setAccessibleName(what)
            field.setToolTip(what)
            field.textEdited.connect(self._take_typed)
        self.use_button.setProperty("kind", "primary")
        self.use_button.setDefault(True)
        self.use_button.clicked.connect(self._use)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(question)
        layout.addWidget(self.histogram)
        layout.addWidget(self.percentiles)
        layout.addLayout(self._ends_row())
        layout.addWidget(self._message)
        layout.addWidget(hint)
        layout.addLayout(self._button_row())
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        self._message.hide()

    def _ends_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.values)
        row.addWidget(self.low)
        row.addWidget(QLabel(tr("to", "between two numbers"), self))
        row.addWidget(self.high)
        row.addStretch(1)
        return row

    def _button_row(self) -> QHBoxLayout:
        cancel = QPushButton(tr("Cancel"), self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.use_button)
        return row

    def _take_dragged(self, low: float, high: float) -> None:
        self.values.setChecked(True)
        self.low.setText(_digits(low))
        self.high.setText(_digits(high))

    def _take_typed(self) -> None:
        self.values.setChecked(True)

    def _use(self) -> None:
        if self.percentiles.isChecked():
            self.chosen.emit(None)
            self.accept()
            return
        ends = _number(self.low.text()), _number(self.high.text())
        if ends[0] is None or ends[1] is None or ends[0] >= ends[1]:
            self._message.setText(tr("Give two numbers, the smaller one first."))
            self._message.show()
            return
        self.chosen.emit(ends)
        self.accept()


def _digits(value: float) -> str:
    return f"{value:.{_DIGITS}g}"


def _number(words: str) -> float | None:
    try:
        value = float(words.strip().replace("−", "-"))
    except ValueError:
        return None
    return value if isfinite(value) else None
