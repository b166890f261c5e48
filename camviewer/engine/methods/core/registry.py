"""Defines what a method is, and registers all methods.

A method is a function with a ``@method(...)`` line above it; the window, the command line, the
documentation and the tests find it here. Three shapes are allowed:

- ``(Forward, class_index, **options) -> ClassMap``: from one pass.
- ``(Probe, class_index, **options) -> ClassMap``: with ``probes=True``, from several passes.
- ``(Probe, class_index, **options) -> Iterator[Step]``: the same, yielding maps as they refine.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from torch import Tensor

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.cell_grid import GridGeometry, Registration
from camviewer.engine.methods.core.plugins import load_plugins
from camviewer.engine.methods.core.probe import Probe
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.forward import Forward
from camviewer.engine.results.heatmap import Concept
from camviewer.engine.results.messages import (
    BoundLayer,
    Cost,
    Explains,
    MethodInfo,
    MethodOption,
    OptionValue,
    ScoreKind,
)
from camviewer.engine.results.notes import Note


class Needs(Enum):
    """What a method requires; the value says which models and layers it is defined for."""

    POOLED_LINEAR_HEAD = (
        "networks that end in global average pooling and one linear layer, on the layer before"
    )
    GRADIENTS = "every layer with a grid, through which gradients flow"
    ACTIVATIONS = "every layer with a grid"
    ATTENTION = "networks with attention that look at tokens"
    CONVERTIBLE_HEAD = (
        "networks whose linear layers are fed a flattened grid, as VGG's and AlexNet's are"
    )
    NOTHING = "every classifier, also without layers or gradients"


class Group(Enum):
    """The headings of the list of methods."""

    LINEAR_HEAD = "Linear head"
    GRADIENT = "Gradient"
    PERTURBATION = "Perturbation"
    BLACK_BOX = "Black box"
    DECOMPOSITION = "Decomposition"
    CONTRAST = "Contrast"
    SEVERAL_LAYERS = "Several layers"
    INPUT = "Several inputs"
    PIXELS = "Pixel attributions"
    TRANSFORMER = "Transformer"


@dataclass(frozen=True)
class ScoreAtMap:
    """The score of a class for the input that its map was made from, if it is not the pass's own.

    Attributes:
        logit: of the class.
        probability: of the class, 0 to 1.
        remark: one sentence that says what was scored.
    """

    logit: float
    probability: float
    remark: str


@dataclass(frozen=True, eq=False)
class ClassMap:
    """A raw map, with the scale of the terms that were summed for it.

    Attributes:
        values: (h, w), signed.
        terms: the largest sum of absolute terms in any cell; a range far below it is noise.
        geometry: the position of its cells, in input pixels or as a finished geometry; None for
            the cells of the tapped layer.
        notes: what the user should know about it.
        facts: additions to its name, for example the layers that it was made of.
        versus: the classes that the class was compared with.
        concepts: the components that it consists of, the strongest first.
        score_at_map: the class score at the input of the map; None for the pass's own score.
    """

    values: Tensor
    terms: float
    geometry: Registration | GridGeometry | None = None
    notes: tuple[Note, ...] = ()
    facts: tuple[str, ...] = ()
    versus: tuple[int, ...] = ()
    concepts: tuple[Concept, ...] = ()
    score_at_map: ScoreAtMap | None = None


Step = tuple[float, ClassMap]
"""The share of the work that is done, 0 to 1, and the map so far."""


def weighted_sum(weights: Tensor, activations: Tensor) -> ClassMap:
    """Sum over channels of ``weights * activations``.

    Args:
        weights: (C,) or (C, h, w).
        activations: (C, h, w).
    """
    if weights.dim() == 1:
        # Two products of a vector and a matrix take half the time of all terms one by one.
        flat = activations.flatten(1)
        values = (weights @ flat).view(activations.shape[1:])
        return ClassMap(values, float((weights.abs() @ flat.abs()).max()))
    products = weights * activations
    return ClassMap(products.sum(0), float(products.abs().sum(0).max()))


@dataclass(frozen=True)
class Effort:
    """The quantities that determine the cost of a method.

    Attributes:
        channels: number of non-constant channels of the tapped layer.
        tail_share: share of a pass's time that the tail network takes, 0 to 1.
        cells: number of cells of the tapped layer.
        input_size: (h, w) in input pixels.
        options: all options of the method.
    """

    channels: int
    tail_share: float
    cells: int
    input_size: tuple[int, int]
    options: dict[str, Any]

    def from_the_layer(self, times: float) -> float:
        """Cost, in passes, of finding the tail network and running it so many times."""
        return times * self.tail_share + (1.0 if self.tail_share > 0 else 0.0)


@dataclass(frozen=True)
class Method:
    """One way to make a heatmap: description, requirement and function.

    Attributes:
        info: its description.
        needs: what it requires of the network and the layer.
        passes: number of pictures that it sends through the network besides the first one.
        function: takes a Forward, or a Probe when ``probes``.
        probes: whether it needs more than one pass.
        refuses: why this method is not defined on a network; empty when it is.
    """

    info: MethodInfo
    needs: Needs
    function: Callable[..., ClassMap | Iterator[Step]]
    probes: bool
    passes: Callable[[Effort], float]
    refuses: Callable[[Classifier], str]

    @property
    def draws_cells(self) -> bool:
        """Whether its map has the cells of a layer, whose measured offset then applies."""
        return not self.info.fixed_layer and self.needs is not Needs.CONVERTIBLE_HEAD

    def explain(self, forward: Forward, class_index: int, **options: OptionValue) -> ClassMap:
        """The map of a method that needs one pass only."""
        if self.probes:
            raise TypeError(f"{self.info.id} asks the network more than one pass can tell")
        result = self.function(forward, class_index, **options)
        if not isinstance(result, ClassMap):
            raise TypeError(f"{self.info.id} gives no map")
        return result

    def begin(
        self, probe: Probe, class_index: int, options: dict[str, OptionValue]
    ) -> Generator[Step, None, None]:
        """The method's steps; a method that returns a map directly has a single step."""
        subject: Probe | Forward = probe if self.probes else probe.forward
        result = self.function(subject, class_index, **options)
        if isinstance(result, ClassMap):
            yield 1.0, result
        else:
            yield from result


