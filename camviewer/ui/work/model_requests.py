"""What the model's thread is sent to do, and what it comes back with: plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import (
    DeviceInfo,
    ExplainRequest,
    Explanation,
    MethodInfo,
    ModelInfo,
    Verdict,
)
from camviewer.ui.work.model_file_kinds import ImportRequest
from camviewer.ui.work.model_query import Question

if TYPE_CHECKING:
    from camviewer.engine.packs.store import DamagedPack, PackInfo


@dataclass(frozen=True)
class Load:
    """Load a model."""

    model: str
    cache: Path | None


@dataclass(frozen=True)
class Move:
    """Run on another device."""

    device: str


@dataclass(frozen=True)
class Run:
    """Run every model so from now on.

    Attributes:
        second_engine: by the second engine where that gives torch's numbers, or by torch alone.
        half_precision: with the many pictures of slow methods scored in bfloat16.
    """

    second_engine: bool = True
    half_precision: bool = False


@dataclass(frozen=True)
class Forget:
    """Let go of what was made of pictures that were closed, and give the memory back.

    Attributes:
        kept: hashes of the pictures that are still open.
    """

    kept: tuple[str, ...] = ()


@dataclass(frozen=True)
class Models:
    """List what was imported."""


@dataclass(frozen=True)
class Listed:
    """What was imported.

    Attributes:
        sound: models that can be asked.
        damaged: folders among them that cannot.
    """

    sound: tuple[PackInfo, ...]
    damaged: tuple[DamagedPack, ...]


@dataclass(frozen=True, eq=False)
class Classify:
    """Say what the model sees."""

    image: SourceImage


@dataclass(frozen=True, eq=False)
class Explain:
    """Make a map."""

    image: SourceImage
    request: ExplainRequest


@dataclass(frozen=True, eq=False)
class Layers:
    """List the layers for a placement."""

    image: SourceImage
    mode: PlacementMode
    detail: float


@dataclass(frozen=True)
class Offset:
    """Measure where a layer's cells look."""

    layer: str


Ask = Move | Classify | Explain | Layers | Offset | Question
Request = Load | Run | ImportRequest | Models | Forget | Ask


@dataclass(frozen=True)
class Model:
    """A loaded model."""

    info: ModelInfo
    methods: tuple[tuple[MethodInfo, str], ...]
    devices: tuple[DeviceInfo, ...]


@dataclass(frozen=True, eq=False)
class Explained:
    """A map, finished or underway."""

    verdict: Verdict
    explanation: Explanation
    wants_offset: bool = False
    forecasts: tuple[tuple[str, float], ...] = ()
