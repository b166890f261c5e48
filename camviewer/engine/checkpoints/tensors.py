"""The tensors of a checkpoint, read without running anything that stands in the file."""

from __future__ import annotations

import pickle
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from camviewer.engine.checkpoints.file_kinds import (
    PROGRAMS,
    STATE_DICT_HINT,
    CheckpointFormat,
    checkpoint_format,
    damaged,
    unreadable,
)
from camviewer.engine.checkpoints.quantised import require_unquantised
from camviewer.engine.errors import CamviewerError

_EMA_KEYS = ("state_dict_ema", "model_ema", "ema", "ema_state_dict", "model_ema_state_dict")
_RAW_KEYS = ("state_dict", "model", "model_state_dict", "net", "module", "weights", "params")
_NOT_WEIGHTS = ("optimizer", "optim", "scheduler", "scaler", "callbacks", "loops")
_DEEPEST = 3
_AVERAGING_COUNTER = "n_averaged"
"""What ``torch.optim.swa_utils.AveragedModel`` keeps beside the network."""
_ROOM = 4
"""Views may make a checkpoint's tensors larger than its file, but by no more than this."""
_NO_MEMORY = ("alloc", "not enough memory", "unable to mmap")

_LEFTOVERS = (
    "argparse.Namespace",
    "collections.defaultdict",
    "numpy.core.multiarray._reconstruct",
    "numpy.core.multiarray.scalar",
    "numpy._core.multiarray._reconstruct",
    "numpy._core.multiarray.scalar",
    "numpy.dtype",
    "numpy.dtypes.Float32DType",
    "numpy.dtypes.Float64DType",
    "numpy.dtypes.Int64DType",
    "numpy.ndarray",
    "pathlib.Path",
    "pathlib.PosixPath",
    "pathlib.WindowsPath",
    "pathlib._local.PosixPath",
    "pathlib._local.WindowsPath",
)
"""What training scripts leave beside the weights; it is skipped, not built."""


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """What a checkpoint holds of use.

    Attributes:
        tensors: by name as in the file; floating point ones are float32.
        notes: what was chosen or changed, in sentences.
    """

    tensors: dict[str, Tensor]
    notes: tuple[str, ...]


class _Skipped:
    """Stands for anything that training scripts leave beside the weights; it does nothing."""

    def __new__(cls, *_arguments: object, **_named: object) -> Self:
        return super().__new__(cls)

    def __setstate__(self, _state: object) -> None:
        return

    def __setitem__(self, _key: object, _value: object) -> None:
        return


def read_checkpoint(path: Path) -> Checkpoint:
    """Reads a ``.pth``, ``.pt``, ``.bin``, ``.ckpt`` or ``.safetensors`` file.

    Nothing in the file is ever run: pickles are read by torch's ``weights_only`` reader alone.

    Raises:
        CamviewerError: it is missing, damaged, of another kind, or holds more than weights.
    """
    kind = checkpoint_format(path)
    if kind in PROGRAMS:
        raise CamviewerError(f"{path.name} is {kind} and holds more than weights.", STATE_DICT_HINT)
    try:
        if kind is CheckpointFormat.SAFETENSORS:
            found, notes = _read_safetensors(path), list[str]()
            require_unquantised(path.name, found)
        else:
            found, notes = _weights_in(path, _read_pickle(path, kind))
        _require_sound(path, found)
        return _as_float32(found, notes)
    except OSError as error:
        raise unreadable(path, error) from error
    except MemoryError as error:
        raise _no_memory(path) from error


