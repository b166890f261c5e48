"""Reads and checks ONNX files, and decides whether they are classifiers of pictures."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from camviewer.engine.checkpoints.file_kinds import damaged, unreadable
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import MOST_CHANNELS
from camviewer.engine.programs.activations import meets_exponential
from camviewer.engine.programs.metadata import is_bgr
from camviewer.engine.programs.program import place_of_output
from camviewer.engine.support.lazy_libraries import onnxruntime, torchvision

if TYPE_CHECKING:
    import onnx

_MOST_BYTES = 2_000_000_000
"""Maximum size of an ONNX file, in bytes; because a protocol buffer cannot be larger."""
_SOFTMAXES, _SIGMOIDS = {"Softmax", "LogSoftmax"}, {"Sigmoid"}
_PASSING_ON = {"Flatten", "Identity", "Reshape", "Squeeze", "Unsqueeze"}
"""Operators that change the shape of numbers, but not the numbers."""
_DEFAULT_DOMAINS = {"", "ai.onnx", "ai.onnx.ml", "pkg.onnxscript.torch_lib"}


@dataclass(frozen=True, eq=False)
class OnnxClassifier:
    """An ONNX model that maps pictures to class scores.

    Attributes:
        model: the model with its weights, without a final softmax or sigmoid.
        input_shape: (N, 3, h, w); None for free sizes.
        channels_last: whether its input is (N, h, w, 3).
        activation: the removed ``softmax`` or ``sigmoid``; empty when there was none.
        paths: dotted path of the module that made a value, as far as the file has it.
        entries: metadata of the exporter, as texts by name.
        outputs: the names of all tensors that its file puts out.
    """

    model: onnx.ModelProto
    input_shape: tuple[int | None, int | None, int | None, int | None]
    channels_last: bool
    activation: str
    paths: dict[str, str]
    entries: Mapping[str, str] = field(default_factory=dict)
    outputs: tuple[str, ...] = ()

    @property
    def blue_first(self) -> bool:
        """Whether its input is BGR."""
        return is_bgr(self.entries)

    @property
    def may_give_probabilities(self) -> bool:
        """Whether there are exponentials between its last layer and its scores."""
        nodes = self.model.graph.node
        makers = {name: (node.op_type, list(node.input)) for node in nodes for name in node.output}
        return meets_exponential(self.model.graph.output[0].name, makers)


def require_extra() -> None:
    """Checks that the libraries for ONNX are installed.

    Raises:
        CamviewerError: they are not.
    """
    try:
        torchvision()  # which onnx2pytorch imports
        onnxruntime()
        import onnx2pytorch  # noqa: F401, PLC0415
    except ImportError as error:
        raise CamviewerError(
            "ONNX models need packages that are not installed.",
            'Install them: pip install "camviewer[onnx]"',
        ) from error


def read_onnx(path: Path, output: str = "") -> OnnxClassifier:
    """Reads an ONNX file, and its weights in files beside it.

    Args:
        path: of the file.
        output: the name of the tensor that is taken; the first when empty.

    Raises:
        CamviewerError: it is damaged, or no classifier of pictures, or the extra is missing.
    """
    model, _ = _sound_model(path)
    entries = {entry.key: entry.value for entry in model.metadata_props}
    shape, channels_last = _input(path.name, model)
    paths = _paths(model)
    outputs = tuple(each.name for each in model.graph.output)
    taken = place_of_output(path.name, outputs, output)
    del model.graph.output[taken + 1 :]
    del model.graph.output[:taken]
    activation = _without_activation(model)
    return OnnxClassifier(model, shape, channels_last, activation, paths, entries, outputs)


def whole_onnx(path: Path) -> bytes | None:
    """An ONNX file joined with its weights in other files; None when it has all of them itself.

    Raises:
        CamviewerError: it is damaged, or the extra is missing.
    """
    model, gathered = _sound_model(path)
    return bytes(model.SerializeToString()) if gathered else None


def _sound_model(path: Path) -> tuple[onnx.ModelProto, bool]:
    """The model, and whether weights were read from files beside it."""
    require_extra()
    import onnx  # noqa: PLC0415
    from google.protobuf.message import DecodeError  # noqa: PLC0415

    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _too_large(path.name)
        model = onnx.load(path, load_external_data=False)
        gathered = _load_external_data(path, model)
        onnx.checker.check_model(model)
    except DecodeError as error:
        raise damaged(path.name) from error
    except OSError as error:
        raise unreadable(path, error) from error
    except (onnx.checker.ValidationError, ValueError, RuntimeError) as error:
        raise CamviewerError(
            f"{path.name} is no sound ONNX model.", "Export the network again."
        ) from error
    foreign = {entry.domain for entry in model.opset_import} - _DEFAULT_DOMAINS
    used = {node.domain for node in model.graph.node} & foreign
    if used:
        raise CamviewerError(
            f"{path.name} needs operators of {sorted(used)[0][:60]}, which are not part of ONNX.",
            "Export the network with standard operators.",
        )
    return model, gathered


def _load_external_data(path: Path, model: onnx.ModelProto) -> bool:
    """Reads weights from files in the model's own folder only; returns whether there were any."""
    import onnx  # noqa: PLC0415
    from onnx.external_data_helper import uses_external_data  # noqa: PLC0415

    outside = [tensor for tensor in model.graph.initializer if uses_external_data(tensor)]
    total = path.stat().st_size
    for name in {_location(tensor) for tensor in outside}:
        beside = path.parent / name
        if Path(name).name != name or "\\" in name or beside.is_symlink():
            raise CamviewerError(
                f"{path.name} was not opened: its weights would be read from {name[:100]!r}, "
                "outside of its folder.",
                "Export the network again, with its weights beside it.",
            )
        if not beside.is_file():
            raise CamviewerError(
                f"The weights of {path.name} are missing: {name[:100]} does not lie beside it.",
                "Copy both files into one folder.",
            )
        total += beside.stat().st_size
    if total > _MOST_BYTES:
        raise _too_large(path.name)
    if outside:
        onnx.load_external_data_for_model(model, str(path.parent))
    return bool(outside)


