"""The tensors of a pack as a file."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path

from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from camviewer.engine.errors import CamviewerError


def save_weights(tensors: Mapping[str, Tensor], path: Path) -> None:
    """Writes tensors as safetensors; those that share memory become separate.

    Raises:
        OSError: there is no room, or the system does not allow it.
    """
    seen: set[int] = set()
    separate = {}
    for name, tensor in tensors.items():
        plain = tensor.detach().contiguous()
        storage = plain.untyped_storage().data_ptr()
        separate[name] = plain.clone() if storage in seen else plain
        seen.add(storage)
    try:
        save_file(separate, path)
    except SafetensorError as error:
        # Rust's errors come as words.
        full = any(words in str(error) for words in ("os error 28", "os error 27", "No space"))
        raise OSError(errno.ENOSPC if full else errno.EIO, str(error)) from error


def mapped_weights(name: str, path: Path) -> dict[str, Tensor]:
    """The tensors of a file, read from it as they are needed.

    Args:
        name: of the model, for the sentence that refuses it.
        path: of the file.

    Raises:
        CamviewerError: it is damaged, or there is not enough memory.
    """
    try:
        with safe_open(path, framework="pt") as file:
            return {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118
    except SafetensorError as error:
        raise CamviewerError(
            f"The weights of {name} are damaged.", "Import the model again."
        ) from error
    except MemoryError as error:
        raise CamviewerError(
            f"There is not enough memory to open {name}.", "Close other programs and try again."
        ) from error
