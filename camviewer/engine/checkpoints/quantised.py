"""Recognises quantised weights, which no network here computes with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from camviewer.engine.checkpoints.pickled_objects import OddTensor, StoredTensor
from camviewer.engine.errors import CamviewerError

if TYPE_CHECKING:
    from torch import Tensor

    from camviewer.engine.checkpoints.pickled_modules import ModuleTree

_MARKS = (
    *("._packed_params._packed_params", "._packed_params.dtype"),  # torch.ao.quantization
    *(".qweight", ".qzeros", ".g_idx"),  # GPTQ, AWQ
    *(".SCB", ".quant_map", ".absmax", ".quant_state", ".weight_format"),  # bitsandbytes
    *(".weight_scale_inv", ".weight_scale", ".weight_zero_point"),  # fp8, compressed-tensors
)
_DEEPEST = 4
_LAYERS = re.compile(
    r"torch\.(ao\.)?nn\.(intrinsic\.)?(quantized|qat)\.|bitsandbytes\.|optimum\.quanto"
)
_WHOLE = ("torch.int8", "torch.uint8", "torch.float8")
_STORED_WHOLE = ("int8", "uint8", "float8", "CharStorage", "ByteStorage")


def require_unquantised(name: str, loaded: Mapping[Any, Any]) -> None:
    """Refuses quantised weights.

    Args:
        name: of the file, for the sentence.
        loaded: what it holds, with containers within each other.

    Raises:
        CamviewerError: there are some.
    """
    found = next(_quantised(loaded, set()), None)
    if found is not None:
        raise _refused(name, found)


def require_unquantised_tree(name: str, tree: ModuleTree) -> None:
    """Refuses a network that was pickled whole with quantised layers, whose weights are packed.

    Args:
        name: of the file, for the sentence.
        tree: its modules.

    Raises:
        CamviewerError: there are some.
    """
    found = next((part for part in tree.parts if _LAYERS.match(part.kind)), None)
    if found is not None:
        raise _refused(name, found.path or found.kind)


def _refused(name: str, found: str) -> CamviewerError:
    return CamviewerError(
        f"{name} holds quantised weights ({found[:100]}): numbers of few bits, which have no "
        "gradients.",
        "Import the weights from before the quantisation, or export the quantised network as ONNX. "
        "See docs/models.md#quantised-weights.",
    )


def _quantised(loaded: Mapping[Any, Any], seen: set[int], depth: int = 1) -> Iterator[str]:
    if id(loaded) in seen:  # a file can make the same dictionary stand in many places
        return
    seen.add(id(loaded))
    for key, value in loaded.items():
        name = str(key)
        if name.endswith(_MARKS) or (name.endswith("weight") and _is_whole(value)):
            yield name
        elif isinstance(value, Mapping) and depth < _DEEPEST:
            yield from _quantised(value, seen, depth + 1)


def _is_whole(value: Tensor | StoredTensor | OddTensor | Any) -> bool:
    """Whether a weight is a matrix or kernel of whole numbers."""
    if isinstance(value, OddTensor):
        return value.quantised
    if isinstance(value, StoredTensor):
        kind = value.dtype or value.storage.kind
        return len(value.size) > 1 and kind.startswith(_STORED_WHOLE)
    if not hasattr(value, "is_quantized"):
        return False
    return bool(value.is_quantized) or (value.dim() > 1 and str(value.dtype).startswith(_WHOLE))
