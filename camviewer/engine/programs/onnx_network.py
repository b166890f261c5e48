"""Converts ONNX models to torch networks, or wraps them as black boxes if results differ."""

from __future__ import annotations

import logging
import tempfile
import warnings
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.programs.black_box import BlackBox, in_batches, takes_several
from camviewer.engine.programs.graph_network import AttentionSoftmax
from camviewer.engine.programs.onnx_file import OnnxClassifier
from camviewer.engine.programs.program import layer_names, place_layer
from camviewer.engine.support.lazy_libraries import onnxruntime

if TYPE_CHECKING:
    import onnx

_log = logging.getLogger(__name__)

_QUANTISED = ("QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear")
_AGREES = 1e-4
"""Maximum difference between a conversion and ONNX Runtime, as a share of the largest score."""


def onnx_network(found: OnnxClassifier, example: Tensor) -> tuple[nn.Module, str]:
    """The network of an ONNX model.

    Args:
        found: the model that was read.
        example: (1, 3, h, w), not constant.

    Returns:
        A network with layers and an empty string, or a black box and the reason for it.

    Raises:
        CamviewerError: ONNX Runtime cannot run it.
    """
    black_box = _runtime(found, found.input_shape[0])
    try:
        expected = black_box(example)
    except Exception as error:  # the runtime's own classes of errors are many
        raise _unusable(error) from error
    batch = found.input_shape[0]
    if batch is None and not takes_several(black_box, example, expected):
        batch = 1
        black_box = _runtime(found, batch)
    quantised = sorted(
        {
            node.op_type
            for node in found.model.graph.node
            if node.op_type in _QUANTISED or node.op_type.startswith(("QLinear", "ConvInteger"))
        }
    )
    if quantised:
        return black_box, "it is quantised, and whole numbers have no gradients."
    for model in (found.model, None):
        try:
            network = _converted(found, model or _simplified(found.model), batch)
            with torch.no_grad():
                logits = network(example)
        except Exception as error:  # noqa: BLE001  (a converter may fail in any way; logged)
            _log.info("the ONNX model was not converted: %s: %s", type(error).__name__, error)
            continue
        if logits.shape == expected.shape and _agree(logits, expected):
            if batch is None and not takes_several(network, example, logits):
                network = _converted(found, model or _simplified(found.model), 1)
            return network, ""
        _log.info("the converted ONNX model gives other scores")
    return black_box, "its operators could not be converted to torch with the same class scores."


def _agree(logits: Tensor, expected: Tensor) -> bool:
    difference = float((logits - expected).abs().max())
    return difference <= _AGREES * max(1.0, float(expected.abs().max()))


def _runtime(found: OnnxClassifier, batch: int | None) -> BlackBox:
    """A function that runs ONNX Runtime on the CPU with a fixed batch size, or any for None."""
    content = found.model.SerializeToString()
    runtime = onnxruntime()
    options = runtime.SessionOptions()
    options.log_severity_level = 4
    try:
        session = runtime.InferenceSession(content, options, ["CPUExecutionProvider"])
    except Exception as error:
        raise _unusable(error) from error
    name = session.get_inputs()[0].name

    def answer(pictures: Tensor) -> Tensor:
        inputs = _arranged(pictures, found).detach().cpu().float().numpy()
        (logits, *_) = session.run(None, {name: np.ascontiguousarray(inputs)})
        return _rows(torch.from_numpy(np.array(logits, np.float32))).to(pictures.device)

    return BlackBox(answer, len(content), batch)


def _arranged(pictures: Tensor, found: OnnxClassifier) -> Tensor:
    ordered = pictures.flip(1) if found.blue_first else pictures
    return ordered.permute(0, 2, 3, 1) if found.channels_last else ordered


def _rows(logits: Tensor) -> Tensor:
    """Reshapes (N, K, 1, 1) to (N, K)."""
    return logits.flatten(1) if logits.dim() > 2 and logits[0, 0].numel() == 1 else logits


def _simplified(model: onnx.ModelProto) -> onnx.ModelProto:
    """The graph after ONNX Runtime's basic optimisation, with constants folded."""
    import onnx  # noqa: PLC0415

    runtime = onnxruntime()
    with tempfile.TemporaryDirectory(prefix="camviewer-") as folder:
        options = runtime.SessionOptions()
        options.log_severity_level = 4
        options.graph_optimization_level = runtime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        options.optimized_model_filepath = str(Path(folder) / "model.onnx")
        runtime.InferenceSession(model.SerializeToString(), options, ["CPUExecutionProvider"])
        return onnx.load(options.optimized_model_filepath)


