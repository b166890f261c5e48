"""Reads ``torch.export`` programs (``.pt2``) as data.

``torch.export.load`` is not used, because a file can make it run any code: it unpickles weights
and sample inputs, passes size expressions to ``sympify`` and guards to ``exec``, and looks up
operators in all of torch. A classifier needs only the list of operators and the tensors. This
module reads nothing else and accepts only operators on a closed list.
"""

from __future__ import annotations

import json
import math
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from camviewer.engine.checkpoints.file_kinds import damaged, unreadable
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import MOST_CHANNELS
from camviewer.engine.programs.export_archive import ExportArchive
from camviewer.engine.programs.operators import is_allowed, only_checks, refused_operator
from camviewer.engine.programs.program import OperatorCall, OwnDevice, Program, Ref, place_of_output

_SCHEMA_MAJOR = 8
_DTYPES = {
    1: torch.uint8,
    2: torch.int8,
    3: torch.int16,
    4: torch.int32,
    5: torch.int64,
    6: torch.float16,
    7: torch.float32,
    8: torch.float64,
    12: torch.bool,
    13: torch.bfloat16,
}
_MEMORY_FORMATS = {
    1: torch.contiguous_format,
    2: torch.channels_last,
    3: torch.channels_last_3d,
    4: torch.preserve_format,
}
_STRIDED = 7
_PLAIN = ("as_int", "as_ints", "as_float", "as_floats", "as_bool", "as_bools", "as_string")
_DAMAGE = (
    KeyError,
    IndexError,
    TypeError,
    ValueError,
    AttributeError,
    RecursionError,
    EOFError,
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
)


def read_exported_program(path: Path, output: str = "") -> Program:
    """The operators and tensors of a ``.pt2`` file; no code of it runs.

    Args:
        path: of the file.
        output: the place of the tensor that is taken, from 0; the first when empty.

    Raises:
        CamviewerError: it is damaged, has code or pickles, or is no classifier of pictures.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            size = path.stat().st_size
            return _program(path.name, ExportArchive(path.name, archive, size), output)
    except _DAMAGE as error:
        raise damaged(path.name) from error
    except OSError as error:
        raise unreadable(path, error) from error
    except RuntimeError as error:  # bytes that are no whole number of numbers
        raise damaged(path.name) from error
    except MemoryError as error:
        raise CamviewerError(
            f"There is not enough memory to open {path.name}.", "Close other programs."
        ) from error


def _program(name: str, archive: ExportArchive, output: str) -> Program:
    record = json.loads(archive.program())
    version = record["schema_version"]["major"]
    if version != _SCHEMA_MAJOR:
        raise CamviewerError(
            f"{name} was exported by a version of torch whose programs (schema "
            f"{str(version)[:10]}) are not known here.",
            "Export it again with torch 2.6 or newer.",
        )
    module = record["graph_module"]
    graph, signature = module["graph"], module["signature"]
    states = {**archive.constants(), **archive.weights()}
    tensors: dict[str, Tensor] = {}
    pictures = []
    for spec in signature["input_specs"]:
        kind, body = _only(spec)
        value = _value_name(body["arg"])
        if kind in {"parameter", "buffer"}:
            tensors[value] = states[body[f"{kind}_name"]]
        elif kind == "tensor_constant":
            tensors[value] = states[body["tensor_constant_name"]]
        elif kind == "user_input":
            pictures.append(value)
        else:
            raise _unlike(name, f"takes a {kind.replace('_', ' ')}")
    results = [
        _value_name(spec["user_output"]["arg"])
        for spec in signature["output_specs"]
        if "user_output" in spec
    ]
    if len(pictures) != 1:
        raise _unlike(name, f"takes {len(pictures)} inputs")
    if not results:
        raise _unlike(name, "puts out nothing")
    places = tuple(str(place) for place in range(len(results)))
    taken = place_of_output(name, places, output)
    calls = tuple(call for node in graph["nodes"] if (call := _call(node)) is not None)
    return Program(
        picture=pictures[0],
        logits=results[taken],
        calls=calls,
        tensors=tensors,
        input_shape=_input_shape(name, graph["tensor_values"][pictures[0]]),
        title=_title(graph["nodes"]),
        outputs=places,
    )


def _call(node: Mapping[str, Any]) -> OperatorCall | None:
    target = str(node["target"]).removeprefix("torch.ops.")
    if only_checks(target):
        return None
    if not is_allowed(target):
        raise refused_operator(target)
    positional, keywords = [], {}
    for argument in node["inputs"]:
        value = _argument(argument["arg"])
        if argument.get("kind") == 2 and argument["name"]:
            keywords[str(argument["name"])] = value
        else:
            positional.append(value)
    return OperatorCall(target, tuple(positional), keywords, _outputs(node), _path(node))


def _argument(record: Mapping[str, Any]) -> Any:
    kind, value = _only(record)
    found: Any
    match kind:
        case "as_none":
            found = None
        case "as_tensor" | "as_sym_int" | "as_sym_float" | "as_sym_bool":
            found = _number_or_ref(value)
        case "as_tensors" | "as_sym_ints" | "as_sym_floats" | "as_sym_bools":
            found = [_number_or_ref(item) for item in value]
        case "as_optional_tensor":
            found = _argument(value)
        case "as_optional_tensors":
            found = [_argument(item) for item in value]
        case "as_scalar_type":
            # Weights become float32, so half-precision operations become float32 as well.
            found = torch.float32 if _DTYPES[value].is_floating_point else _DTYPES[value]
        case "as_memory_format":
            found = _MEMORY_FORMATS[value]
        case "as_layout" if value == _STRIDED:
            found = torch.strided
        case "as_device":
            found = OwnDevice()
        case _ if kind in _PLAIN:
            found = _plain(value)
        case _:
            raise ValueError(f"an argument of the kind {kind}")
    return found


def _number_or_ref(record: Mapping[str, Any]) -> Any:
    if "name" in record:
        return Ref(str(record["name"]))
    kind, value = _only(record)
    return Ref(str(value)) if kind == "as_name" else _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, str) and value in {"Infinity", "-Infinity", "NaN"}:
        return float(value.lower().replace("infinity", "inf"))
    if not isinstance(value, bool | int | float | str):
        raise TypeError("an argument that is no number")
    return value


def _outputs(node: Mapping[str, Any]) -> tuple[str, ...]:
    found: list[str] = []
    for output in node["outputs"]:
        kind, value = _only(output)
        if kind in {"as_tensors", "as_sym_ints"}:
            found += [_value_name({"as_tensor": item}) for item in value]
        else:
            found.append("" if value is None or kind == "as_none" else _value_name(output))
    return tuple(found)


def _value_name(record: Mapping[str, Any]) -> str:
    if "name" in record:
        return str(record["name"])
    _, value = _only(record)
    if not isinstance(value, Mapping):
        raise TypeError("a value without a name")
    return str(value["name"] if "name" in value else value["as_name"])


def _only(record: Mapping[str, Any]) -> tuple[str, Any]:
    """Kind and content of a tagged record, which has exactly one field set."""
    (pair,) = [
        (key, value) for key, value in record.items() if value is not None or len(record) == 1
    ]
    return pair


def _path(node: Mapping[str, Any]) -> str:
    """Dotted path of an operator's module in the original network."""
    entries = [entry.split(",") for entry in _stack(node)]
    paths = [entry[1] for entry in entries if len(entry) == 3]
    return re.sub(r"@\d+", "", paths[-1]).removeprefix("L['self'].") if paths else ""


