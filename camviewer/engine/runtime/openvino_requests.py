"""Hands pictures to OpenVINO's requests and takes their outputs."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor


def outputs_of(requests: list[Any], pictures: Tensor) -> list[Tensor]:
    """Every output for pictures (N, 3, h, w), which are distributed to the requests."""
    parts = [
        part.contiguous().numpy() for part in pictures.tensor_split(len(requests)) if len(part)
    ]
    used = requests[: len(parts)]
    for request, part in zip(used, parts, strict=True):
        # Handing it over with the start looks up what kind of inputs they are, each time.
        request.set_input_tensor(_shared_tensor(part))
        request.start_async()
    for request in used:
        request.wait()
    return [
        joined([torch.from_numpy(request.get_output_tensor(place).data.copy()) for request in used])
        for place in range(len(used[0].model_outputs))
    ]


def joined(parts: Sequence[Tensor]) -> Tensor:
    """One batch; a single part is not copied once more."""
    return parts[0] if len(parts) == 1 else torch.cat(tuple(parts))


def _shared_tensor(numbers: NDArray[np.float32]) -> Any:
    """The same memory as OpenVINO's tensor."""
    return load_openvino().Tensor(numbers, shared_memory=True)


@cache
def load_openvino() -> Any:
    """The library, without what would open a socket."""
    with _without_converter():
        import openvino  # noqa: PLC0415
    return openvino


@contextmanager
def _without_converter() -> Iterator[None]:
    """Prevents the import of OpenVINO's converter, which would send usage statistics."""
    converter = "openvino.tools.ovc"
    hidden = converter not in sys.modules
    if hidden:
        sys.modules[converter] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if hidden:
            del sys.modules[converter]
