"""Reads where annotated objects lie in pictures, and measures maps against them."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.batch.objects.annotations import Annotations
    from camviewer.engine.batch.objects.coco import CocoFile, read_coco
    from camviewer.engine.batch.objects.finding import (
        BESIDE,
        FOUND,
        NO_OBJECTS,
        OBJECT_WORDS,
        ObjectSource,
        objects_mark,
        open_objects,
        require_objects,
        settled_mark,
    )
    from camviewer.engine.batch.objects.localisation import overlap
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "annotations": ["Annotations"],
            "coco": ["CocoFile", "read_coco"],
            "finding": [
                "BESIDE",
                "FOUND",
                "NO_OBJECTS",
                "OBJECT_WORDS",
                "ObjectSource",
                "objects_mark",
                "open_objects",
                "require_objects",
                "settled_mark",
            ],
            "localisation": ["overlap"],
        },
    )

__all__ = [
    "BESIDE",
    "FOUND",
    "NO_OBJECTS",
    "OBJECT_WORDS",
    "Annotations",
    "CocoFile",
    "ObjectSource",
    "objects_mark",
    "open_objects",
    "overlap",
    "read_coco",
    "require_objects",
    "settled_mark",
]