def _converted(found: OnnxClassifier, model: onnx.ModelProto, batch: int | None) -> nn.Module:
    """Converts the graph to torch modules with a fixed batch size, or any for None.

    onnx2pytorch converts the operators. This function names the layers as in the original network,
    and replaces attention and layer norms by classes that the engine recognises.
    """
    from onnx2pytorch import ConvertModel  # noqa: PLC0415

    # Hides torch's warning about onnx2pytorch's indexing; the results are compared anyway.
    warnings.filterwarnings("ignore", module=r"onnx2pytorch\.")

    class OnnxNetwork(ConvertModel):  # type: ignore[misc]
        """An ONNX graph as modules of torch."""

        def __init__(self) -> None:
            graph = _prepared(model)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                super().__init__(graph)
            self.fixed_batch: int | None = batch
            self._places: dict[str, str] = {}
            nodes = [node for node in graph.graph.node if node.output]
            names = layer_names(
                [(found.paths.get(node.output[0], ""), node.op_type.lower()) for node in nodes]
            )
            weights = {tensor.name: tensor for tensor in graph.graph.initializer}
            attention = _attention_outputs(graph)
            for node, name in zip(nodes, names, strict=True):
                own = self.mapping[node.output[0]]
                module = self._modules.pop(own, None)
                joining = _joining(self.__dict__.get(own))
                if joining is not None:
                    del self.__dict__[own]
                    module = joining
                if isinstance(module, nn.Conv2d | nn.Linear):
                    # The layer has its weights, so its replacement does not get them as inputs.
                    del node.input[1:]
                if module is not None:
                    known = _known_to_torch(node, module, weights, attention)
                    place_layer(self, name, known)
                    self._places[own] = name
            # Layers and buffers hold all weights now.
            del graph.graph.initializer[:]

        def __getattr__(self, name: str) -> Any:
            place = self.__dict__.get("_places", {}).get(name)
            return super().__getattr__(name) if place is None else self.get_submodule(place)

        def forward(self, pictures: Tensor) -> Tensor:
            """(N, 3, h, w) to (N, K)."""
            return in_batches(self._run, pictures, self.fixed_batch)

        def _run(self, pictures: Tensor) -> Tensor:
            inputs = _arranged(pictures, found)
            return _rows(super().forward(inputs))

    network: nn.Module = OnnxNetwork().eval()
    return network


def _prepared(model: onnx.ModelProto) -> onnx.ModelProto:
    """A copy without nodes that the converter does not support and evaluation does not need."""
    import onnx  # noqa: PLC0415

    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    for node in copy.graph.node:
        if node.op_type == "BatchNormalization":
            kept = [entry for entry in node.attribute if entry.name != "training_mode"]
            del node.attribute[:]
            node.attribute.extend(kept)
            del node.output[1:]
    return copy


class Concat(nn.Module):
    """Joins tensors along one axis."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.dim = dim

    def forward(self, *parts: Tensor) -> Tensor:
        """Joins tensors that differ in that axis alone."""
        return torch.cat(parts, self.dim)


def _joining(operator: Any) -> nn.Module | None:
    """The converter's function that joins tensors, as a layer."""
    if isinstance(operator, partial) and operator.func is torch.cat:
        return Concat(operator.keywords["dim"])
    return None


class _LayerNorm(nn.LayerNorm):
    """A layer norm that ignores the scale and bias among its inputs, because it holds them."""

    def forward(self, inputs: Tensor, *_weights: Tensor) -> Tensor:
        """Normalises the last axis."""
        return super().forward(inputs)


_LayerNorm.__name__ = "LayerNorm"


def _known_to_torch(
    node: onnx.NodeProto,
    module: nn.Module,
    weights: dict[str, onnx.TensorProto],
    attention: set[str],
) -> nn.Module:
    from onnx import numpy_helper  # noqa: PLC0415

    if node.op_type == "Softmax" and node.output[0] in attention:
        dim = module.dim if isinstance(module, nn.Softmax) else -1
        return AttentionSoftmax(dim)
    if isinstance(module, nn.Linear):
        # The converter transposes the weights of a Gemm without transB, but not these.
        module.out_features, module.in_features = module.weight.shape
        return module
    attributes = {entry.name: entry for entry in node.attribute}
    plain = (
        node.op_type == "LayerNormalization"
        and len(node.output) == 1
        and len(node.input) == 3
        and all(name in weights for name in node.input[1:])
        and ("axis" not in attributes or attributes["axis"].i == -1)
    )
    if not plain:
        return module
    weight, bias = (
        torch.from_numpy(numpy_helper.to_array(weights[name]).copy()) for name in node.input[1:]
    )
    epsilon = attributes["epsilon"].f if "epsilon" in attributes else 1e-5
    norm = _LayerNorm(tuple(weight.shape), eps=epsilon)
    norm.load_state_dict({"weight": weight, "bias": bias})
    return norm


def _attention_outputs(model: onnx.ModelProto) -> set[str]:
    """Names of the outputs of attention softmaxes."""
    weighed = {name for node in model.graph.node if node.op_type == "MatMul" for name in node.input}
    return {
        node.output[0]
        for node in model.graph.node
        if node.op_type == "Softmax" and node.output[0] in weighed
    }


def _unusable(error: Exception) -> CamviewerError:
    words = " ".join(str(error).split())[:120]
    return CamviewerError(
        f"ONNX Runtime cannot run this model ({type(error).__name__}: {words}).",
        "Export the network again, with an opset that ONNX Runtime knows.",
    )
