"""Runs over many pictures, for scripts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from os import PathLike, fspath
from pathlib import Path

from camviewer.engine.batch import Run, RunSettings, measures_of
from camviewer.engine.batch import batch as carry_out
from camviewer.engine.batch import open_run as open_folder
from camviewer.engine.batch.pages import require_pages
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry import PlacementMode
from camviewer.engine.results import OptionValue, RunProgress, ScoreKind
from camviewer.engine.results.target_words import target_text
from camviewer.engine.results.targets import OutputFunction, Target, references_of

_USUAL = RunSettings()


def batch(
    sources: Sequence[str | Path],
    run: str | PathLike[str],
    *,
    model: str | None = None,
    bands: Sequence[int] = (),
    values: str = "",
    page: int | str = 1,
    method: str = _USUAL.method,
    layer: str | None = None,
    placement: str | PlacementMode = _USUAL.mode,
    detail: float = _USUAL.detail,
    score: str | ScoreKind = _USUAL.score,
    options: Mapping[str, OptionValue] | None = None,
    target: str | Target | None = None,
    classes: str | tuple[int, ...] = _USUAL.classes,
    truth: str = _USUAL.truth,
    objects: str = _USUAL.objects,
    measures: Sequence[str] = _USUAL.measures,
    features: bool = _USUAL.features,
    logits: bool = _USUAL.logits,
    shard_size: int = _USUAL.shard_size,
    shard: tuple[int, int] = (1, 1),
    jobs: int | None = None,
    retry_failed: bool = False,
    on_progress: Callable[[RunProgress], None] | None = None,
) -> Run:
    """Explains many pictures into a folder of tables, or goes on where that was interrupted.

    Args:
        sources: folders, files, globs, ``@list.txt``, or tables with a column ``path``.
        run: the folder of the run; one that exists is gone on with.
        model: its id; the built-in one when None.
        bands: numbers of the pictures' bands, from 1, that it is fed; its recipe's when empty.
        values: which stored values it is fed as 0 and 1: ``auto``, ``depth``, ``0,4095``,
            ``percentiles:0.1,99.9`` or ``extremes``; as its recipe says when empty.
        page: which page or frame of files that have several, from 1; or ``all``.
        method: a method's id.
        layer: dotted name; the method's own when None.
        placement: ``crop`` as the model was trained, ``whole`` or ``stretch``.
        detail: how much larger than trained the network's input is made.
        score: ``logit``, ``log-probability`` or ``probability`` of the class.
        options: of the method, by key.
        target: what is explained, as in ``Model.explain``: a text, or one of ``camviewer.targets``
            but a function, which no run can keep, and pictures that are not files. One that leaves
            its class open, such as ``against``, is explained for each of the classes; of others
            each picture has one map.
        classes: ``top3`` and the like, ``truth``, names with commas between them, or indices.
        truth: ``folders``, the path of a CSV with path and label or of a COCO file, or ``none``.
        objects: ``auto`` (beside the pictures if there are any), ``beside``, the path of a folder
            or of a COCO file, or ``none``.
        measures: what is measured of each map: ``deletion``, ``insertion``, ``drop``,
            ``stability``.
        features: whether the last layer's pooled activations are kept.
        logits: whether all class scores are kept.
        shard_size: pictures in a file of the run.
        shard: (I, N): only every N-th shard, beginning with the I-th.
        jobs: processors to use; all when None.
        retry_failed: make those shards again that have pictures which could not be explained.
        on_progress: called after each picture.

    Raises:
        CamviewerError: it cannot be carried out, or the folder has a run with another
            configuration; what was written stays.
    """
    settings = RunSettings(
        model=model,
        bands=",".join(map(str, bands)),
        values=values,
        page=require_pages(str(page)),
        method=method,
        layer=layer,
        score=ScoreKind(score),
        options=tuple((options or {}).items()),
        mode=PlacementMode(placement),
        detail=detail,
        classes=classes,
        truth=truth,
        objects=objects,
        measures=measures_of(",".join(measures)),
        features=features,
        logits=logits,
        shard_size=shard_size,
        target=_target_words(target),
    )
    carry_out(
        sources,
        fspath(run),
        settings,
        jobs=jobs,
        shard=shard,
        retry_failed=retry_failed,
        on_progress=on_progress,
    )
    return open_run(run)


def open_run(run: str | PathLike[str]) -> Run:
    """Opens the folder of a run for reading.

    Raises:
        CamviewerError: there is none, it cannot be read, or it lies at an address.
    """
    return open_folder(fspath(run))


def _target_words(target: str | Target | None) -> str:
    """A target as text, which a run keeps.

    Raises:
        CamviewerError: it is a function, or a picture that lies in no file.
    """
    if target is None or isinstance(target, str):
        return target or ""
    if isinstance(target, OutputFunction):
        raise CamviewerError(
            "A run cannot keep a function of a script.",
            "Explain the pictures one by one: Model.explain(picture, target=function).",
        )
    if any(each.image is not None and each.image.path is None for each in references_of(target)):
        raise CamviewerError(
            "A run cannot keep a reference picture that lies in no file.", "Save it first."
        )
    return target_text(target)
