"""Turns picture files into pixels."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.picture.file_kinds import PIXEL_LIMIT
    from camviewer.engine.picture.samples import sample_pictures
    from camviewer.engine.picture.smaller_copies import display_levels, read_thumbnail
    from camviewer.engine.picture.source_image import (
        PICTURE_SUFFIXES,
        ImageError,
        SourceImage,
        counting_order,
        find_pictures,
        image_from_bytes,
        image_from_pixels,
        read_image,
    )
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "file_kinds": ["PIXEL_LIMIT"],
            "samples": ["sample_pictures"],
            "smaller_copies": ["display_levels", "read_thumbnail"],
            "source_image": [
                "ImageError",
                "PICTURE_SUFFIXES",
                "SourceImage",
                "counting_order",
                "find_pictures",
                "image_from_bytes",
                "image_from_pixels",
                "read_image",
            ],
        },
    )

__all__ = [
    "PICTURE_SUFFIXES",
    "PIXEL_LIMIT",
    "ImageError",
    "SourceImage",
    "counting_order",
    "display_levels",
    "find_pictures",
    "image_from_bytes",
    "image_from_pixels",
    "read_image",
    "read_thumbnail",
    "sample_pictures",
]
