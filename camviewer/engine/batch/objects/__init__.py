"""Reads where annotated objects lie in pictures, and measures maps against them."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.batch.objects.annotations import Annotations
    from camviewer.engine.batch.objects.coco import CocoFile, read_coco
    from camviewer.engine.batch.objects.finding import (
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
        BESIDE,
        OBJECT_SUFFIXES,
        ObjectsPlace,
        PictureObjects,
        named_objects,
        objects_beside,
        objects_in,
        objects_of_run,
    )
    from camviewer.engine.batch.objects.reading import ObjectSource
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "annotations": ["Annotations"],
            "coco": ["CocoFile", "read_coco"],
            "finding": [
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
            "one_picture": [
                "BESIDE",
                "OBJECT_SUFFIXES",
                "ObjectsPlace",
                "PictureObjects",
                "named_objects",
                "objects_beside",
                "objects_in",
                "objects_of_run",
            ],
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
    "ObjectsPlace",
    "PictureObjects",
    "measure_on_objects",
    "measures_record",
    "named_objects",
    "objects_beside",
    "objects_in",
    "objects_mark",
    "objects_of_run",
    "open_objects",
    "overlap",
    "read_coco",
    "require_objects",
    "settled_mark",
]
