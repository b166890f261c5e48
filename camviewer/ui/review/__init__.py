"""The second workplace: what a model does to a whole data set, by the rows of a run."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.ui.review.control import ReviewControl
    from camviewer.ui.review.host import RunFacts
    from camviewer.ui.review.queries import RowDetail, RowPictures
    from camviewer.ui.review.stored_map_page import StoredMapPage
    from camviewer.ui.review.workplace import Workplace
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "control": ["ReviewControl"],
            "host": ["RunFacts"],
            "queries": ["RowDetail", "RowPictures"],
            "stored_map_page": ["StoredMapPage"],
            "workplace": ["Workplace"],
        },
    )

__all__ = [
    "ReviewControl",
    "RowDetail",
    "RowPictures",
    "RunFacts",
    "StoredMapPage",
    "Workplace",
]
