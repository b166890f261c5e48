"""Edits what stands between the linear layers of a head, which weights do not tell."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from camviewer.ui.style import mark, theme, tr
from camviewer.ui.widgets import FormRows

_FUNCTIONS = {
    "relu": "ReLU",
    "none": mark("None"),
    "gelu": "GELU",
    "tanh": "Tanh",
    "silu": "SiLU",
    "leaky_relu": "Leaky ReLU",
    "elu": "ELU",
    "hardswish": "Hardswish",
    "sigmoid": "Sigmoid",
}


class HeadForm(QWidget):
    """The section HEAD: one choice for each place where an activation can stand.

    Signals:
        changed: a choice was made by the user.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: list[QComboBox] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.hide()

    @property
    def activations(self) -> tuple[str, ...]:
        """What was chosen for each place, in the order of running."""
        return tuple(str(box.currentData()) for box in self._boxes)

    @property
    def boxes(self) -> tuple[QComboBox, ...]:
        """The controls, one for each place."""
        return tuple(self._boxes)

    def set_activations(self, functions: Sequence[str]) -> None:
        """Makes a control for each place and shows these, without a signal; once for a model."""
        rows = FormRows(tr("HEAD"))
        for number, function in enumerate(functions, start=1):
            only = len(functions) == 1
            name = tr("Activation") if only else tr("Activation {number}").format(number=number)
            box = QComboBox(self)
            for each, words in _FUNCTIONS.items():
                box.addItem(tr(words), each)
            box.setCurrentIndex(box.findData(function))
            box.setAccessibleName(tr("{activation} in the head").format(activation=name))
            box.setToolTip(_tip(number, len(functions)))
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())
            theme.style_combo(box)
            rows.add_row(name, box, box)
            self._boxes.append(box)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101
        layout.addLayout(rows)
        self.setVisible(bool(functions))


def _tip(number: int, count: int) -> str:
    if count == 1:
        return tr("Between the linear layers of the head; the weights do not tell it")
    return tr(
        "Between linear layers {first} and {second} of the head; the weights do not tell it"
    ).format(first=number, second=number + 1)
