"""Computes the maps of an evidence bundle anew, and says whether they agree."""

from __future__ import annotations

import hashlib
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.errors import CamviewerError, reason_of
from camviewer.engine.geometry.geometry import DETAILS, Recipe
from camviewer.engine.picture.input_range import InputRange
from camviewer.engine.picture.source_image import (
    SourceImage,
    find_pictures,
    image_from_pixels,
    read_image,
)
from camviewer.engine.render.sidecar import recipe_of_preprocessing, request_of
from camviewer.engine.report.bundle_reading import Bundle, BundledMap
from camviewer.engine.results.messages import ExplainRequest, Explanation, ModelInfo, Verdict
from camviewer.engine.support.progress import NO_PROGRESS, Progress

TOLERANCE = 1e-4
"""Maximum difference of two maps that agree, as a share of the largest value; and of two
probabilities."""


class Outcome(StrEnum):
    """What came of a map that was to be computed anew."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_COMPUTED = "not computed"


@dataclass(frozen=True)
class MapCheck:
    """A map of a bundle beside the one that was computed anew.

    Attributes:
        picture: name of the picture.
        explained: what the map is of, in words.
        outcome: whether they agree.
        difference: the largest one, as a share of the largest value; None where there is none.
        words: one sentence.
    """

    picture: str
    explained: str
    outcome: Outcome
    difference: float | None
    words: str


class Explainer(Protocol):
    """A loaded model."""

    @property
    def info(self) -> ModelInfo:
        """What it is."""

    def verdict(self, image: SourceImage) -> Verdict:
        """Its prediction."""

    def explain(
        self,
        image: SourceImage,
        request: ExplainRequest,
        cancelled: threading.Event | None = None,
    ) -> Explanation:
        """The map of a request."""


def require_model(bundle: Bundle, info: ModelInfo) -> None:
    """Checks that a model has the weights of a bundle.

    Raises:
        CamviewerError: it has others.
    """
    if info.weights_sha256 != bundle.model["weights_sha256"]:
        raise CamviewerError(
            f"{info.title} has other weights than the model of {bundle.path.name}, "
            f"{bundle.model['title']} ({str(bundle.model['weights_sha256'])[:16]}…).",
            "Choose the model that made the maps.",
        )


def recipe_of_bundle(bundle: Bundle) -> Recipe:
    """What the model was fed when the maps were made.

    Raises:
        CamviewerError: the bundle does not say it in a way that this version knows.
    """
    try:
        return recipe_of_preprocessing(bundle.model["preprocessing"])
    except (KeyError, TypeError, ValueError) as error:
        raise CamviewerError(
            f"The preprocessing in {bundle.path.name} is not one that this version knows.",
            "Check it with the version of camviewer that wrote it.",
        ) from error


def recomputed(
    bundle: Bundle,
    model: Explainer,
    folder: Path | None = None,
    progress: Progress = NO_PROGRESS,
) -> Iterator[MapCheck]:
    """Yields each map of a bundle beside the one that is computed anew.

    Args:
        bundle: was opened, so it is what it was.
        model: has its weights and is fed what its recipe says.
        folder: where pictures are looked for that are not in the bundle, by their hashes.
        progress: reports each map.

    Raises:
        Cancelled: nobody wants to know any more.
    """
    pictures = _Pictures(bundle, folder)
    for one in progress.over(bundle.maps, len(bundle.maps), "Computing the maps anew"):
        try:
            yield _check(bundle, one, model, pictures, progress.cancelled)
        except CamviewerError as error:
            words = f"{one.picture_name}, {one.explained}: not computed anew. {error.message}"
            yield MapCheck(one.picture_name, one.explained, Outcome.NOT_COMPUTED, None, words)


def summary(checks: tuple[MapCheck, ...]) -> str:
    """What came of all maps, in one sentence."""
    count = len(checks)
    agreeing = sum(check.outcome is Outcome.AGREES for check in checks)
    if count and agreeing == count:
        maps = "The map agrees" if count == 1 else f"All {count:,} maps agree"
        return f"{maps} within {words_of(TOLERANCE)} with what the model computes now."
    differing = sum(check.outcome is Outcome.DIFFERS for check in checks)
    missing = count - agreeing - differing
    return (
        f"{agreeing:,} of {count:,} maps agree within {words_of(TOLERANCE)}, {differing:,} do not, "
        f"and {missing:,} could not be computed anew."
    )


def words_of(difference: float) -> str:
    """A difference in words: ``1e-4``, ``3.2e-07``, ``0``."""
    return "1e-4" if difference == TOLERANCE else f"{difference:.2g}"


def _check(
    bundle: Bundle,
    one: BundledMap,
    model: Explainer,
    pictures: _Pictures,
    cancelled: threading.Event | None,
) -> MapCheck:
    stated_run = _StatedRun.of(one.record)
    if stated_run.share < 1.0:
        raise CamviewerError(f"It was stopped at {stated_run.share:.0%}, which nothing can repeat.")
    request = request_of(one.record)
    if not 0.0 < request.detail <= max(DETAILS):
        raise CamviewerError(f"No input is enlarged {request.detail:g} times.")
    stated, image = bundle.values(one), pictures.find(one)
    explanation = model.explain(image, request, cancelled)
    found = explanation.heatmap.values
    named = f"{one.picture_name}, {one.explained}"
    if stated.shape != found.shape:
        words = f"{named}: does not agree: it has {stated.shape} cells, and now {found.shape}."
        return MapCheck(one.picture_name, one.explained, Outcome.DIFFERS, None, words)
    difference, place = _difference(stated, found)
    scores = stated_run.score_difference(explanation)
    agrees = difference <= TOLERANCE and scores <= TOLERANCE
    if agrees:
        words = (
            f"{named}: agrees within {words_of(TOLERANCE)} (largest difference "
            f"{words_of(difference)} of the map's largest value)."
        )
    elif difference <= TOLERANCE:
        words = f"{named}: the map agrees, but the probability differs by {words_of(scores)}."
    else:
        words = (
            f"{named}: does not agree: the largest difference is {words_of(difference)} of the "
            f"map's largest value, in row {place[0] + 1}, column {place[1] + 1}"
            f"{stated_run.other_engine(explanation)}."
        )
    outcome = Outcome.AGREES if agrees else Outcome.DIFFERS
    return MapCheck(one.picture_name, one.explained, outcome, difference, words)


def _difference(
    stated: NDArray[np.float32], found: NDArray[np.float32]
) -> tuple[float, tuple[int, int]]:
    """The largest difference as a share of the largest value, and its cell."""
    apart = np.abs(stated.astype(np.float64) - found)
    apart = np.where(np.isfinite(apart), apart, np.inf)
    row, column = divmod(int(apart.argmax()), apart.shape[1])
    most = float(apart[row, column])
    if most == 0.0:
        return 0.0, (row, column)
    largest = max(float(np.abs(stated).max()), float(np.abs(found).max()))
    return most / largest if np.isfinite(largest) else float("inf"), (row, column)


@dataclass(frozen=True)
class _StatedRun:
    """What a sidecar says of how its map was made, beside the request.

    Attributes:
        share: of the work that was done, 0 to 1.
        engine: what ran the network.
        probability: of the class under the model's recipe; None where there is none.
    """

    share: float
    engine: str
    probability: float | None

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> _StatedRun:
        """Reads it.

        Raises:
            CamviewerError: the sidecar does not say it.
        """
        try:
            scores = (record["class"] or {}).get("under_recipe", {})
            probability = scores.get("probability")
            return cls(
                float(record["run"]["share"]),
                str(record["run"]["engine"]),
                None if probability is None else float(probability),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise CamviewerError("Its sidecar does not say how it was made.") from error

    def score_difference(self, explanation: Explanation) -> float:
        """How far the class's probability is from what is stated; 0 where nothing is."""
        found = explanation.probability
        missing = self.probability is None or np.isnan(found)
        return 0.0 if missing else abs((self.probability or 0.0) - found)

    def other_engine(self, explanation: Explanation) -> str:
        """What to add where another engine has run the network."""
        now = explanation.engine or "torch"
        return "" if self.engine == now else f"; it was made by {self.engine}, and now by {now}"


