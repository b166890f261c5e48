"""Implements the command line, which offers the window's functions as commands."""

from camviewer.cli.main import COMMANDS, run

__all__ = ["COMMANDS", "run"]
