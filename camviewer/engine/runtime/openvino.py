"""Converts networks to OpenVINO and runs them on the CPU in about half of torch's time.

A network is traced once, up to the layer to explain, and written as OpenVINO files, which compile
in a moment. It serves passes without gradients. The extra ``camviewer[fast]`` installs OpenVINO.
"""

from __future__ import annotations

import threading
import warnings
from collections import Counter
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError, reason_of
from camviewer.engine.network.grid_layers import fixed_batch
from camviewer.engine.runtime.openvino_requests import joined, load_openvino, outputs_of
from camviewer.engine.runtime.tail_network import tail_network_of
from camviewer.engine.support.numeric_comparison import same_numbers

NAME = "OpenVINO"
NETWORK_FILE = "network.xml"
_EXACT, _HALF = "f32", "bf16"
_PROBE_BYTES = 2**24
_MOST_STREAMS = 4
_LARGE = 300_000_000
"""Maximum size of the weights, in bytes, for a second compilation with parallel streams; because
each compiled network has a copy of the weights."""
_LIGHT = 60_000_000
"""Maximum size of the weights, in bytes, for a compilation for one input size; because heavier
networks gain nothing from it."""
_MANY = 128
"""Number of pictures of one size after which compiling a light network for this size pays off: it
saves a sixth of a Score-CAM on EfficientNet-Lite0."""
_REQUESTS_OF_A_STREAM = 6
"""Maximum number of pictures that are under way for each stream; because a stream that has the next
one waiting goes on by itself, when all threads of Python are at something else."""
_SAME = {_EXACT: 1e-4, _HALF: 3e-2}
"""Maximum difference between the networks for one size and for any size, as a share of the largest
value, by precision."""
_Size = tuple[int, int]


def is_available() -> bool:
    """Whether the extra is installed."""
    return find_spec("openvino") is not None


def version() -> str:
    """Version of OpenVINO, read from its package metadata because importing it is slow."""
    return metadata.version("openvino")


class _UpTo(nn.Module):
    """A network that ends at one of its layers, or returns the layer's output and its logits.

    Args:
        network: (N, 3, h, w) in, logits (N, K) out.
        layer: dotted name in ``network``.
        with_logits: whether the tail network runs as well.
    """

    def __init__(self, network: nn.Module, layer: str, *, with_logits: bool) -> None:
        super().__init__()
        self.network = network
        self._layer = layer
        self._with_logits = with_logits

    def forward(self, pictures: Tensor) -> tuple[Tensor, ...]:
        kept: list[Tensor] = []

        def keep(_module: nn.Module, _inputs: object, output: Tensor) -> None:
            kept[:] = [output.clone()]  # an in-place layer may follow
            if not self._with_logits:
                raise _Reached

        handle = self.network.get_submodule(self._layer).register_forward_hook(keep)
        try:
            logits = self.network(pictures)
        except _Reached:
            return (kept[0],)
        finally:
            handle.remove()
        return kept[0], logits


class _Reached(Exception):  # noqa: N818  (leaves the pass once the layer has been seen)
    """Ends a pass at the layer, because the tail network is not needed."""


def convert(network: nn.Module, layer: str, example: Tensor, folder: Path) -> None:
    """Writes a network up to one layer as OpenVINO files, with free batch size, height and width.

    Torch runs the tail network, because it needs that for gradients and holds its weights already.
    Where the tail cannot be cut off (see ``tail_network_of``) the whole network is converted.
    Tracing fixes whatever Python code computes from the input's size to its value for the example,
    so a compiled network must be compared with torch before it is used at another size.

    Args:
        network: in eval mode, on the CPU.
        layer: dotted name of the layer that becomes the output.
        example: (1, 3, h, w), not constant.
        folder: an empty folder for ``network.xml`` and its weights.

    Raises:
        CamviewerError: the network cannot be converted.
    """
    batch = fixed_batch(network)
    if batch is not None and batch > 1:  # how it fills up a batch would be traced for one picture
        raise CamviewerError(
            f"{NAME} cannot run this network: it was written for {batch} pictures at a time.",
            "PyTorch runs it all the same.",
        )
    openvino = load_openvino()
    from openvino.frontend import FrontEndManager  # noqa: PLC0415
    from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder  # noqa: PLC0415

    up_to = _UpTo(network, layer, with_logits=tail_network_of(network, layer, example) is None)
    try:
        with torch.no_grad(), warnings.catch_warnings():
            # torch deprecates tracing, but it works with any Python code; sizes are checked later.
            warnings.simplefilter("ignore")
            traced = torch.jit.trace(up_to.eval(), example, check_trace=False)  # type: ignore[no-untyped-call]
        # The front end does not hold a reference to the decoder.
        decoder = TorchScriptPythonDecoder(traced)
        front_end = FrontEndManager().load_by_framework("pytorch")
        model = front_end.convert(front_end.load(decoder))
        model.reshape({0: openvino.PartialShape([-1, example.shape[1], -1, -1])})
    except RuntimeError as error:
        raise CamviewerError(
            f"{NAME} cannot run this network: {str(error).splitlines()[0]}",
            "PyTorch runs it all the same.",
        ) from error
    try:
        openvino.save_model(model, str(folder / NETWORK_FILE), compress_to_fp16=False)
    except RuntimeError as error:
        raise CamviewerError(
            f"The converted network could not be written to {folder.parent}: "
            f"{_reason_against(folder)}.",
            "Free some room on that disk.",
        ) from error


