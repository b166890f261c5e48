"""Answers the user's questions: help pages, shortcuts, tour, self-test, about."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.ui.help.about import about_text, show_text
    from camviewer.ui.help.cam_refusal_dialog import WaysOutDialog, show_vgg_page
    from camviewer.ui.help.self_test_dialog import SelfTestDialog
    from camviewer.ui.help.shortcuts_sheet import ShortcutsSheet
    from camviewer.ui.help.tour import Tour, TourStep
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "about": ["about_text", "show_text"],
            "cam_refusal_dialog": ["WaysOutDialog", "show_vgg_page"],
            "self_test_dialog": ["SelfTestDialog"],
            "shortcuts_sheet": ["ShortcutsSheet"],
            "tour": ["Tour", "TourStep"],
        },
    )

__all__ = [
    "SelfTestDialog",
    "ShortcutsSheet",
    "Tour",
    "TourStep",
    "WaysOutDialog",
    "about_text",
    "show_text",
    "show_vgg_page",
]
