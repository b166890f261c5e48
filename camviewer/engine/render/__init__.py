"""Draws heatmaps over pictures, and writes them to files."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.render.concept_words import concept_colour
    from camviewer.engine.render.files import OutputPaths
    from camviewer.engine.render.look import COLORMAPS, SIGNED_COLORMAPS, Look
    from camviewer.engine.render.overlay import colormap_table, field
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "concept_words": ["concept_colour"],
            "files": ["OutputPaths"],
            "look": ["COLORMAPS", "Look", "SIGNED_COLORMAPS"],
            "overlay": ["colormap_table", "field"],
        },
    )

__all__ = [
    "COLORMAPS",
    "SIGNED_COLORMAPS",
    "Look",
    "OutputPaths",
    "colormap_table",
    "concept_colour",
    "field",
]
