"""Shows the options of a method as a form; hidden for methods without options."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from camviewer.engine.results import MethodOption, OptionValue, OptionValues
from camviewer.ui.style import mark, phrase, tr, translated
from camviewer.ui.widgets import LABEL_WIDTH
from camviewer.ui.widgets.number_field import DecimalBox
from camviewer.ui.widgets.pick_box import PickBox, PickItem

_LARGEST_INT = 2**31 - 1
_ROW_HEIGHT = 28
_INDENT = 6
"""Left padding in pixels; because numbers align with the words of combo boxes."""
_CLASS = "class"
_KINDS = {_CLASS: _CLASS, "classes": _CLASS, "layers": "layers"}
"""The values of ``MethodOption.picks`` with what they list."""
_AUTOMATIC = {
    _CLASS: mark("Nearest class"),
    "classes": mark("Nearest classes"),
    "layers": mark("Automatic"),
}


class OptionRows(QWidget):
    """A row for each option of the method in use."""

    options_changed = Signal(object)
    """OptionValues that differ from the defaults, as the user has just set them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options: tuple[MethodOption, ...] = ()
        self._pickable: dict[str, Callable[[], Sequence[PickItem]]] = {}
        self._controls: dict[str, QWidget] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_options(self, options: Sequence[MethodOption], chosen: OptionValues) -> None:
        """Shows a method's options and what they are set to, without a signal."""
        if tuple(options) != self._options:
            self._options = tuple(options)
            self._rebuild()
        values = {option.key: option.default for option in self._options} | dict(chosen)
        for key, control in self._controls.items():
            with QSignalBlocker(control):
                _set(control, values[key])
        self.setVisible(bool(self._options))

    def set_pickable(self, kind: str, items: Callable[[], Sequence[PickItem]]) -> None:
        """Takes what options of a kind offer: ``class`` (and ``classes``), or ``layers``.

        Args:
            kind: of things.
            items: makes the list, and is only called where there is an option for it.
        """
        self._pickable[kind] = items
        for option in self._options:
            control = self._controls.get(option.key)
            if isinstance(control, PickBox) and _KINDS[option.picks] == kind:
                control.set_items(items())

    def _rebuild(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._controls = {}
        for row, option in enumerate(self._options):
            control = self._control(option)
            title, summary = phrase(option.title), translated(option.summary)
            control.setAccessibleName(title)
            control.setToolTip(summary)
            label = QLabel(title, self)
            label.setProperty("role", "muted")
            label.setToolTip(summary)
            label.setBuddy(control)
            self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(control, row, 1)
            self._controls[option.key] = control

    def _control(self, option: MethodOption) -> QWidget:
        default = option.default
        if isinstance(default, bool):
            tick = QCheckBox(self)
            tick.toggled.connect(self._tell)
            return tick
        if option.picks:
            several = option.picks != _CLASS
            pick = PickBox(tr(_AUTOMATIC[option.picks]), several=several, parent=self)
            pick.set_items(self._pickable.get(_KINDS[option.picks], tuple)())
            pick.changed.connect(self._tell)
            return pick
        if isinstance(default, str):
            box = QComboBox(self)
            for choice in option.choices:
                box.addItem(phrase(choice), choice)
            box.currentIndexChanged.connect(self._tell)
            return box
        number: QSpinBox | QDoubleSpinBox
        if isinstance(default, int):
            number = QSpinBox(self)
            number.setRange(int(option.low), int(min(option.high, _LARGEST_INT)))
        else:
            number = DecimalBox(self)
            number.setDecimals(3)
            number.setRange(option.low, option.high)
            number.setSingleStep(default / 10 or 0.1)
        number.setKeyboardTracking(False)
        number.setFixedHeight(_ROW_HEIGHT)
        number.lineEdit().setTextMargins(_INDENT, 0, 0, 0)
        number.valueChanged.connect(self._tell)
        return number

    def _tell(self) -> None:
        values = {key: _value(control) for key, control in self._controls.items()}
        changed = tuple(
            (option.key, values[option.key])
            for option in self._options
            if values[option.key] != option.default
        )
        self.options_changed.emit(changed)


def _value(control: QWidget) -> OptionValue:
    if isinstance(control, QCheckBox):
        return control.isChecked()
    if isinstance(control, PickBox):
        return control.value
    if isinstance(control, QComboBox):
        return str(control.currentData())
    assert isinstance(control, QSpinBox | QDoubleSpinBox)  # noqa: S101
    return control.value()


def _set(control: QWidget, value: OptionValue) -> None:
    if isinstance(control, QCheckBox):
        control.setChecked(bool(value))
    elif isinstance(control, PickBox):
        control.set_value(str(value))
    elif isinstance(control, QComboBox):
        control.setCurrentIndex(control.findData(str(value)))
    elif isinstance(control, QSpinBox):
        control.setValue(int(value))
    elif isinstance(control, QDoubleSpinBox):
        control.setValue(float(value))
