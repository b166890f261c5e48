"""What crosses between the engine and those who show its results: plain, frozen data."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.geometry.geometry import Placement, PlacementMode, Recipe
from camviewer.engine.results.heatmap import Concept, Heatmap
from camviewer.engine.results.method_info import (
    Cost,
    MethodInfo,
    MethodOption,
    OptionValue,
    OptionValues,
    ScoreKind,
)
from camviewer.engine.results.notes import Note

__all__ = [
    "Cost",
    "DeviceInfo",
    "ExplainRequest",
    "Explanation",
    "LayerInfo",
    "MethodInfo",
    "MethodOption",
    "ModelInfo",
    "OptionValue",
    "OptionValues",
    "ScoreKind",
    "Verdict",
]


@dataclass(frozen=True)
class DeviceInfo:
    """Something that a network can run on.

    Attributes:
        id: ``cpu``, ``mps``, ``cuda:0``, ``cuda:1`` and so on.
        title: name on screen.
        free_bytes: memory that is free on it; None where it is the system's own.
    """

    id: str
    title: str
    free_bytes: int | None = None


@dataclass(frozen=True)
class LayerInfo:
    """A module whose output has a spatial grid.

    Attributes:
        name: dotted path in the network.
        kind: the module's class name.
        shape: (C, h, w) of its output for the picture at hand.
        cam: whether its spatial mean is what the linear head is fed, so that CAM is exact here.
    """

    name: str
    kind: str
    shape: tuple[int, int, int]
    cam: bool


@dataclass(frozen=True)
class ModelInfo:
    """A loaded classifier, as far as the window and the files need to know it.

    Attributes:
        id: short name on the command line; the whole path of a model that was opened where it lies.
        title: name on screen.
        labels: class names by index.
        activation: ``softmax`` or ``sigmoid``.
        recipe: what the network is fed.
        default_layer: dotted name of the layer that is tapped unless the user says otherwise.
        weights_sha256: of the weights' file.
        device: where it runs, for example ``CPU``.
        cam_layer: the layer that CAM is exact on; None when the head is not pooled and linear.
        cam_refusal: why CAM is not defined, with this network's shapes; empty when it is.
        layer_refusal: why none of its layers can be reached, so that only methods which look at
            the class scores alone are defined; empty when they can.
        one_output: whether the network puts out a single number, of which the two classes are the
            sides against and for.
        remarks: what was chosen or could not be told as it was imported, in sentences.
        head_activation: what stands between the linear layers of a rebuilt head, which can be
            changed; empty when nothing can stand there.
    """

    id: str
    title: str
    labels: tuple[str, ...]
    activation: str
    recipe: Recipe
    default_layer: str
    weights_sha256: str
    device: str
    cam_layer: str | None
    cam_refusal: str = ""
    layer_refusal: str = ""
    one_output: bool = False
    remarks: tuple[str, ...] = ()
    head_activation: str = ""

    @property
    def is_for_this_run(self) -> bool:
        """Whether it was opened where it lies, and is none of those that are kept."""
        return PurePath(self.id).is_absolute()


@dataclass(frozen=True, eq=False)
class Verdict:
    """What the model says of a picture under its own recipe.

    Attributes:
        logits: float32 (K,).
        probabilities: float32 (K,), after softmax or sigmoid.
    """

    logits: NDArray[np.float32]
    probabilities: NDArray[np.float32]

    def top(self, k: int) -> tuple[int, ...]:
        """The ``k`` most probable classes, best first."""
        order = np.argsort(-self.logits, kind="stable")
        return tuple(int(index) for index in order[: max(k, 0)])


@dataclass(frozen=True)
class ExplainRequest:
    """Which map of a picture is wanted.

    Attributes:
        class_index: None for the class that the model finds most probable.
        method: a method's id.
        layer: dotted name; None for the model's default.
        mode: placement.
        detail: how much larger than trained the input is.
        nominal: draw the cells at their nominal centres, as other programs do.
        score: which number of the class is explained.
        options: those of the method that differ from its defaults.
    """

    class_index: int | None = None
    method: str = "cam"
    layer: str | None = None
    mode: PlacementMode = PlacementMode.CROP
    detail: float = 1.0
    nominal: bool = False
    score: ScoreKind = ScoreKind.LOGIT
    options: OptionValues = ()


_TELLING = 0.02
"""Of the work: less says nothing yet about how long it takes."""


@dataclass(frozen=True, eq=False)
class Explanation:
    """A map, and everything that must be said beside it.

    Attributes:
        request: what was asked for, with class, layer and all options filled in.
        heatmap: raw values and where they lie.
        placement: how the network saw the picture.
        class_name: label of the class.
        probability: of the class under the model's own recipe, 0 to 1.
        logit: of the class under the model's own recipe.
        probability_here: of the class where the map was made.
        logit_here: of the class where the map was made.
        milliseconds: from the request to the map.
        passes: how many passes through the network that took (0 when all was cached).
        device: where it ran.
        notes: what the user should know about the map.
        share: how much of the work is done, 0 to 1.
        underway: whether the map is still being made; a share below 1 without that says where
            it was stopped.
        share_before: how much of it had been done for another class, or before it was stopped.
        engine: what ran the network when that was not torch; empty when it was.
        facts: what belongs to the map's name, for example ``against tabby``.
        versus: the classes that the class was compared with.
        concepts: the parts that the map is made of, the strongest first.
        remark: one sentence on what was scored where the map was made, when that is not the pass
            itself; empty when it is.
    """

    request: ExplainRequest
    heatmap: Heatmap
    placement: Placement
    class_index: int
    class_name: str
    method: MethodInfo
    layer: LayerInfo
    probability: float
    logit: float
    probability_here: float
    logit_here: float
    milliseconds: float
    passes: int
    device: str
    notes: tuple[Note, ...] = field(default=())
    share: float = 1.0
    underway: bool = False
    share_before: float = 0.0
    engine: str = ""
    facts: tuple[str, ...] = ()
    versus: tuple[int, ...] = ()
    concepts: tuple[Concept, ...] = ()
    remark: str = ""

    @property
    def milliseconds_left(self) -> float | None:
        """How long the rest will take, by what took so long until now; None when that is little."""
        done = self.share - self.share_before
        return self.milliseconds * (1 - self.share) / done if done >= _TELLING else None
