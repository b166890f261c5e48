"""What lies in and beside a model's file: its class names, preprocessing and activation."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.companions.config_json import (
        PROCESSOR,
        Stated,
        json_object,
        stated_beside,
    )
    from camviewer.engine.companions.named_values import stated_among
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "config_json": ["PROCESSOR", "Stated", "json_object", "stated_beside"],
            "named_values": ["stated_among"],
        },
    )

__all__ = [
    "PROCESSOR",
    "Stated",
    "json_object",
    "stated_among",
    "stated_beside",
]
