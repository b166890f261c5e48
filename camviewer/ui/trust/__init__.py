"""Shows how far a map can be believed."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.ui.trust.commands import TrustCommands
    from camviewer.ui.trust.comparing import Comparing
    from camviewer.ui.trust.region_scoring import RegionScoring
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "commands": ["TrustCommands"],
            "comparing": ["Comparing"],
            "region_scoring": ["RegionScoring"],
        },
    )

__all__ = [
    "Comparing",
    "RegionScoring",
    "TrustCommands",
]
