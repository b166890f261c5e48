"""Tensors and the architecture that they are for: whether they fit, and the two as a network."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import torch
from torch import Tensor, nn

from camviewer.engine.architectures.catalogue import build
from camviewer.engine.architectures.changed_network import build_changed, folded
from camviewer.engine.architectures.fingerprints import essential, without_prefix
from camviewer.engine.architectures.network_changes import NetworkChanges
from camviewer.engine.architectures.network_search import FoundNetwork, network_sources
from camviewer.engine.architectures.pooled_cut import PooledCut
from camviewer.engine.architectures.pooled_network import build_pooled
from camviewer.engine.architectures.training_tensors import plain_name
from camviewer.engine.errors import CamviewerError
from camviewer.engine.packs.weights import mapped_weights
from camviewer.engine.support.progress import NO_PROGRESS, Progress

_SHOWN = 3
_COUNTER = "num_batches_tracked"


def network_tensors(
    tensors: Mapping[str, Tensor], prefix: str, architecture: str, classes: int
) -> tuple[dict[str, Tensor], tuple[str, ...]]:
    """The tensors of a checkpoint as the architecture names them.

    What only training uses is left out; what follows from the rest (counters, index tables) is
    added where the checkpoint lacks it.

    Args:
        tensors: by name in the checkpoint.
        prefix: what a wrapper has put before the names.
        architecture: that was recognised.
        classes: of its head.

    Returns:
        The tensors, and what is to be said of those that were left out.
    """
    wanted = build(architecture, classes, device="meta").state_dict()
    bare = {without_prefix(name, prefix): tensor for name, tensor in tensors.items()}
    telling = _essential(bare)
    inside = {
        without_prefix(name, prefix) for name in tensors if not prefix or name.startswith(prefix)
    }
    # An essential tensor of the network that does not fit stays, and is refused by its name.
    kept = {
        name: tensor
        for name, tensor in bare.items()
        if name in wanted or (name in telling and name in inside)
    }
    # Averaging turns counters and index tables into fractions.
    averaged = [
        name for name in kept if name not in telling and kept[name].dtype != wanted[name].dtype
    ]
    for name in averaged:
        del kept[name]
    derived = [name for name in wanted if name not in kept and name not in _essential(wanted)]
    kept |= _derived(derived, architecture, classes)
    beside = [name for name in telling if name not in kept]
    return {name: kept[name] for name in sorted(kept)}, left_out_notes(beside)


def found_tensors(
    tensors: Mapping[str, Tensor], found: FoundNetwork
) -> tuple[dict[str, Tensor], tuple[str, ...]]:
    """The same of a network that was found by its body.

    Args:
        tensors: by name in the checkpoint.
        found: the network.

    Returns:
        The tensors as the rebuilt network names them, and what is to be said of the rest.
    """
    architecture, classes, changes = found.architecture, found.classes, found.changes
    wanted = build_changed(architecture, classes, changes, device="meta").state_dict()
    names = {plain_name(name): name for name in tensors}
    sources = network_sources(found, wanted, names)
    kept = {
        name: tensors[source].reshape(wanted[name].shape)
        for name, source in sources.items()
        if _is_as(tensors[source], wanted[name])
    }
    missing = [name for name in wanted if name not in kept]
    if all(name.endswith(_COUNTER) for name in missing):
        kept |= {name: torch.tensor(0) for name in missing}
    else:
        new = build_changed(architecture, classes, changes).state_dict()
        derived = essential(dict.fromkeys(missing, ()))
        kept |= {name: new[name] for name in missing if name not in derived}
    aside = [names[name] for name in found.aside]
    return {name: kept[name] for name in sorted(kept)}, left_out_notes(aside)


def left_out_notes(names: Sequence[str]) -> tuple[str, ...]:
    """What is to be said of tensors that a network does not have; nothing without any."""
    if not names:
        return ()
    return (f"Left out: {_few(names)}, which the network does not have.",)


def _is_as(tensor: Tensor, wanted: Tensor) -> bool:
    """Whether it can be taken: counters that were averaged are fractions, and cannot."""
    return tensor.numel() == wanted.numel() and tensor.dtype == wanted.dtype


def _essential(tensors: Mapping[str, Tensor]) -> dict[str, tuple[int, ...]]:
    return essential({name: tuple(tensor.shape) for name, tensor in tensors.items()})


def _derived(names: list[str], architecture: str, classes: int) -> dict[str, Tensor]:
    """Counters and tables as a new network has them."""
    if all(name.endswith(_COUNTER) for name in names):
        return {name: torch.tensor(0) for name in names}
    new = build(architecture, classes).state_dict()
    return {name: new[name] for name in names}


def require_fit(
    name: str,
    tensors: Mapping[str, Tensor],
    architecture: str,
    classes: int,
    changes: NetworkChanges | None = None,
) -> None:
    """Checks names, shapes and types of tensors against an architecture, without its weights.

    Raises:
        CamviewerError: some are missing, unexpected or of another shape or type.
    """
    wanted = build_changed(architecture, classes, changes, device="meta").state_dict()
    _require_same(name, tensors, wanted, architecture)


def require_fitting_file(
    name: str,
    path: Path,
    architecture: str,
    classes: int,
    *,
    pooled: PooledCut | None = None,
    changes: NetworkChanges | None = None,
) -> None:
    """The same for a file of safetensors, of an architecture or of what was cut out of it.

    Raises:
        CamviewerError: it does not fit, or is damaged.
    """
    wanted = _built(architecture, classes, pooled, changes, "meta").state_dict()
    _require_same(name, mapped_weights(name, path), wanted, architecture)


def load_network(
    name: str,
    path: Path,
    architecture: str,
    classes: int,
    *,
    pooled: PooledCut | None = None,
    changes: NetworkChanges | None = None,
    progress: Progress = NO_PROGRESS,
) -> nn.Module:
    """The architecture, or what was cut out of it, with the weights of a file, on the CPU.

    Raises:
        CamviewerError: they do not fit, or the file is damaged.
        Cancelled: nobody wants it any more.
    """
    progress.at(0.0, f"Building {architecture}")

    def make(device: str) -> nn.Module:
        return _built(architecture, classes, pooled, changes, device)

    wanted = make("meta").state_dict()
    # Memory of its own: a mapped file must not change, and on Windows cannot be removed.
    mapped = mapped_weights(name, path)
    one_by_one = progress.part(0.3, 1.0).over(mapped.items(), len(mapped), "Reading the weights")
    tensors = {key: tensor.clone() for key, tensor in one_by_one}
    _require_same(name, tensors, wanted, architecture)
    network = filled(make, tensors)
    return network if changes is None else folded(network)


def filled(make: Callable[[str], nn.Module], tensors: Mapping[str, Tensor]) -> nn.Module:
    """A network that has tensors as its weights, without the time that random ones take.

    Args:
        make: builds it on a device.
        tensors: by name in the network, on the CPU; they are shared and not copied.

    Raises:
        RuntimeError: they do not fit.
    """
    network = make("meta")
    network.load_state_dict(_as_saved(tensors, network), assign=True)
    if any(tensor.is_meta for tensor in _held(network)):
        # What the architecture computes and does not save exists only where it is built.
        network = make("cpu")
        network.load_state_dict(_as_saved(tensors, network), assign=True)
    return network


def _built(
    architecture: str,
    classes: int,
    pooled: PooledCut | None,
    changes: NetworkChanges | None,
    device: str,
) -> nn.Module:
    if pooled is None:
        return build_changed(architecture, classes, changes, device=device)
    return build_pooled(architecture, classes, pooled, changes, device=device)


def _as_saved(tensors: Mapping[str, Tensor], network: nn.Module) -> OrderedDict[str, Tensor]:
    """The tensors with the versions of the network's modules, which MNASNet asks for."""
    state = network.state_dict()
    saved = OrderedDict(tensors)
    saved._metadata = state._metadata  # type: ignore[attr-defined]
    return saved


