"""Checks TorchScript, torch.export and ONNX programs, and OpenVINO."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from camviewer.engine.importing.checkpoints import import_checkpoint
from camviewer.engine.picture.source_image import read_image
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.selftest.result import Checks, require
from camviewer.engine.session.opening import open_session
from camviewer.engine.support.resources import resource

EXPORTED = "program.pt2"
_CHANNELS, _CLASSES, _SIDE = 8, 5, 64
_SEED = 21
_TOLERANCE = 1e-3


def program_checks(folder: Path) -> Checks:
    """Writes a small network in each format, imports it and makes a map."""
    for title, suffix, write in _FORMATS:
        if suffix != ".onnx" or all(map(find_spec, ("onnx", "onnx2pytorch", "onnxruntime"))):
            yield title, partial(_import, folder / f"program{suffix}", write)
    if find_spec("openvino"):
        yield "OpenVINO", partial(_second_engine, folder)


def _network() -> nn.Sequential:
    torch.manual_seed(_SEED)
    return nn.Sequential(
        nn.Conv2d(3, _CHANNELS, 3, stride=4, padding=1),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(_CHANNELS, _CLASSES),
    ).eval()


def _example() -> Tensor:
    return torch.rand(1, 3, _SIDE, _SIDE, generator=torch.Generator().manual_seed(_SEED))


def _write_script(path: Path) -> None:
    torch.jit.trace(_network(), _example()).save(str(path))  # type: ignore[no-untyped-call]


def write_exported(path: Path) -> None:
    """Writes the file that the self-test reads, because exporting needs the network's source."""
    torch.export.save(torch.export.export(_network(), (_example(),)), path)


def _copy_exported(path: Path) -> None:
    shutil.copy(resource("selftest", EXPORTED), path)


def _write_onnx(path: Path) -> None:
    from onnx import TensorProto, helper, numpy_helper, save  # noqa: PLC0415  (an extra)

    network = _network()
    first, last = network[0], network[4]
    tensors = {"w": first.weight, "b": first.bias, "v": last.weight, "c": last.bias}
    weights = [
        numpy_helper.from_array(tensor.detach().numpy(), name)  # type: ignore[operator]
        for name, tensor in tensors.items()
    ]
    nodes = [
        helper.make_node("Conv", ["x", "w", "b"], ["f"], strides=[4, 4], pads=[1, 1, 1, 1]),
        helper.make_node("Relu", ["f"], ["r"]),
        helper.make_node("GlobalAveragePool", ["r"], ["p"]),
        helper.make_node("Flatten", ["p"], ["q"]),
        helper.make_node("Gemm", ["q", "v", "c"], ["y"], transB=1),
    ]
    taken = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, _SIDE, _SIDE])
    output = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, _CLASSES])
    graph = helper.make_graph(nodes, "small", [taken], [output], weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    save(model, str(path))


_FORMATS: tuple[tuple[str, str, Callable[[Path], Any]], ...] = (
    ("TorchScript", ".pt", _write_script),
    ("torch.export", ".pt2", _copy_exported),
    ("ONNX", ".onnx", _write_onnx),
)


def _import(path: Path, write: Callable[[Path], Any]) -> str:
    write(path)
    info = import_checkpoint(path, allow_code=True)
    session = open_session(info.id, device=torch.device("cpu"))
    image = read_image(resource("samples", "coffee.png"))
    explanation = session.explain(image, ExplainRequest(method="grad-cam"))
    rows, columns = explanation.heatmap.values.shape
    return f"{info.classes} classes, Grad-CAM with {columns} x {rows} cells"


def _second_engine(folder: Path) -> str:
    from camviewer.engine.runtime import openvino  # noqa: PLC0415  (an extra)

    place = folder / "openvino"
    place.mkdir()
    network, example = _network(), _example()
    openvino.convert(network, "1", example, place)
    found = openvino.CompiledNetwork(place).run(example)[0]
    with torch.no_grad():
        away = float((found - network[:2](example)).abs().max())
    require(away <= _TOLERANCE, f"its values are {away:.1g} away from torch's")
    return f"{openvino.version()}, values {away:.1g} away from torch's"
