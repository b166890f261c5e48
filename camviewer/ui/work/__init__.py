"""Sends requests to the threads of the model and of the pictures."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.ui.work.background_job import Job
    from camviewer.ui.work.dropped_data import Incoming
    from camviewer.ui.work.event_process import EventProcess
    from camviewer.ui.work.model_answers import KeptModels, ModelReady
    from camviewer.ui.work.model_file_kinds import (
        EMBEDDED,
        EMBEDDED_TITLE,
        LABEL_FILES,
        PACK_SUFFIX,
        ImportRequest,
        told_apart,
    )
    from camviewer.ui.work.model_import import Candidate, ImportQuestion
    from camviewer.ui.work.model_queries import MeasureOffset
    from camviewer.ui.work.model_query import LongQuery
    from camviewer.ui.work.model_thread import ModelClient, ModelHost
    from camviewer.ui.work.picture_client import LoadedPicture, PictureClient
    from camviewer.ui.work.process_dialog import ProcessDialog
    from camviewer.ui.work.query import UnderWay
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "background_job": ["Job"],
            "dropped_data": ["Incoming"],
            "event_process": ["EventProcess"],
            "model_answers": ["KeptModels", "ModelReady"],
            "model_file_kinds": [
                "EMBEDDED",
                "EMBEDDED_TITLE",
                "ImportRequest",
                "LABEL_FILES",
                "PACK_SUFFIX",
                "told_apart",
            ],
            "model_thread": ["ModelClient", "ModelHost"],
            "model_import": ["Candidate", "ImportQuestion"],
            "model_queries": ["MeasureOffset"],
            "model_query": ["LongQuery"],
            "picture_client": ["LoadedPicture", "PictureClient"],
            "process_dialog": ["ProcessDialog"],
            "query": ["UnderWay"],
        },
    )

__all__ = [
    "EMBEDDED",
    "EMBEDDED_TITLE",
    "LABEL_FILES",
    "PACK_SUFFIX",
    "Candidate",
    "EventProcess",
    "ImportQuestion",
    "ImportRequest",
    "Incoming",
    "Job",
    "KeptModels",
    "LoadedPicture",
    "LongQuery",
    "MeasureOffset",
    "ModelClient",
    "ModelHost",
    "ModelReady",
    "PictureClient",
    "ProcessDialog",
    "UnderWay",
    "told_apart",
]