def _read_safetensors(path: Path) -> dict[str, Tensor]:
    try:
        with safe_open(path, framework="pt") as file:
            return {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except SafetensorError as error:
        raise damaged(path.name) from error


def _read_pickle(path: Path, kind: CheckpointFormat) -> object:
    # The names are mapped to a class that does nothing, not to what they mean.
    skipped: list[Any] = [(_Skipped, name) for name in _LEFTOVERS]
    try:
        with warnings.catch_warnings(), torch.serialization.safe_globals(skipped):
            warnings.simplefilter("ignore")  # what torch would say of the file, we say better
            return torch.load(
                path, map_location="cpu", weights_only=True, mmap=kind is CheckpointFormat.ZIP
            )
    except pickle.UnpicklingError as error:
        raise _unpickling_refusal(path, str(error)) from error
    except RuntimeError as error:
        if any(words in str(error).lower() for words in _NO_MEMORY):
            raise _no_memory(path) from error
        raise damaged(path.name) from error
    except (OSError, MemoryError):
        raise
    except Exception as error:  # a hostile stream of opcodes can fail in any way
        raise damaged(path.name) from error


def _unpickling_refusal(path: Path, words: str) -> CamviewerError:
    named = re.search(r"(?:GLOBAL|instantiate|function|class) `?([\w.]+\.[\w.]+)", words)
    if "Unsupported operand" in words and named is None:
        return CamviewerError(
            f"{path.name} was not opened: its pickle does what no state dict needs.",
            STATE_DICT_HINT,
        )
    what = f" ({named[1]})" if named else ""
    return CamviewerError(
        f"{path.name} was not opened: it holds Python objects{what} and not weights alone, and "
        "loading those can run any code.",
        STATE_DICT_HINT,
    )


def _weights_in(path: Path, loaded: object) -> tuple[dict[str, Tensor], list[str]]:
    """The state dict within what was loaded, and what was chosen."""
    if not isinstance(loaded, Mapping):
        raise CamviewerError(
            f"{path.name} holds a {type(loaded).__name__} and no state dict.", STATE_DICT_HINT
        )
    require_unquantised(path.name, loaded)
    direct = _tensors(loaded)
    averaged = _first_container(loaded, _EMA_KEYS)
    raw = _first_container(loaded, _RAW_KEYS) or _only_container(loaded)
    best_key, best = raw or ("", direct)
    if len(direct) > len(best):
        best_key, best = "", direct
    if averaged is None:
        chosen, notes = best, []
    elif not best or len(averaged[1]) >= len(best):
        chosen = averaged[1]
        notes = [f"The averaged weights (EMA, under {averaged[0]}) were taken."]
        if best:
            notes = [f"{notes[0][:-1]}, not the raw ones under {best_key or 'the top level'}."]
    else:
        chosen = best
        notes = [f"The raw weights were taken: the averaged ones under {averaged[0]} lack some."]
    if not chosen:
        listed = ", ".join(str(key) for key in list(loaded)[:6]) or "nothing"
        raise CamviewerError(
            f"{path.name} holds no weights under a known name; it holds {listed[:200]}.",
            STATE_DICT_HINT,
        )
    return chosen, notes


def _first_container(
    loaded: Mapping[Any, Any], keys: tuple[str, ...]
) -> tuple[str, dict[str, Tensor]] | None:
    for key in keys:
        tensors = _nested_tensors(loaded.get(key))
        if tensors:
            return key, tensors
    return None


def _only_container(loaded: Mapping[Any, Any]) -> tuple[str, dict[str, Tensor]] | None:
    """The one entry that holds tensors, under whatever name; None when there are several."""
    found = [
        (str(key), tensors)
        for key, value in loaded.items()
        if not str(key).startswith(_NOT_WEIGHTS)
        and key not in _EMA_KEYS
        and isinstance(value, Mapping)
        and (tensors := _tensors(value))
    ]
    return found[0] if len(found) == 1 else None


def _nested_tensors(value: object, depth: int = 1) -> dict[str, Tensor]:
    """A container's tensors, or those of the container of a known name within it."""
    if not isinstance(value, Mapping):
        return {}
    tensors = _tensors(value)
    if len(tensors) > 1 or depth == _DEEPEST:
        return tensors
    for key in (*_EMA_KEYS, *_RAW_KEYS):
        nested = _nested_tensors(value.get(key), depth + 1)
        if nested:
            return nested
    return tensors


def _tensors(container: Mapping[Any, Any]) -> dict[str, Tensor]:
    return {
        key: value
        for key, value in container.items()
        if isinstance(key, str) and isinstance(value, Tensor) and key != _AVERAGING_COUNTER
    }


def _require_sound(path: Path, tensors: Mapping[str, Tensor]) -> None:
    """Refuses what only looks like weights, or would fill the memory.

    Raises:
        CamviewerError: a tensor is sparse, quantised, without values or larger than the file.
    """
    if not tensors:
        raise CamviewerError(f"{path.name} holds no tensors.", STATE_DICT_HINT)
    for name, tensor in tensors.items():
        plain = type(tensor) in {Tensor, torch.nn.Parameter}
        if not plain or tensor.layout != torch.strided or tensor.is_quantized:
            raise CamviewerError(
                f"{path.name} was not opened: {name[:100]} is sparse, quantised or of a type of "
                "its own.",
                "Save the plain floating point weights of the model.",
            )
        if tensor.device.type != "cpu":
            raise CamviewerError(
                f"{path.name} was not opened: {name[:100]} has a shape but no values.",
                "Save the model after its weights were loaded.",
            )
    held = sum(tensor.numel() * tensor.element_size() for tensor in tensors.values())
    size = path.stat().st_size
    if held > _ROOM * size:
        raise CamviewerError(
            f"{path.name} was not opened: its tensors would take {held:,} bytes though the file "
            f"has {size:,}.",
            "Copy or download it again from a place that you trust.",
        )


def _as_float32(tensors: Mapping[str, Tensor], notes: list[str]) -> Checkpoint:
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
    return Checkpoint(plain, tuple(notes))


def _no_memory(path: Path) -> CamviewerError:
    return CamviewerError(
        f"There is not enough memory to open {path.name}.", "Close other programs and try again."
    )
