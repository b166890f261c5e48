"""Writes the record of a trained model: its data, settings and accuracy."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict
from datetime import UTC, datetime

import numpy as np
import torch

from camviewer.engine.training.assessment import Assessment
from camviewer.engine.training.base_model import BaseModel
from camviewer.engine.training.checkpoint import Checkpoint
from camviewer.engine.training.data_set import DataSet
from camviewer.engine.training.features import UsablePictures
from camviewer.engine.training.split import PictureSplit
from camviewer.version import __version__

_MOST_SKIPPED = 1000


def training_record(
    *,
    state: Checkpoint,
    data: DataSet,
    base: BaseModel,
    pictures: UsablePictures,
    split: PictureSplit,
    assessment: Assessment,
) -> bytes:
    """The content of ``training.json``, with relative paths and nothing about the machine."""
    plan = state.plan
    skipped = [*data.skipped, *pictures.skipped]
    phases = [("head", state.head)]
    if state.fine_tuning is not None:
        phases.append(("fine-tuning", state.fine_tuning))
    labels = pictures.labels
    record = {
        "schema": 1,
        "begun": state.begun,
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(state.seconds, 1),
        "device": base.device.type,
        "versions": {
            "camviewer": __version__,
            "python": platform.python_version(),
            "torch": torch.__version__,
            "numpy": np.__version__,
        },
        "base": {
            "id": base.identifier,
            "title": base.title,
            "architecture": base.architecture,
            "weights_sha256": base.weights_sha256,
            "cut": base.cut.table(),
        },
        "data": {
            "name": data.root.name,
            "sha256": state.data_sha256,
            "classes": [
                {
                    "name": name,
                    "training": [labels[i] for i in split.training].count(label),
                    "validation": [labels[i] for i in split.validation].count(label),
                }
                for label, name in enumerate(data.classes)
            ],
            "validation_pictures": [pictures.pictures[index].name for index in split.validation],
            "skipped": [asdict(picture) for picture in skipped[:_MOST_SKIPPED]],
            "skipped_count": len(skipped),
        },
        "settings": {
            name: value
            for name, value in plan.record().items()
            if name not in {"data", "base", "title"}
        },
        "phases": [
            {
                "name": name,
                "best_epoch": phase.best_epoch,
                "curve": [
                    {k: v for k, v in asdict(epoch).items() if k not in {"phase", "seconds_left"}}
                    for epoch in phase.curve
                ],
            }
            for name, phase in phases
        ],
        "result": {
            "accuracy": assessment.accuracy,
            "class_accuracy": dict(zip(data.classes, assessment.class_accuracy, strict=True)),
            "confusion": assessment.confusion,
        },
    }
    return json.dumps(record, indent=1, allow_nan=False).encode()
