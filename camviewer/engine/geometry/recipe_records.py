"""Writes recipes as plain data, for packs, runs and sidecars, and reads them back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from camviewer.engine.geometry.geometry import Recipe, ResizeMode
from camviewer.engine.geometry.input_scale import InputScale, scale_of, scale_record


def recipe_record(recipe: Recipe) -> dict[str, Any]:
    """A recipe as plain data; scale and bands only where they are not the usual ones."""
    record = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(recipe).items()
        if name not in ("scale", "bands")
    }
    if recipe.scale != InputScale():
        record["scale"] = scale_record(recipe.scale)
    if recipe.bands:
        record["bands"] = list(recipe.bands)
    return record


def recipe_sha256(recipe: Recipe) -> str:
    """The same for the same preprocessing."""
    words = json.dumps(recipe_record(recipe), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(words.encode("utf-8")).hexdigest()


def recipe_of(record: Mapping[str, Any]) -> Recipe:
    """The recipe of ``recipe_record``.

    Raises:
        KeyError: a field is missing.
        TypeError: a field is unknown or of another type.
        ValueError: a field has a value that it cannot have.
    """
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in record.items()
    }
    fields["resize_mode"] = ResizeMode(fields["resize_mode"])
    fields["scale"] = scale_of(fields.get("scale", {}))
    return Recipe(**fields)
