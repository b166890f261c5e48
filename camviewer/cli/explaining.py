"""Explains pictures one after the other, and reports those that fail."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from camviewer.cli.offsets import measure_where_cells_look
from camviewer.cli.parameters import open_session
from camviewer.cli.progress import Progress
from camviewer.cli.refinement import Refinement
from camviewer.cli.wording import concept_lines, map_line, top_classes
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.picture.source_image import ImageError, SourceImage, find_pictures, read_image
from camviewer.engine.render.files import (
    OutputPaths,
    output_paths,
    provenance,
    save_map,
    save_overlay,
    save_sidecar,
)
from camviewer.engine.render.look import Look
from camviewer.engine.results.class_search import find_class, split_names
from camviewer.engine.results.messages import (
    ExplainRequest,
    Explanation,
    OptionValues,
    ScoreKind,
    Verdict,
)
from camviewer.engine.results.method_info import usual_method
from camviewer.engine.results.method_options import options_of_words

if TYPE_CHECKING:
    from camviewer.engine.session.session import Session
    from camviewer.engine.trust.region import Region, RegionScore


@dataclass(frozen=True)
class ExplainOptions:
    """The options of ``camviewer explain``, which hold for every picture.

    Attributes:
        model: id of the model; None for the embedded one.
        class_words: the class in the user's words; None for the most probable class.
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
        look: how the overlay is drawn.
        as_json: whether to print one JSON document in place of text.
        region: a part of the picture to measure as well.
    """

    model: str | None
    class_words: str | None
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
    look: Look
    as_json: bool
    region: Region | None = None


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
    run = _Run(options)
    found = list(_found(paths))
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
    """A run over all pictures; the session opens with the first readable picture."""

    def __init__(self, options: ExplainOptions) -> None:
        self._options = options

    def explain(self, path: Path, progress: Progress) -> dict[str, Any]:
        """Explains one picture, prints the result, writes its files, and returns plain data."""
        options = self._options
        image = read_image(path)
        explanation, verdict = self._explanation(image, progress), self._session.verdict(image)
        model = self._session.info
        look = self._look(explanation)
        record = provenance(image, explanation, model, look, verdict, top=options.count)
        region = self._region(image, explanation)
        if region is not None:
            from camviewer.engine.trust.records import region_record  # noqa: PLC0415

            record["region"] = region_record(region)
        files = self._write(image, explanation, record)
        if not options.as_json:
            progress.clear()
            click.echo(self._words(image, explanation, verdict, files, region))
        written = None if files is None else [str(file) for file in files]
        return {"path": str(path), **record, "files": written}

    @cached_property
    def _session(self) -> Session:
        session = open_session(self._options.model)
        if self._options.bfloat16 and not session.allow_half_precision(allowed=True):
            raise CamviewerError(
                "This processor does not compute in bfloat16, which would take many times as long.",
                "Leave --bfloat16 out.",
            )
        return session

    @cached_property
    def _request(self) -> ExplainRequest:
        options = self._options
        wanted = options.class_words
        method = options.method or self._first_method()
        return ExplainRequest(
            class_index=None if wanted is None else find_class(wanted, self._session.info.labels),
            method=method,
            layer=options.layer,
            score=options.score,
            options=(
                *options_of_words(self._session.method_info(method), options.option_words),
                *self._picked(),
            ),
            mode=options.mode,
            detail=options.detail or self._session.method_info(method).detail,
            nominal=options.nominal,
        )

    def _picked(self) -> OptionValues:
        options, picked = self._options, []
        if options.layers is not None:
            picked.append(("layers", options.layers))
        if options.versus is not None:
            labels = self._session.info.labels
            others = [
                str(find_class(words, labels)) for words in split_names(options.versus, labels)
            ]
            picked.append(("versus", ", ".join(others)))
        return tuple(picked)

    def _first_method(self) -> str:
        return usual_method(self._session.methods(self._options.layer))

    def _explanation(self, image: SourceImage, progress: Progress) -> Explanation:
        refinement = Refinement(progress, image.name)
        refinement.forecast(self._session.forecast(image, self._request))
        explanation = self._session.explain(image, self._request, on_progress=refinement.show)
        if self._options.nominal or not measure_where_cells_look(
            self._session, explanation, progress
        ):
            return explanation
        again = self._session.explain(image, self._request)
        return replace(again, milliseconds=explanation.milliseconds, passes=explanation.passes)

    def _region(self, image: SourceImage, explanation: Explanation) -> RegionScore | None:
        if self._options.region is None:
            return None
        from camviewer.engine.trust.region_scoring import score_region  # noqa: PLC0415  (torch)

        return score_region(self._session, image, explanation, self._options.region)

    def _look(self, explanation: Explanation) -> Look:
        """The chosen look, made signed for methods with signed maps."""
        return replace(
            self._options.look, signed=self._options.look.signed or explanation.method.signed
        )

    def _write(
        self, image: SourceImage, explanation: Explanation, record: dict[str, Any]
    ) -> OutputPaths | None:
        options = self._options
        if options.folder is None:
            return None
        if options.folder.exists() and not options.folder.is_dir():
            raise CamviewerError(
                f"The files cannot go to {options.folder}: it is not a folder.", "Choose a folder."
            )
        files = output_paths(options.folder, image, explanation, overwrite=options.overwrite)
        save_overlay(files.overlay, image, explanation, self._look(explanation))
        save_map(files.map, explanation)
        save_sidecar(files.sidecar, record)
        return files

    def _words(
        self,
        image: SourceImage,
        explanation: Explanation,
        verdict: Verdict,
        files: OutputPaths | None,
        region: RegionScore | None,
    ) -> str:
        lines = [
            f"{image.name} ({image.width} x {image.height})",
            top_classes(verdict, self._session.info, self._options.count),
            map_line(explanation),
            *concept_lines(explanation),
            *image.notes,
            *(note.text for note in explanation.notes),
            *((explanation.remark,) if explanation.remark else ()),
        ]
        if region is not None:
            from camviewer.cli.trust_words import region_lines  # noqa: PLC0415

            lines += region_lines(region)
        if files is not None:
            lines.append(f"Written: {files.overlay}, {files.map.suffix}, {files.sidecar.suffix}")
        return "\n".join(lines) + "\n"
