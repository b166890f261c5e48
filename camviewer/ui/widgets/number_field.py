"""A number to type where there is no room for arrows; the keys still step it."""

from __future__ import annotations

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox

_STYLE = """
QDoubleSpinBox { padding: 0; min-height: 26px; }
QDoubleSpinBox::up-button, QDoubleSpinBox::down-button { width: 0; }
QDoubleSpinBox::up-arrow, QDoubleSpinBox::down-arrow { image: none; width: 0; height: 0; }
QDoubleSpinBox QLineEdit { border: 0; padding: 0; min-height: 0; background: transparent; }
"""
_HEIGHT = 28


class DecimalBox(QDoubleSpinBox):
    """A number with decimals, whose point may be typed as a comma: many keyboards have no other."""

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Takes a comma for a point."""
        return super().validate(text.replace(",", "."), position)

    def valueFromText(self, text: str) -> float:
        """Takes a comma for a point."""
        return super().valueFromText(text.replace(",", "."))


def make_bare(box: QDoubleSpinBox, width: int) -> None:
    """Takes the arrows away and gives the box a fixed width."""
    box.setKeyboardTracking(False)
    box.setFixedSize(width, _HEIGHT)
    box.lineEdit().setTextMargins(6, 0, 0, 0)
    box.setStyleSheet(_STYLE)
