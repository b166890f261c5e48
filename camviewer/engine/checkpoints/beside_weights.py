"""What training scripts leave beside weights: hyper-parameters, class names, kinds of losses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from camviewer.engine.checkpoints.pickled_objects import Record, as_mapping

_CONTAINERS = (
    *("hyper_parameters", "hparams", "datamodule_hyper_parameters", "args", "config", "cfg"),
    *("meta", "metadata", "opt", "params", "settings", "info"),
)
_MOST = 100_000
"""Number of values that are looked at; objects that hold each other again and again end there."""
_DEEPEST = 4


def values_beside(loaded: object) -> dict[str, Any]:
    """The plain values of a checkpoint by name, in lower case; those on top come first.

    Args:
        loaded: what the file holds; only mappings, lists, texts and numbers of it are taken.
    """
    on_top = _fields(loaded)
    plain = _Plain()
    found: dict[str, Any] = {}
    for container in (on_top, *(_fields(on_top.get(key)) for key in _CONTAINERS)):
        for key, value in container.items():
            if isinstance(key, str) and (taken := plain.of(value)) is not None:
                found.setdefault(key.lower(), taken)
    return found


def _fields(value: object) -> Mapping[Any, Any]:
    """The items of a mapping, or the attributes of an object such as ``argparse.Namespace``."""
    mapping = as_mapping(value)
    if mapping is not None:
        return mapping
    return value.attributes if isinstance(value, Record) else {}


class _Plain:
    """Copies values without anything that is no plain data, up to a number of them."""

    def __init__(self) -> None:
        self._left = _MOST

    def of(self, value: object, depth: int = 1) -> Any:
        """A copy; None where a part is no plain data, or nothing is left."""
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            return None
        if type(value) in {str, int, float, bool}:
            return value
        copied: Any = None
        if isinstance(value, list | tuple) and len(value) <= self._left:
            copied = [self.of(item, depth + 1) for item in value]
            whole = None not in copied
        else:
            fields = as_mapping(value) or {}
            if len(fields) > self._left or not all(type(key) in {str, int} for key in fields):
                return None
            copied = {key: self.of(item, depth + 1) for key, item in fields.items()}
            whole = None not in copied.values()
        return copied if copied and whole else None
