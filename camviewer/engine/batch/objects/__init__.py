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
        objects_mark,
        open_objects,
        require_objects,
        settled_mark,
    )
    from camviewer.engine.batch.objects.localisation import overlap
    from camviewer.engine.batch.objects.one_map import (
        MapOnObjects,
        measure_on_objects,
        measures_record,
    )
    from camviewer.engine.batch.objects.one_picture import (
        OBJECT_SUFFIXES,
        PictureObjects,
        objects_beside,
        objects_in,
    )
    from camviewer.engine.batch.objects.reading import ObjectSource
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
                "objects_mark",
                "open_objects",
                "require_objects",
                "settled_mark",
            ],
            "localisation": ["overlap"],
            "one_map": ["MapOnObjects", "measure_on_objects", "measures_record"],
            "one_picture": ["OBJECT_SUFFIXES", "PictureObjects", "objects_beside", "objects_in"],
            "reading": ["ObjectSource"],
        },
    )

__all__ = [
    "BESIDE",
    "FOUND",
    "NO_OBJECTS",
    "OBJECT_SUFFIXES",
    "OBJECT_WORDS",
    "Annotations",
    "CocoFile",
    "MapOnObjects",
    "ObjectSource",
    "PictureObjects",
    "measure_on_objects",
    "measures_record",
    "objects_beside",
    "objects_in",
    "objects_mark",
    "open_objects",
    "overlap",
    "read_coco",
    "require_objects",
    "settled_mark",
]
