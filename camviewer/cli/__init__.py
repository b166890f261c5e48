"""The command line: what the window does, without a window."""

from camviewer.cli.main import COMMANDS, run

__all__ = ["COMMANDS", "run"]
