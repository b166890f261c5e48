"""What the window asks about the network's modules and a layer's channels."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from camviewer.engine.geometry.geometry import PlacementMode, place
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.structure.module_tree import ChannelWish
from camviewer.ui.work.model_query import Question

if TYPE_CHECKING:
    from camviewer.engine.session.session import Session

PARTS, CHANNELS = "parts", "channels"


@dataclass(frozen=True, eq=False)
class AskParts(Question):
    """Which modules has the network, and what do they put out? The answer is NetworkParts.

    Attributes:
        picture_size: (H, W) of the picture at hand; None for one of the trained size.
        mode: placement.
        detail: how much larger than trained the input is.
    """

    picture_size: tuple[int, int] | None
    mode: PlacementMode
    detail: float

    def answer(
        self, session: Session, cancelled: threading.Event, on_progress: Callable[[object], None]
    ) -> object:
        del cancelled, on_progress
        from camviewer.engine.structure.asking import parts_at  # noqa: PLC0415  (imports torch)

        recipe = session.info.recipe
        if self.picture_size is None:
            return parts_at(session, recipe.input_size)
        placement = place(self.picture_size, recipe, self.mode, self.detail)
        return parts_at(session, placement.input_size)


@dataclass(frozen=True, eq=False)
class AskChannels(Question):
    """What do the channels of a layer put out? The answer is a ChannelSheet."""

    image: SourceImage
    wish: ChannelWish

    def answer(
        self, session: Session, cancelled: threading.Event, on_progress: Callable[[object], None]
    ) -> object:
        del cancelled, on_progress
        from camviewer.engine.structure.channels import channel_sheet  # noqa: PLC0415  (torch)

        return channel_sheet(session, self.image, self.wish)
