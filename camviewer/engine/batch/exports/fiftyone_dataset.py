"""Writes a run as a dataset that FiftyOne opens: classifications, boxes and heatmaps.

The folder is a ``FiftyOneDataset`` in its simple form (no ``version`` in ``metadata.json``), which
needs no library to be written: ``samples.json`` has a sample for each picture with its labels, and
``fields/`` the heatmaps. Pictures stay where they are.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import ceil, floor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from camviewer.engine.batch.assessed_rows import with_assessments
from camviewer.engine.batch.durable_files import make_folder, write_pieces, write_whole
from camviewer.engine.batch.exports.known_objects import known_objects
from camviewer.engine.batch.exports.overlays import ExportFailure, require_empty, safe_name
from camviewer.engine.batch.run import Run
from camviewer.engine.geometry.geometry import Box
from camviewer.engine.render.overlay import field as interpolated
from camviewer.engine.results.heatmap import Evidence, Heatmap

_SIDE = 256
"""Maximum side of a heatmap's picture, in pixels; FiftyOne enlarges it to the whole picture."""

_NUMBERS = ("margin", "entropy")
_NUMBERS_OF_A_MAP = (
    "rank",
    "probability",
    "energy_inside",
    "box_iou",
    "border_share",
    "outside_share",
    "deletion",
    "insertion",
    "drop",
    "stability",
)

_OF_REVIEWERS = ("judgement", "note")

_Sample = dict[str, Any]


@dataclass
class FiftyOneExport:
    """What was written.

    Attributes:
        samples: number of pictures.
        failures: pictures whose path no JSON can hold.
    """

    samples: int = 0
    failures: list[ExportFailure] = field(default_factory=list)


def export_fiftyone(run: Run, folder: Path, *, overwrite: bool = False) -> FiftyOneExport:
    """Writes the pictures of a run that were explained as a dataset of FiftyOne.

    Args:
        run: the run.
        folder: of the dataset: ``Dataset.from_dir(folder, fiftyone.types.FiftyOneDataset)``.
        overwrite: write into a folder that has files already.

    Raises:
        CamviewerError: the folder has files already, or cannot be written, or a shard is damaged.
    """
    require_empty(folder, overwrite=overwrite)
    done = FiftyOneExport()
    info = {
        "camviewer": run.record["program"]["camviewer"],
        "model": run.record["model"]["title"],
        "method": run.method_words,
        "layer": run.record["configuration"]["layer"],
        "unit": run.record["model"]["unit"],
        "classes": run.record["model"]["labels"],
    }
    metadata = {"name": folder.absolute().name, "media_type": "image", "info": info}
    write_whole(folder / "metadata.json", json.dumps(metadata, indent=2).encode("ascii"))
    write_pieces(folder / "samples.json", _pieces(run, folder, done))
    return done


def _pieces(run: Run, folder: Path, done: FiftyOneExport) -> Iterator[bytes]:
    yield b'{"samples": ['
    for sample in _samples(run, folder, done):
        yield (b",\n" if done.samples else b"\n") + json.dumps(sample).encode("ascii")
        done.samples += 1
    yield b"\n]}\n"


def _samples(run: Run, folder: Path, done: FiftyOneExport) -> Iterator[_Sample]:
    said = run.assessments()
    tables = (with_assessments(table, said) for table in run.tables())
    rows = (row for table in tables for row in table.iter_rows(named=True))
    for _, of_picture in groupby(rows, lambda row: row["id"]):
        explained = [row for row in of_picture if row["map"] is not None]
        if not explained:
            continue
        first, path = explained[0], run.picture_path(explained[0])
        try:
            str(path).encode("utf-8")
        except UnicodeEncodeError:
            problem = "FiftyOne opens no path with bytes that are no UTF-8."
            done.failures.append(ExportFailure(first["path"], problem))
            continue
        sample = {"filepath": str(path), "tags": first["tags"] or [], **_of_picture(first)}
        sample["evidence"] = _detections(_evidence(row) for row in explained)
        if first["objects"] is not None:
            found = known_objects(explained)
            sample["objects"] = _detections(_detection(row, box) for row, box in found)
        for number, row in enumerate(explained, 1):
            name = f"heatmap_{number}"
            file = Path("fields", name, f"{safe_name(str(row['id']))}.png")
            make_folder(folder / file.parent)
            heatmap = run.heatmap(row)
            size = int(row["height"]), int(row["width"])
            write_whole(folder / file, _png(over_picture(heatmap, size)))
            sample[name] = {
                "_cls": "Heatmap",
                "map_path": file.as_posix(),
                "range": [0, 255],
                "label": row["target"] or row["class"],
                "max": max(heatmap.high, 0.0),
                **{key: row[key] for key in _NUMBERS_OF_A_MAP if row[key] is not None},
            }
        yield sample


def _of_picture(row: Mapping[str, Any]) -> _Sample:
    found: _Sample = {
        "prediction": {
            "_cls": "Classification",
            "label": row["predicted"],
            "confidence": row["predicted_probability"],
        },
        **{name: row[name] for name in _NUMBERS if row[name] is not None},
    }
    if row["truth"] is not None:
        found["ground_truth"] = {"_cls": "Classification", "label": row["truth"]}
    if row["truth_rank"] is not None:
        found["right"] = row["truth_rank"] == 1
    return found | {name: row[name] for name in _OF_REVIEWERS if row[name] is not None}


def _evidence(row: Mapping[str, Any]) -> _Sample | None:
    sides = [row[f"box_{side}"] for side in ("left", "top", "right", "bottom")]
    if None in sides:
        return None
    return _detection(row, sides) | {"confidence": row["probability"]}


def _detection(row: Mapping[str, Any], sides: Sequence[float]) -> _Sample:
    """A box in shares of the picture: left, top, width, height."""
    left, top, right, bottom = sides
    width, height = row["width"], row["height"]
    box = [left / width, top / height, (right - left) / width, (bottom - top) / height]
    return {"_cls": "Detection", "label": row["class"], "bounding_box": box}


def _detections(boxes: Iterable[_Sample | None]) -> _Sample:
    return {"_cls": "Detections", "detections": [box for box in boxes if box is not None]}


def over_picture(heatmap: Heatmap, size: tuple[int, int]) -> NDArray[np.uint8]:
    """uint8 (h, w) over a whole picture: the evidence up to the map's maximum as 255.

    Args:
        heatmap: the raw map.
        size: (H, W) of the picture.
    """
    scale = min(_SIDE / max(size), 1.0)
    height, width = (max(round(side * scale), 1) for side in size)
    values = np.zeros((height, width), np.uint8)
    if heatmap.evidence is not Evidence.POSITIVE:
        return values
    per_x, per_y = size[1] / width, size[0] / height
    extent = heatmap.geometry.extent
    left, right = floor(extent.left / per_x + 0.5), ceil(extent.right / per_x - 0.5)
    top, bottom = floor(extent.top / per_y + 0.5), ceil(extent.bottom / per_y - 0.5)
    if right <= left or bottom <= top:
        return values
    region = Box(left * per_x, top * per_y, right * per_x, bottom * per_y)
    shares = interpolated(heatmap, (bottom - top, right - left), region) / heatmap.high
    values[top:bottom, left:right] = np.rint(255.0 * np.clip(shares, 0.0, 1.0))
    return values


def _png(values: NDArray[np.uint8]) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(values).save(buffer, "PNG")
    return buffer.getvalue()
