"""Records how a map was made, as plain data for a JSON file, and reads it back."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import cache
from math import isfinite
from pathlib import PurePath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.cell_grid import GridGeometry
from camviewer.engine.geometry.geometry import Box, Placement, PlacementMode, Recipe
from camviewer.engine.geometry.recipe_records import recipe_of, recipe_record
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.render.concept_words import concept_colour
from camviewer.engine.render.look import Look
from camviewer.engine.results.heatmap import Concept, Heatmap
from camviewer.engine.results.messages import (
    ExplainRequest,
    Explanation,
    ModelInfo,
    ScoreKind,
    Verdict,
)
from camviewer.engine.results.target_words import file_name, read_target, target_text
from camviewer.engine.results.targets import references_of, scores_classes
from camviewer.version import __version__

SCHEMA = 1
"""Version of the format. It grows when the meaning of a field changes, not for new fields."""

_TOP = 5
_PACKAGES = ("torch", "numpy", "pillow", "safetensors", "cmap")
_METHOD_FIELDS = ("id", "title", "summary", "citation", "cost", "unit", "classless")
_SIDES = ("left", "top", "right", "bottom")


def provenance(
    image: SourceImage,
    explanation: Explanation,
    model: ModelInfo,
    look: Look | None = None,
    verdict: Verdict | None = None,
    *,
    top: int = _TOP,
) -> dict[str, Any]:
    """Everything that is needed to repeat a map, as JSON data.

    Args:
        image: the picture.
        explanation: its map.
        model: the model.
        look: how the overlay is drawn, if there is one.
        verdict: the model's verdict on the picture.
        top: number of classes of the verdict to include.
    """
    record = {
        "schema": SCHEMA,
        "program": {"name": "camviewer", "version": __version__},
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "picture": _picture(image),
        "model": _model(model),
        "request": {
            **asdict(replace(explanation.request, target=None)),
            "target": _target(explanation.request),
            "class_index": explanation.class_index if explanation.has_class else None,
            "options": dict(explanation.request.options),
        },
        "placement": _placement(explanation.placement),
        "class": _class(explanation),
        "explained": {
            "name": explanation.subject,
            "score": explanation.target_score,
            "unit": explanation.heatmap.unit,
            "references": [
                {"name": file_name(each.path), "sha256": each.sha256}
                for each in references_of(explanation.request.target)
            ],
        },
        "method": {name: getattr(explanation.method, name) for name in _METHOD_FIELDS},
        "layer": asdict(explanation.layer),
        "grid": _grid(explanation.heatmap.geometry),
        "map": _map(explanation.heatmap),
        "look": None if look is None else {**asdict(look), "colours": look.active_colormap},
        "top": [] if verdict is None else _top(verdict, model, top),
        "confidence": None if verdict is None else _confidence(verdict, model),
        "run": {
            "device": explanation.device,
            "milliseconds": round(explanation.milliseconds, 3),
            "passes": explanation.passes,
            "share": explanation.share,
            "engine": explanation.engine or "torch",
        },
        "facts": list(explanation.facts),
        "remark": explanation.remark,
        "versus": [{"index": index, "name": model.labels[index]} for index in explanation.versus],
        "concepts": [_concept(number, c) for number, c in enumerate(explanation.concepts)],
        "notes": [note.text for note in explanation.notes],
        "versions": dict(_versions()),
    }
    plain: dict[str, Any] = _plain(record)
    return plain


def request_of(record: Mapping[str, Any]) -> ExplainRequest:
    """The request that repeats the map of a sidecar.

    Raises:
        CamviewerError: the sidecar does not hold one.
    """
    _require_schema(record)
    try:
        request = record["request"]
        return ExplainRequest(
            class_index=None if request["class_index"] is None else int(request["class_index"]),
            method=str(request["method"]),
            layer=None if request["layer"] is None else str(request["layer"]),
            mode=PlacementMode(request["mode"]),
            detail=float(request["detail"]),
            nominal=bool(request["nominal"]),
            score=ScoreKind(request.get("score", ScoreKind.LOGIT)),
            options=tuple(dict(request.get("options", {})).items()),
            target=None if request.get("target") is None else read_target(request["target"], ()),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged() from error


def recipe_of_preprocessing(record: Mapping[str, Any]) -> Recipe:
    """What the network was fed, from a sidecar's ``model``, ``preprocessing``.

    Raises:
        KeyError: a field is missing.
        TypeError: a field is of another type.
        ValueError: a field is nothing that a recipe has.
    """
    channels = record["channels"]
    numbers = {words: number for number, words in _CHANNELS.items()}
    plain = {name: value for name, value in record.items() if name not in _BESIDE_THE_RECIPE}
    return recipe_of({**plain, "channels": numbers.get(channels) or int(channels)})


def heatmap_of(record: Mapping[str, Any], values: NDArray[np.float32]) -> Heatmap:
    """Raw values with the geometry from a sidecar.

    Raises:
        CamviewerError: the sidecar does not fit the values.
    """
    _require_schema(record)
    try:
        geometry = _read_grid(record["grid"])
        unit = str(record["map"]["unit"])
        noise_scale = float(record["map"]["noise_scale"])
        coloured = min(max(float(record["map"].get("coloured", 1.0)), 0.0), 1.0)
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged() from error
    if values.shape != geometry.shape:
        raise CamviewerError(
            f"The sidecar is for a map of {geometry.shape}, and this one is {values.shape}.",
            "Choose the .npy and the .json file that were saved together.",
        )
    return Heatmap(values, geometry, unit, noise_scale, coloured)


def _target(request: ExplainRequest) -> str | None:
    # Folders are left out, because sidecars are passed on to others.
    return None if request.target is None else target_text(request.target, folders=False)


def _picture(image: SourceImage) -> dict[str, Any]:
    # The folder is left out, because sidecars are passed on to others.
    return {
        "name": image.name,
        "sha256": image.sha256,
        "sha256_of": "pixels" if image.path is None else "file",
        "width": image.width,
        "height": image.height,
        **({"page": image.page + 1, "pages": image.pages} if image.pages > 1 else {}),
        "original_mode": image.original_mode,
        "notes": list(image.notes),
    }


_CHANNELS = {1: "luma", 3: "RGB"}
_BESIDE_THE_RECIPE = {"antialias": True}


def _model(model: ModelInfo) -> dict[str, Any]:
    chosen = {"head_activations": list(model.head_activations), "output": model.output}
    return {
        "id": PurePath(model.id).name if model.is_for_this_run else model.id,
        "title": model.title,
        "classes": len(model.labels),
        "activation": model.activation,
        "weights_sha256": model.weights_sha256,
        "preprocessing": {
            **recipe_record(model.recipe),
            "channels": _CHANNELS.get(model.recipe.channels, str(model.recipe.channels)),
            **_BESIDE_THE_RECIPE,
        },
        **{name: value for name, value in chosen.items() if value},
    }


def _placement(placement: Placement) -> dict[str, Any]:
    height, width = placement.input_size
    return {
        "mode": placement.mode,
        "detail": placement.detail,
        "box": asdict(placement.box),
        "box_unit": "source pixels",
        "input_width": width,
        "input_height": height,
    }


def _grid(geometry: GridGeometry) -> dict[str, Any]:
    rows, columns = geometry.shape
    return {
        "rows": rows,
        "columns": columns,
        "origin": _xy(geometry.origin),
        "pitch": _xy(geometry.pitch),
        "extent": asdict(geometry.extent),
        "unit": "source pixels; origin is the centre of the upper left cell",
        "stride": _xy(geometry.stride),
        "offset": _xy(geometry.offset),
        "offset_measured": geometry.measured,
        "stride_unit": "input pixels",
    }


def _read_grid(grid: Mapping[str, Any]) -> GridGeometry:
    def point(name: str) -> tuple[float, float]:
        return float(grid[name]["x"]), float(grid[name]["y"])

    return GridGeometry(
        shape=(int(grid["rows"]), int(grid["columns"])),
        origin=point("origin"),
        pitch=point("pitch"),
        extent=Box(**{side: float(grid["extent"][side]) for side in _SIDES}),
        stride=point("stride"),
        offset=point("offset"),
        measured=bool(grid["offset_measured"]),
    )


def _map(heatmap: Heatmap) -> dict[str, Any]:
    return {
        "unit": heatmap.unit,
        "min": heatmap.low,
        "max": heatmap.high,
        "shape": list(heatmap.values.shape),
        "dtype": str(heatmap.values.dtype),
        "evidence": heatmap.evidence,
        "noise_scale": heatmap.noise_scale,
        "coloured": heatmap.coloured,
    }


def _concept(number: int, concept: Concept) -> dict[str, Any]:
    return {
        "colour": concept_colour(number)[0],
        "share": concept.share,
        "classes": [asdict(spoken) for spoken in concept.classes],
        "values": [[float(f"{value:.6g}") for value in row] for row in concept.values.tolist()],
    }


def _class(explanation: Explanation) -> dict[str, Any] | None:
    if not (explanation.has_class and scores_classes(explanation.request.target)):
        return None
    return {
        "index": explanation.class_index,
        "name": explanation.class_name,
        "under_recipe": _score(explanation.probability, explanation.logit),
        "where_mapped": _score(explanation.probability_here, explanation.logit_here),
    }


def _score(probability: float, logit: float) -> dict[str, float]:
    return {"probability": probability, "logit": logit}


def _top(verdict: Verdict, model: ModelInfo, count: int) -> list[dict[str, Any]]:
    return [
        {
            "rank": rank,
            "index": index,
            "name": model.labels[index],
            **_score(float(verdict.probabilities[index]), float(verdict.logits[index])),
        }
        for rank, index in enumerate(verdict.top(count), start=1)
    ]


def _confidence(verdict: Verdict, model: ModelInfo) -> dict[str, Any] | None:
    """What the model's calibration says beside the verdict."""
    found = verdict.confidence
    if found is None:
        return None
    return {
        **asdict(found),
        "classes": [{"index": index, "name": model.labels[index]} for index in found.classes],
    }


@cache
def _versions() -> Mapping[str, str]:
    from importlib import metadata  # noqa: PLC0415  (dear at start-up, needed when saving)

    versions = {"camviewer": __version__, "python": platform.python_version()}
    for package in _PACKAGES:
        try:
            versions[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            versions[package] = "unknown"
    return {**versions, "system": platform.platform(terse=True)}


def _xy(point: tuple[float, float]) -> dict[str, float]:
    return {"x": point[0], "y": point[1]}


def _plain(value: Any) -> Any:
    """The same data with lists for tuples, and null for numbers that JSON does not have."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return float(value) if isfinite(value) else None
    return str(value) if isinstance(value, str) else value


def _require_schema(record: Mapping[str, Any]) -> None:
    schema = record.get("schema")
    if schema != SCHEMA:
        raise CamviewerError(
            f"This sidecar has the schema {schema}, and this program reads {SCHEMA}.",
            "Open it with the version of camviewer that wrote it.",
        )


def _damaged() -> CamviewerError:
    return CamviewerError("This file is not a sidecar of camviewer.", "Choose another one.")
