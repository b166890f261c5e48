"""Reads the activations of a rebuilt head from the modules of a network that was pickled whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from camviewer.engine.architectures.network_changes import activation_note, is_activation_note
from camviewer.engine.checkpoints.pickled_modules import ModulePart, ModuleTree
from camviewer.engine.errors import CamviewerError
from camviewer.engine.importing.kept_network import EXPORT_HINT, CheckpointNetwork

_KINDS = {
    "ReLU": "relu",
    "GELU": "gelu",
    "Tanh": "tanh",
    "SiLU": "silu",
    "LeakyReLU": "leaky_relu",
    "ELU": "elu",
    "Hardswish": "hardswish",
    "Sigmoid": "sigmoid",
}
"""The classes of ``torch.nn.modules.activation`` that a head can be rebuilt with."""
_USUAL = {"negative_slope": 0.01, "alpha": 1.0, "approximate": "none"}
"""Settings that these must have; because others would be computed wrongly."""
_ACTIVATIONS = "torch.nn.modules.activation."
_SEQUENTIAL = "torch.nn.modules.container.Sequential"


def with_pickled_activations(
    name: str, network: CheckpointNetwork, tree: ModuleTree
) -> CheckpointNetwork:
    """The same network with the activations that its pickled modules name, where they name all.

    Args:
        name: of the file, for sentences.
        network: as it was told by its tensors, which takes ReLU.
        tree: the modules of the network that was pickled whole.

    Raises:
        CamviewerError: one of them cannot be rebuilt.
    """
    head = None if network.changes is None else network.changes.head
    if head is None or network.changes is None or not head.assumed:
        return network
    functions = []
    for place in head.assumed:
        before = next(name for name in reversed(network.head_modules[:place]) if name)
        behind = next((name for name in network.head_modules[place:] if name), "")
        functions.append(_function_between(name, tree, before, behind))
    told = [function for function in functions if function is not None]
    if len(told) < len(functions):
        return network
    notes = [note for note in network.notes if not is_activation_note(note)]
    return replace(
        network,
        changes=network.changes.with_activations(told),
        notes=(*notes, activation_note(told, "its pickled modules")),
    )


def _function_between(name: str, tree: ModuleTree, before: str, behind: str) -> str | None:
    """The one of ``ACTIVATIONS`` that stands between two modules; None when that is not told."""
    paths = [part.path for part in tree.parts]
    if before not in paths or behind not in paths:
        return None
    between = tree.parts[paths.index(before) + 1 : paths.index(behind)]
    found = [part for part in between if part.kind.startswith(_ACTIVATIONS)]
    if len(found) == 1:
        return _function_of(name, found[0])
    # Only a row of modules runs nothing but what lies in it; a forward of one's own may.
    parent = before.rpartition(".")[0]
    is_row = parent == behind.rpartition(".")[0] and _kind(tree.parts, parent) == _SEQUENTIAL
    return "none" if not found and is_row else None


def _function_of(name: str, part: ModulePart) -> str:
    kind = part.kind.removeprefix(_ACTIVATIONS)
    set_otherwise = [
        f"{setting}={part.settings[setting]}"
        for setting, usual in _USUAL.items()
        if part.settings.get(setting, usual) != usual
    ]
    if kind not in _KINDS or set_otherwise:
        raise CamviewerError(
            f"{name} has {kind}({', '.join(set_otherwise)}) at {part.path} in its head, which "
            "camviewer cannot rebuild.",
            EXPORT_HINT,
        )
    return _KINDS[kind]


def _kind(parts: Sequence[ModulePart], path: str) -> str:
    return next((part.kind for part in parts if part.path == path), "")
