"""Shows the opened pictures: filmstrip, samples, empty state."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.ui.pictures.empty_state import EmptyState
    from camviewer.ui.pictures.filmstrip import Filmstrip
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "empty_state": ["EmptyState"],
            "filmstrip": ["Filmstrip"],
        },
    )

__all__ = [
    "EmptyState",
    "Filmstrip",
]
