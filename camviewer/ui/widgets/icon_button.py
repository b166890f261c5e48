"""Makes the small buttons of bars over and under the picture."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton

from camviewer.ui.style import theme

_SIDE = 28


def icon_button(icon: str, tip: str) -> QToolButton:
    """A square button.

    Args:
        icon: one of Lucide's names; empty for a button with words.
        tip: what it does, with its key in brackets.
    """
    button = QToolButton()
    button.setToolTip(tip)
    button.setAccessibleName(tip.partition(" (")[0])
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setFixedSize(_SIDE, _SIDE)
    if icon:
        button.setIconSize(QSize(16, 16))
        theme.set_icon(button, icon, "muted")
    return button
