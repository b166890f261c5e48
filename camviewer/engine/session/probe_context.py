"""Gives methods with several passes the layers of the network and inputs in other placements."""

from __future__ import annotations

from dataclasses import dataclass, replace

from torch import Tensor
from torch.nn.functional import pad

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.cell_grid import GridGeometry, Registration, grid_geometry
from camviewer.engine.geometry.geometry import Box, Placement, PlacementMode
from camviewer.engine.network.forward import Forward
from camviewer.engine.network.layouts import Layout
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.session.layer_catalogue import LayerCatalogue
from camviewer.engine.session.pass_runner import PassRunner


@dataclass(frozen=True, eq=False)
class _Layers:
    """The layers of a network."""

    passes: PassRunner
    catalogue: LayerCatalogue

    def layer_names(self, placement: Placement) -> tuple[str, ...]:
        """All layers with a grid, in the network's order of definition."""
        return tuple(layer.name for layer in self.catalogue.grids(placement.input_size))

    def layer_grids(self, placement: Placement) -> tuple[tuple[str, tuple[int, int]], ...]:
        """All layers with a grid, as (name, (h, w))."""
        return tuple(
            (layer.name, layer.layout.grid) for layer in self.catalogue.grids(placement.input_size)
        )

    def layout(self, layer: str, input_size: tuple[int, int]) -> Layout:
        """How a layer holds its grid."""
        return self.catalogue.layout(layer, input_size)

    def stride(
        self, layer: str, placement: Placement, grid: tuple[int, int]
    ) -> tuple[float, float]:
        """(x, y): input pixels between a layer's cells."""
        return self.catalogue.stride(layer, placement.input_size, grid)

    def registration(self, layer: str, placement: Placement, grid: tuple[int, int]) -> Registration:
        """The registration of a layer's grid on the input."""
        return self.catalogue.registration(layer, placement, grid)

    def geometry(self, layer: str, placement: Placement, grid: tuple[int, int]) -> GridGeometry:
        """Where a layer's cells look in source pixels."""
        return grid_geometry(placement, grid, self.registration(layer, placement, grid))


@dataclass(frozen=True, eq=False)
class PictureContext(_Layers):
    """Layers and other placements for a picture."""

    image: SourceImage
    nominal: bool = False

    def registration(self, layer: str, placement: Placement, grid: tuple[int, int]) -> Registration:
        """The registration of a layer's grid on the input."""
        return self.catalogue.registration(layer, placement, grid, nominal=self.nominal)

    def tensor(self, placement: Placement) -> Tensor:
        """The network's input for the picture, (1, 3, h, w)."""
        return self.passes.tensor(self.image, placement)

    def tensor_with_margin(self, placement: Placement, margin: tuple[int, int]) -> Tensor:
        """The input with a margin (x, y) of the picture's pixels, or of its edge pixels outside."""
        height, width = placement.input_size
        x, y = margin
        left, top = placement.to_source(-x, -y)
        right, bottom = placement.to_source(width + x, height + y)
        wide = replace(
            placement,
            box=Box(left, top, right, bottom),
            input_size=(height + 2 * y, width + 2 * x),
        )
        tensor, seen = self.tensor(wide), wide.picture.intersected(wide.box)
        first_x, first_y = (max(round(side), 0) for side in wide.to_input(seen.left, seen.top))
        last_x, last_y = (round(side) for side in wide.to_input(seen.right, seen.bottom))
        beyond_x, beyond_y = max(tensor.shape[3] - last_x, 0), max(tensor.shape[2] - last_y, 0)
        inside = tensor[:, :, first_y:last_y, first_x:last_x]
        return pad(inside, (first_x, beyond_x, first_y, beyond_y), mode="replicate")

    def forward(self, placement: Placement, layer: str) -> Forward:
        """A pass of the picture in any placement."""
        layout = self.layout(layer, placement.input_size)
        return self.passes.forward(self.image, placement, layer, layout)


def placement_of_input(picture: Tensor) -> Placement:
    """The placement that maps the pixels of an input (1, C, h, w) to themselves."""
    height, width = picture.shape[2:]
    box = Box(0.0, 0.0, width, height)
    return Placement(PlacementMode.CROP, 1.0, (height, width), box, (height, width))


@dataclass(frozen=True, eq=False)
class InputContext(_Layers):
    """Layers for an input without a picture, which has a single placement."""

    picture: Tensor

    @property
    def placement(self) -> Placement:
        """The placement that maps the input's pixels to themselves."""
        return placement_of_input(self.picture)

    def tensor(self, placement: Placement) -> Tensor:
        """The input, (1, 3, h, w)."""
        self._check(placement)
        return self.picture

    def tensor_with_margin(self, placement: Placement, margin: tuple[int, int]) -> Tensor:
        """The input with a margin (x, y) of its nearest pixels."""
        self._check(placement)
        x, y = margin
        return pad(self.picture, (x, x, y, y), mode="replicate")

    def forward(self, placement: Placement, layer: str) -> Forward:
        """A pass of the input."""
        self._check(placement)
        layout = self.layout(layer, placement.input_size)
        return self.passes.forward_of(self.picture, layer, layout)

    def _check(self, placement: Placement) -> None:
        if placement != self.placement:
            raise CamviewerError(
                "This method looks at the picture in several placements, and here is only one.",
                "Choose another method.",
            )
