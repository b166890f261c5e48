"""Checkpoints that are told before any classifier is looked for: adapters, and scores of pixels."""

from __future__ import annotations

from collections.abc import Mapping

from torch import Tensor

from camviewer.engine.architectures.network_changes import NetworkChanges
from camviewer.engine.architectures.segmentation import ON_EVERY_PIXEL, recognise_segmentation
from camviewer.engine.architectures.training_tensors import is_adapter
from camviewer.engine.errors import CamviewerError
from camviewer.engine.importing.kept_network import EXPORT_HINT, CheckpointNetwork
from camviewer.engine.packs.network import left_out_notes, network_tensors

_AUXILIARY = ".aux_classifier."
_SMP_PARTS = (".encoder.", ".decoder.", ".segmentation_head.")
"""How segmentation_models_pytorch names the parts of its networks."""


def require_rebuildable(name: str, tensors: Mapping[str, Tensor]) -> None:
    """Refuses what no library that is installed can rebuild from its tensors.

    Raises:
        CamviewerError: it holds low-rank adapters, or a network of segmentation_models_pytorch.
    """
    _require_no_adapters(name, tensors)
    if all(any(part in f".{key}" for key in tensors) for part in _SMP_PARTS):
        raise CamviewerError(
            f"{name} is a network of segmentation_models_pytorch, which camviewer cannot rebuild.",
            EXPORT_HINT,
        )


def segmentation_network(
    tensors: Mapping[str, Tensor], wanted: str | None
) -> CheckpointNetwork | None:
    """One of torchvision's networks that score every pixel; None where it is none.

    Args:
        tensors: by name in the checkpoint.
        wanted: the architecture, when somebody says so; with or without its library.
    """
    shapes = {key: tuple(tensor.shape) for key, tensor in tensors.items()}
    found = recognise_segmentation(shapes)
    if found is None:
        return None
    architecture, changes = found.architecture, NetworkChanges(channels=found.channels)
    if wanted not in {None, architecture, architecture.partition("/")[2]}:
        return None
    kept, left_out = network_tensors(tensors, found.prefix, architecture, found.classes)
    trained_with = [name for name in tensors if _AUXILIARY in f".{name}"]
    notes = (ON_EVERY_PIXEL, *left_out, *left_out_notes(trained_with))
    return CheckpointNetwork(architecture, found.classes, changes or None, kept, notes)


def _require_no_adapters(name: str, tensors: Mapping[str, Tensor]) -> None:
    """Refuses low-rank adapters, whose share in the weights the file does not tell.

    Raises:
        CamviewerError: there are some that change the network.
    """
    adapters = [key for key in tensors if is_adapter(key)]
    if not adapters:
        return
    alone = len(adapters) > len(tensors) / 2
    raise CamviewerError(
        f"{name} holds LoRA adapters ({adapters[0]}, ...)"
        + (" and not the network that they change." if alone else " beside the weights."),
        "Merge them where the model was trained and save the result: "
        'torch.save(model.merge_and_unload().state_dict(), "merged.pth"). '
        "See docs/models.md#adapters.",
    )
