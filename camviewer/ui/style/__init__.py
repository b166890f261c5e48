"""Defines colours, theme, style sheet and wording."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.ui.style.theme import current_tokens, font, icon, notifier, set_icon
    from camviewer.ui.style.wording import (
        counted,
        difference_words,
        duration,
        file_size,
        grid_words,
        percent,
        percent_digits,
        placement_words,
        resize_words,
        times,
    )
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "theme": ["current_tokens", "font", "icon", "notifier", "set_icon"],
            "wording": [
                "counted",
                "difference_words",
                "duration",
                "file_size",
                "grid_words",
                "percent",
                "percent_digits",
                "placement_words",
                "resize_words",
                "times",
            ],
        },
    )

__all__ = [
    "counted",
    "current_tokens",
    "difference_words",
    "duration",
    "file_size",
    "font",
    "grid_words",
    "icon",
    "notifier",
    "percent",
    "percent_digits",
    "placement_words",
    "resize_words",
    "set_icon",
    "times",
]
