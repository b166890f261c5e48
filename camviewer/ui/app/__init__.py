"""Starts the program: launch, single instance, crash notice."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.ui.app.launch import make_application, open_window, run_window
    from camviewer.ui.app.window_check import check_window
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "launch": ["make_application", "open_window", "run_window"],
            "window_check": ["check_window"],
        },
    )

__all__ = [
    "check_window",
    "make_application",
    "open_window",
    "run_window",
]
