"""What timm's networks can be built with beside their name: ``model_args`` of a ``config.json``.

A file of somebody else's names them, so that only plain values of known names are taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

Argument = bool | int | float | str | tuple[int, ...]
Arguments = tuple[tuple[str, Argument], ...]
"""Arguments with their names, sorted, so that equal ones compare equal."""

_NAMES = frozenset(
    {
        *("img_size", "patch_size", "embed_dim", "depth", "num_heads", "mlp_ratio", "qkv_bias"),
        *("qk_norm", "init_values", "class_token", "no_embed_class", "reg_tokens", "pre_norm"),
        *("final_norm", "fc_norm", "global_pool", "window_size", "pos_embed", "act_layer"),
        *("norm_layer", "output_stride", "stem_type", "stem_width", "base_width", "cardinality"),
        *("block_args", "depths", "dims", "channels", "layers", "head_hidden_size", "width"),
    }
)
_LARGEST = 8192
_LARGEST_OF = {"img_size": 2048, "window_size": 32}
"""Maximum of an argument, in pixels and in cells; because memory grows with the square of a
picture's side and the fourth power of a window's."""
_LONGEST = 40
_MOST_NUMBERS = 8


def read_arguments(values: Mapping[str, Any]) -> Arguments:
    """The arguments among values that somebody else may have written.

    Raises:
        ValueError: one is unknown or no plain value; the error's words name it.
    """
    return tuple(sorted((name, _read(name, value)) for name, value in values.items()))


def _read(name: str, value: object) -> Argument:
    if name not in _NAMES:
        raise ValueError(name)
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and 0 <= value <= _largest(name):
        return value
    if isinstance(value, float) and isfinite(value) and abs(value) <= _largest(name):
        return value
    if isinstance(value, str) and len(value) <= _LONGEST and value.replace("_", "").isalnum():
        return value
    if isinstance(value, list | tuple) and 0 < len(value) <= _MOST_NUMBERS:
        return tuple(_whole(name, each) for each in value)
    raise ValueError(name)


def _largest(name: str) -> int:
    return _LARGEST_OF.get(name, _LARGEST)


def _whole(name: str, value: object) -> int:
    if type(value) is int and 0 <= value <= _largest(name):
        return value
    raise ValueError(name)
