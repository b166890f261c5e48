"""Edits a recipe: size, crop, filter, mean and standard deviation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.geometry.geometry import INTERPOLATIONS, Recipe, ResizeMode
from camviewer.engine.packs.manifest import CROP_FRACTIONS, INPUT_SIDES, STDS
from camviewer.engine.results.values import NO_ACTIVATION
from camviewer.engine.results.without_classes import FEATURES
from camviewer.ui.preprocessing.head_form import HeadForm
from camviewer.ui.preprocessing.values_form import ValuesForm
from camviewer.ui.style import mark, theme, tr
from camviewer.ui.widgets.form_rows import FormRows
from camviewer.ui.widgets.number_field import DecimalBox, make_bare
from camviewer.ui.widgets.segmented_control import Segmented

_MODES = (
    (ResizeMode.SHORTER, mark("Crop")),
    (ResizeMode.SQUASH, mark("Squash")),
    (ResizeMode.BORDER, mark("Border")),
)
_MODE_WORDS = {
    ResizeMode.SHORTER: mark("The shorter side is made to fit, the longer one is cut."),
    ResizeMode.SQUASH: mark("Both sides are made to fit; the proportions change."),
    ResizeMode.BORDER: mark(
        "The longer side is made to fit, with a border beside the shorter one."
    ),
}
_ACTIVATIONS = (
    ("softmax", mark("One class")),
    ("sigmoid", mark("Several")),
    (NO_ACTIVATION, mark("Values")),
    (FEATURES, mark("No classes")),
)
_CUSTOM = mark("Own values")
_USUAL: dict[str, tuple[tuple[float, float, float], tuple[float, float, float]]] = {
    "ImageNet": ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
    "−1 … 1": ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5)),
    "0 … 1": ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)),
    "CLIP": ((0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)),
}
_CHANNELS = (mark("red"), mark("green"), mark("blue"))
_ORDERS = ((False, mark("Red first")), (True, mark("Blue first")))
_DECIMALS = 4
_WIDTH = 312
_NUMBER_HEIGHT = 28


class RecipeForm(QWidget):
    """The sections PREPROCESSING and SCORES.

    Signals:
        changed: a value was changed by the user.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recipe = Recipe()
        self._sides = (QSpinBox(self), QSpinBox(self))
        self._mode = Segmented(
            [(mode, tr(words)) for mode, words in _MODES],
            tr("How the picture is made to fit"),
            self,
        )
        self._mode_hint = QLabel(self)
        self._share = DecimalBox(self)
        self._filter = QComboBox(self)
        self._usual = QComboBox(self)
        self._order = Segmented(
            [(order, tr(words)) for order, words in _ORDERS], tr("Order of the channels"), self
        )
        self._fed = FormRows(tr("PREPROCESSING"))
        self._mean = tuple(DecimalBox(self) for _ in _CHANNELS)
        self._std = tuple(DecimalBox(self) for _ in _CHANNELS)
        self._activation = Segmented(
            [(value, tr(words)) for value, words in _ACTIVATIONS], tr("A picture shows"), self
        )
        self._head = HeadForm(self)
        self._lists = (QLineEdit(self), QLineEdit(self))
        """Means and deviations of networks that take neither colours nor grey."""
        self.values = ValuesForm(self)
        self._build()
        self._connect()

    @property
    def recipe(self) -> Recipe:
        """What the values say; what no control shows is as it was given."""
        return self._recipe

    @property
    def activation(self) -> str:
        """``softmax`` or ``sigmoid``."""
        return str(self._activation.value)

    @property
    def head_activations(self) -> tuple[str, ...]:
        """What stands between the linear layers of the head; none when nothing can."""
        return self._head.activations

    @property
    def controls(self) -> dict[str, QWidget]:
        """The controls by name."""
        means = zip((f"mean {name}" for name in _CHANNELS), self._mean, strict=True)
        stds = zip((f"std {name}" for name in _CHANNELS), self._std, strict=True)
        return {
            "width": self._sides[0],
            "height": self._sides[1],
            "mode": self._mode,
            "share": self._share,
            "filter": self._filter,
            "usual": self._usual,
            **dict(means),
            **dict(stds),
            "activation": self._activation,
            "order": self._order,
            "means": self._lists[0],
            "deviations": self._lists[1],
            **{f"head activation {place}": box for place, box in enumerate(self._head.boxes, 1)},
        }

    def fix_activation(self) -> None:
        """How scores are read cannot be chosen: of one output the sigmoid alone says anything."""
        reason = tr("This network puts out one number, and the softmax of that is always 100%")
        self._activation.set_choice_enabled("softmax", enabled=False, reason=reason)

    def set_head_activations(self, functions: tuple[str, ...]) -> None:
        """Shows what stands between the linear layers of the head, if anything can."""
        self._head.set_activations(functions)

    def set_recipe(self, recipe: Recipe, activation: str) -> None:
        """Shows these values, without a signal."""
        self._recipe = recipe
        height, width = recipe.input_size
        for control in self._spoken():
            control.blockSignals(True)
        for side, pixels in zip(self._sides, (width, height), strict=True):
            side.setValue(pixels)
            side.setEnabled(recipe.flexible)
            side.setToolTip(_size_tip(recipe))
        self._mode.set_value(recipe.resize_mode)
        self._share.setValue(100 * recipe.crop_fraction)
        self._filter.setCurrentText(recipe.interpolation.capitalize())
        for boxes, values in ((self._mean, recipe.mean), (self._std, recipe.std)):
            for box, value in zip(boxes, values, strict=False):
                box.setValue(value)
        each = (recipe.channel_means, recipe.channel_stds)
        for field, values in zip(self._lists, each, strict=True):
            field.setText(_listed(values))
        self.values.set_recipe(recipe)
        for offered, _words in _ACTIVATIONS:
            fits = (offered == FEATURES) == (activation == FEATURES)
            self._activation.set_choice_shown(offered, fits)
        self._activation.set_value(activation)
        self._order.set_value(recipe.blue_first)
        self._show_channels(recipe.channels)
        self._show_hints()
        for control in self._spoken():
            control.blockSignals(False)

    def _show_channels(self, count: int) -> None:
        """One channel has one mean and one deviation, and no order; many have them in a list."""
        is_usual = count in (1, len(_CHANNELS))
        for field in self._lists:
            field.setVisible(not is_usual)
        self._fed.set_row_visible(self._usual, is_usual)
        for boxes, name in ((self._mean, tr("Mean")), (self._std, tr("Deviation"))):
            for place, box in enumerate(boxes):
                box.setVisible(is_usual and place < count)
            channel = tr(_CHANNELS[0]) if count > 1 else tr("grey")
            boxes[0].setAccessibleName(f"{name}, {channel}")
            words = tr("{name}, on the scale 0 to 1").format(name=f"{name}, {channel}")
            boxes[0].setToolTip(words)
        self._fed.set_row_visible(self._order, count == len(_CHANNELS))

    def _spoken(self) -> tuple[QWidget, ...]:
        numbers = (*self._mean, *self._std, *self._lists)
        return (*self._sides, self._share, self._filter, self._usual, *numbers)

    def _build(self) -> None:
        for side, name in zip(self._sides, (tr("Input width"), tr("Input height")), strict=True):
            side.setRange(*INPUT_SIDES)
            side.setAccessibleName(name)
            side.setKeyboardTracking(False)
        for number in (*self._sides, self._share):
            number.setFixedHeight(_NUMBER_HEIGHT)
            number.lineEdit().setTextMargins(6, 0, 0, 0)
        self._share.setKeyboardTracking(False)
        self._share.setRange(100 * CROP_FRACTIONS[0], 100 * CROP_FRACTIONS[1])
        self._share.setDecimals(1)
        self._share.setSuffix(" %")
        self._share.setAccessibleName(tr("Share of the resized picture"))
        self._share.setToolTip(tr("The middle of the resized picture that the network is given"))
        self._filter.addItems([name.capitalize() for name in INTERPOLATIONS])
        self._filter.setAccessibleName(tr("Filter"))
        self._usual.addItems([*_USUAL, tr(_CUSTOM)])
        self._usual.setAccessibleName(tr("Usual values"))
        for combo in (self._filter, self._usual):
            theme.style_combo(combo)
        for boxes, what in ((self._mean, tr("Mean")), (self._std, tr("Deviation"))):
            for box, channel in zip(boxes, _CHANNELS, strict=True):
                _prepare_number(box, f"{what}, {tr(channel)}")
        for box in self._std:
            box.setMinimum(STDS[0])
        self._mode_hint.setProperty("role", "hint")
        self._mode_hint.setWordWrap(True)
        fed = self._fed
        fed.add_row(tr("Input"), _side_by_side(self._sides, "×", "px"), self._sides[0])
        fed.add_row(tr("Resize"), self._mode, self._mode)
        fed.add_control(self._mode_hint)
        fed.add_row(tr("Share"), self._share, self._share)
        fed.add_row(tr("Filter"), self._filter, self._filter)
        fed.add_row(tr("Values"), self._usual, self._usual)
        for name, boxes, field in zip(
            (tr("Mean"), tr("Deviation")), (self._mean, self._std), self._lists, strict=True
        ):
            field.setAccessibleName(tr("{name} of each channel").format(name=name))
            field.setToolTip(
                tr("{name} of each channel, on the scale 0 to 1, with blanks between").format(
                    name=name
                )
            )
            fed.add_row(name, _side_by_side((*boxes, field)), boxes[0])
        fed.add_row(tr("Channels"), self._order, self._order)
        scores = FormRows(tr("SCORES"))
        scores.add_row(tr("Shows"), self._activation, self._activation)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addLayout(fed)
        layout.addLayout(scores)
        layout.addWidget(self._head)
        self.setFixedWidth(_WIDTH)

    def _connect(self) -> None:
        for side in self._sides:
            side.valueChanged.connect(self._take)
        for number in (self._share, *self._mean, *self._std):
            number.valueChanged.connect(self._take)
        self._filter.currentIndexChanged.connect(self._take)
        self._usual.currentTextChanged.connect(self._take_usual)
        self._mode.chosen.connect(self._take)
        self._order.chosen.connect(self._take)
        self._activation.chosen.connect(lambda _value: self.changed.emit())
        self._head.changed.connect(self.changed)
        self.values.changed.connect(self._take_values)
        for field in self._lists:
            field.editingFinished.connect(self._take_lists)

    def _take_values(self) -> None:
        self._recipe = self.values.applied_to(self._recipe)
        self.changed.emit()

    def _take_lists(self) -> None:
        """Reads the means and deviations of many channels; what is no such list goes back."""
        recipe = self._recipe
        mean = _numbers_of(self._lists[0].text(), recipe.channel_means)
        std = _numbers_of(self._lists[1].text(), recipe.channel_stds)
        for field, values in zip(self._lists, (mean, std), strict=True):
            field.setText(_listed(values))
        if (mean, std) != (recipe.channel_means, recipe.channel_stds):
            self._recipe = replace(recipe, mean=mean, std=std)
            self.changed.emit()

    def _take_usual(self, name: str) -> None:
        if name in _USUAL:
            mean, std = _USUAL[name]
            self.set_recipe(replace(self._recipe, mean=mean, std=std), self.activation)
            self.changed.emit()

    def _take(self, *_: object) -> None:
        """Reads what was changed; numbers that are shown rounded stay exact until then."""
        width, height = (side.value() for side in self._sides)
        share = self._share.value() / 100
        if abs(share - self._recipe.crop_fraction) < 5e-4:
            share = self._recipe.crop_fraction
        self._recipe = replace(
            self._recipe,
            input_size=(height, width),
            crop_fraction=share,
            resize_mode=ResizeMode(cast("str", self._mode.value)),
            interpolation=self._filter.currentText().lower(),
            mean=self._numbers(self._mean, self._recipe.mean),
            std=self._numbers(self._std, self._recipe.std),
            blue_first=bool(self._order.value),
        )
        self._show_hints()
        self.changed.emit()

    def _numbers(
        self, boxes: Sequence[QDoubleSpinBox], before: tuple[float, ...]
    ) -> tuple[float, ...]:
        """What the boxes say; with one channel the same number for all three."""
        if self._recipe.channels not in (1, len(_CHANNELS)):
            return before  # they stand in a list
        red, green, blue = _exact(boxes, before)
        is_grey = self._recipe.channels == 1 and red != before[0]
        return (red, red, red) if is_grey else (red, green, blue)

    def _show_hints(self) -> None:
        self._mode_hint.setText(tr(_MODE_WORDS[self._recipe.resize_mode]))
        count = self._recipe.channels
        values = [each[:count] for each in (self._recipe.mean, self._recipe.std)]
        usual = {name: [each[:count] for each in pair] for name, pair in _USUAL.items()}
        name = next((name for name, pair in usual.items() if pair == values), tr(_CUSTOM))
        was_blocked = self._usual.blockSignals(True)
        self._usual.setCurrentText(name)
        self._usual.blockSignals(was_blocked)


