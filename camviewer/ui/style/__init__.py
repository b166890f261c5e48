"""Defines colours, theme, style sheet and wording."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.ui.style.engine_sentences import phrase, translated
    from camviewer.ui.style.language_of_reports import report_language
    from camviewer.ui.style.names import (
        column_words,
        method_words,
        subject_words,
        target_words,
        unit_words,
    )
    from camviewer.ui.style.theme import current_tokens, font, icon, notifier, set_icon
    from camviewer.ui.style.translation import mark, tr, use_language, whole
    from camviewer.ui.style.wording import (
        difference_words,
        duration,
        file_size,
        grid_words,
        percent,
        placement_words,
        range_words,
        resize_words,
        times,
    )
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "engine_sentences": ["phrase", "translated"],
            "language_of_reports": ["report_language"],
            "names": [
                "column_words",
                "method_words",
                "subject_words",
                "target_words",
                "unit_words",
            ],
            "theme": ["current_tokens", "font", "icon", "notifier", "set_icon"],
            "translation": ["mark", "tr", "use_language", "whole"],
            "wording": [
                "difference_words",
                "duration",
                "file_size",
                "grid_words",
                "percent",
                "placement_words",
                "range_words",
                "resize_words",
                "times",
            ],
        },
    )

__all__ = [
    "column_words",
    "current_tokens",
    "difference_words",
    "duration",
    "file_size",
    "font",
    "grid_words",
    "icon",
    "mark",
    "method_words",
    "notifier",
    "percent",
    "phrase",
    "placement_words",
    "range_words",
    "report_language",
    "resize_words",
    "set_icon",
    "subject_words",
    "target_words",
    "times",
    "tr",
    "translated",
    "unit_words",
    "use_language",
    "whole",
]
