"""A number field within the words "top 5 of 1000"."""

from __future__ import annotations

from string import Template

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QValidator
from PySide6.QtWidgets import QSpinBox, QWidget

from camviewer.ui.style import current_tokens, font, notifier, tr

_STYLE = """
QSpinBox { border: 0; background: transparent; padding: 0; min-height: 26px; }
QSpinBox, QSpinBox QLineEdit { color: $muted; font-size: 11px; }
QSpinBox:hover, QSpinBox:focus { color: $accent; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; }
QSpinBox::up-arrow, QSpinBox::down-arrow { image: none; width: 0; height: 0; }
QSpinBox QLineEdit { border: 0; background: transparent; padding: 0; min-height: 0; }
"""


class TopSpin(QSpinBox):
    """Reads "top 5 of 1000" and is a number to change; "all" may be typed."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setPrefix(tr("top "))
        self.setAccessibleName(tr("How many classes are listed"))
        self.setToolTip(tr("How many classes to list: a number, or “all”"))
        self._apply_theme()
        notifier().changed.connect(self._apply_theme)
        self.set_count(0)
        self.valueChanged.connect(self.chosen)

    def sizeHint(self) -> QSize:
        """As wide as its words: Qt's own hint knows the widest number, not what is shown."""
        words = f"{self.prefix()}{self.maximum()}{self.suffix()}"
        return QSize(QFontMetrics(font(11)).horizontalAdvance(words) + 6, 26)

    def _apply_theme(self) -> None:
        tokens = current_tokens()
        style = Template(_STYLE).substitute(muted=tokens.muted, accent=tokens.accent)
        self.setStyleSheet(style)

    def set_count(self, count: int) -> None:
        """Says of how many classes these are the top."""
        was_blocked = self.blockSignals(True)
        self.setRange(1, max(count, 1))
        self.setSuffix(tr(" of {count}").format(count=count) if count else "")
        self.setVisible(count > 0)
        self.blockSignals(was_blocked)

    def show_value(self, value: int) -> None:
        """Shows a number without a signal."""
        was_blocked = self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(was_blocked)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        inner = text.removeprefix(self.prefix()).removesuffix(self.suffix()).strip().casefold()
        every = tr("all")
        if inner and every.startswith(inner):
            done = QValidator.State.Acceptable if inner == every else QValidator.State.Intermediate
            return done, text, position
        return super().validate(text, position)

    def valueFromText(self, text: str) -> int:
        inner = text.removeprefix(self.prefix()).removesuffix(self.suffix()).strip().casefold()
        return self.maximum() if inner == tr("all") else super().valueFromText(text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()
