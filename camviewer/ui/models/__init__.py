"""Imports, lists and changes models."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.ui.models.commands import ModelCommands
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "commands": ["ModelCommands"],
        },
    )

__all__ = [
    "ModelCommands",
]