_BOUND_LAYERS = {
    Needs.POOLED_LINEAR_HEAD: BoundLayer.CAM,
    Needs.CONVERTIBLE_HEAD: BoundLayer.DEFAULT,
}

_METHODS: dict[str, Method] = {}
_Function = TypeVar("_Function", bound=Callable[..., ClassMap | Iterator[Step]])


def _nothing_against(_classifier: Classifier) -> str:
    return ""


def _no_pass(_effort: Effort) -> float:
    return 0.0


def method(
    identifier: str,
    *,
    title: str,
    summary: str,
    citation: str,
    cost: Cost,
    needs: Needs,
    unit: str,
    defined_for: str = "",
    group: Group = Group.GRADIENT,
    options: tuple[MethodOption, ...] = (),
    scores: tuple[ScoreKind, ...] = tuple(ScoreKind),
    explains: Explains = Explains.ANY,
    fixed_layer: str = "",
    classless: bool = False,
    detail: float = 1.0,
    signed: bool = False,
    additive: bool = False,
    channel_option: str = "",
    stands_in_for: str = "",
    coloured: float = 1.0,
    passes: Callable[[Effort], float] = _no_pass,
    refuses: Callable[[Classifier], str] = _nothing_against,
    probes: bool = False,
) -> Callable[[_Function], _Function]:
    """Enters a function into the registry.

    Args:
        identifier: on the command line.
        title: on screen.
        summary: one line that a non-expert understands.
        citation: the paper.
        cost: instant, fast or slow.
        needs: what it requires of the network and the layer.
        defined_for: in words, if that is narrower than ``needs``.
        unit: unit of a value; ``logit`` stands for the score that is explained.
        group: the heading that it is listed under.
        options: keyword arguments of the function that the user may set.
        scores: the scores of a class that it can explain.
        explains: the targets that it can explain; not asked for a classless method.
        fixed_layer: shown in place of a layer when the user cannot choose one.
        classless: the map is the same for every class.
        detail: the best input size for it, in trained input sizes.
        signed: negative values are part of the explanation and are shown as well.
        additive: the mean of its cells, plus the bias, is the logit.
        channel_option: key of the option that picks one channel of the layer.
        stands_in_for: id of a method that it can be used in place of, where that is not defined.
        coloured: share of a map's values whose size colours tell apart, 0 to 1; below 1 for maps
            in which a few pixels are far larger than all others.
        passes: number of pictures that it sends through the network besides the first one.
        refuses: takes a Classifier and says why the method is not defined for it, or "".
        probes: the function takes a Probe in place of a Forward.
    """

    def enter(function: _Function) -> _Function:
        info = MethodInfo(
            id=identifier,
            title=title,
            summary=summary,
            citation=citation,
            cost=cost,
            unit=unit,
            group=group.value,
            defined_for=defined_for or needs.value,
            options=options,
            scores=scores,
            explains=explains,
            fixed_layer=fixed_layer,
            classless=classless,
            detail=detail,
            signed=signed,
            bound_layer=_BOUND_LAYERS.get(needs, BoundLayer.ANY),
            additive=additive,
            channel_option=channel_option,
            stands_in_for=stands_in_for,
            coloured=coloured,
        )
        known = _METHODS.get(identifier)
        if known is not None and known.function.__module__ != function.__module__:
            raise ValueError(f"there is a method called {identifier} already")
        _METHODS[identifier] = Method(info, needs, function, probes, passes, refuses)
        return function

    return enter


def all_methods() -> tuple[Method, ...]:
    """Every method, those of other packages included, by group, then in order of entry."""
    load_plugins()
    order = [group.value for group in Group]
    return tuple(sorted(_METHODS.values(), key=lambda method: order.index(method.info.group)))


def find_method(identifier: str) -> Method:
    """The method of that id.

    Raises:
        CamviewerError: there is none.
    """
    load_plugins()
    try:
        return _METHODS[identifier]
    except KeyError:
        known = ", ".join(method.info.id for method in all_methods())
        raise CamviewerError(
            f"There is no method called {identifier}.", f"Choose one of: {known}."
        ) from None
