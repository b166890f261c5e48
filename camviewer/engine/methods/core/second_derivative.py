"""Computes second derivatives of networks whose operators have none in torch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from torch import Tensor
from torch.nn import functional as F  # noqa: N812  (torch's own name for it)
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.overrides import TorchFunctionMode

from camviewer.engine.errors import CamviewerError
from camviewer.engine.methods.core.probe import Probe
from camviewer.engine.network.forward import Forward
from camviewer.engine.network.grid_layers import mixes_globally
from camviewer.engine.network.recorded_graph import Target

_HARD_SIGMOID = "hardsigmoid"
_HAS_NONE = "is not implemented"
"""Part of torch's error message for an operator without a second derivative."""


def bent(probe: Probe, target: Target) -> tuple[Forward, Tensor]:
    """A pass of the picture, and the Hessian of ``target`` times its activations, (C, h, w).

    torch's fused attention kernels and its hard sigmoid have no second derivative. For a network
    with these the pass is repeated with their elementary operations.

    Args:
        probe: gives the picture and runs the network.
        target: maps logits (N, K) to (N,).

    Raises:
        CamviewerError: another operator has no second derivative.
    """
    if not mixes_globally(probe.classifier.network):
        try:
            return probe.forward, probe.forward.curvature(target)
        except RuntimeError as error:
            if not _has_none(error):
                raise
    with _written_out():
        forward = next(probe.passes(1, lambda _: probe.picture))
    try:
        return forward, forward.curvature(target)
    except RuntimeError as error:
        if not _has_none(error):
            raise
        raise CamviewerError(
            "This method needs second derivatives, and an operator behind the layer has none: "
            f"{_first_line(error)}",
            "Choose a layer further back, or Grad-CAM, which needs first derivatives alone.",
        ) from error


def _has_none(error: RuntimeError) -> bool:
    return _HAS_NONE in str(error)


def _first_line(error: RuntimeError) -> str:
    return str(error).splitlines()[0].rstrip(".") + "."


@contextmanager
def _written_out() -> Iterator[None]:
    with sdpa_kernel(SDPBackend.MATH), _HardSigmoidWrittenOut():
        yield


class _HardSigmoidWrittenOut(TorchFunctionMode):
    """Replaces the hard sigmoid by relu6(x + 3) / 6, which torch can differentiate twice."""

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: object,
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        kwargs = kwargs or {}
        name = getattr(func, "__name__", "").partition(".")[0]
        if name.rstrip("_") != _HARD_SIGMOID:
            return func(*args, **kwargs)
        values: Tensor = args[0] if args else kwargs["input"]
        found = F.relu6(values + 3) / 6
        in_place = name.endswith("_") or kwargs.get("inplace", any(args[1:]))
        return values.copy_(found) if in_place else found
