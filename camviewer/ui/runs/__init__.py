"""The dialog for runs over many pictures, and the processes that carry them out."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.ui.runs.commands import RunCommands
else:
    __getattr__ = lazy_names(__name__, {"commands": ["RunCommands"]})

__all__ = ["RunCommands"]
