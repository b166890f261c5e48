"""Caches the last passes of pictures, and the network's inputs."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from typing import TypeVar

from torch import Tensor

from camviewer.engine.geometry.geometry import Placement
from camviewer.engine.network.forward import Forward
from camviewer.engine.picture.source_image import SourceImage

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")

PictureKey = tuple[str, *tuple[Hashable, ...]]
"""The picture's hash, and what else tells one value from another."""

_KEPT_PASSES = 4
_KEPT_TENSORS = 2
"""Maximum numbers of passes and of inputs; because those of large pictures take much memory."""


class PassCache:
    """The last passes and inputs of one network on one device."""

    def __init__(self) -> None:
        self._passes: OrderedDict[PictureKey, Forward] = OrderedDict()
        self._tensors: OrderedDict[PictureKey, Tensor] = OrderedDict()

    def tensor(
        self, image: SourceImage, placement: Placement, make: Callable[[], Tensor]
    ) -> Tensor:
        """The network's input for a picture, (1, 3, h, w), made if it is missing."""
        return remembered(self._tensors, (image.key, placement), make, _KEPT_TENSORS)

    def forward(
        self, image: SourceImage, placement: Placement, layer: str, run: Callable[[], Forward]
    ) -> Forward:
        """The pass of a picture with a layer tapped, run if it is missing."""
        return remembered(self._passes, (image.key, placement, layer), run, _KEPT_PASSES)

    def keep(self, image: SourceImage, placement: Placement, layer: str, forward: Forward) -> None:
        """Takes the pass of a picture with a layer tapped."""
        self.forward(image, placement, layer, lambda: forward)

    def has(self, image: SourceImage, placement: Placement, layer: str) -> bool:
        """Whether there is a pass of a picture with a layer tapped."""
        return (image.key, placement, layer) in self._passes

    @property
    def latest(self) -> tuple[Forward, Tensor] | None:
        """The pass and the input that were used last; None when there is none of either."""
        forward = next(reversed(self._passes.values()), None)
        tensor = next(reversed(self._tensors.values()), None)
        return None if forward is None or tensor is None else (forward, tensor)

    def forget_passes(self) -> None:
        """Drops all passes, and keeps the inputs."""
        self._passes.clear()

    def forget_pictures(self, kept: Collection[str]) -> None:
        """Drops what was made of all pictures but those with these hashes."""
        drop_others(self._passes, kept)
        drop_others(self._tensors, kept)

    def clear(self) -> None:
        """Drops everything."""
        self._passes.clear()
        self._tensors.clear()


def drop_others(memory: OrderedDict[PictureKey, _Value], kept: Collection[str]) -> None:
    """Drops the values of all pictures but those with these hashes."""
    for key in [key for key in memory if key[0] not in kept]:
        del memory[key]


def remembered(
    memory: OrderedDict[_Key, _Value],
    key: _Key,
    make: Callable[[], _Value],
    limit: int,
) -> _Value:
    """The value of ``key``, made if it is missing; the least recently used values are evicted."""
    if key in memory:
        memory.move_to_end(key)
        return memory[key]
    value = memory[key] = make()
    while len(memory) > limit:
        memory.popitem(last=False)
    return value