class _Pictures:
    """Finds the pictures of a bundle: in it, or in a folder by their hashes."""

    def __init__(self, bundle: Bundle, folder: Path | None) -> None:
        self._bundle = bundle
        self._folder = folder
        self._by_hash: dict[str, Path] | None = None

    def find(self, one: BundledMap) -> SourceImage:
        """The picture of a map, as the map's model was fed it.

        Raises:
            CamviewerError: it is not there, or another one.
        """
        try:
            page, kept = int(one.picture["page_index"]), one.picture["kept_range"]
            found = None if kept is None else _range_of(kept)
        except (KeyError, TypeError, ValueError) as error:
            raise CamviewerError("The bundle does not say how its picture is read.") from error
        image = self._within(one, page) if one.picture.get("file") else self._beside(one, page)
        return image if found is None else replace(image, kept_range=found)

    def _within(self, one: BundledMap, page: int) -> SourceImage:
        told, name = one.picture, str(one.picture["file"])
        content = self._bundle.content(name)
        with tempfile.TemporaryDirectory(prefix="camviewer-") as folder:
            path = Path(folder) / f"picture{Path(name).suffix}"
            path.write_bytes(content)
            image = read_image(path, page)
            pixels = image.pixels  # before the file goes
        if not told.get("is_pixels"):
            return replace(image, name=one.picture_name)
        if hashlib.sha256(pixels.tobytes()).hexdigest() != told.get("pixels_sha256"):
            raise CamviewerError("Its picture in the bundle is not the one of the map.")
        return image_from_pixels(pixels, one.picture_name)

    def _beside(self, one: BundledMap, page: int) -> SourceImage:
        if self._folder is None:
            raise CamviewerError("Its picture is not in the bundle: name the folder that has it.")
        if self._by_hash is None:
            self._by_hash = _hashes(self._folder)
        path = self._by_hash.get(str(one.picture["sha256"]))
        if path is None:
            raise CamviewerError(f"Its picture is not in the folder {self._folder.name}.")
        return read_image(path, page)


def _hashes(folder: Path) -> dict[str, Path]:
    """The pictures of a folder and all below it, by their hashes."""
    found = {}
    try:
        for path in find_pictures([folder]):
            with path.open("rb") as file:
                found[hashlib.file_digest(file, "sha256").hexdigest()] = path
    except OSError as error:
        raise CamviewerError(
            f"A picture in {folder.name} cannot be read: {reason_of(error)}."
        ) from error
    return found


def _range_of(record: Mapping[str, Any]) -> InputRange:
    """The range of values of a picture.

    Raises:
        KeyError: a field is missing.
        TypeError: a field is of another type.
        ValueError: a field is no number.
    """
    return InputRange(
        float(record["low"]),
        float(record["high"]),
        str(record["words"]),
        bool(record["is_assumed"]),
        str(record["type"]),
    )
