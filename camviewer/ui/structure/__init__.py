"""Shows the network's modules and channels."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.ui.structure.control import STRUCTURE_WIDTH, StructureControl
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "control": ["STRUCTURE_WIDTH", "StructureControl"],
        },
    )

__all__ = [
    "STRUCTURE_WIDTH",
    "StructureControl",
]
