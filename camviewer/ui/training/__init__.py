"""The dialog in which a model is taught new classes, and the process that does it."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.ui.training.commands import TrainingCommands
else:
    __getattr__ = lazy_names(__name__, {"commands": ["TrainingCommands"]})

__all__ = ["TrainingCommands"]
