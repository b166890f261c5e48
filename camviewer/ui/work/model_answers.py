"""What the model's thread answers: plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from camviewer.engine.results import DeviceInfo, Explanation, MethodInfo, ModelInfo, Verdict

if TYPE_CHECKING:
    from camviewer.engine.packs import DamagedPack, PackInfo


@dataclass(frozen=True)
class ModelReady:
    """A model that can be asked from now on.

    Attributes:
        info: the model.
        methods: each with why the model does not allow it; empty when it does.
        devices: where it could run.
    """

    info: ModelInfo
    methods: tuple[tuple[MethodInfo, str], ...]
    devices: tuple[DeviceInfo, ...]


@dataclass(frozen=True)
class KeptModels:
    """The models that were imported.

    Attributes:
        sound: models that can be asked.
        damaged: folders among them that cannot.
    """

    sound: tuple[PackInfo, ...]
    damaged: tuple[DamagedPack, ...]


@dataclass(frozen=True, eq=False)
class Explained:
    """A map, finished or under way.

    Attributes:
        verdict: what the model says of the picture.
        explanation: the map.
        wants_offset: whether it is worth measuring where the layer's cells look.
        forecasts: ids of slow methods with the seconds that they will take.
    """

    verdict: Verdict
    explanation: Explanation
    wants_offset: bool = False
    forecasts: tuple[tuple[str, float], ...] = ()
