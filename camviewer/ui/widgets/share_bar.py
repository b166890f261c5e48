"""A bar that shows how far work is."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

_STEPS = 1000
"""Steps of the bar; because it takes whole numbers."""


class ShareBar(QProgressBar):
    """A bar without words; it begins at 0.

    Args:
        name: what a screen reader calls it.
        parent: Qt's.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextVisible(False)
        self.setAccessibleName(name)
        self.show_share(0.0)

    def wait(self) -> None:
        """Shows work of which it is not known how far it is."""
        self.setRange(0, 0)

    def show_share(self, share: float) -> None:
        """Shows how far the work is, 0 to 1."""
        self.setRange(0, _STEPS)
        self.setValue(round(share * _STEPS))
