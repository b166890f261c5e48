"""Picks one tensor out of what a network puts out: a tuple, a dictionary or a named tuple."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError

_DEEPEST = 8
"""Maximum depth of a nested output; because something may hold itself."""


def tensors_by_path(output: object) -> dict[str, Tensor]:
    """The tensors of an output by path, such as ``out``, ``0`` or ``logits.1``.

    Keys of dictionaries, places in lists and tuples, and fields of named tuples are the steps of a
    path. The path of a tensor that is the whole output is empty.
    """
    return dict(_walk(output, "", _DEEPEST))


def _walk(value: object, path: str, depth: int) -> Iterator[tuple[str, Tensor]]:
    if isinstance(value, Tensor):
        yield path, value
    elif depth > 0:
        for step, part in _parts(value):
            yield from _walk(part, f"{path}.{step}" if path else step, depth - 1)


def _parts(value: object) -> list[tuple[str, Any]]:
    if isinstance(value, Mapping):
        return [(str(key), part) for key, part in value.items()]
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return list(zip(value._fields, value, strict=True))
    if isinstance(value, list | tuple):
        return [(str(place), part) for place, part in enumerate(value)]
    return []


def offered_words(tensors: Mapping[str, Tensor]) -> str:
    """The tensors with their shapes, for a sentence: ``out (1, 21, 64, 64)``."""
    return ", ".join(
        f"{path or 'the output'} ({', '.join(map(str, tensor.shape))})"
        for path, tensor in tensors.items()
    )


def choose_output(network: nn.Module, path: str) -> nn.Module:
    """The same network, which puts out the tensor of that path alone; it is changed."""
    network.register_forward_hook(_OutputAt(path))
    return network


class _OutputAt:
    """A forward hook that picks the tensor of a path."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __call__(self, module: nn.Module, _inputs: object, output: object) -> Tensor:
        """The tensor of the path."""
        tensors = tensors_by_path(output)
        if self._path not in tensors:
            raise CamviewerError(
                f"{type(module).__name__} puts out no tensor {self._path}.",
                f"It puts out {offered_words(tensors)}.",
            )
        return tensors[self._path]
