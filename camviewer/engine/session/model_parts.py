"""What a session works with: the passes, layers and caches of one loaded model."""

from __future__ import annotations

from dataclasses import dataclass

from camviewer.engine.geometry.geometry import Placement
from camviewer.engine.methods.core.limits import Limits
from camviewer.engine.methods.core.logit_cache import LogitCache
from camviewer.engine.methods.core.probe import Probe
from camviewer.engine.network.forward import Forward
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.session.layer_catalogue import LayerCatalogue
from camviewer.engine.session.map_cache import MapCache
from camviewer.engine.session.pass_runner import PassRunner
from camviewer.engine.session.probe_context import InputContext, PictureContext
from camviewer.engine.support.cancellation import Cancellation


@dataclass(frozen=True, eq=False)
class ModelParts:
    """The parts of one loaded model.

    Attributes:
        passes: runs pictures through the network.
        catalogue: describes its layers.
        maps: caches maps and logits.
        limits: limits of batches, caches and reports.
    """

    passes: PassRunner
    catalogue: LayerCatalogue
    maps: MapCache
    limits: Limits

    def forward(self, image: SourceImage, placement: Placement, layer: str) -> Forward:
        """A pass of the picture with a layer tapped.

        Raises:
            CamviewerError: there is no such layer, or its output is not finite.
        """
        layout = self.catalogue.layout(layer, placement.input_size)
        return self.passes.forward(image, placement, layer, layout)

    def probe(
        self,
        forward: Forward,
        placement: Placement,
        context: PictureContext | InputContext,
        cancellation: Cancellation,
        logit_cache: LogitCache,
    ) -> Probe:
        """What a method asks when one pass is not enough.

        Args:
            forward: the pass, with the score that is explained.
            placement: how the network sees the picture.
            context: gives the layers and other placements.
            cancellation: polled between batches and inside passes.
            logit_cache: logits of earlier runs.
        """
        runner = self.passes.runner
        return Probe(
            classifier=self.passes.classifier,
            forward=forward,
            picture=context.tensor(placement),
            placement=placement,
            context=context,
            cancellation=cancellation,
            run_pictures=runner.scores,
            torch_network=runner.network_for(None),
            count_passes=self.passes.count_passes,
            find_tail=runner.tail_network,
            logit_cache=logit_cache,
            limits=self.limits,
        )
