"""Holds what is looked at, without a widget."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.ui.state.explorer import Exploration
    from camviewer.ui.state.model_selection import ModelChoice
    from camviewer.ui.state.remembering import Remembering
    from camviewer.ui.state.settings import Settings
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "explorer": ["Exploration"],
            "model_selection": ["ModelChoice"],
            "remembering": ["Remembering"],
            "settings": ["Settings"],
        },
    )

__all__ = [
    "Exploration",
    "ModelChoice",
    "Remembering",
    "Settings",
]
