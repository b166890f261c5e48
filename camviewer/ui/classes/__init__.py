"""Lists the classes of the verdict."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.ui.classes.class_list import ClassList
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "class_list": ["ClassList"],
        },
    )

__all__ = [
    "ClassList",
]
