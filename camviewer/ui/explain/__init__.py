"""Offers what to explain and how: method, layer, options, colours."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.ui.explain.explain_panel import ExplainPanel
    from camviewer.ui.explain.method_box import MethodBox
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "explain_panel": ["ExplainPanel"],
            "method_box": ["MethodBox"],
        },
    )

__all__ = [
    "ExplainPanel",
    "MethodBox",
]
