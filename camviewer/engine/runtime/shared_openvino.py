"""Runs networks by OpenVINO for several threads at once, with numbers that do not depend on time.

The second engine of a window is prepared in the background and dropped where it is no faster, so
that which one made a map depends on the clock. For runs, everything is prepared before the first
picture, and stays.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection

from torch import Tensor

from camviewer.engine.errors import CamviewerError
from camviewer.engine.runtime.converted_networks import ConvertedNetworks
from camviewer.engine.runtime.openvino import NAME, StreamedNetwork
from camviewer.engine.runtime.second_engine import Converter, require_equal

_log = logging.getLogger(__name__)

_Pair = tuple[str, tuple[int, int]]


class SharedEngine:
    """Runs pictures without gradients at the layers and sizes that it was prepared for.

    Args:
        kept: converted networks of the model.
        convert: converts networks.
        layers: those that may be prepared.
        streams: threads that run pictures at the same time; each picture has one.
    """

    name = NAME
    is_timed = False

    def __init__(
        self,
        kept: ConvertedNetworks,
        convert: Converter,
        layers: Collection[str],
        streams: int,
    ) -> None:
        self._kept = kept
        self._convert = convert
        self._layers = frozenset(layers)
        self._streams = streams
        self._networks: dict[_Pair, StreamedNetwork | None] = {}
        self._settled = False

    def offer(
        self,
        layer: str,
        picture: Tensor,
        logits: Tensor,
        activations: Tensor,
        cells: Callable[[Tensor], Tensor],
    ) -> None:
        """Prepares a network and compares it with torch's results; see ``SecondEngine.offer``.

        The call returns when that is done, and does nothing once the engine is settled.
        """
        pair = layer, (picture.shape[2], picture.shape[3])
        if self._settled or pair in self._networks:
            return
        self._networks[pair] = None
        try:
            network = self._prepared(layer, picture)
            output, found = network.run(picture)
            if found is not None:
                require_equal(found[0], logits)
            require_equal(cells(output), activations)
        except CamviewerError as error:
            _log.warning("%s is not used for %s: %s", NAME, layer, error)
        except Exception:  # noqa: BLE001  (torch runs the network all the same)
            _log.exception("%s failed on %s", NAME, layer)
        else:
            self._networks[pair] = network

    def settle(self) -> None:
        """Ends the preparation: from now on nothing changes."""
        self._settled = True

    def is_kept(self, layer: str) -> bool:
        """Whether a pass with this layer tapped is to be offered."""
        return layer in self._layers

    def layer_for(self, size: tuple[int, int]) -> str | None:
        """A layer that was prepared at this size, (h, w); None when there is none."""
        for (layer, known), network in self._networks.items():
            if known == size and network is not None:
                return layer
        return None

    def run(
        self, layer: str, pictures: Tensor, *, half: bool = False
    ) -> tuple[Tensor, Tensor | None] | None:
        """Outputs of a layer for pictures (N, 3, h, w), and logits (N, K) if it has them.

        Returns:
            None if the layer was not prepared at this size, or if scores in bfloat16 are wanted.
        """
        network = self._networks.get((layer, (pictures.shape[2], pictures.shape[3])))
        return None if network is None or half else network.run(pictures)

    def release(self) -> None:
        """Drops the compiled networks for good."""
        self._networks.clear()
        self._settled = True

    def close(self) -> None:
        """Ends a conversion that is under way."""
        self._convert.close()

    def _prepared(self, layer: str, picture: Tensor) -> StreamedNetwork:
        place = self._kept.find(layer)
        if place is None:
            try:
                place = self._kept.make(layer, lambda folder: self._convert(layer, folder))
            except OSError as error:
                raise CamviewerError(f"It could not be kept: {error.strerror or error}.") from error
        return StreamedNetwork(place, tuple(picture.shape[1:]), self._streams)
