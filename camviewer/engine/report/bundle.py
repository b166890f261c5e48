"""Writes evidence bundles: a zip with the report, overlays, raw maps, a table and their hashes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import numpy as np
from PIL import Image

from camviewer.engine.errors import CamviewerError, reason_of
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.render.files import map_bytes, record_bytes, write_beside
from camviewer.engine.report.bundle_zip import MOST_BYTES, add, zip_writer
from camviewer.engine.report.language import ENGLISH, Language
from camviewer.engine.report.page import report_content, report_page
from camviewer.engine.report.reported_map import ReportedMap
from camviewer.engine.support.progress import NO_PROGRESS, Progress
from camviewer.engine.trust.messages import Subject
from camviewer.engine.trust.records import card_record

SCHEMA = 1
KIND = "camviewer evidence bundle"
REPORT, TABLE, MANIFEST = "report.html", "table.csv", "manifest.json"
COMMENT = f"{KIND}; sha256 of {MANIFEST}: "
"""Begins the zip's comment; the hash follows."""
GUARDS = (
    "It guards against accidents and changes that nobody notices, not against a new bundle with "
    "new hashes: keep this number apart from the file."
)
"""What the hash of a manifest is good for."""

_NOT_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")
_ON_OBJECTS = ("box_iou", "pointing", "energy_inside")
_STEM = 60
"""Maximum length of the picture's part of a name in a bundle."""


def write_bundle(
    file: Path,
    maps: Iterable[ReportedMap],
    count: int,
    note: str = "",
    *,
    with_pictures: bool = True,
    progress: Progress = NO_PROGRESS,
    language: Language = ENGLISH,
) -> str:
    """Writes a bundle, whole or not at all.

    Args:
        file: the zip; one that is there is replaced.
        maps: of one model; each is let go of before the next one is taken.
        count: how many there are.
        note: what the user wrote about all of them.
        with_pictures: whether the pictures go in as they are; DICOM files never do, because they
            name their patients.
        progress: reports each map.
        language: of its report; all else in it is read by programs, and English.

    Returns:
        The SHA-256 of the manifest, in hexadecimal.

    Raises:
        CamviewerError: it cannot be written, or a picture was changed after it was opened.
        Cancelled: it is not wanted any more; nothing was written.
    """

    def write(target: IO[bytes]) -> str:
        with zip_writer(target) as archive:
            bundle = _Bundle(archive, with_pictures=with_pictures)
            content = report_content(bundle.adding(maps), count, note, progress, language)
            return bundle.finish(report_page(content).encode("utf-8"), note)

    return write_beside(file, write)


