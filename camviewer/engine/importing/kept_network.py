"""What is kept of a checkpoint, and what to do with one whose network is not known."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from camviewer.engine.architectures.network_changes import NetworkChanges

EXPORT_HINT = (
    "Where the model was trained, export it with its network: "
    "program = torch.export.export(model.eval(), (torch.rand(1, 3, 224, 224),)); "
    'torch.export.save(program, "model.pt2"). '
    'Or: torch.onnx.export(model.eval(), (torch.rand(1, 3, 224, 224),), "model.onnx"). '
    "See docs/models.md#what-is-refused."
)
"""What to do with a network that is not known."""


@dataclass(frozen=True, eq=False)
class CheckpointNetwork:
    """What is kept of a checkpoint.

    Attributes:
        architecture: that was recognised.
        classes: how many numbers the head puts out; of a network without one, its features.
        changes: what differs from the architecture; None when nothing does.
        tensors: by name in the rebuilt network.
        notes: what was left out or assumed, in sentences.
        headless: whether it gives features and no classes.
        head_modules: the checkpoint's module of each layer of a rebuilt head; empty for an
            activation.
    """

    architecture: str
    classes: int
    changes: NetworkChanges | None
    tensors: dict[str, Tensor]
    notes: tuple[str, ...]
    headless: bool = False
    head_modules: tuple[str, ...] = ()
