"""The dialog in which a model is taught new classes, and the process that does it."""

from camviewer.ui.training.commands import TrainingCommands

__all__ = ["TrainingCommands"]
