"""Places the network's input on the picture, and the cells of a grid on both."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.geometry.cell_grid import GridGeometry, Registration, grid_geometry
    from camviewer.engine.geometry.geometry import (
        DETAILS,
        Box,
        Placement,
        PlacementMode,
        Recipe,
        ResizeMode,
        place,
    )
    from camviewer.engine.geometry.region import Region
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "cell_grid": ["GridGeometry", "Registration", "grid_geometry"],
            "geometry": [
                "Box",
                "DETAILS",
                "Placement",
                "PlacementMode",
                "Recipe",
                "ResizeMode",
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
