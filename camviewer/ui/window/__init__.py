"""Wires the main window: menus, actions, status line."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.ui.window.main_window import MainWindow
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "main_window": ["MainWindow"],
        },
    )

__all__ = [
    "MainWindow",
]
