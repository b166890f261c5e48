"""Writes the boxes of a run as COCO results, which every evaluation of COCO reads."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from camviewer.engine.batch.class_names import ClassNames
from camviewer.engine.batch.durable_files import write_pieces
from camviewer.engine.batch.exports.known_objects import NEEDED, known_objects
from camviewer.engine.batch.exports.tables import require_new
from camviewer.engine.batch.objects.coco import CocoFile, read_coco
from camviewer.engine.batch.run import Run
from camviewer.engine.batch.sources import repeated_names
from camviewer.engine.errors import CamviewerError
from camviewer.engine.results.values import NO_ACTIVATION

_HASH_LENGTH = 64


@dataclass(frozen=True)
class CocoExport:
    """What was written.

    Attributes:
        results: number of boxes.
        left_out: number of boxes of pictures or classes that the run's COCO file does not name.
        images: the file with pictures, classes and objects that the results refer to; None where
            that is the COCO file that the run was made with.
    """

    results: int
    left_out: int
    images: Path | None


def export_coco(run: Run, file: Path, *, overwrite: bool = False) -> CocoExport:
    """Writes COCO results: for each map its picture, class, box and probability.

    The numbers of pictures and classes are those of the COCO file that gave the run its objects or
    true classes. Without one, a second file has pictures, classes and known objects:
    ``results.json`` refers to ``results.images.json``.

    Raises:
        CamviewerError: a file is there already or cannot be written, the run's COCO file is gone or
            was changed, or its maps are not of classes with probabilities.
    """
    model = run.record["model"]
    if model.get("target") or model["activation"] == NO_ACTIVATION:
        raise CamviewerError(
            "COCO results are boxes of classes with their probabilities, and this run explains "
            f"{model.get('target') or 'values'}.",
            "Export the boxes as CSV, which every run has: --boxes FILE.",
        )
    require_new(file, overwrite=overwrite)
    theirs = _coco_of(run)
    if theirs is not None:
        numbers = _Numbers.of(theirs, run)
        return _results(run, file, numbers.image, numbers.category, None)
    images = file.with_name(f"{file.stem}.images.json")
    require_new(images, overwrite=overwrite)
    ids = {name: number for number, name in enumerate(run.picture_ids(), 1)}
    write_pieces(images, _images(run, ids))
    return _results(run, file, lambda row: ids[row["id"]], lambda index: index + 1, images)


@dataclass(frozen=True)
class _Numbers:
    """The numbers that a COCO file gives to pictures and classes."""

    file: CocoFile
    categories: Mapping[int, int]
    repeated: frozenset[str]

    @classmethod
    def of(cls, file: CocoFile, run: Run) -> _Numbers:
        names = ClassNames(run.record["model"]["labels"])
        indices = ((names.index(label), number) for number, label in file.categories.items())
        known = {index: number for index, number in indices if index is not None}
        return cls(file, known, repeated_names(run.folder.pictures()["path"]))

    def image(self, row: Mapping[str, Any]) -> int | None:
        found = self.file.image(row["path"], self.repeated)
        return None if found is None else found.id

    def category(self, index: int) -> int | None:
        return self.categories.get(index)


def _coco_of(run: Run) -> CocoFile | None:
    """The COCO file that the run was made with.

    Raises:
        CamviewerError: it is gone or was changed.
    """
    for what in ("objects", "truth"):
        mark, path = run.record["configuration"][what], Path(run.record["settings"][what])
        if len(mark) != _HASH_LENGTH or path.suffix.lower() != ".json":
            continue
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            digest = ""
        if digest != mark:
            raise CamviewerError(
                f"{path.name} is gone or was changed since the run began.",
                f"Put the file of then back at {path}.",
            )
        return read_coco(path)
    return None


def _results(
    run: Run,
    file: Path,
    image: Callable[[Mapping[str, Any]], int | None],
    category: Callable[[int], int | None],
    images: Path | None,
) -> CocoExport:
    count = left_out = 0

    def pieces() -> Iterator[bytes]:
        nonlocal count, left_out
        yield b"["
        for row in run.maps("id", "path", "class_index", "probability", *_SIDES):
            if row["box_left"] is None:
                continue
            numbers = image(row), category(row["class_index"])
            if None in numbers:
                left_out += 1
                continue
            record = {
                "image_id": numbers[0],
                "category_id": numbers[1],
                "bbox": _corner_and_size([row[side] for side in _SIDES]),
                "score": row["probability"],
            }
            yield (b",\n" if count else b"\n") + json.dumps(record).encode("ascii")
            count += 1
        yield b"\n]\n"

    write_pieces(file, pieces())
    return CocoExport(count, left_out, images)


_SIDES = ("box_left", "box_top", "box_right", "box_bottom")


def _images(run: Run, ids: Mapping[str, int]) -> Iterator[bytes]:
    """A COCO file of the pictures, the classes, and the objects of classes that were explained."""
    labels = run.record["model"]["labels"]
    categories = [{"id": index + 1, "name": label} for index, label in enumerate(labels)]
    yield b'{"categories": ' + json.dumps(categories).encode("ascii") + b',\n"images": ['
    annotations: list[dict[str, Any]] = []
    maps = run.maps("path", "width", "height", *NEEDED)
    for number, (picture, of_picture) in enumerate(groupby(maps, lambda row: row["id"])):
        rows = list(of_picture)
        for row, box in known_objects(rows):
            annotations.append(
                {
                    "id": len(annotations) + 1,
                    "image_id": ids[picture],
                    "category_id": row["class_index"] + 1,
                    "bbox": _corner_and_size(box),
                    "area": (box[2] - box[0]) * (box[3] - box[1]),
                    "iscrowd": 0,
                }
            )
        record = {
            "id": ids[picture],
            "file_name": rows[0]["path"],
            "width": rows[0]["width"],
            "height": rows[0]["height"],
        }
        yield (b",\n" if number else b"\n") + json.dumps(record).encode("ascii")
    yield b'\n],\n"annotations": ' + json.dumps(annotations).encode("ascii") + b"}\n"


def _corner_and_size(box: Sequence[float]) -> list[float]:
    """x, y, width and height, to a hundredth of a pixel."""
    left, top, right, bottom = box
    return [round(side, 2) for side in (left, top, right - left, bottom - top)]
