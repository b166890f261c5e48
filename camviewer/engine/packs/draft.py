"""What is to be kept as a pack, and what the user has said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from camviewer.engine.architectures.network_changes import NetworkChanges
from camviewer.engine.architectures.pooled_cut import PooledCut
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.packs.manifest import TENSORS

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True, eq=False)
class PackDraft:
    """A model that is to be kept.

    Attributes:
        weights: the tensors, or the file of a program, which is copied.
        title: name on screen.
        architecture: for example ``torchvision/resnet50``.
        labels: class names by index.
        recipe: what the network is fed.
        activation: ``softmax`` or ``sigmoid``; ``none`` of a network that puts out values.
        outputs: how many numbers the network puts out; as many as there are labels when None.
        origin: the name of the file that the weights came from.
        notes: what is to be told of the model.
        pooled: where the architecture was cut for a pooled head.
        training: the record of its training.
        kept_as: one of ``manifest.FORMATS``.
        config: what a network of transformers is built from.
        changes: what differs from the architecture.
        unit: of the values that it puts out.
        output: which of several tensors of a program is taken.
    """

    weights: Mapping[str, Tensor] | Path
    title: str
    architecture: str
    labels: Sequence[str]
    recipe: Recipe
    activation: str = "softmax"
    outputs: int | None = None
    origin: str = ""
    notes: Sequence[str] = ()
    pooled: PooledCut | None = None
    training: bytes | None = None
    kept_as: str = TENSORS
    config: bytes | None = None
    changes: NetworkChanges | None = None
    unit: str = ""
    output: str = ""


@dataclass(frozen=True)
class ImportChoices:
    """What the user has said of a model that is imported; None where nothing was said.

    Attributes:
        labels: file with the names of the classes.
        title: name on screen.
        activation: ``softmax``, ``sigmoid``, or ``none`` for values.
        allow_code: whether a program that can run any code may be opened.
        unit: of the values.
        output: which of several tensors of a program is taken; the first when empty.
    """

    labels: Path | None = None
    title: str | None = None
    activation: str | None = None
    allow_code: bool = False
    unit: str = ""
    output: str = ""
