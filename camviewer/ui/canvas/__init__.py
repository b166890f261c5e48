"""Shows the picture with its map: zoom, layers, legends."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.ui.canvas.canvas import Canvas
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "canvas": ["Canvas"],
        },
    )

__all__ = [
    "Canvas",
]
