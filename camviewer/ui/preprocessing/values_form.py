"""Edits how stored values become network input: the range, what is cut off, no data, and bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.geometry.input_scale import (
    HIGHEST_PERCENTILE,
    LOWEST_PERCENTILE,
    InputScale,
    ScaleKind,
)
from camviewer.ui.preprocessing.bands_field import BandsField
from camviewer.ui.style import mark, range_words, theme, tr, translated
from camviewer.ui.widgets.form_rows import FormRows
from camviewer.ui.widgets.histogram import HistogramView

if TYPE_CHECKING:
    from camviewer.engine.picture.value_histogram import ValueHistogram

_KINDS = (
    (ScaleKind.AUTO, mark("Automatic")),
    (ScaleKind.DEPTH, mark("The file's depth")),
    (ScaleKind.RANGE, mark("Two values")),
    (ScaleKind.PERCENTILES, mark("Percentiles")),
    (ScaleKind.EXTREMES, mark("Each picture's extremes")),
)
_HINTS = {
    ScaleKind.AUTO: mark("What the file says, else the smallest usual depth."),
    ScaleKind.DEPTH: mark("All values that the file's type can hold."),
    ScaleKind.RANGE: mark("In the file's units; drag the ends in the histogram."),
    ScaleKind.PERCENTILES: mark("Of each picture's values, 0 to 100."),
    ScaleKind.EXTREMES: mark("One hot pixel decides how dark all others are."),
}
_DEFAULTS = {
    ScaleKind.RANGE: (0.0, 255.0),
    ScaleKind.PERCENTILES: (LOWEST_PERCENTILE, HIGHEST_PERCENTILE),
}
_DIGITS = 9
_WIDTH = 312
_Before = TypeVar("_Before", bound=float | None)
_FIELD = 92


class ValuesForm(QWidget):
    """The section STORED VALUES.

    Signals:
        changed: a value was changed by the user.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = InputScale()
        self._ends_found = _DEFAULTS[ScaleKind.RANGE]
        self._kind = QComboBox(self)
        self._low, self._high = QLineEdit(self), QLineEdit(self)
        self._hint = QLabel(self)
        self._clipped = QCheckBox(tr("Cut off what lies beyond"), self)
        self._no_data = QLineEdit(self)
        self.bands_field = BandsField(self)
        self.histogram = HistogramView(self)
        self._words = QLabel(self)
        self._rows = FormRows(tr("STORED VALUES"))
        self._build()

    @property
    def controls(self) -> dict[str, QWidget]:
        """The controls by name."""
        return {
            "range": self._kind,
            "low": self._low,
            "high": self._high,
            "clipped": self._clipped,
            "no data": self._no_data,
            "bands": self.bands_field.edit,
        }

    @property
    def words(self) -> str:
        """What is said of the values that the network is fed."""
        return self._words.text()

    def set_recipe(self, recipe: Recipe) -> None:
        """Shows these values, without a signal."""
        self._scale = recipe.scale
        self.bands_field.set_bands(recipe.bands, recipe.channels)
        for control in self.controls.values():
            control.blockSignals(True)
        self._clipped.setChecked(recipe.scale.clipped)
        no_data = recipe.scale.no_data
        self._no_data.setText("" if no_data is None else _digits(no_data))
        self._show_ends()
        for control in self.controls.values():
            control.blockSignals(False)

    def applied_to(self, recipe: Recipe) -> Recipe:
        """The recipe with these values."""
        return replace(recipe, scale=self._scale, bands=self.bands_field.bands)

    def set_picture_bands(self, names: Sequence[str]) -> None:
        """Takes the names of the picture's bands, "" where there is none."""
        self.bands_field.set_names(names)

    def show_values(self, shown: ValueHistogram, words: str) -> None:
        """These are the picture's values, and the range that holds now."""
        self.show_histogram(shown)
        self._words.setText(
            translated(words)
            or tr("8 bits: the values {numbers} are fed as 0 to 1.").format(
                numbers=range_words(shown.range)
            )
        )

    def show_histogram(self, shown: ValueHistogram) -> None:
        """These are the values of a picture that cannot be fed as it is."""
        self._ends_found = shown.range.low, shown.range.high
        self.histogram.show_histogram(shown)
        for field, value in zip((self._low, self._high), self._ends_found, strict=True):
            field.setPlaceholderText(_digits(value))
        self._words.setText("")

    def _take_dragged(self, low: float, high: float) -> None:
        digits = max(_digits_of(high - low), 0)
        low, high = round(low, digits), round(high, digits)
        self._scale = replace(self._scale, kind=ScaleKind.RANGE, low=low, high=high)
        self._show_ends()
        self.changed.emit()

    def _build(self) -> None:
        for _, words in _KINDS:
            self._kind.addItem(tr(words))
        theme.style_combo(self._kind)
        self._kind.setAccessibleName(tr("Range of values"))
        self._hint.setProperty("role", "hint")
        self._hint.setWordWrap(True)
        names = ((self._low, tr("Becomes 0")), (self._high, tr("Becomes 1")))
        for field, name in names:
            field.setFixedWidth(_FIELD)
            field.setAccessibleName(name)
            field.setToolTip(name)
            field.editingFinished.connect(self._take_ends)
        self._no_data.setAccessibleName(tr("Value without data"))
        self._no_data.setPlaceholderText(tr("As the file says"))
        self._no_data.editingFinished.connect(self._take_no_data)
        self.bands_field.changed.connect(self.changed)
        self._clipped.toggled.connect(self._take_clipped)
        self._kind.currentIndexChanged.connect(self._take_kind)
        self.histogram.set_draggable(True)
        self.histogram.setToolTip(tr("Drag the ends to say which values become 0 and 1"))
        self.histogram.range_dragged.connect(self._take_dragged)
        self._words.setProperty("role", "hint")
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        ends = QHBoxLayout()
        ends.setSpacing(6)
        between = QLabel(tr("to", "between two numbers"))
        between.setProperty("role", "muted")
        ends.addWidget(self._low)
        ends.addWidget(between)
        ends.addWidget(self._high)
        ends.addStretch(1)
        rows = self._rows
        rows.add_wide(self.histogram)
        rows.add_wide(self._words)
        rows.add_row(tr("Range"), self._kind, self._kind)
        rows.add_control(self._hint)
        rows.add_row(tr("0 and 1"), ends, self._low)
        rows.add_control(self._clipped)
        rows.add_row(tr("No data"), self._no_data, self._no_data)
        rows.add_row(tr("Bands"), self.bands_field, self.bands_field.edit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(rows)
        self.setFixedWidth(_WIDTH)

    def _show_ends(self) -> None:
        scale = self._scale
        self._hint.setText(tr(_HINTS[scale.kind]))
        for field, value in ((self._low, scale.low), (self._high, scale.high)):
            field.setEnabled(scale.has_ends)
            field.setText(_digits(value) if scale.has_ends else "")
        self._kind.blockSignals(True)
        self._kind.setCurrentIndex([kind for kind, _ in _KINDS].index(scale.kind))
        self._kind.blockSignals(False)

    def _take_kind(self, index: int) -> None:
        kind = _KINDS[index][0]
        low, high = 0.0, 0.0
        if kind is ScaleKind.RANGE:
            low, high = self._ends_found
        elif kind is ScaleKind.PERCENTILES:
            low, high = _DEFAULTS[kind]
        self._change(replace(self._scale, kind=kind, low=low, high=high))

    def _take_ends(self) -> None:
        if not self._scale.has_ends:
            return
        low = _number(self._low.text(), self._scale.low)
        high = _number(self._high.text(), self._scale.high)
        self._change(replace(self._scale, low=low, high=high))

    def _take_clipped(self, clipped: bool) -> None:
        self._change(replace(self._scale, clipped=clipped))

    def _take_no_data(self) -> None:
        words = self._no_data.text().strip()
        value = _number(words, self._scale.no_data) if words else None
        self._change(replace(self._scale, no_data=value))

    def _change(self, scale: InputScale) -> None:
        if scale != self._scale:
            self._scale = scale
            self._show_ends()
            self.changed.emit()


def _number(words: str, before: _Before) -> float | _Before:
    """What was typed; as it was before where that is no number."""
    try:
        return float(words.replace(",", "").replace("−", "-"))
    except ValueError:
        return before


def _digits(value: float) -> str:
    return f"{value:.{_DIGITS}g}"


def _digits_of(span: float) -> int:
    """Decimals at which a thousandth of a span can be told."""
    digits = 0
    while span < 1000.0 and digits < _DIGITS:
        span *= 10.0
        digits += 1
    return digits
