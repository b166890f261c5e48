"""Answers requests about pictures with a loaded model."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.session.opening import open_session
    from camviewer.engine.session.resolved_request import chosen_class
    from camviewer.engine.session.session import Session
    from camviewer.engine.session.statistics_check import check_model
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "opening": ["open_session"],
            "resolved_request": ["chosen_class"],
            "session": ["Session"],
            "statistics_check": ["check_model"],
        },
    )

__all__ = [
    "Session",
    "check_model",
    "chosen_class",
    "open_session",
]
