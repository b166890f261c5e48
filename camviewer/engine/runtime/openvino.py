"""OpenVINO on the CPU, for whatever needs no gradient: the same numbers in half the time.

A network is traced once, up to the layer whose maps are wanted, and written as OpenVINO's own
files; from these it is compiled in a moment. Nothing here is imported unless the
extra ``camviewer[fast]`` is installed.
"""

from __future__ import annotations

import sys
import threading
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError, reason_of
from camviewer.engine.network.grid_layers import fixed_batch
from camviewer.engine.runtime.network_suffix import tail_network_of
from camviewer.engine.support.same_numbers import same_numbers

NAME = "OpenVINO"
NETWORK_FILE = "network.xml"
_EXACT, _HALF = "f32", "bf16"
_PROBE_BYTES = 2**24
_MOST_STREAMS = 4
_LARGE = 300_000_000
"""Bytes of weights; a larger network is not compiled a second time, for streams."""
_LIGHT = 60_000_000
"""Bytes of weights; a heavier network wins nothing by knowing its pictures' size ahead."""
_MANY = 128
"""Pictures of one size, after which it pays to compile a light network for this size alone."""
_SAME = {_EXACT: 1e-4, _HALF: 3e-2}
"""Of the largest value: how far the network for one size may be from that for any."""
_Size = tuple[int, int]


def is_available() -> bool:
    """Whether the extra is installed."""
    return find_spec("openvino") is not None


def version() -> str:
    """Of OpenVINO; asked of its package, for importing it takes a while."""
    return metadata.version("openvino")


