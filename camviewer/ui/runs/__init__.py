"""The dialog for runs over many pictures, and the processes that carry them out."""

from camviewer.ui.runs.commands import RunCommands

__all__ = ["RunCommands"]
