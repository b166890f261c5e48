"""The network of a checkpoint that timm built with arguments, as a ``config.json`` states them."""

from __future__ import annotations

from collections.abc import Mapping

from torch import Tensor

from camviewer.engine.architectures.changed_network import build_changed
from camviewer.engine.architectures.fingerprints import essential
from camviewer.engine.architectures.network_changes import RGB, NetworkChanges
from camviewer.engine.companions.config_json import Stated
from camviewer.engine.errors import CamviewerError
from camviewer.engine.importing.kept_network import CheckpointNetwork


def stated_network(tensors: Mapping[str, Tensor], stated: Stated) -> CheckpointNetwork | None:
    """The network that a file states, where the checkpoint has just its tensors; None otherwise.

    ``vit_base_patch16_224`` with ``img_size=256`` has a table of positions of its own.

    Args:
        tensors: by name in the checkpoint.
        stated: with an architecture, arguments and a number of classes.
    """
    if not stated.arguments or not stated.architecture or not stated.classes:
        return None
    first = next((tensor for tensor in tensors.values() if tensor.dim() == 4), None)
    channels = RGB if first is None else int(first.shape[1])
    changes = NetworkChanges(channels, arguments=stated.arguments)
    try:
        wanted = build_changed(
            stated.architecture, stated.classes, changes, device="meta"
        ).state_dict()
        if _essential(wanted) != _essential(tensors):
            return None
        missing = [name for name in wanted if name not in tensors]
        if missing:
            new = build_changed(stated.architecture, stated.classes, changes).state_dict()
            tensors = {**tensors, **{name: new[name] for name in missing}}
    except CamviewerError:
        return None
    kept = {name: tensors[name] for name in sorted(wanted)}
    words = ", ".join(f"{name}={value}" for name, value in stated.arguments)
    note = f"The network was built with {words}, as {stated.source} says."
    return CheckpointNetwork(stated.architecture, stated.classes, changes, kept, (note,))


def _essential(tensors: Mapping[str, Tensor]) -> dict[str, tuple[int, ...]]:
    return essential({name: tuple(tensor.shape) for name, tensor in tensors.items()})
