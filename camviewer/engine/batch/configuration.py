"""What a run computes: everything that decides its rows, frozen, with a hash."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from camviewer.engine.batch.columns import ROWS_VERSION
from camviewer.engine.batch.objects.finding import FOUND, OBJECT_WORDS
from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.geometry.input_scale import InputChoice, bands_of_words, scale_of_words
from camviewer.engine.geometry.recipe_records import recipe_record
from camviewer.engine.picture.input_range import InputRange
from camviewer.engine.results.messages import ExplainRequest, ModelInfo, OptionValues, ScoreKind
from camviewer.engine.results.target_words import target_text
from camviewer.engine.results.targets import Target, references_of

TRUTH_CLASS = "truth"
TARGET_CLASS = "target"
"""What stands for the classes of a run whose target names itself what is explained."""
NO_TRUTH = "none"
FOLDERS_TRUTH = "folders"
TRUTH_WORDS = frozenset({NO_TRUTH, FOLDERS_TRUTH})
DEFAULT_CLASSES = "top3"
DEFAULT_SHARD_SIZE = 1000
_TOP = "top"
_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class RunSettings:
    """What a user may choose of a run.

    Attributes:
        model: its id; None for the embedded one.
        bands: numbers of the bands that it is fed, as ``8,4,3``; empty for its recipe's.
        values: which values it is fed as 0 and 1, see ``scale_of_words``; empty for its recipe's.
        method: a method's id.
        layer: dotted name; None for the method's own.
        score: which number of the class is explained.
        options: of the method.
        mode: placement.
        detail: how much larger than trained the input is.
        nominal: without the measured offset.
        classes: ``top3`` and the like, ``truth``, names with commas between them, or indices.
        truth: ``folders``, the path of a CSV, or ``none``.
        objects: ``auto`` (beside the pictures if there are any), ``beside``, the path of a folder
            or of a COCO file, or ``none``.
        measures: what is measured of each map; see ``measuring.MEASURES``.
        features: whether pooled features are kept.
        logits: whether all class scores are kept.
        shard_size: pictures in a shard.
        target: what is explained, as ``read_target`` reads it; empty for the scores of the classes.
        page: the page of each file, from 1, or ``all``; empty for the first.
    """

    model: str | None = None
    bands: str = ""
    values: str = ""
    method: str = "cam"
    layer: str | None = None
    score: ScoreKind = ScoreKind.LOGIT
    options: OptionValues = ()
    mode: PlacementMode = PlacementMode.CROP
    detail: float = 1.0
    nominal: bool = False
    classes: str | tuple[int, ...] = DEFAULT_CLASSES
    truth: str = NO_TRUTH
    objects: str = FOUND
    measures: tuple[str, ...] = ()
    features: bool = False
    logits: bool = False
    shard_size: int = DEFAULT_SHARD_SIZE
    target: str = ""
    page: str = ""

    @property
    def choice(self) -> InputChoice | None:
        """What the model is fed in place of what its recipe says.

        Raises:
            CamviewerError: the words cannot be understood.
        """
        if not (self.bands or self.values):
            return None
        return InputChoice(
            bands_of_words(self.bands) if self.bands else (),
            scale_of_words(self.values) if self.values else None,
        )


def settings_record(settings: RunSettings) -> dict[str, Any]:
    """Settings as plain data for JSON; files are named so that they are found from anywhere."""
    return {
        **asdict(settings),
        "model": _found_from_anywhere(settings.model),
        "score": settings.score.value,
        "mode": settings.mode.value,
        "truth": settings.truth
        if settings.truth in TRUTH_WORDS
        else _found_from_anywhere(settings.truth),
        "objects": settings.objects
        if settings.objects in OBJECT_WORDS
        else _found_from_anywhere(settings.objects),
    }


def settings_of(record: Mapping[str, Any]) -> RunSettings:
    """The settings of ``settings_record``."""
    classes = record["classes"]
    return RunSettings(
        **{
            **record,
            "score": ScoreKind(record["score"]),
            "mode": PlacementMode(record["mode"]),
            "options": tuple((key, value) for key, value in record["options"]),
            "measures": tuple(record["measures"]),
            "classes": classes if isinstance(classes, str) else tuple(classes),
        }
    )


def _found_from_anywhere(name: str | None) -> str | None:
    return str(Path(name).absolute()) if name is not None and Path(name).exists() else name


@dataclass(frozen=True)
class RunConfiguration:
    """What decides a run's rows; equal configurations have equal hashes.

    Attributes:
        rows_version: of the columns.
        model: its id.
        weights_sha256: of the model's weights.
        recipe: what the network is fed, as JSON.
        method: its id.
        layer: the tapped layer.
        score: the number of a class that is explained.
        options: all of the method's, as JSON.
        placement: crop, whole or stretch.
        detail: how much larger than trained the input is.
        offset: how far the layer's cells look from their nominal centres, (x, y) in input pixels;
            None where they are drawn at these.
        classes: ``top3`` and the like, ``truth``, indices with commas, or ``target``.
        truth: ``none``, ``folders``, or the hash of a CSV or COCO file.
        objects: ``none``, ``beside``, ``folder``, or the hash of a COCO file.
        measures: with commas between them.
        features: whether pooled features are kept.
        logits: whether all class scores are kept.
        shard_size: pictures in a shard.
        input_range: the range of values, as JSON, that is assumed for pictures of which neither
            file nor recipe says one; empty where no picture needs it.
        target: what is explained in place of the classes' scores, with the hashes of reference
            pictures; empty for these scores.
        page: the page of each file, from 1, or ``all``; empty for the first.
    """

    rows_version: int
    model: str
    weights_sha256: str
    recipe: str
    method: str
    layer: str
    score: str
    options: str
    placement: str
    detail: float
    offset: tuple[float, float] | None
    classes: str
    truth: str
    objects: str
    measures: str
    features: bool
    logits: bool
    shard_size: int
    input_range: str = ""
    target: str = ""
    page: str = ""

    @property
    def kept_range(self) -> InputRange | None:
        """The range that is assumed for pictures of which nothing says one."""
        return range_of(self.input_range)

    @property
    def sha256(self) -> str:
        """The same for the same configuration, on every machine."""
        return hashlib.sha256(_canonical(self.record()).encode()).hexdigest()

    def record(self) -> dict[str, Any]:
        """Plain data for JSON; fields that came later are left out where they are not used.

        Runs of before then have the hash that they had.
        """
        plain: dict[str, Any] = json.loads(_canonical(asdict(self)))
        if not self.input_range:
            del plain["input_range"]
        if not self.logits:
            del plain["logits"]
        if not self.target:
            del plain["target"]
        if not self.page:
            del plain["page"]
        return plain

    def differences(self, other: Mapping[str, Any]) -> Iterator[str]:
        """Where another's record differs, each in a few words."""
        record = self.record()
        for name in dict.fromkeys((*record, *other)):
            mine, theirs = record.get(name), other.get(name)
            if theirs != mine:
                title = name.removesuffix("_sha256").replace("_", " ")
                yield f"{title} {_shown(theirs)} and not {_shown(mine)}"


