"""The tensors of a checkpoint, read without running anything that stands in the file."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from camviewer.engine.checkpoints.beside_weights import values_beside
from camviewer.engine.checkpoints.file_kinds import (
    PROGRAMS,
    STATE_DICT_HINT,
    CheckpointFormat,
    checkpoint_format,
    damaged,
    unreadable,
)
from camviewer.engine.checkpoints.pickled_modules import ModuleTree, find_module, module_tree
from camviewer.engine.checkpoints.pickled_objects import (
    OddTensor,
    PickleRefused,
    Record,
    StoredTensor,
    as_mapping,
)
from camviewer.engine.checkpoints.quantised import require_unquantised, require_unquantised_tree
from camviewer.engine.checkpoints.reparametrised import whole_weights
from camviewer.engine.checkpoints.torch_files import TorchFile, read_torch_file
from camviewer.engine.errors import CamviewerError

_Tensors = dict[str, StoredTensor | OddTensor]
_Found = tuple[str, _Tensors]

_EMA_KEYS = ("state_dict_ema", "model_ema", "ema", "ema_state_dict", "model_ema_state_dict")
_RAW_KEYS = ("state_dict", "model", "model_state_dict", "net", "module", "weights", "params")
_PAIRED = ("student", "teacher", "online", "target", "online_network", "target_network")
"""Names of two copies of one network, both of which training without labels keeps."""
_SEVERAL = 2
_NOT_WEIGHTS = ("optimizer", "optim", "scheduler", "scaler", "callbacks", "loops")
_DEEPEST = 3
_AVERAGING_COUNTER = "n_averaged"
"""What ``torch.optim.swa_utils.AveragedModel`` keeps beside the network."""
_ROOM = 4
"""Maximum size of the tensors, in sizes of the file; because views can share numbers."""
_NO_MEMORY = ("alloc", "not enough memory", "unable to mmap")


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """What a checkpoint holds of use.

    Attributes:
        tensors: by name as in the file; floating point ones are float32.
        notes: what was chosen or changed, in sentences.
        network: the modules of a network that was pickled whole; None when only weights were saved.
        beside: the plain values that lie beside the weights, by name.
    """

    tensors: dict[str, Tensor]
    notes: tuple[str, ...]
    network: ModuleTree | None = None
    beside: Mapping[str, Any] = field(default_factory=dict)

    def without(self, names: Collection[str]) -> Checkpoint:
        """The same without some of its tensors."""
        kept = {name: tensor for name, tensor in self.tensors.items() if name not in names}
        return replace(self, tensors=kept)


@dataclass(frozen=True, eq=False)
class _Chosen:
    """The weights among what a file holds, not read yet."""

    tensors: Mapping[str, StoredTensor | OddTensor]
    notes: list[str]
    network: ModuleTree | None = None
    beside: Mapping[str, Any] = field(default_factory=dict)


def read_checkpoint(path: Path) -> Checkpoint:
    """Reads a ``.pth``, ``.pt``, ``.bin``, ``.ckpt``, ``.pkl`` or ``.safetensors`` file.

    Nothing in the file is ever run: pickles are read by ``pickle_reader``, which knows torch's
    tensors and takes everything else as a name.

    Raises:
        CamviewerError: it is missing, damaged, of another kind, or holds no weights.
    """
    kind = checkpoint_format(path)
    if kind in PROGRAMS:
        raise CamviewerError(f"{path.name} is {kind} and holds more than weights.", STATE_DICT_HINT)
    try:
        if kind is CheckpointFormat.SAFETENSORS:
            found, values = _read_safetensors(path)
            chosen = _Chosen({}, [], beside=values_beside(values))
            require_unquantised(path.name, found)
        else:
            found, chosen = _read_pickle(path, kind)
        _require_sound(path, found)
        read = _as_float32(found, chosen)
        tensors, said = whole_weights(read.tensors)
        return replace(read, tensors=tensors, notes=(*read.notes, *said), beside=chosen.beside)
    except OSError as error:
        raise unreadable(path, error) from error
    except MemoryError as error:
        raise _no_memory(path) from error


def _read_safetensors(path: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """The tensors, and the values that the file's header has beside them."""
    try:
        with safe_open(path, framework="pt") as file:
            values = {name: _value(words) for name, words in (file.metadata() or {}).items()}
            return {name: file.get_tensor(name) for name in file.keys()}, values  # noqa: SIM118
    except SafetensorError as error:
        raise damaged(path.name) from error


