"""Describes the modules of a network and the channels of a layer."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.structure.channels import channel_sheet
    from camviewer.engine.structure.module_tree import (
        ChannelOrder,
        ChannelSheet,
        ChannelWish,
        NetworkParts,
        Part,
    )
    from camviewer.engine.structure.structure_queries import parts_at
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "channels": ["channel_sheet"],
            "module_tree": ["ChannelOrder", "ChannelSheet", "ChannelWish", "NetworkParts", "Part"],
            "structure_queries": ["parts_at"],
        },
    )

__all__ = [
    "ChannelOrder",
    "ChannelSheet",
    "ChannelWish",
    "NetworkParts",
    "Part",
    "channel_sheet",
    "parts_at",
]
