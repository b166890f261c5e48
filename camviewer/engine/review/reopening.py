"""Says how a row's map is made again: by which model, and by which request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from camviewer.engine.batch.objects import ObjectsPlace
from camviewer.engine.batch.run import Run, no_map, page_of
from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.geometry.recipe_records import recipe_sha256
from camviewer.engine.picture.input_range import InputRange
from camviewer.engine.results.messages import ExplainRequest, ModelInfo, ScoreKind
from camviewer.engine.results.target_words import read_target


@dataclass(frozen=True)
class RunModel:
    """The model of a run.

    Attributes:
        id: by which it is opened.
        title: name on screen.
        weights_sha256: hash of its weights.
        recipe_sha256: of what it was fed.
    """

    id: str
    title: str
    weights_sha256: str
    recipe_sha256: str

    def is_same(self, info: ModelInfo) -> bool:
        """Whether a loaded model has the same weights and is fed the same."""
        same = info.weights_sha256 == self.weights_sha256
        return same and recipe_sha256(info.recipe) == self.recipe_sha256


@dataclass(frozen=True)
class Reopened:
    """A row's picture, and the request that makes its map again.

    Attributes:
        path: the picture.
        request: with class, layer and options.
        model: of the run.
        objects: where the run knows the picture's objects from; None where it had none.
        page: which page of the file, from 0.
        kept_range: the range of values that the run assumed for pictures of which nothing says one.
    """

    path: Path
    request: ExplainRequest
    model: RunModel
    objects: ObjectsPlace | None = None
    page: int = 0
    kept_range: InputRange | None = None


def run_model(run: Run) -> RunModel:
    """The model that a run was made with."""
    configuration = run.record["configuration"]
    return RunModel(
        configuration["model"],
        run.record["model"]["title"],
        configuration["weights_sha256"],
        recipe_sha256(run.recipe),
    )


def require_map(row: Mapping[str, Any]) -> None:
    """Refuses a row of a picture that could not be explained.

    Raises:
        CamviewerError: says why there is no map.
    """
    if row["error"] is not None:
        raise no_map(row)


def reopened(run: Run, row: Mapping[str, Any]) -> Reopened:
    """How the map of a row is made again.

    Raises:
        CamviewerError: the row has no map.
    """
    require_map(row)
    kept = run.record["configuration"]
    request = ExplainRequest(
        class_index=row["class_index"],
        method=kept["method"],
        layer=kept["layer"],
        mode=PlacementMode(kept["placement"]),
        detail=kept["detail"],
        score=ScoreKind(kept["score"]),
    )
    objects = None
    if run.record.get("settings") is not None:
        _, settings = run.settings()
        target = settings.target
        request = replace(
            request,
            nominal=settings.nominal,
            options=settings.options,
            target=read_target(target, run.record["model"]["labels"]) if target else None,
        )
        objects = run.objects_place(row)
    return Reopened(
        run.picture_path(row),
        request,
        run_model(run),
        objects,
        page_of(row),
        run.kept_range,
    )