def _value(words: str) -> Any:
    """A header holds texts alone; lists, tables and numbers are written as JSON."""
    try:
        return json.loads(words)
    except (ValueError, RecursionError):
        return words


def _read_pickle(path: Path, kind: CheckpointFormat) -> tuple[dict[str, Tensor], _Chosen]:
    try:
        file = read_torch_file(path, kind)
        chosen = _weights_in(path, file.content)
        chosen = replace(chosen, beside=values_beside(file.content))
        return _numbers(path, file, chosen.tensors), chosen
    except PickleRefused as refused:
        raise _refusal(path, refused) from refused
    except RuntimeError as error:
        if any(words in str(error).lower() for words in _NO_MEMORY):
            raise _no_memory(path) from error
        raise damaged(path.name) from error
    except (CamviewerError, OSError, MemoryError):
        raise
    except Exception as error:  # a hostile stream of operations can fail in any way
        raise damaged(path.name) from error


def _refusal(path: Path, refused: PickleRefused) -> CamviewerError:
    if not refused.named:
        return CamviewerError(f"{path.name} was not opened: {refused}.", STATE_DICT_HINT)
    return CamviewerError(
        f"{path.name} was not opened: it holds Python objects ({refused.named[:100]}) and not "
        "weights alone, and loading those can run any code.",
        STATE_DICT_HINT,
    )


def _numbers(
    path: Path, file: TorchFile, tensors: Mapping[str, StoredTensor | OddTensor]
) -> dict[str, Tensor]:
    """The tensors with their numbers.

    Raises:
        CamviewerError: one is of a kind that weights are not kept as.
    """
    for name, tensor in tensors.items():
        if isinstance(tensor, OddTensor):
            raise _odd(path, name) if tensor.values else _without_values(path, name)
    return {
        name: file.tensor(tensor)
        for name, tensor in tensors.items()
        if isinstance(tensor, StoredTensor)
    }


def _weights_in(path: Path, loaded: object) -> _Chosen:
    """The state dict within what was loaded, and what was chosen.

    Raises:
        CamviewerError: there is none.
        PickleRefused: it is made to be read without end.
    """
    mapping = as_mapping(loaded)
    if mapping is None:
        return _whole(path, loaded)
    require_unquantised(path.name, mapping)
    direct = _tensors(mapping)
    averaged = _first_container(mapping, _EMA_KEYS)
    raw = _first_container(mapping, _RAW_KEYS) or _only_container(mapping) or _pair(mapping)
    best_key, best = raw or ("", direct)
    if len(direct) > len(best):
        best_key, best = "", direct
    if averaged is None:
        chosen, notes = (best_key, best), list[str]()
    elif not best or len(averaged[1]) >= len(best):
        chosen = averaged
        notes = [f"The averaged weights (EMA, under {averaged[0]}) were taken."]
        if best:
            notes = [f"{notes[0][:-1]}, not the raw ones under {best_key or 'the top level'}."]
    else:
        chosen = best_key, best
        notes = [f"The raw weights were taken: the averaged ones under {averaged[0]} lack some."]
    if chosen[1]:
        network = find_module(mapping[chosen[0]]) if chosen[0] in mapping else None
        if network is None or as_mapping(mapping[chosen[0]]) is not None:
            return _Chosen(chosen[1], notes)
        tree = module_tree(network)
        require_unquantised_tree(path.name, tree)
        return _Chosen(chosen[1], [*notes, _pickled_whole(tree)], tree)
    if find_module(loaded) is not None:
        return _whole(path, loaded)
    listed = ", ".join(str(key) for key in list(mapping)[:6]) or "nothing"
    raise CamviewerError(
        f"{path.name} holds no weights under a known name; it holds {listed[:200]}.",
        STATE_DICT_HINT,
    )


def _whole(path: Path, loaded: object) -> _Chosen:
    """The weights of a network that was pickled whole.

    Raises:
        CamviewerError: there is none in it.
    """
    network = find_module(loaded)
    if network is None:
        what = f"an object of {loaded.kind}" if isinstance(loaded, Record) else _kind_of(loaded)
        raise CamviewerError(f"{path.name} holds {what[:150]} and no network.", STATE_DICT_HINT)
    tree = module_tree(network)
    require_unquantised_tree(path.name, tree)
    return _Chosen(tree.tensors, [_pickled_whole(tree)], tree)


