"""Defines the requests to the engine and its results, as plain, frozen data."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import nan
from pathlib import PurePath
from typing import TYPE_CHECKING

from camviewer.engine.geometry.geometry import Placement, PlacementMode, Recipe
from camviewer.engine.geometry.input_scale import InputChoice
from camviewer.engine.results.confidence import Confidence
from camviewer.engine.results.heatmap import Concept, Heatmap
from camviewer.engine.results.method_info import (
    BoundLayer,
    Cost,
    Explains,
    MethodInfo,
    MethodOption,
    OptionValue,
    OptionValues,
    ScoreKind,
)
from camviewer.engine.results.notes import Note
from camviewer.engine.results.targets import Target
from camviewer.engine.results.without_classes import FEATURES, NO_CLASS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "BoundLayer",
    "Cost",
    "DeviceInfo",
    "ExplainRequest",
    "Explains",
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
        free_bytes: its free memory; None for devices that use the system's memory.
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
        cam: whether its spatial mean is the input of the linear head, so that CAM is exact.
    """

    name: str
    kind: str
    shape: tuple[int, int, int]
    cam: bool


@dataclass(frozen=True)
class ModelInfo:
    """The description of a loaded classifier for the window and for files.

    Attributes:
        id: short name on the command line; the whole path for a model that is not kept.
        title: name on screen.
        labels: class names by index; none when it has no classes.
        activation: ``softmax`` or ``sigmoid``; ``none`` when it puts out values, and ``features``
            when it has no classes.
        recipe: its preprocessing.
        default_layer: dotted name of the layer that is tapped by default.
        weights_sha256: hash of the file with the weights.
        device: where it runs, for example ``CPU``.
        cam_layer: the layer on which CAM is exact; None without a pooled linear head.
        cam_refusal: why CAM is not defined, with this network's shapes; empty when it is.
        layer_refusal: why its layers cannot be reached, which leaves only methods that use class
            scores alone; empty when they can.
        one_output: whether the network has a single output, from which the classes *against* and
            *for* are made.
        remarks: sentences from the import on choices and unknowns.
        head_activations: what stands between the linear layers of a rebuilt head, which can be
            changed; none when nothing can stand there.
        architecture: for example ``torchvision/resnet50``; empty when it has no name.
        unit: of the values that it puts out; empty where they have none.
        scores_pixels: whether it scores every pixel, and its scores are means over these.
        output: which of several tensors of its program it puts out; empty for the usual one.
        own_recipe: its own preprocessing while somebody feeds it otherwise for a while; None while
            ``recipe`` is its own.
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
    head_activations: tuple[str, ...] = ()
    architecture: str = ""
    unit: str = ""
    scores_pixels: bool = False
    output: str = ""
    own_recipe: Recipe | None = None

    @property
    def input_choice(self) -> InputChoice | None:
        """What somebody chose in place of its own range and bands; None without a choice."""
        own, recipe = self.own_recipe, self.recipe
        if own is None:
            return None
        bands = recipe.bands if recipe.bands != own.bands else ()
        return InputChoice(bands, recipe.scale if recipe.scale != own.scale else None)

    @property
    def has_classes(self) -> bool:
        """Whether what it puts out are scores of classes, and not features."""
        return self.activation != FEATURES

    @property
    def has_probabilities(self) -> bool:
        """Whether what it puts out become probabilities of classes."""
        return self.activation in {"softmax", "sigmoid"}

    @property
    def is_for_this_run(self) -> bool:
        """Whether the model was opened from its file and is not kept as a pack."""
        return PurePath(self.id).is_absolute()


@dataclass(frozen=True, eq=False)
class Verdict:
    """The model's prediction for a picture under its own recipe.

    Attributes:
        logits: float32 (K,); K is 0 when the model has no classes.
        probabilities: float32 (K,), after softmax or sigmoid; not numbers (nan) where the model
            puts out values.
        confidence: what was fitted on a labelled run says of it; None without a calibration.
    """

    logits: NDArray[np.float32]
    probabilities: NDArray[np.float32]
    confidence: Confidence | None = None

    def top(self, k: int) -> tuple[int, ...]:
        """The ``k`` most probable classes, best first."""
        import numpy as np  # noqa: PLC0415  (start-up)

        wanted = min(max(k, 0), len(self.logits))
        if not wanted:
            return ()
        least = np.partition(self.logits, -wanted)[-wanted]
        among = np.flatnonzero(self.logits >= least)  # sorting all classes takes far longer
        order = among[np.argsort(-self.logits[among], kind="stable")]
        return tuple(int(index) for index in order[:wanted])

    def rank(self, index: int) -> int:
        """Place of a class, from 1; of equally probable ones the first in the list comes first."""
        above = int((self.logits > self.logits[index]).sum())
        return above + int((self.logits[:index] == self.logits[index]).sum()) + 1


@dataclass(frozen=True)
class ExplainRequest:
    """A request for a map of a picture.

    Attributes:
        class_index: None for the most probable class; a target with a class of its own goes before.
        method: id of the method.
        layer: dotted name; None for the model's default.
        mode: placement.
        detail: input size in trained input sizes.
        nominal: whether cells are drawn at their nominal centres, as other programs do.
        score: the score of the class that is explained.
        options: options of the method that differ from their defaults.
        target: what is explained; None for the score of the class.
    """

    class_index: int | None = None
    method: str = "cam"
    layer: str | None = None
    mode: PlacementMode = PlacementMode.CROP
    detail: float = 1.0
    nominal: bool = False
    score: ScoreKind = ScoreKind.LOGIT
    options: OptionValues = ()
    target: Target | None = None


_TELLING = 0.02
"""Minimum share of the work for an estimate of the remaining time."""


@dataclass(frozen=True, eq=False)
class Explanation:
    """A map with everything that belongs to it.

    Of a model without classes ``class_index`` is ``NO_CLASS``, the name is empty, and probabilities
    and logits are not numbers (nan).

    Attributes:
        request: the request, with class, layer and all options filled in.
        heatmap: raw values and their geometry.
        placement: how the network saw the picture.
        class_name: label of the class.
        probability: probability of the class under the model's own recipe, 0 to 1.
        logit: logit of the class under the model's own recipe.
        probability_here: probability of the class for the input of the map.
        logit_here: logit of the class for the input of the map.
        milliseconds: time from the request to the map.
        passes: number of passes through the network (0 when all was cached).
        device: the device that ran the network.
        notes: what the user should know about the map.
        share: share of the work that is done, 0 to 1.
        underway: whether the map is still refining; otherwise a share below 1 means that it was
            stopped.
        share_before: share that had been done for another class, or before it was stopped.
        engine: name of the engine that ran the network; empty for torch.
        facts: additions to the map's name, for example ``against tabby``.
        versus: the classes that the class was compared with.
        concepts: the components of the map, the strongest first.
        remark: one sentence on the input of the map if it is not the pass's own; else empty.
        target_name: what is explained, in words, if it is not the score of the class; else empty.
        target_score: the explained score for the input of the map, in the unit of its kind.
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
    target_name: str = ""
    target_score: float = nan

    @property
    def subject(self) -> str:
        """What the map is of, in words: the target, or the class; empty without either."""
        return self.target_name or self.class_name

    @property
    def has_class(self) -> bool:
        """Whether its model has classes at all."""
        return self.class_index != NO_CLASS

    @property
    def milliseconds_left(self) -> float | None:
        """Estimated remaining time; None until enough of the work is done."""
        done = self.share - self.share_before
        return self.milliseconds * (1 - self.share) / done if done >= _TELLING else None
