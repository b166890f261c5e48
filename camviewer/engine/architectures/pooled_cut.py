"""Where a network was cut to be given a pooled linear head, as a pack's ``model.toml`` says it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

ARRANGEMENTS = ("channels-first", "channels-last", "tokens")

_NAME = re.compile(r"[A-Za-z0-9_]{1,80}(\.[A-Za-z0-9_]{1,80}){0,15}")
_MOST_CHANNELS = 65_536
_MOST_REMOVED = 1000


@dataclass(frozen=True)
class PooledCut:
    """A network that runs up to a layer and then averages its cells for one linear layer.

    Attributes:
        layer: dotted name in the base network of the last layer that runs.
        channels: of that layer's cells.
        arrangement: how that layer holds its grid, one of ``ARRANGEMENTS``.
        prefix: tokens before those of the grid.
        rectified: whether a ReLU that is no module of its own follows the layer.
        convolution: channels of the 3x3 convolution before the pooling; 0 when there is none.
        base_classes: how many classes the base network was built for.
        without: dotted names of the base's modules that never run, and have no tensors.
    """

    layer: str
    channels: int
    arrangement: str = ARRANGEMENTS[0]
    prefix: int = 0
    rectified: bool = False
    convolution: int = 0
    base_classes: int = 1000
    without: tuple[str, ...] = ()

    def table(self) -> dict[str, Any]:
        """The cut as plain data for TOML."""
        return asdict(self) | {"without": list(self.without)}


def read_cut(table: Mapping[str, Any]) -> PooledCut:
    """Reads and checks the table of a manifest that somebody else may have written.

    Raises:
        ValueError: a field is missing or not what it can be; the error's words name it.
    """
    missing = [field.name for field in fields(PooledCut) if field.name not in table]
    if missing:
        raise ValueError(missing[0])
    allowed = {
        "channels": range(1, _MOST_CHANNELS),
        "prefix": range(9),
        "convolution": range(_MOST_CHANNELS),
        "base_classes": range(1, 1_000_001),
    }
    for name, values in allowed.items():
        if type(table[name]) is not int or table[name] not in values:
            raise ValueError(name)
    if table["arrangement"] not in ARRANGEMENTS:
        raise ValueError("arrangement")
    if not isinstance(table["rectified"], bool):
        raise ValueError("rectified")
    removed = table["without"]
    if not isinstance(removed, list) or len(removed) > _MOST_REMOVED:
        raise ValueError("without")
    for field, name in (("layer", table["layer"]), *(("without", name) for name in removed)):
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise ValueError(field)
    named = {field.name: table[field.name] for field in fields(PooledCut)}
    return PooledCut(**named | {"without": tuple(removed)})
