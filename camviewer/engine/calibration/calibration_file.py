"""Reads and writes calibrations as safetensors: numbers and a record in JSON, nothing that runs."""

from __future__ import annotations

import json
from dataclasses import asdict
from math import isfinite
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

from camviewer.engine.calibration.calibration import Calibration, Unlikeness
from camviewer.engine.calibration.class_distances import MOST_FEATURES, ClassDistances
from camviewer.engine.calibration.prediction_sets import PredictionSets
from camviewer.engine.errors import CamviewerError

_SCHEMA = 1
_RECORD, _WHITENING, _MEANS, _REFERENCE = "record", "whitening", "means", "reference"


def calibration_bytes(calibration: Calibration) -> bytes:
    """The content of a file."""
    record = {
        "schema": _SCHEMA,
        "run": calibration.run,
        "weights_sha256": calibration.weights_sha256,
        "recipe_sha256": calibration.recipe_sha256,
        "pictures": calibration.pictures,
        "temperature": calibration.temperature,
        "error_before": calibration.error_before,
        "error_after": calibration.error_after,
        "sets": asdict(calibration.sets),
    }
    words = json.dumps(record, sort_keys=True, allow_nan=False).encode("utf-8")
    tensors: dict[str, Any] = {_RECORD: np.frombuffer(words, np.uint8)}
    if calibration.unlikeness is not None:
        distances = calibration.unlikeness.distances
        tensors |= {
            _WHITENING: np.ascontiguousarray(distances.whitening),
            _MEANS: np.ascontiguousarray(distances.means),
            _REFERENCE: np.ascontiguousarray(calibration.unlikeness.reference),
        }
    content: bytes = save(tensors)
    return content


def calibration_of(content: bytes, name: str) -> Calibration:
    """The calibration in a file.

    Args:
        content: of the file.
        name: of the model, for the sentence that refuses it.

    Raises:
        CamviewerError: it is none.
    """
    try:
        tensors = load(content)
        record = json.loads(tensors[_RECORD].tobytes().decode("utf-8"))
        return _calibration(record, tensors)
    except (SafetensorError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise CamviewerError(
            f"The calibration of {name} is damaged and is not used.",
            "Run `camviewer calibrate` again.",
        ) from error


def _calibration(record: dict[str, Any], tensors: dict[str, Any]) -> Calibration:
    if record["schema"] != _SCHEMA:
        raise ValueError("another schema")
    sets = record["sets"]
    return Calibration(
        run=str(record["run"])[:200],
        weights_sha256=str(record["weights_sha256"]),
        recipe_sha256=str(record["recipe_sha256"]),
        pictures=int(record["pictures"]),
        temperature=_number(record["temperature"], 1e-6, 1e6),
        error_before=_number(record["error_before"], 0.0, 1.0),
        error_after=_number(record["error_after"], 0.0, 1.0),
        sets=PredictionSets(
            coverage=_number(sets["coverage"], 0.0, 1.0),
            threshold=_number(sets["threshold"], 0.0, 1e9),
            penalty=_number(sets["penalty"], 0.0, 1e3),
            free=int(_number(sets["free"], 1, 1e9)),
        ),
        unlikeness=_unlikeness(tensors) if _WHITENING in tensors else None,
    )


def _unlikeness(tensors: dict[str, Any]) -> Unlikeness:
    whitening, means, reference = (tensors[name] for name in (_WHITENING, _MEANS, _REFERENCE))
    width = whitening.shape[0]
    shapes = whitening.shape == (width, width) and means.ndim == 2 and means.shape[1] == width
    if not shapes or width > MOST_FEATURES or reference.ndim != 1 or not len(reference):
        raise ValueError("other shapes")
    if any(each.dtype != np.float32 for each in (whitening, means, reference)):
        raise ValueError("other numbers")
    if not all(np.isfinite(each).all() for each in (whitening, means, reference)):
        raise ValueError("numbers that are not finite")
    return Unlikeness(ClassDistances(whitening, means), reference)


def _number(value: Any, low: float, high: float) -> float:
    number = float(value)
    if not isfinite(number) or not low <= number <= high:
        raise ValueError("a number out of its range")
    return number
