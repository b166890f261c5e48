"""The cells that a network puts out at a layer, without running what comes behind it."""

from __future__ import annotations

from typing import Any

from torch import Tensor, nn

from camviewer.engine.architectures.pooled_cut import ARRANGEMENTS, PooledCut
from camviewer.engine.errors import CamviewerError
from camviewer.engine.network.layouts import Arrangement, Layout, layout_of

_ARRANGEMENT = dict(
    zip(
        ARRANGEMENTS,
        (Arrangement.CHANNELS_FIRST, Arrangement.CHANNELS_LAST, Arrangement.TOKENS),
        strict=True,
    )
)


class Cells(nn.Module):
    """The output of the base's last layer as (N, C, h, w), whatever its arrangement."""

    def __init__(self, cut: PooledCut) -> None:
        super().__init__()
        self.arrangement = _ARRANGEMENT[cut.arrangement]
        self.prefix = cut.prefix
        self.rectified = cut.rectified

    def forward(self, output: Tensor, input_size: tuple[int, int]) -> Tensor:
        """The cells of an output, for pictures of ``input_size`` (h, w)."""
        layout: Layout | None = Layout(self.arrangement, (0, 0), self.prefix)
        if self.arrangement is Arrangement.TOKENS:
            layout = layout_of(output, input_size)
            if layout is None:
                raise CamviewerError(
                    "The tokens of this network form no grid for this picture size.",
                    "Choose the trained crop at detail 1x.",
                )
        assert layout is not None  # noqa: S101
        cells = layout.to_grid(output)
        return cells.relu() if self.rectified else cells


def cells_of(network: nn.Module, cut: PooledCut, pictures: Tensor) -> Tensor:
    """The same of a network that was given no head: (N, 3, h, w) in, (N, C, rows, columns) out."""
    output = run_until(network, cut.layer, pictures)
    cells: Tensor = Cells(cut)(output, (pictures.shape[2], pictures.shape[3]))
    return cells


class _Reached(Exception):  # noqa: N818  (not an error: the way out of a network)
    """The layer that was asked for has run."""

    def __init__(self, output: Any) -> None:
        super().__init__()
        self.output = output


def run_until(network: nn.Module, layer: str, pictures: Tensor) -> Tensor:
    """What a layer puts out; nothing behind it is run, whatever the network does there.

    Others' hooks on the layer come first, so that it can be tapped like any other.

    Raises:
        CamviewerError: the network does not come by the layer.
    """

    def stop(_module: nn.Module, _inputs: object, output: object) -> None:
        raise _Reached(output)

    handle = network.get_submodule(layer).register_forward_hook(stop)
    try:
        network(pictures)
    except _Reached as reached:
        output: Tensor = reached.output
        return output
    finally:
        handle.remove()
    raise CamviewerError(f"The picture does not pass through layer {layer}.", "Train it again.")
