"""Turns a user's file into a model that is kept."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.importing.camviewer_files import export_pack, import_pack_file
    from camviewer.engine.importing.checkpoint_network import AmbiguousArchitecture
    from camviewer.engine.importing.checkpoints import import_checkpoint, load_pack
    from camviewer.engine.importing.temporary_models import kept_for_this_run, open_file
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "camviewer_files": ["export_pack", "import_pack_file"],
            "checkpoint_network": ["AmbiguousArchitecture"],
            "checkpoints": ["import_checkpoint", "load_pack"],
            "temporary_models": ["kept_for_this_run", "open_file"],
        },
    )

__all__ = [
    "AmbiguousArchitecture",
    "export_pack",
    "import_checkpoint",
    "import_pack_file",
    "kept_for_this_run",
    "load_pack",
    "open_file",
]
