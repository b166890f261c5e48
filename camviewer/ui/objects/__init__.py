"""Shows annotated objects on the picture, and how the map lies on them."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.ui.objects.control import ObjectsControl
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "control": ["ObjectsControl"],
        },
    )

__all__ = [
    "ObjectsControl",
]