def _location(tensor: onnx.TensorProto) -> str:
    return next((entry.value for entry in tensor.external_data if entry.key == "location"), "")


def _input(
    name: str, model: onnx.ModelProto
) -> tuple[tuple[int | None, int | None, int | None, int | None], bool]:
    weights = {tensor.name for tensor in model.graph.initializer}
    inputs = [value for value in model.graph.input if value.name not in weights]
    if len(inputs) != 1:
        raise _unlike(name, f"takes {len(inputs)} inputs")
    tensor = inputs[0].type.tensor_type
    sizes = [axis.dim_value or None for axis in tensor.shape.dim]
    if len(sizes) != 4:
        words = " x ".join("any" if size is None else str(size) for size in sizes)
        raise _unlike(name, f"takes an input of {words or 'no shape'}")
    if tensor.elem_type != 1:
        raise _unlike(name, "takes no float32 numbers")
    if any(size is not None and not 0 < size <= 8192 for size in sizes):
        raise _unlike(name, "takes pictures of an impossible size")
    if sizes[1] == 3 or (sizes[1] is None and sizes[3] != 3):
        return (sizes[0], 3, sizes[2], sizes[3]), False
    if sizes[3] == 3:
        return (sizes[0], 3, sizes[1], sizes[2]), True
    is_last = sizes[3] is not None and (sizes[1] is None or sizes[3] < sizes[1])
    channels = sizes[3] if is_last else sizes[1]
    if channels is not None and channels <= MOST_CHANNELS:
        height, width = (sizes[1], sizes[2]) if is_last else (sizes[2], sizes[3])
        return (sizes[0], channels, height, width), is_last
    raise _unlike(name, f"takes pictures of {sizes[1]} channels")


def _without_activation(model: onnx.ModelProto) -> str:
    """Removes a final softmax or sigmoid, because camviewer applies it itself.

    Returns:
        ``softmax`` or ``sigmoid``; empty if it ends in neither.
    """
    output = model.graph.output[0]
    makers = {name: node for node in model.graph.node for name in node.output}
    following, last = None, makers.get(output.name)
    while last is not None and last.op_type in _PASSING_ON:
        following, last = last, makers.get(last.input[0])
    if last is None or last.op_type not in _SOFTMAXES | _SIGMOIDS:
        return ""
    if following is None:
        output.name = last.input[0]
    else:
        following.input[0] = last.input[0]
    if not any(last.output[0] in node.input for node in model.graph.node):
        model.graph.node.remove(last)
    return "sigmoid" if last.op_type in _SIGMOIDS else "softmax"


def _paths(model: onnx.ModelProto) -> dict[str, str]:
    return {name: _path(node) for node in model.graph.node for name in node.output}


def _path(node: onnx.NodeProto) -> str:
    """Dotted path of a node's module in the original network, as torch's exporters write it."""
    for entry in node.metadata_props:
        if entry.key == "pkg.torch.onnx.name_scopes":
            scopes = _literal(entry.value)
            return scopes[-2] if len(scopes) > 1 else ""
    parts = [part for part in node.name.split("/") if part][:-1]
    path = ""
    for part in parts:
        # torch writes /layer4/layer4.1/relu_1/Relu, where a part may repeat the one before.
        path = part if part.startswith(f"{path}.") or not path else f"{path}.{part}"
    return path


def _literal(words: str) -> list[str]:
    try:
        scopes: Any = ast.literal_eval(words)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return []
    return [str(scope) for scope in scopes] if isinstance(scopes, list) else []


def _unlike(name: str, why: str) -> CamviewerError:
    return CamviewerError(
        f"{name} is no classifier of pictures: its graph {why}.",
        "Choose a model with one input (N, 3, height, width) and the class scores as output.",
    )


def _too_large(name: str) -> CamviewerError:
    return CamviewerError(
        f"{name} has more than 2 GB, which one ONNX file cannot hold.",
        "Import a checkpoint of its weights.",
    )