def _prepare_number(box: QDoubleSpinBox, name: str) -> None:
    box.setDecimals(_DECIMALS)
    box.setRange(-10.0, 10.0)
    box.setSingleStep(0.01)
    make_bare(box, width=72)
    box.setAccessibleName(name)
    box.setToolTip(tr("{name}, on the scale 0 to 1").format(name=name))


def _side_by_side(controls: Sequence[QWidget], between: str = "", behind: str = "") -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    for number, control in enumerate(controls):
        if number and between:
            row.addWidget(_muted(between))
        row.addWidget(control, 1 if between else 0)
    if behind:
        row.addWidget(_muted(behind))
    elif not between:
        row.addStretch(1)  # where fewer numbers are shown, they begin at the left
    return row


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    return label


def _listed(values: Sequence[float]) -> str:
    return " ".join(f"{value:.9g}" for value in values)


def _numbers_of(words: str, before: tuple[float, ...]) -> tuple[float, ...]:
    """One number for each channel, or one for all; as before where the words are no such list."""
    try:
        numbers = tuple(float(part) for part in words.replace(",", " ").split())
    except ValueError:
        return before
    numbers = numbers * len(before) if len(numbers) == 1 else numbers
    return numbers if len(numbers) == len(before) else before


def _exact(
    boxes: Sequence[QDoubleSpinBox], before: tuple[float, ...]
) -> tuple[float, float, float]:
    """What the boxes say; a number that was not changed is not rounded."""
    red, green, blue = (
        value if round(value, _DECIMALS) == round(box.value(), _DECIMALS) else box.value()
        for box, value in zip(boxes, before, strict=True)
    )
    return red, green, blue


def _size_tip(recipe: Recipe) -> str:
    height, width = recipe.input_size
    if not recipe.flexible:
        return tr("This network only accepts {width} × {height} pixels").format(
            width=width, height=height
        )
    return tr("Multiples of {step} fit the network best").format(step=recipe.step)