def _stack(node: Mapping[str, Any]) -> list[str]:
    words = node.get("metadata", {}).get("nn_module_stack", "")
    return words.split(";") if isinstance(words, str) and "_hook" not in words else []


def _title(nodes: list[Mapping[str, Any]]) -> str:
    for node in nodes:
        for entry in _stack(node)[:1]:
            return entry.rpartition(",")[2].rpartition(".")[2]
    return ""


def _input_shape(
    name: str, meta: Mapping[str, Any]
) -> tuple[int | None, int | None, int | None, int | None]:
    sizes = [size.get("as_int") for size in meta["sizes"]]
    if len(sizes) != 4 or not (sizes[1] is None or 0 < sizes[1] <= MOST_CHANNELS):
        words = " x ".join("any" if size is None else str(size) for size in sizes)
        raise _unlike(name, f"takes an input of {words or 'one number'}, not pictures")
    if _DTYPES.get(meta["dtype"]) is None or not _DTYPES[meta["dtype"]].is_floating_point:
        raise _unlike(name, "takes whole numbers, not normalised pictures")
    if any(size is not None and not 0 < size <= 8192 for size in sizes):
        raise _unlike(name, "takes pictures of an impossible size")
    batch, channels, height, width = sizes
    return batch, channels, height, width


def _unlike(name: str, why: str) -> CamviewerError:
    return CamviewerError(
        f"{name} is no classifier of pictures: its program {why}.",
        "Choose a program with one input (N, 3, height, width) and the class scores as output.",
    )


def tensor_of(content: Tensor, meta: Mapping[str, Any]) -> Tensor:
    """Makes a tensor from raw bytes.

    Args:
        content: the bytes in the archive, uint8.
        meta: type, shape, strides and offset of the tensor.

    Raises:
        ValueError: the tensor reaches beyond the bytes.
    """
    dtype = _DTYPES[meta["dtype"]]
    sizes = [_whole(size) for size in meta["sizes"]]
    strides = [_whole(size) for size in meta["strides"]]
    offset = _whole(meta["storage_offset"])
    count = math.prod(sizes)
    if count == 0:
        return torch.zeros(sizes, dtype=dtype)
    last = offset + sum((size - 1) * stride for size, stride in zip(sizes, strides, strict=True))
    flat = content.view(dtype)
    if last >= flat.numel() or count > flat.numel():
        raise ValueError("a tensor beyond its bytes")
    tensor = flat.as_strided(sizes, strides, offset)
    return tensor.float() if tensor.is_floating_point() else tensor


def _whole(size: Mapping[str, Any]) -> int:
    value = size["as_int"]
    if type(value) is not int or value < 0:
        raise ValueError("a size that is no number")
    return value
