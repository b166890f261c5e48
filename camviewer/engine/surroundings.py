"""One picture's layers and other placements, for a method that asks for more than one pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from camviewer.engine.errors import CamviewerError
from camviewer.engine.forward import Forward
from camviewer.engine.geometry import (
    Box,
    GridGeometry,
    Placement,
    PlacementMode,
    Registration,
    grid_geometry,
)
from camviewer.engine.image import SourceImage
from camviewer.engine.layer_book import LayerBook
from camviewer.engine.layouts import Layout
from camviewer.engine.pass_store import PassStore

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True, eq=False)
class _Layers:
    """The layers of a network."""

    store: PassStore
    book: LayerBook

    def layer_names(self, placement: Placement) -> tuple[str, ...]:
        """All layers with a grid, in the network's order of definition."""
        return tuple(layer.name for layer in self.book.grids(placement.input_size))

    def layout(self, layer: str, input_size: tuple[int, int]) -> Layout:
        """How a layer holds its grid."""
        return self.book.layout(layer, input_size)

    def registration(self, layer: str, placement: Placement, grid: tuple[int, int]) -> Registration:
        """How a layer's cells lie in input pixels."""
        return self.book.registration(layer, placement, grid)

    def geometry(self, layer: str, placement: Placement, grid: tuple[int, int]) -> GridGeometry:
        """Where a layer's cells look in source pixels."""
        return grid_geometry(placement, grid, self.registration(layer, placement, grid))


@dataclass(frozen=True, eq=False)
class PictureSurroundings(_Layers):
    """What a probe is told of the layers and of other placements."""

    image: SourceImage

    def tensor(self, placement: Placement) -> Tensor:
        """The picture as the network is fed it, (1, 3, h, w)."""
        return self.store.tensor(self.image, placement)

    def forward(self, placement: Placement, layer: str) -> Forward:
        """A pass of the picture in any placement."""
        layout = self.layout(layer, placement.input_size)
        return self.store.forward(self.image, placement, layer, layout)


@dataclass(frozen=True, eq=False)
class InputSurroundings(_Layers):
    """The same of an input that belongs to no picture; only its own placement is known."""

    picture: Tensor

    @property
    def placement(self) -> Placement:
        """The input's pixels are the source's."""
        height, width = self.picture.shape[2:]
        box = Box(0.0, 0.0, width, height)
        return Placement(PlacementMode.CROP, 1.0, (height, width), box, (height, width))

    def tensor(self, placement: Placement) -> Tensor:
        """The input, (1, 3, h, w)."""
        self._check(placement)
        return self.picture

    def forward(self, placement: Placement, layer: str) -> Forward:
        """A pass of the input."""
        self._check(placement)
        layout = self.layout(layer, placement.input_size)
        return self.store.forward_of(self.picture, layer, layout)

    def _check(self, placement: Placement) -> None:
        if placement != self.placement:
            raise CamviewerError(
                "This method looks at the picture in several placements, and here is only one.",
                "Choose another method.",
            )
