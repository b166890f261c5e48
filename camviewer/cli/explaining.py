"""Explains pictures one after the other, and reports those that fail."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from camviewer.cli.map_choice import MapChoice
from camviewer.cli.map_making import MapMaking, pictures_at
from camviewer.cli.progress import Progress
from camviewer.cli.wording import concept_lines, map_line, top_classes
from camviewer.engine.errors import CamviewerError
from camviewer.engine.picture.source_image import ImageError
from camviewer.engine.render.files import OutputPaths
from camviewer.engine.render.look import Look
from camviewer.engine.render.number_words import percent_words

if TYPE_CHECKING:
    from camviewer.api import PictureExplanation
    from camviewer.engine.batch.objects import MapOnObjects
    from camviewer.engine.trust.region import RegionScore


@dataclass(frozen=True)
class ExplainOptions:
    """The options of ``camviewer explain``, which hold for every picture.

    Attributes:
        maps: which maps are made.
        count: number of classes to print.
        folder: folder for files; None for no files.
        overwrite: whether to replace files.
        dicom: whether to write DICOM objects, too.
        as_json: whether to print one JSON document in place of text.
        rectangle: a part of the picture to measure as well, (x, y, width, height) in its pixels.
        objects: where the annotated objects are known from; None to leave them out.
    """

    maps: MapChoice
    count: int
    folder: Path | None
    overwrite: bool
    dicom: bool
    as_json: bool
    rectangle: tuple[float, float, float, float] | None = None
    objects: str | None = None


def explain_pictures(paths: Sequence[Path], options: ExplainOptions) -> int:
    """Explains pictures and the pictures in folders.

    Returns:
        0, or 2 when a picture could not be explained.

    Raises:
        CamviewerError: the options themselves cannot be carried out.
    """
    results: list[dict[str, Any]] = []
    try:
        results.extend(_results(paths, options))
    finally:
        # The JSON document must be complete even when the command ends early.
        if options.as_json and not isinstance(sys.exc_info()[1], BrokenPipeError):
            click.echo(json.dumps(results, indent=2, allow_nan=False))
    return 2 if any("error" in result for result in results) else 0


def _results(paths: Sequence[Path], options: ExplainOptions) -> Iterator[dict[str, Any]]:
    found = list(_found(paths))
    run = _Run(options, [item for item in found if isinstance(item, Path)])
    with Progress(sum(isinstance(item, Path) for item in found)) as progress:
        for item in found:
            if isinstance(item, _Failure):
                progress.clear()
                yield item.said()
                continue
            progress.show(item.name)
            try:
                yield run.explain(item, progress)
            except ImageError as error:
                progress.clear()
                yield _Failure(item, error).said()
            except MemoryError:
                progress.clear()
                yield _Failure(item, _too_large(item)).said()


def _too_large(path: Path) -> CamviewerError:
    return CamviewerError(
        f"There is not enough memory for {path.name}.", "Choose a smaller detail."
    )


@dataclass(frozen=True)
class _Failure:
    """A path that could not be explained, with the error."""

    path: Path
    error: CamviewerError

    def said(self) -> dict[str, Any]:
        """Prints the error to stderr and returns it for the JSON document."""
        click.echo(str(self.error), err=True)
        return {
            "path": str(self.path),
            "error": {"message": self.error.message, "hint": self.error.hint},
        }


def _found(paths: Sequence[Path]) -> Iterator[Path | _Failure]:
    """The pictures of all paths, with a failure for each path that has none."""
    for path in paths:
        try:
            yield from pictures_at(path)
        except ImageError as error:
            yield _Failure(path, error)


class _Run:
    """A run over all pictures."""

    def __init__(self, options: ExplainOptions, pictures: Sequence[Path]) -> None:
        self._options = options
        self._maps = MapMaking(options.maps, pictures)

    def explain(self, path: Path, progress: Progress) -> dict[str, Any]:
        """Explains one picture, prints the result, writes its files, and returns plain data."""
        options = self._options
        explanation = self._maps.explanation(path, progress)
        look = self._maps.look(explanation)
        region = self._region(explanation)
        on_objects = None
        if options.objects is not None:
            on_objects = explanation.on_objects(options.objects)
        record = explanation.record(look, top=options.count, region=region, objects=on_objects)
        files = None
        if options.folder is not None:
            files = explanation.save(
                options.folder, look, overwrite=options.overwrite, record=record
            )
        dicom = self._write_dicom(explanation, look, files)
        if not options.as_json:
            progress.clear()
            measured = (*_region_lines(region), *_objects_lines(on_objects))
            click.echo(self._words(explanation, files, dicom, measured))
        written = None if files is None else [str(file) for file in (*files, *dicom)]
        return {"path": str(path), **record, "files": written}

    def _region(self, explanation: PictureExplanation) -> RegionScore | None:
        rectangle = self._options.rectangle
        return None if rectangle is None else self._maps.model.region(explanation, *rectangle)

    def _write_dicom(
        self, explanation: PictureExplanation, look: Look, files: OutputPaths | None
    ) -> tuple[Path, ...]:
        if not self._options.dicom or files is None:
            return ()
        from camviewer.engine.render.dicom_files import (  # noqa: PLC0415  (an extra)
            dicom_objects,
            free_dicom_path,
            save_dicom,
        )

        objects = dicom_objects(
            explanation.image,
            explanation.details,
            look,
            explanation.model,
            explanation.verdict,
            top=self._options.count,
        )
        path = files.overlay.with_suffix(".dcm")
        return save_dicom(path if self._options.overwrite else free_dicom_path(path), objects)

    def _words(
        self,
        explanation: PictureExplanation,
        files: OutputPaths | None,
        dicom: tuple[Path, ...],
        measured: tuple[str, ...],
    ) -> str:
        image, details = explanation.image, explanation.details
        lines = [
            f"{image.name} ({image.width} x {image.height})",
            top_classes(explanation.verdict, explanation.model, self._options.count),
            *_confidence_lines(explanation),
            map_line(details),
            *concept_lines(details),
            *image.notes,
            *explanation.notes,
            *((details.remark,) if details.remark else ()),
            *measured,
        ]
        if files is not None:
            lines.append(f"Written: {files.overlay}, {files.map.suffix}, {files.sidecar.suffix}")
        if dicom:
            lines.append(f"As DICOM, with the patient's data: {', '.join(map(str, dicom))}")
        return "\n".join(lines) + "\n"


def _region_lines(region: RegionScore | None) -> Sequence[str]:
    if region is None:
        return ()
    from camviewer.cli.trust_words import region_lines  # noqa: PLC0415

    return region_lines(region)


def _objects_lines(found: MapOnObjects | None) -> tuple[str, ...]:
    """How a map lies on the objects of its class."""
    if found is None:
        return ()
    if found.where is None:
        labels = ", ".join(dict.fromkeys(each.label for each in found.objects))
        return (f"No object is of the class {found.explanation.class_name}: {labels or 'none'}.",)
    where = found.where
    if where.pointing is None:
        return ("On the objects: this map has no evidence to measure.",)
    iou = "none to compare with" if where.box_iou is None else f"{where.box_iou:.2f}"
    inside = 0.0 if where.energy_inside is None else where.energy_inside
    return (
        f"Overlap of the evidence's box with the best object (IoU): {iou}",
        f"Pointing game: {'hit' if where.pointing else 'miss'}",
        f"Evidence inside of the objects: {percent_words(inside)}",
    )


def _confidence_lines(explanation: PictureExplanation) -> tuple[str, ...]:
    """What the model's calibration says beside the verdict."""
    confidence = explanation.verdict.confidence
    if confidence is None:
        return ()
    from camviewer.engine.calibration import confidence_lines  # noqa: PLC0415

    return confidence_lines(confidence, explanation.model.labels)
