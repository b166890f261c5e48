"""The few calls in a pickle that are understood: torch's rebuilding of tensors, and containers.

Each gives plain data of our own. A name counts only when module and name are exactly these.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from camviewer.engine.checkpoints.pickled_objects import (
    Global,
    OddTensor,
    Record,
    StorageReference,
    StoredTensor,
)

Nested = Callable[[bytes], StorageReference]
"""Reads a storage that lies as a file of torch within the pickle."""

_MOST_SIDES = 32
_LARGEST = 1 << 48

_CONTAINERS: Mapping[tuple[str, str], type[dict[Any, Any]] | type[list[Any]]] = {
    ("collections", "OrderedDict"): dict,
    ("collections", "defaultdict"): dict,
    ("collections", "Counter"): dict,
    ("builtins", "dict"): dict,
    ("__builtin__", "dict"): dict,
    ("builtins", "list"): list,
    ("__builtin__", "list"): list,
    ("builtins", "set"): list,
    ("__builtin__", "set"): list,
    ("builtins", "frozenset"): list,
    ("__builtin__", "frozenset"): list,
}
_PLAIN_TENSORS = {
    ("torch", "Tensor"),
    ("torch", "_tensor.Tensor"),
    ("torch._tensor", "Tensor"),
    ("torch.nn.parameter", "Parameter"),
    ("torch.nn.parameter", "Buffer"),
    ("torch.nn", "Parameter"),
}
_QUANTISED = ("torch._utils", "_rebuild_qtensor")
_ODD = {
    ("torch._utils", "_rebuild_sparse_tensor"),
    ("torch._utils", "_rebuild_sparse_csr_tensor"),
    ("torch._utils", "_rebuild_nested_tensor"),
    _QUANTISED,
    ("torch._utils", "_rebuild_device_tensor_from_numpy"),
    ("torch._utils", "_rebuild_device_tensor_from_cpu_tensor"),
    ("torch._utils", "_rebuild_wrapper_subclass"),
}
_META = ("torch._utils", "_rebuild_meta_tensor_no_storage")


def call(what: Global, arguments: tuple[Any, ...], nested: Nested) -> Any:
    """What the call gives: a tensor to be read, a container, or a record that says what was called.

    Raises:
        ValueError: torch never writes a call like this.
        PickleRefused: pickles lie within each other too deep.
    """
    name = (what.module, what.name)
    if name in _CONTAINERS:
        return _container(_CONTAINERS[name], arguments)
    if name in _ODD or name == _META:
        return OddTensor(values=name != _META, quantised=name == _QUANTISED)
    if name == ("torch.storage", "_load_from_bytes"):
        (content,) = arguments
        if not isinstance(content, bytes):
            raise TypeError("a storage is made of bytes")
        return nested(content)
    understood = _UNDERSTOOD.get(name)
    return Record(what, arguments) if understood is None else understood(arguments)


def storage_reference(identifier: object) -> Any:
    """The storage that torch's persistent id ``('storage', type, key, device, count)`` names.

    Before 1.6 ``('module', class, source file, source)`` stood for a class. Anything else is a
    record of nothing.
    """
    nothing = Record(Global("", "persistent id"))
    if not isinstance(identifier, tuple) or len(identifier) < 2:
        return nothing
    if identifier[0] == "module" and isinstance(identifier[1], Global):
        return identifier[1]
    if identifier[0] != "storage" or len(identifier) not in {5, 6}:
        return nothing
    _, kind, key, location, count, *views = identifier
    if not isinstance(kind, Global):
        return nothing
    if not isinstance(key, str) or not isinstance(location, str):
        raise ValueError("a storage has a key and a device")
    if kind.module not in {"torch", "torch.storage", "torch.cuda"}:
        raise ValueError("no storage of torch")
    view = None
    if views and views[0] is not None:
        if not isinstance(views[0], tuple) or len(views[0]) != 3:
            raise ValueError("no view of a storage")
        view = (_whole(views[0][1]), _whole(views[0][2]))
    return StorageReference(key, kind.name, _whole(count), view)


def _container(
    kind: type[dict[Any, Any]] | type[list[Any]], arguments: tuple[Any, ...]
) -> dict[Any, Any] | list[Any]:
    content = next((each for each in arguments if isinstance(each, (list, tuple, dict))), ())
    if kind is list:
        return list(content)
    if isinstance(content, dict):
        return dict(content)
    pairs = [each for each in content if isinstance(each, (list, tuple)) and len(each) == 2]
    return {key: value for key, value in pairs if isinstance(key, str)}


def _rebuilt(arguments: tuple[Any, ...]) -> StoredTensor:
    storage, offset, size, stride, *_ = arguments
    return _tensor(storage, offset, size, stride)


def _rebuilt_with_type(arguments: tuple[Any, ...]) -> StoredTensor:
    storage, offset, size, stride, _grad, _hooks, dtype, *_ = arguments
    if not isinstance(dtype, Global) or dtype.module != "torch":
        raise ValueError("no type of torch")
    return _tensor(storage, offset, size, stride, dtype.name)


def _parameter(arguments: tuple[Any, ...]) -> StoredTensor | OddTensor:
    tensor = arguments[0]
    if not isinstance(tensor, (StoredTensor, OddTensor)):
        raise TypeError("a parameter is a tensor")
    return tensor


_REBUILDERS: Mapping[tuple[str, str], Callable[[tuple[Any, ...]], StoredTensor | OddTensor]] = {
    ("torch._utils", "_rebuild_tensor"): _rebuilt,
    ("torch._utils", "_rebuild_tensor_v2"): _rebuilt,
    ("torch._utils", "_rebuild_tensor_v3"): _rebuilt_with_type,
    ("torch._utils", "_rebuild_parameter"): _parameter,
    ("torch._utils", "_rebuild_parameter_with_state"): _parameter,
    ("torch.nn.parameter", "Parameter"): _parameter,
}


def _tensor(
    storage: object, offset: object, size: object, stride: object, dtype: str = ""
) -> StoredTensor:
    if not isinstance(storage, StorageReference):
        raise TypeError("a tensor has a storage")
    if not isinstance(size, tuple) or not isinstance(stride, tuple):
        raise TypeError("a shape is a tuple")
    if len(size) != len(stride) or len(size) > _MOST_SIDES:
        raise ValueError("no shape")
    sides, steps = tuple(map(_whole, size)), tuple(map(_whole, stride))
    return StoredTensor(storage, _whole(offset), sides, steps, dtype)


def _whole(value: object) -> int:
    if type(value) is not int or not 0 <= value < _LARGEST:
        raise ValueError("no size of a tensor")
    return value


def _of_type(arguments: tuple[Any, ...]) -> Any:
    """A tensor with a class of its own around another call."""
    inner, kind, inner_arguments, *_ = arguments
    if not isinstance(inner, Global) or not isinstance(kind, Global):
        raise TypeError("a tensor has a class")
    if not isinstance(inner_arguments, tuple):
        raise TypeError("arguments are a tuple")
    made = _REBUILDERS.get((inner.module, inner.name))
    if (kind.module, kind.name) not in _PLAIN_TENSORS or made is None:
        return OddTensor()
    return made(inner_arguments)


def _encoded(arguments: tuple[Any, ...]) -> Any:
    """Bytes, as protocol 2 writes them."""
    text, *encoding = arguments
    if not isinstance(text, str) or encoding not in ([], ["latin1"], ["latin-1"]):
        raise ValueError("not how bytes are written")
    return text.encode("latin-1")


def _size(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    (sides,) = arguments
    if not isinstance(sides, tuple):
        raise TypeError("a shape is a tuple")
    return sides


_UNDERSTOOD: Mapping[tuple[str, str], Callable[[tuple[Any, ...]], Any]] = {
    **_REBUILDERS,
    ("torch._tensor", "_rebuild_from_type_v2"): _of_type,
    ("_codecs", "encode"): _encoded,
    ("torch", "Size"): _size,
}
