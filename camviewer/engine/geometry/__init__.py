"""Places the network's input on the picture, and the cells of a grid on both."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.geometry.geometry import (
        DETAILS,
        Box,
        GridGeometry,
        Placement,
        PlacementMode,
        Recipe,
        Registration,
        ResizeMode,
        grid_geometry,
        place,
    )
    from camviewer.engine.geometry.region import Region
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "geometry": [
                "Box",
                "DETAILS",
                "GridGeometry",
                "Placement",
                "PlacementMode",
                "Recipe",
                "Registration",
                "ResizeMode",
                "grid_geometry",
                "place",
            ],
            "region": ["Region"],
        },
    )

__all__ = [
    "DETAILS",
    "Box",
    "GridGeometry",
    "Placement",
    "PlacementMode",
    "Recipe",
    "Region",
    "Registration",
    "ResizeMode",
    "grid_geometry",
    "place",
]
