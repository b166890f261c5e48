"""Reads weights from files without running anything that stands in them."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.checkpoints.consent import ConsentNeeded, allow, is_allowed
    from camviewer.engine.checkpoints.file_kinds import (
        PROGRAMS,
        CheckpointFormat,
        checkpoint_format,
        damaged,
        unreadable,
    )
    from camviewer.engine.checkpoints.pickled_modules import CLASS, ModulePart, ModuleTree
    from camviewer.engine.checkpoints.tensors import Checkpoint, read_checkpoint
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "consent": ["ConsentNeeded", "allow", "is_allowed"],
            "file_kinds": [
                "CheckpointFormat",
                "PROGRAMS",
                "checkpoint_format",
                "damaged",
                "unreadable",
            ],
            "pickled_modules": ["CLASS", "ModulePart", "ModuleTree"],
            "tensors": ["Checkpoint", "read_checkpoint"],
        },
    )

__all__ = [
    "CLASS",
    "PROGRAMS",
    "Checkpoint",
    "CheckpointFormat",
    "ConsentNeeded",
    "ModulePart",
    "ModuleTree",
    "allow",
    "checkpoint_format",
    "damaged",
    "is_allowed",
    "read_checkpoint",
    "unreadable",
]
