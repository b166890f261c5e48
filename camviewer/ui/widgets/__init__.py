"""Offers small controls that know no neighbour."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.ui.widgets.folder_showing import show_folder
    from camviewer.ui.widgets.form_rows import LABEL_WIDTH, FormRows
    from camviewer.ui.widgets.notice import Notice
    from camviewer.ui.widgets.number_field import DecimalBox, make_bare
    from camviewer.ui.widgets.panel_dock import PanelDock
    from camviewer.ui.widgets.placeholder import Placeholder
    from camviewer.ui.widgets.plain_text import confirmed, in_button, in_tip, in_title
    from camviewer.ui.widgets.quit_question import wants_to_quit
    from camviewer.ui.widgets.search_popup import SearchPopup
    from camviewer.ui.widgets.segmented_control import Segmented
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "folder_showing": ["show_folder"],
            "form_rows": ["FormRows", "LABEL_WIDTH"],
            "notice": ["Notice"],
            "number_field": ["DecimalBox", "make_bare"],
            "panel_dock": ["PanelDock"],
            "placeholder": ["Placeholder"],
            "plain_text": ["confirmed", "in_button", "in_tip", "in_title"],
            "quit_question": ["wants_to_quit"],
            "search_popup": ["SearchPopup"],
            "segmented_control": ["Segmented"],
        },
    )

__all__ = [
    "LABEL_WIDTH",
    "DecimalBox",
    "FormRows",
    "Notice",
    "PanelDock",
    "Placeholder",
    "SearchPopup",
    "Segmented",
    "confirmed",
    "in_button",
    "in_tip",
    "in_title",
    "make_bare",
    "show_folder",
    "wants_to_quit",
]
