"""Explains pictures one after the other, and reports those that fail."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from camviewer.cli.parameters import open_model
from camviewer.cli.progress import Progress
from camviewer.cli.refinement import Refinement
from camviewer.cli.wording import concept_lines, map_line, top_classes
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.picture.folder_range import (
    in_order,
    needs_range,
    range_of_pictures,
    with_kept_range,
)
from camviewer.engine.picture.source_image import ImageError, SourceImage, find_pictures, read_image
from camviewer.engine.render.files import OutputPaths
from camviewer.engine.render.look import Look
from camviewer.engine.render.number_words import percent_words
from camviewer.engine.results.class_search import split_names
from camviewer.engine.results.messages import OptionValue, ScoreKind
from camviewer.engine.results.method_info import usual_method
from camviewer.engine.results.method_options import options_of_words

if TYPE_CHECKING:
    from camviewer.api import Model, PictureExplanation
    from camviewer.engine.batch.objects import MapOnObjects
    from camviewer.engine.picture.input_range import InputRange
    from camviewer.engine.trust.region import RegionScore


@dataclass(frozen=True)
class ExplainOptions:
    """The options of ``camviewer explain``, which hold for every picture.

    Attributes:
        model: id of the model; None for the embedded one.
        tensor: which of several tensors the model's file gives; None for its own.
        page: which page or frame of each file, from 0.
        bands: numbers of the bands that it is fed; None for its recipe's.
        values: which values it is fed as 0 and 1; None for its recipe's.
        class_words: the class in the user's words; None for the most probable class.
        target_words: what is explained, as text; None for the class.
        method: id of the method; None for the first that is defined.
        layer: dotted name; None for the method's default.
        score: the score of the class that is explained.
        option_words: options of the method, each as ``key=value``.
        layers: dotted names separated by commas; None for the method's own choice.
        versus: classes to compare with, as the user named them; None for the nearest.
        mode: placement.
        detail: input size in trained input sizes; None for the method's best.
        bfloat16: whether to score the many pictures of a slow method in bfloat16.
        nominal: whether to ignore the measured offset.
        count: number of classes to print.
        folder: folder for files; None for no files.
        overwrite: whether to replace files.
        dicom: whether to write DICOM objects, too.
        look: how the overlay is drawn.
        as_json: whether to print one JSON document in place of text.
        rectangle: a part of the picture to measure as well, (x, y, width, height) in its pixels.
        objects: where the annotated objects are known from; None to leave them out.
    """

    model: str | None
    tensor: str | None
    page: int
    bands: str | None
    values: str | None
    class_words: str | None
    target_words: str | None
    method: str | None
    layer: str | None
    score: ScoreKind
    option_words: tuple[str, ...]
    layers: str | None
    versus: str | None
    mode: PlacementMode
    detail: float | None
    bfloat16: bool
    nominal: bool
    count: int
    folder: Path | None
    overwrite: bool
    dicom: bool
    look: Look
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
            pictures = [
                picture
                for picture in find_pictures([path])
                if picture == path or not _is_overlay(picture)
            ]
            if not pictures:
                raise ImageError(
                    f"The folder {path.name or path} has no pictures but overlays.",
                    "Choose another folder.",
                )
        except ImageError as error:
            yield _Failure(path, error)
        else:
            yield from pictures


def _is_overlay(picture: Path) -> bool:
    """Whether a file is an overlay of an earlier run, which must not be explained."""
    return picture.suffix == ".png" and all(
        picture.with_suffix(suffix).is_file() for suffix in (".npy", ".json")
    )


class _Run:
    """A run over all pictures; the model opens with the first readable picture."""

    def __init__(self, options: ExplainOptions, pictures: Sequence[Path]) -> None:
        self._options = options
        self._pictures = pictures

    def explain(self, path: Path, progress: Progress) -> dict[str, Any]:
        """Explains one picture, prints the result, writes its files, and returns plain data."""
        options = self._options
        explanation = self._explanation(path, progress)
        look = self._look(explanation)
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

    @cached_property
    def _model(self) -> Model:
        options = self._options
        model = open_model(options.model, options.bands, options.values, options.tensor)
        if self._options.bfloat16 and not model.allow_bfloat16():
            raise CamviewerError(
                "This processor does not compute in bfloat16, which would take many times as long.",
                "Leave --bfloat16 out.",
            )
        return model

    @cached_property
    def _kept_range(self) -> InputRange | None:
        return range_of_pictures(in_order(self._pictures))

    def _read(self, path: Path) -> SourceImage:
        """The picture, with the range of values that holds for all of them."""
        image = read_image(path, self._options.page)
        if len(self._pictures) > 1 and needs_range(image):
            return with_kept_range(image, self._kept_range)
        return image

    @cached_property
    def _method(self) -> str:
        return self._options.method or usual_method(
            self._model.methods(self._options.layer, self._options.target_words)
        )

    @cached_property
    def _method_options(self) -> Mapping[str, OptionValue]:
        options = self._options
        found = dict(options_of_words(self._model.method(self._method), options.option_words))
        if options.layers is not None:
            found["layers"] = options.layers
        if options.versus is not None:
            names = split_names(options.versus, self._model.info.labels)
            found["versus"] = ", ".join(str(self._model.find_class(name)) for name in names)
        return found

    def _explanation(self, path: Path, progress: Progress) -> PictureExplanation:
        image, options = self._read(path), self._options
        return self._model.explain(
            image,
            options.class_words,
            method=self._method,
            layer=options.layer,
            placement=options.mode,
            detail=options.detail,
            score=options.score,
            target=options.target_words,
            options=self._method_options,
            nominal=options.nominal,
            on_progress=Refinement(progress, image.name).show,
        )

    def _region(self, explanation: PictureExplanation) -> RegionScore | None:
        rectangle = self._options.rectangle
        return None if rectangle is None else self._model.region(explanation, *rectangle)

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

    def _look(self, explanation: PictureExplanation) -> Look:
        """The chosen look, made signed for methods with signed maps."""
        look = self._options.look
        return replace(look, signed=look.signed or explanation.details.method.signed)

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
