"""The queries about the network's modules and a layer's channels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from camviewer.engine.geometry import PlacementMode, place
from camviewer.engine.structure import ChannelSheet, ChannelWish, NetworkParts
from camviewer.ui.work import LongQuery, UnderWay

if TYPE_CHECKING:
    from camviewer.engine.picture import SourceImage
    from camviewer.ui.work import ModelHost


@dataclass(frozen=True, eq=False)
class ListModules(LongQuery[NetworkParts]):
    """Which modules has the network, and what do they put out?

    Attributes:
        picture_size: (H, W) of the picture at hand; None for one of the trained size.
        mode: placement.
        detail: how much larger than trained the input is.
    """

    picture_size: tuple[int, int] | None
    mode: PlacementMode
    detail: float

    def answer(self, host: ModelHost, under_way: UnderWay[NetworkParts]) -> NetworkParts:
        del under_way
        from camviewer.engine.structure import parts_at  # noqa: PLC0415  (imports torch)

        recipe = host.session.info.recipe
        if self.picture_size is None:
            return parts_at(host.session, recipe.input_size)
        placement = place(self.picture_size, recipe, self.mode, self.detail)
        return parts_at(host.session, placement.input_size)


@dataclass(frozen=True, eq=False)
class ListChannels(LongQuery[ChannelSheet]):
    """What do the channels of a layer put out?"""

    image: SourceImage
    wish: ChannelWish

    def answer(self, host: ModelHost, under_way: UnderWay[ChannelSheet]) -> ChannelSheet:
        del under_way
        from camviewer.engine.structure import channel_sheet  # noqa: PLC0415  (torch)

        return channel_sheet(host.session, self.image, self.wish)
