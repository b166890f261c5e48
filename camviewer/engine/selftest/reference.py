"""Reads the expected results of the embedded model for the samples."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.support.resources import resource

FILE = "reference.json"
PROBABILITY_TOLERANCE = 0.002
MAP_TOLERANCE = 0.005
"""Maximum difference of a cell, as a share of the map's largest value; because processors round
differently."""


@dataclass(frozen=True, eq=False)
class Expected:
    """The expected results for a sample.

    Attributes:
        sample: its file name.
        class_name: the most probable class.
        probability: probability of that class.
        maps: raw values (h, w) of that class in the recipe's own placement, by method.
    """

    sample: str
    class_name: str
    probability: float
    maps: dict[str, NDArray[np.float32]]


def expected_samples() -> tuple[Expected, ...]:
    """The expected results of each sample photograph."""
    content = json.loads(resource("selftest", FILE).read_text(encoding="utf-8"))
    return tuple(
        Expected(
            sample=name,
            class_name=row["class"],
            probability=row["probability"],
            maps={method: np.array(values, np.float32) for method, values in row["maps"].items()},
        )
        for name, row in content["samples"].items()
    )