def _require_same(
    name: str, found: Mapping[str, Tensor], wanted: Mapping[str, Tensor], architecture: str
) -> None:
    missing = [key for key in wanted if key not in found]
    unexpected = [key for key in found if key not in wanted]
    different = [
        key
        for key in wanted
        if key in found
        and (found[key].shape != wanted[key].shape or found[key].dtype != wanted[key].dtype)
    ]
    complaints = [
        f"{_named(keys)} {words}"
        for keys, words in (
            (missing, "missing"),
            (unexpected, "not expected"),
            (different, "of another shape or type"),
        )
        if keys
    ]
    if complaints:
        raise CamviewerError(
            f"The weights of {name} do not fit {architecture}: {'; '.join(complaints)}.",
            "Choose the architecture that they were trained with.",
        )


def _named(keys: list[str]) -> str:
    return f"{_few(keys)} {'is' if len(keys) == 1 else 'are'}"


def _few(keys: Sequence[str]) -> str:
    shown = ", ".join(key[:80] for key in keys[:_SHOWN])
    return shown + (f" and {len(keys) - _SHOWN} more" if len(keys) > _SHOWN else "")


def _held(network: nn.Module) -> Iterator[Tensor]:
    """Parameters, buffers, and tensors that modules hold as plain attributes."""
    attributes = (
        value
        for module in network.modules()
        for value in vars(module).values()
        if isinstance(value, Tensor)
    )
    return chain(network.parameters(), network.buffers(), attributes)