def _pickled_whole(tree: ModuleTree) -> str:
    return f"The model was pickled whole ({tree.kind[:100]}); its code was not run."


def _kind_of(loaded: object) -> str:
    return "a tensor" if isinstance(loaded, (StoredTensor, OddTensor)) else type(loaded).__name__


def _first_container(loaded: Mapping[Any, Any], keys: tuple[str, ...]) -> _Found | None:
    for key in keys:
        tensors = _nested_tensors(loaded.get(key))
        if tensors:
            return key, tensors
    return None


def _only_container(loaded: Mapping[Any, Any]) -> _Found | None:
    """The one entry that holds tensors, under whatever name; None when there are several."""
    found = [
        (str(key), tensors)
        for key, value in loaded.items()
        if not str(key).startswith(_NOT_WEIGHTS)
        and key not in _EMA_KEYS
        and (tensors := _tensors_of(value))
    ]
    return found[0] if len(found) == 1 else None


def _pair(loaded: Mapping[Any, Any]) -> _Found | None:
    """Student and teacher or the like, side by side: their keys become parts of the names."""
    found = {str(key): _tensors_of(loaded.get(key)) for key in _PAIRED if key in loaded}
    if sum(bool(tensors) for tensors in found.values()) < _SEVERAL:
        return None
    together = {
        f"{key}.{name}": tensor
        for key, tensors in found.items()
        for name, tensor in tensors.items()
    }
    return "", together


def _nested_tensors(value: object, depth: int = 1) -> _Tensors:
    """A container's tensors, or those of the container of a known name within it."""
    tensors = _tensors_of(value)
    mapping = as_mapping(value)
    if mapping is None or len(tensors) > 1 or depth == _DEEPEST:
        return tensors
    for key in (*_EMA_KEYS, *_RAW_KEYS):
        nested = _nested_tensors(mapping.get(key), depth + 1)
        if nested:
            return nested
    return tensors


def _tensors_of(value: object) -> _Tensors:
    """The tensors of a state dict, or of a network that was pickled whole."""
    mapping = as_mapping(value)
    if mapping is not None:
        return _tensors(mapping)
    network = find_module(value) if isinstance(value, Record) else None
    return {} if network is None else dict(module_tree(network).tensors)


def _tensors(container: Mapping[Any, Any]) -> _Tensors:
    return {
        key: value
        for key, value in container.items()
        if isinstance(key, str)
        and isinstance(value, (StoredTensor, OddTensor))
        and key != _AVERAGING_COUNTER
    }


def _require_sound(path: Path, tensors: Mapping[str, Tensor]) -> None:
    """Refuses what only looks like weights, or would fill the memory.

    Raises:
        CamviewerError: there are none, or they are larger than the file.
    """
    if not tensors:
        raise CamviewerError(f"{path.name} holds no tensors.", STATE_DICT_HINT)
    held = sum(tensor.numel() * tensor.element_size() for tensor in tensors.values())
    size = path.stat().st_size
    if held > _ROOM * size:
        raise CamviewerError(
            f"{path.name} was not opened: its tensors would take {held:,} bytes though the file "
            f"has {size:,}.",
            "Copy or download it again from a place that you trust.",
        )


def _odd(path: Path, name: str) -> CamviewerError:
    return CamviewerError(
        f"{path.name} was not opened: {name[:100]} is sparse, quantised or of a type of its own.",
        "Save the plain floating point weights of the model.",
    )


def _without_values(path: Path, name: str) -> CamviewerError:
    return CamviewerError(
        f"{path.name} was not opened: {name[:100]} has a shape but no values.",
        "Save the model after its weights were loaded.",
    )


def _as_float32(tensors: Mapping[str, Tensor], chosen: _Chosen) -> Checkpoint:
    notes = chosen.notes
    widened = sorted(
        {
            str(tensor.dtype).removeprefix("torch.")
            for tensor in tensors.values()
            if tensor.is_floating_point() and tensor.dtype != torch.float32
        }
    )
    if widened:
        notes = [*notes, f"The {' and '.join(widened)} weights were made float32."]
    plain = {
        name: tensor.detach().float() if tensor.is_floating_point() else tensor.detach()
        for name, tensor in tensors.items()
    }
    return Checkpoint(plain, tuple(notes), chosen.network)


def _no_memory(path: Path) -> CamviewerError:
    return CamviewerError(
        f"There is not enough memory to open {path.name}.", "Close other programs and try again."
    )