class _UpTo(nn.Module):
    """A network that ends at one of its layers, or puts its logits out beside it.

    Args:
        network: (N, 3, h, w) in, logits (N, K) out.
        layer: dotted name in ``network``.
        with_logits: whether the rest of the network runs, too.
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
    """The layer has put out its activations; the rest of the network is not needed."""


def convert(network: nn.Module, layer: str, example: Tensor, folder: Path) -> None:
    """Writes a network up to one layer as OpenVINO's files, with free batch, height and width.

    Torch runs the tail network, because it needs that for gradients and holds its weights already.
    Where the tail cannot be cut off (see ``tail_network_of``) the whole network is converted.
    Tracing fixes whatever Python code computes from the input's size to its value for the example,
    so a compiled network must be compared with torch before it is used at another size.

    Args:
        network: in eval mode, on the CPU.
        layer: dotted name of the layer that is put out.
        example: (1, 3, h, w), not constant.
        folder: an empty folder, where ``network.xml`` and its weights go.

    Raises:
        CamviewerError: the network cannot be converted.
    """
    batch = fixed_batch(network)
    if batch is not None and batch > 1:  # how it fills up a batch would be traced for one picture
        raise CamviewerError(
            f"{NAME} cannot run this network: it was written for {batch} pictures at a time.",
            "PyTorch runs it all the same.",
        )
    openvino = _openvino()
    from openvino.frontend import FrontEndManager  # noqa: PLC0415
    from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder  # noqa: PLC0415

    up_to = _UpTo(network, layer, with_logits=tail_network_of(network, layer, example) is None)
    try:
        with torch.no_grad(), warnings.catch_warnings():
            # Tracing is old, and is what follows any Python code; sizes are compared later.
            warnings.simplefilter("ignore")
            traced = torch.jit.trace(up_to.eval(), example, check_trace=False)  # type: ignore[no-untyped-call]
        # The front end does not keep the decoder alive by itself.
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
    """Why a file could not be written, which OpenVINO does not tell but a further try does."""
    try:
        with (folder / NETWORK_FILE).with_suffix(".bin").open("ab") as file:
            file.write(bytes(_PROBE_BYTES))
    except OSError as error:
        return reason_of(error)
    return "the disk has not taken it all"


class CompiledNetwork:
    """A converted network, compiled for this processor.

    Args:
        folder: what ``convert`` has filled.
        threads: of the processor; torch's own number when None.

    Raises:
        CamviewerError: the files are damaged or of another version.
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        self._threads = threads or torch.get_num_threads()
        self._file = folder / NETWORK_FILE
        self._core = _openvino().Core()
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
        self._settled: _Settled | None = None
        self._lock = threading.Lock()

    def run(self, pictures: Tensor, *, half: bool = False) -> tuple[Tensor, Tensor | None]:
        """The layer's output and, where it ends the network, logits (N, K), all float32.

        Several pictures are shared out among streams, each of which has threads of its own: that
        takes two thirds of the time of all threads on one picture after the other. Once many of
        one size came, a light network is compiled for this size alone, which takes another
        quarter off: what its small layers find out about their sizes is then known ahead.

        Args:
            pictures: (N, 3, h, w).
            half: whether to compute in bfloat16.

        Raises:
            CamviewerError: this network was not made for pictures of this size.
        """
        pictures = pictures.detach()
        precision = _HALF if half else _EXACT
        height, width = pictures.shape[2:]
        with self._lock:  # a request runs one batch at a time
            try:
                if settled := self._settled_for(pictures, precision):
                    found = [
                        _at_once(settled.requests, group)
                        for group in torch.split(pictures, len(settled.requests))
                    ]
                else:
                    found = [_at_once(self._requests_for(len(pictures), precision), pictures)]
            except RuntimeError as error:
                raise CamviewerError(
                    f"{NAME} cannot run this network on {width} x {height} pixels.",
                    "PyTorch runs it all the same.",
                ) from error
        outputs = [torch.cat(parts) for parts in zip(*found, strict=True)]
        return outputs[0], outputs[1] if len(outputs) > 1 else None

    def _requests_for(self, pictures: int, precision: str) -> list[Any]:
        kind = (1 if pictures == 1 else self._streams, precision)
        if kind not in self._requests:
            self._requests[kind] = self._compiled(self._model, *kind)
        return self._requests[kind]

    def _settled_for(self, pictures: Tensor, precision: str) -> _Settled | None:
        """What was compiled for pictures of this size alone; None for one, or where it is not."""
        if len(pictures) == 1 or self._weights > _LIGHT:
            return None
        kind = ((pictures.shape[2], pictures.shape[3]), precision)
        if self._settled is None or self._settled.kind != kind:
            self._seen[kind] += len(pictures)
            if self._seen[kind] <= _MANY:
                return None
            self._seen.clear()
            self._settled = self._settle(kind, pictures[:1])
        return self._settled if self._settled.agrees else None

    def _settle(self, kind: tuple[_Size, str], picture: Tensor) -> _Settled:
        """Compiles it for one picture of this size at a time, and compares what it gives."""
        size, precision = kind
        model = self._core.read_model(str(self._file))
        model.reshape({0: [1, picture.shape[1], *size]})
        requests = self._compiled(model, self._streams, precision)
        expected = _at_once(self._requests_for(2, precision), picture)
        found = _at_once(requests, picture)
        pairs = zip(found, expected, strict=True)
        agrees = all(same_numbers(one, other, _SAME[precision]) for one, other in pairs)
        return _Settled(kind, requests, agrees)

    def _compiled(self, model: Any, streams: int, precision: str) -> list[Any]:
        """A request for each stream."""
        settings = {
            "INFERENCE_NUM_THREADS": self._threads,
            "INFERENCE_PRECISION_HINT": precision,
            "PERFORMANCE_HINT": "LATENCY" if streams == 1 else "THROUGHPUT",
            "NUM_STREAMS": streams,
        }
        compiled = self._core.compile_model(model, "CPU", settings)
        return [compiled.create_infer_request() for _ in range(streams)]


@dataclass(frozen=True)
class _Settled:
    """A network that was compiled for one size.

    Attributes:
        kind: the size and the precision.
        requests: each takes one picture.
        agrees: whether it gives the numbers of the network for any size.
    """

    kind: tuple[_Size, str]
    requests: list[Any]
    agrees: bool


def _at_once(requests: list[Any], pictures: Tensor) -> list[Tensor]:
    """Every output for pictures (N, 3, h, w), of which each request takes its share."""
    parts = [
        part.contiguous().numpy() for part in pictures.tensor_split(len(requests)) if len(part)
    ]
    used = requests[: len(parts)]
    for request, part in zip(used, parts, strict=True):
        request.start_async({0: part}, share_inputs=True)
    for request in used:
        request.wait()
    return [
        torch.cat(
            [torch.from_numpy(request.get_output_tensor(place).data.copy()) for request in used]
        )
        for place in range(len(used[0].model_outputs))
    ]


def _openvino() -> Any:
    with _without_converter():
        import openvino  # noqa: PLC0415
    return openvino


@contextmanager
def _without_converter() -> Iterator[None]:
    """Leaves out OpenVINO's converter, which would send statistics of its use."""
    converter = "openvino.tools.ovc"
    hidden = converter not in sys.modules
    if hidden:
        sys.modules[converter] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if hidden:
            del sys.modules[converter]