def _reason_against(folder: Path) -> str:
    """Why a file could not be written; OpenVINO does not say it, so another write is tried."""
    try:
        with (folder / NETWORK_FILE).with_suffix(".bin").open("ab") as file:
            file.write(bytes(_PROBE_BYTES))
    except OSError as error:
        return reason_of(error)
    return "the disk has not taken it all"


class CompiledNetwork:
    """A converted network, compiled for this CPU.

    Args:
        folder: the folder that ``convert`` has filled.
        threads: number of CPU threads; torch's number when None.

    Raises:
        CamviewerError: the files are damaged or of another version.
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        self._threads = threads or torch.get_num_threads()
        self._file = folder / NETWORK_FILE
        self._core = load_openvino().Core()
        try:
            self._model = self._core.read_model(str(self._file))
            self._requests = {(1, _EXACT): self._compiled(self._model, 1, _EXACT)}
        except RuntimeError as error:
            raise CamviewerError(
                f"The network that was kept for {NAME} cannot be read.", "It will be made anew."
            ) from error
        self._weights = self._file.with_suffix(".bin").stat().st_size
        self._streams = min(self._threads, _MOST_STREAMS) if self._weights <= _LARGE else 1
        self._seen: Counter[tuple[_Size, str]] = Counter()
        self._one_size: _OneSizeNetwork | None = None
        self._lock = threading.Lock()

    def run(self, pictures: Tensor, *, half: bool = False) -> tuple[Tensor, Tensor | None]:
        """The layer's output and, if the whole network was converted, logits (N, K), in float32.

        Several pictures run in parallel streams with their own threads, which takes two thirds of
        the time of running them one after the other with all threads. After many pictures of one
        size a light network is compiled for this size alone. This saves another sixth, because
        its small layers no longer compute their shapes in every pass.

        Args:
            pictures: (N, 3, h, w).
            half: whether to compute in bfloat16.

        Raises:
            CamviewerError: this network does not run with pictures of this size.
        """
        pictures = pictures.detach()
        precision = _HALF if half else _EXACT
        height, width = pictures.shape[2:]
        with self._lock:  # a request runs one batch at a time
            try:
                if one_size := self._one_size_for(pictures, precision):
                    found = [
                        outputs_of(one_size.requests, group)
                        for group in torch.split(pictures, len(one_size.requests))
                    ]
                else:
                    found = [outputs_of(self._requests_for(len(pictures), precision), pictures)]
            except RuntimeError as error:
                raise CamviewerError(
                    f"{NAME} cannot run this network on {width} x {height} pixels.",
                    "PyTorch runs it all the same.",
                ) from error
        outputs = [joined(parts) for parts in zip(*found, strict=True)]
        return outputs[0], outputs[1] if len(outputs) > 1 else None

    def _requests_for(self, pictures: int, precision: str) -> list[Any]:
        kind = (1 if pictures == 1 else self._streams, precision)
        if kind not in self._requests:
            self._requests[kind] = self._compiled(self._model, *kind)
        return self._requests[kind]

    def _one_size_for(self, pictures: Tensor, precision: str) -> _OneSizeNetwork | None:
        """Requests of the network for this size alone; None for a single picture or without one."""
        if len(pictures) == 1 or self._weights > _LIGHT:
            return None
        kind = ((pictures.shape[2], pictures.shape[3]), precision)
        if self._one_size is None or self._one_size.kind != kind:
            self._seen[kind] += len(pictures)
            if self._seen[kind] <= _MANY:
                return None
            self._seen.clear()
            self._one_size = self._compiled_for_size(kind, pictures[:1])
        return self._one_size if self._one_size.agrees else None

    def _compiled_for_size(self, kind: tuple[_Size, str], picture: Tensor) -> _OneSizeNetwork:
        """Compiles the network for single pictures of this size, and compares its outputs."""
        size, precision = kind
        model = self._core.read_model(str(self._file))
        model.reshape({0: [1, picture.shape[1], *size]})
        requests = self._compiled(model, self._streams, precision)
        expected = outputs_of(self._requests_for(2, precision), picture)
        found = outputs_of(requests, picture)
        pairs = zip(found, expected, strict=True)
        agrees = all(same_numbers(one, other, _SAME[precision]) for one, other in pairs)
        return _OneSizeNetwork(kind, requests, agrees)

    def _compiled(self, model: Any, streams: int, precision: str) -> list[Any]:
        """Compiles a model and makes one request per stream."""
        settings = {
            "INFERENCE_NUM_THREADS": self._threads,
            "INFERENCE_PRECISION_HINT": precision,
            "PERFORMANCE_HINT": "LATENCY" if streams == 1 else "THROUGHPUT",
            "NUM_STREAMS": streams,
            # A thread that is tied to a processor waits while another program has it.
            "ENABLE_CPU_PINNING": False,
        }
        compiled = self._core.compile_model(model, "CPU", settings)
        return [compiled.create_infer_request() for _ in range(streams)]


class StreamedNetwork:
    """A converted network for single pictures of one size, which several threads run at once.

    Each picture has one processor: small networks gain little from two, and threads that wait for
    each other lose all of it on a busy machine.

    Args:
        folder: the folder that ``convert`` has filled.
        shape: (C, h, w) of a picture.
        streams: pictures at the same time.

    Raises:
        CamviewerError: the files are damaged, or the network does not run at this size.
    """

    def __init__(self, folder: Path, shape: tuple[int, ...], streams: int) -> None:
        core = load_openvino().Core()
        settings = {
            "INFERENCE_NUM_THREADS": streams,
            "INFERENCE_PRECISION_HINT": _EXACT,
            "NUM_STREAMS": streams,
            "ENABLE_CPU_PINNING": False,
        }
        try:
            model = core.read_model(str(folder / NETWORK_FILE))
            model.reshape({0: [1, *shape]})
            compiled = core.compile_model(model, "CPU", settings)
        except RuntimeError as error:
            raise CamviewerError(
                f"{NAME} cannot run this network on {shape[2]} x {shape[1]} pixels.",
                "PyTorch runs it all the same.",
            ) from error
        self._compiled, self._made = compiled, 0
        self._most = streams * _REQUESTS_OF_A_STREAM
        self._idle: SimpleQueue[Any] = SimpleQueue()
        self._lock = threading.Lock()

    def run(self, pictures: Tensor) -> tuple[Tensor, Tensor | None]:
        """The layer's output and, if the whole network was converted, logits (N, K), in float32.

        Args:
            pictures: (N, C, h, w).
        """
        found = []
        for group in torch.split(pictures.detach(), self._most):
            with self._lock:  # two threads must not each wait for what the other has
                requests = [self._request() for _ in group]
            try:
                found.append(outputs_of(requests, group))
            finally:
                for request in requests:
                    self._idle.put(request)
        outputs = [joined(parts) for parts in zip(*found, strict=True)]
        return outputs[0], outputs[1] if len(outputs) > 1 else None

    def _request(self) -> Any:
        """A request that nobody has; another one is made as long as there may be more."""
        if self._idle.empty() and self._made < self._most:
            self._made += 1
            return self._compiled.create_infer_request()
        return self._idle.get()


@dataclass(frozen=True)
class _OneSizeNetwork:
    """A network that was compiled for one size.

    Attributes:
        kind: the size and the precision.
        requests: requests for one picture each.
        agrees: whether its outputs equal those of the network for any size.
    """

    kind: tuple[_Size, str]
    requests: list[Any]
    agrees: bool
