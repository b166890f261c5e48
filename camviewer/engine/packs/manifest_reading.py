"""Reads and checks ``model.toml``, which may come from anybody."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from camviewer.engine.architectures.network_changes import NetworkChanges, read_changes
from camviewer.engine.architectures.pooled_cut import PooledCut, read_cut
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import (
    INTERPOLATIONS,
    MOST_CHANNELS,
    RGB_CHANNELS,
    Recipe,
    ResizeMode,
)
from camviewer.engine.geometry.input_scale import MOST_BANDS, InputScale, ScaleKind, require_scale
from camviewer.engine.packs.manifest import (
    ACTIVATIONS,
    CALIBRATION,
    CONFIG,
    CROP_FRACTIONS,
    FORMATS,
    INPUT_SIDES,
    LABELS,
    MEANS,
    MODEL,
    MOST_BYTES,
    MOST_CLASSES,
    SCHEMA,
    STDS,
    TENSORS,
    TRAINING,
    TRANSFORMERS,
    VALUES,
    FileRecord,
    Manifest,
    one_line,
)
from camviewer.engine.results.values import LONGEST_UNIT

_STEPS = range(1, 2049)
_CHANNELS = range(1, MOST_CHANNELS + 1)
_LONGEST_WORDS = 1000
_ARCHITECTURE = re.compile(r"[a-z0-9_]{1,40}/[A-Za-z0-9_.@\-]{1,100}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def read_manifest(content: bytes, name: str) -> Manifest:
    """Reads and checks ``model.toml``.

    Args:
        content: of the file.
        name: of the pack, for the sentence that refuses it.

    Raises:
        CamviewerError: it is no TOML, of another schema, or says what cannot be.
    """
    try:
        record = tomllib.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise _refused(name, f"{MODEL} is no TOML") from error
    schema = record.get("schema")
    if schema != SCHEMA:
        raise CamviewerError(
            f"{name} was made by another version of camviewer (schema {str(schema)[:20]}, "
            f"this one reads {SCHEMA}).",
            "Open it with that version, or import the checkpoint again.",
        )
    return _Reader(record, name).manifest()


def _refused(name: str, why: str) -> CamviewerError:
    return CamviewerError(
        f"{name} is no sound model: {why}.", "Import it again, or ask for the file once more."
    )


class _Reader:
    """Takes fields out of a record, each with its type and range."""

    def __init__(self, record: Mapping[str, Any], name: str) -> None:
        self._record = record
        self._name = name

    def manifest(self) -> Manifest:
        """All fields."""
        recipe = _Reader(self._table(self._record, "recipe"), self._name).recipe()
        published = recipe
        if "published" in self._record:
            published = _Reader(self._table(self._record, "published"), self._name).recipe()
        files = self._table(self._record, "files")
        kept_as = self._one_of("format", tuple(FORMATS), missing=TENSORS)
        classes = self._whole("classes", range(1, MOST_CLASSES + 1))
        activation = self._one_of("activation", ACTIVATIONS)
        return Manifest(
            title=self._title(),
            architecture=self._architecture(),
            classes=classes,
            # Older versions of the program read a single output with a softmax, which says nothing.
            activation="sigmoid" if (classes, activation) == (1, "softmax") else activation,
            recipe=recipe,
            published=published,
            # Only the name: where a file lay is nobody's business, and may not lead anywhere.
            origin=re.split(r"[/\\]", one_line(self._words("origin")))[-1],
            created=self._created(),
            notes=self._notes(),
            weights=self._file(files, FORMATS[kept_as]),
            labels=self._file(files, LABELS),
            pooled=self._pooled(),
            training=self._file(files, TRAINING) if TRAINING in files else None,
            format=kept_as,
            config=self._file(files, CONFIG) if kept_as == TRANSFORMERS else None,
            changes=self._changes(),
            calibration=self._file(files, CALIBRATION) if CALIBRATION in files else None,
            unit=self._unit(),
            output=one_line(self._words("output")) if "output" in self._record else "",
        )

    def recipe(self) -> Recipe:
        """The preprocessing, within the ranges that any network was ever trained with."""
        height, width = self._numbers("input_size", 2, *INPUT_SIDES)
        channels = self._whole("channels", _CHANNELS) if "channels" in self._record else 3
        (crop_fraction,) = self._numbers("crop_fraction", 1, *CROP_FRACTIONS)
        if height != int(height) or width != int(width):
            raise self._wrong("input_size")
        flexible = self._record.get("flexible")
        if not isinstance(flexible, bool):
            raise self._wrong("flexible")
        return Recipe(
            input_size=(int(height), int(width)),
            crop_fraction=crop_fraction,
            step=self._whole("step", _STEPS),
            flexible=flexible,
            mean=self._of_channels("mean", channels, MEANS),
            std=self._of_channels("std", channels, STDS),
            interpolation=self._one_of("interpolation", INTERPOLATIONS),
            resize_mode=ResizeMode(
                self._one_of("resize_mode", tuple(ResizeMode), missing=ResizeMode.SHORTER)
            ),
            channels=channels,
            blue_first=self._switch("blue_first"),
            scale=self._scale(),
            bands=self._bands(channels),
        )

    def _of_channels(
        self, field: str, channels: int, limits: tuple[float, float]
    ) -> tuple[float, ...]:
        """Three numbers, or one a channel; older versions wrote three for any network."""
        value = self._record.get(field)
        is_each = channels > 1 and isinstance(value, list) and len(value) == channels
        count = channels if is_each else RGB_CHANNELS
        return tuple(self._numbers(field, count, *limits))

    def _scale(self) -> InputScale:
        if "scale" not in self._record:
            return InputScale()
        reader = _Reader(self._table(self._record, "scale"), self._name)
        return reader.scale()

    def scale(self) -> InputScale:
        """How stored values become 0 to 1."""
        kind = ScaleKind(self._one_of("kind", tuple(ScaleKind)))
        scale = InputScale(kind, clipped=self._switch("clipped", missing=True))
        if scale.has_ends or "high" in self._record:
            low, high = (self._numbers(end, 1, -VALUES, VALUES)[0] for end in ("low", "high"))
            scale = replace(scale, low=low, high=high)
        if "no_data" in self._record:
            scale = replace(scale, no_data=self._numbers("no_data", 1, -VALUES, VALUES)[0])
        try:
            require_scale(scale)
        except CamviewerError as error:
            raise self._wrong("scale") from error
        return scale

    def _bands(self, channels: int) -> tuple[int, ...]:
        if "bands" not in self._record:
            return ()
        bands = self._numbers("bands", channels, 1, MOST_BANDS)
        if any(band != int(band) for band in bands):
            raise self._wrong("bands")
        return tuple(int(band) for band in bands)

    def _switch(self, field: str, *, missing: bool = False) -> bool:
        """Yes or no; older versions wrote none."""
        value = self._record.get(field, missing)
        if not isinstance(value, bool):
            raise self._wrong(field)
        return value

    def _wrong(self, field: str) -> CamviewerError:
        return _refused(self._name, f"{field} in {MODEL} is missing or not what it can be")

    def _table(self, record: Mapping[str, Any], field: str) -> Mapping[str, Any]:
        value = record.get(field)
        if not isinstance(value, Mapping):
            raise self._wrong(field)
        return value

    def _words(self, field: str) -> str:
        value = self._record.get(field)
        if not isinstance(value, str) or len(value) > _LONGEST_WORDS:
            raise self._wrong(field)
        return value

    def _title(self) -> str:
        title = one_line(self._words("title"))
        if not title:
            raise self._wrong("title")
        return title

    def _architecture(self) -> str:
        architecture = self._words("architecture")
        if not _ARCHITECTURE.fullmatch(architecture):
            raise self._wrong("architecture")
        return architecture

    def _one_of(self, field: str, allowed: tuple[str, ...], missing: str = "") -> str:
        value = missing if missing and field not in self._record else self._words(field)
        if value not in allowed:
            raise self._wrong(field)
        return value

    def _whole(self, field: str, allowed: range) -> int:
        value = self._record.get(field)
        if type(value) is not int or value not in allowed:
            raise self._wrong(field)
        return value

    def _numbers(self, field: str, count: int, low: float, high: float) -> list[float]:
        value = self._record.get(field)
        values: list[Any] = value if isinstance(value, list) else [value]
        if len(values) != count or not all(_is_number(item, low, high) for item in values):
            raise self._wrong(field)
        return [float(item) for item in values]

    def _unit(self) -> str:
        return one_line(self._words("unit"), LONGEST_UNIT) if "unit" in self._record else ""

    def _created(self) -> datetime:
        value = self._record.get("created")
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise self._wrong("created")
        try:
            return value.astimezone(UTC).replace(microsecond=0)
        except OverflowError as error:
            raise self._wrong("created") from error

    def _notes(self) -> tuple[str, ...]:
        value = self._record.get("notes", [])
        if not isinstance(value, list) or not all(isinstance(note, str) for note in value):
            raise self._wrong("notes")
        return tuple(one_line(note, _LONGEST_WORDS) for note in value[:20])

    def _pooled(self) -> PooledCut | None:
        if "pooled_head" not in self._record:
            return None
        try:
            return read_cut(self._table(self._record, "pooled_head"))
        except ValueError as error:
            raise self._wrong(f"{error} of pooled_head") from error

    def _changes(self) -> NetworkChanges | None:
        if "changes" not in self._record:
            return None
        try:
            return read_changes(self._table(self._record, "changes"))
        except ValueError as error:
            raise self._wrong(f"{error} of changes") from error

    def _file(self, files: Mapping[str, Any], file: str) -> FileRecord:
        record = self._table(files, file)
        size, digest = record.get("size"), record.get("sha256")
        if type(size) is not int or not 0 < size <= MOST_BYTES[file]:
            raise self._wrong(f"the size of {file}")
        if not isinstance(digest, str) or not _SHA256.fullmatch(digest):
            raise self._wrong(f"the hash of {file}")
        return FileRecord(size, digest)


def _is_number(value: object, low: float, high: float) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isfinite(value) and low <= value <= high
