"""Changes how a model's input is made, with a live preview."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.ui.preprocessing.commands import Preprocessing
    from camviewer.ui.preprocessing.details import ModelDetails
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "commands": ["Preprocessing"],
            "details": ["ModelDetails"],
        },
    )

__all__ = [
    "ModelDetails",
    "Preprocessing",
]