class _Bundle:
    """A bundle in the making."""

    def __init__(self, archive: zipfile.ZipFile, *, with_pictures: bool) -> None:
        self._archive = archive
        self._with_pictures = with_pictures
        self._files: dict[str, dict[str, Any]] = {}
        self._maps: list[dict[str, Any]] = []
        self._rows: list[dict[str, Any]] = []
        self._bytes = 0

    def adding(self, maps: Iterable[ReportedMap]) -> Iterator[ReportedMap]:
        """The same maps, each after its files were added."""
        for number, shown in enumerate(maps, start=1):
            self._add_map(f"{number:04d}-{_plain_stem(shown.shown_image.name)}", shown)
            yield shown

    def finish(self, report: bytes, note: str) -> str:
        """Adds the report, the table and the manifest, and says the manifest's hash."""
        self._add(REPORT, report)
        self._add(TABLE, _csv(self._rows))
        first = self._maps[0]["record"]
        manifest = {
            "schema": SCHEMA,
            "kind": KIND,
            "program": first["program"],
            "versions": first["versions"],
            "written": first["written"],
            "note": note,
            "model": first["model"],
            "maps": [_without_record(one) for one in self._maps],
            "files": self._files,
            "order": list(self._files),
        }
        content = json.dumps(manifest, indent=2, sort_keys=True, allow_nan=False).encode("ascii")
        add(self._archive, MANIFEST, content)
        digest = hashlib.sha256(content).hexdigest()
        self._archive.comment = f"{COMMENT}{digest}".encode("ascii")
        return digest

    def _add(self, name: str, content: bytes) -> None:
        self._bytes += len(content)
        if self._bytes > MOST_BYTES:
            raise CamviewerError(
                "The bundle would be larger than 4 GB.", "Leave the pictures out, or choose fewer."
            )
        add(self._archive, name, content)
        digest = hashlib.sha256(content).hexdigest()
        self._files[name] = {"sha256": digest, "bytes": len(content)}

    def _add_map(self, stem: str, shown: ReportedMap) -> None:
        record = shown.record
        overlay, values, sidecar = (f"maps/{stem}.{kind}" for kind in ("png", "npy", "json"))
        self._add(overlay, _png(shown.overlay()))
        self._add(values, map_bytes(shown.explanation.heatmap))
        self._add(sidecar, record_bytes(record))
        trust = None
        if shown.card is not None:
            trust = f"maps/{stem}.trust.json"
            self._add(trust, record_bytes({"seed": shown.seed, **card_record(shown.card)}))
        self._maps.append(
            {
                "overlay": overlay,
                "map": values,
                "sidecar": sidecar,
                "trust": trust,
                "note": shown.note,
                "picture": {**record["picture"], **self._add_picture(stem, shown.image)},
                "class": record["class"],
                "explained": record["explained"]["name"],
                "method": record["method"]["id"],
                "options": record["request"]["options"],
                "layer": record["layer"]["name"],
                "placement": record["placement"],
                "seeds": {
                    "method": record["request"]["options"].get("seed"),
                    "trust": None if shown.card is None else shown.seed,
                },
                "record": record,
            }
        )
        self._rows.append(_row(shown, record))

    def _add_picture(self, stem: str, image: SourceImage) -> dict[str, Any]:
        """Adds the picture where that may be; says where it lies and how it is read again."""
        kept = image.kept_range
        told: dict[str, Any] = {
            "file": None,
            "is_pixels": image.path is None,
            "page_index": image.page,
            "kept_range": None if kept is None else asdict(kept),
        }
        if not self._with_pictures or image.is_dicom:
            return told
        if image.path is not None:
            told["file"] = f"pictures/{stem}{_plain_suffix(image.name)}"
            self._add(told["file"], _file_of(image, image.path))
        elif image.values.are_eye_colours:
            told["file"] = f"pictures/{stem}.png"
            self._add(told["file"], _png(image.pixels))
            told["pixels_sha256"] = hashlib.sha256(image.pixels.tobytes()).hexdigest()
        return told


def _file_of(image: SourceImage, path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CamviewerError(
            f"{image.name} cannot be read any more: {reason_of(error)}.",
            "Leave the pictures out, or open it again.",
        ) from error
    if hashlib.sha256(content).hexdigest() != image.sha256:
        raise CamviewerError(f"{image.name} was changed after its map was made.", "Open it again.")
    return content


def _row(shown: ReportedMap, record: Mapping[str, Any]) -> dict[str, Any]:
    """What the table says of a map."""
    explanation = shown.explanation
    scores = record["class"] or {}
    own, here = scores.get("under_recipe", {}), scores.get("where_mapped", {})
    row = {
        "picture": record["picture"]["name"],
        "picture_sha256": record["picture"]["sha256"],
        "page": record["picture"].get("page", 1),
        "explained": record["explained"]["name"],
        "class_index": scores.get("index"),
        "probability": own.get("probability"),
        "logit": own.get("logit"),
        "probability_where_mapped": here.get("probability"),
        "method": explanation.method.id,
        "layer": explanation.layer.name,
        "placement": str(explanation.placement.mode),
        "detail": explanation.placement.detail,
        "low": explanation.heatmap.low,
        "high": explanation.heatmap.high,
        "unit": explanation.heatmap.unit,
        "note": shown.note,
    }
    if shown.objects is not None:
        row |= {name: shown.objects.record[name] for name in _ON_OBJECTS}
    for measure in shown.card.measures if shown.card is not None else ():
        row[measure.id] = measure.values.get(Subject.MAP)
        row[f"{measure.id} random"] = measure.values.get(Subject.RANDOM)
    return row


def _csv(rows: list[dict[str, Any]]) -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, names, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


def _png(pixels: np.ndarray[Any, np.dtype[np.uint8]]) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


def _without_record(one: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name != "record"}


def _plain_stem(name: str) -> str:
    """Letters and digits that every system takes, for names in a zip."""
    return _NOT_PLAIN.sub("-", Path(name).stem)[:_STEM].strip("-.") or "picture"


def _plain_suffix(name: str) -> str:
    return _NOT_PLAIN.sub("", Path(name).suffix)[:10]