def configuration(
    settings: RunSettings,
    info: ModelInfo,
    request: ExplainRequest,
    offset: tuple[float, float] | None,
    *,
    truth: str,
    objects: str,
) -> RunConfiguration:
    """The configuration of a run.

    Args:
        settings: the user's.
        info: of the loaded model.
        request: with layer and all options filled in.
        offset: of the layer.
        truth: ``none``, ``folders``, or the hash of a CSV or COCO file.
        objects: ``auto``, ``none``, ``beside``, ``folder``, or the hash of a COCO file.
    """
    classes = settings.classes
    return RunConfiguration(
        rows_version=ROWS_VERSION,
        model=info.id,
        weights_sha256=info.weights_sha256,
        recipe=_canonical(recipe_record(info.recipe)),
        method=request.method,
        layer=request.layer or info.default_layer,
        score=request.score.value,
        options=_canonical(dict(request.options)),
        placement=request.mode.value,
        detail=request.detail,
        offset=offset,
        classes=classes if isinstance(classes, str) else ",".join(map(str, classes)),
        truth=truth,
        objects=objects,
        measures=",".join(settings.measures),
        features=settings.features,
        logits=settings.logits,
        shard_size=settings.shard_size,
        target=_target_mark(request.target),
        page=settings.page,
    )


def _target_mark(target: Target | None) -> str:
    """A target with its reference pictures by name and hash, which is the same on all machines."""
    if target is None:
        return ""
    hashes = (reference.sha256 for reference in references_of(target))
    return "#".join((target_text(target, folders=False), *hashes))


def range_record(found: InputRange | None) -> str:
    """A range for ``RunConfiguration.input_range``."""
    return "" if found is None else _canonical(asdict(found))


def range_of(record: str) -> InputRange | None:
    """The range of ``range_record``."""
    return InputRange(**json.loads(record)) if record else None


def top_count(classes: str | tuple[int, ...]) -> int | None:
    """How many classes ``top3`` and the like mean; None for anything else."""
    if not isinstance(classes, str) or not classes.startswith(_TOP):
        return None
    digits = classes.removeprefix(_TOP)
    return int(digits) if digits.isdecimal() and int(digits) > 0 else None


def _canonical(record: Mapping[str, Any]) -> str:
    return json.dumps(record, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    words = value if isinstance(value, str | None) else json.dumps(value)
    if not words:
        return "none"
    if _HASH.fullmatch(words):
        return f"{words[:8]}..."
    return f"{words[:80]}..." if len(words) > 83 else words
