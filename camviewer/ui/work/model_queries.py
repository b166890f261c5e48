"""The queries about models, pictures and maps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from camviewer.engine.geometry import PlacementMode
from camviewer.engine.results import ExplainRequest, Explanation, LayerInfo, Verdict
from camviewer.ui.work.model_answers import Explained, KeptModels, ModelReady
from camviewer.ui.work.model_file_kinds import ImportRequest
from camviewer.ui.work.model_import import ImportQuestion, kept_model
from camviewer.ui.work.model_query import IdleQuery, LongQuery, ModelQuery, Urgency
from camviewer.ui.work.model_thread import ModelHost
from camviewer.ui.work.query import UnderWay

if TYPE_CHECKING:
    from camviewer.engine.geometry.input_scale import InputChoice
    from camviewer.engine.packs import PackInfo
    from camviewer.engine.picture import SourceImage

_FEW_PASSES = 8
"""Maximum number of passes after which the next ones will want the same memory again at once."""


@dataclass(frozen=True)
class PrepareTorch(IdleQuery[None]):
    """Import torch, which every model needs, and the colormaps, which every map needs.

    The colormaps come first: reading them takes the window's thread a tenth of a second otherwise.
    """

    urgency = Urgency.PREPARE

    def answer(self, host: ModelHost, under_way: UnderWay[None]) -> None:
        del host, under_way
        from camviewer.engine.render import (  # noqa: PLC0415  (the window opens sooner)
            COLORMAPS,
            SIGNED_COLORMAPS,
            colormap_table,
        )
        from camviewer.engine.support import load_torch  # noqa: PLC0415

        for name in (*COLORMAPS, *SIGNED_COLORMAPS):
            colormap_table(name)
        load_torch()


@dataclass(frozen=True)
class LoadModel(ModelQuery[ModelReady]):
    """Load the model of this id; it is asked from then on."""

    model: str
    urgency = Urgency.LOAD

    @property
    def interrupts(self) -> tuple[type, ...]:
        return (IdleQuery, Explain, ListLayers, LongQuery)

    def answer(self, host: ModelHost, under_way: UnderWay[ModelReady]) -> ModelReady:
        return host.load(self.model, under_way.progress)


@dataclass(frozen=True)
class FeedModel(ModelQuery[ModelReady]):
    """Feed the model of this id otherwise until the program ends; it is asked from then on.

    Attributes:
        model: its id.
        choice: in place of what its recipe says; None for its own recipe.
    """

    model: str
    choice: InputChoice | None
    urgency = Urgency.LOAD

    @property
    def interrupts(self) -> tuple[type, ...]:
        return (IdleQuery, Explain, ListLayers, LongQuery)

    def answer(self, host: ModelHost, under_way: UnderWay[ModelReady]) -> ModelReady:
        return host.feed(self.model, self.choice, under_way.progress)


@dataclass(frozen=True)
class MoveModel(ModelQuery[ModelReady]):
    """Run the model on another device."""

    device: str
    urgency = Urgency.MOVE

    @property
    def interrupts(self) -> tuple[type, ...]:
        return (IdleQuery, Explain, ListLayers, LongQuery)

    def answer(self, host: ModelHost, under_way: UnderWay[ModelReady]) -> ModelReady:
        del under_way
        return host.move(self.device)

    def takes_much_memory(self, answer: ModelReady) -> bool:
        del answer
        return True


@dataclass(frozen=True)
class UseEngines(ModelQuery[bool | None]):
    """Run every model by these engines from now on; a map under way is still made as before.

    The answer says whether the processor computes in bfloat16; None when no model is loaded yet.

    Attributes:
        second_engine: by the second engine where that gives torch's numbers, or by torch alone.
        half_precision: with the many pictures of slow methods scored in bfloat16.
    """

    second_engine: bool = True
    half_precision: bool = False
    urgency = Urgency.ENGINES

    def answer(self, host: ModelHost, under_way: UnderWay[bool | None]) -> bool | None:
        del under_way
        return host.use_engines(
            second_engine=self.second_engine, half_precision=self.half_precision
        )


@dataclass(frozen=True)
class ImportModel(ModelQuery["PackInfo | ImportQuestion"]):
    """Keep a file as a model."""

    request: ImportRequest
    urgency = Urgency.IMPORT

    def answer(
        self, host: ModelHost, under_way: UnderWay[PackInfo | ImportQuestion]
    ) -> PackInfo | ImportQuestion:
        del host
        return kept_model(self.request, under_way.progress)

    def takes_much_memory(self, answer: PackInfo | ImportQuestion) -> bool:
        del answer
        return True


@dataclass(frozen=True)
class ListModels(ModelQuery[KeptModels]):
    """Look up which models were imported."""

    urgency = Urgency.LIST

    def answer(self, host: ModelHost, under_way: UnderWay[KeptModels]) -> KeptModels:
        del host, under_way
        from camviewer.engine.packs import DamagedPack, PackInfo, list_with_damaged  # noqa: PLC0415  (hashing, TOML)

        packs = list_with_damaged()
        return KeptModels(
            tuple(pack for pack in packs if isinstance(pack, PackInfo)),
            tuple(pack for pack in packs if isinstance(pack, DamagedPack)),
        )


@dataclass(frozen=True, eq=False)
class Classify(ModelQuery[Verdict]):
    """Say what the model sees."""

    image: SourceImage
    urgency = Urgency.CLASSIFY

    def answer(self, host: ModelHost, under_way: UnderWay[Verdict]) -> Verdict:
        del under_way
        return host.session.verdict(self.image)


@dataclass(frozen=True, eq=False)
class Explain(ModelQuery[Explained]):
    """Make a map."""

    image: SourceImage
    request: ExplainRequest
    urgency = Urgency.EXPLAIN

    @property
    def interrupts(self) -> tuple[type, ...]:
        return (IdleQuery, LongQuery)

    def answer(self, host: ModelHost, under_way: UnderWay[Explained]) -> Explained:
        session = host.session

        def on_progress(so_far: Explanation) -> None:
            under_way.tell(Explained(session.verdict(self.image), so_far))

        explanation = session.explain(
            self.image,
            self.request,
            under_way.cancelled,
            stopped=under_way.stopped,
            on_progress=on_progress,
        )
        if not session.knows_its_pace:  # the map is not kept waiting for the forecasts
            on_progress(explanation)
        return Explained(
            session.verdict(self.image),
            explanation,
            session.wants_offset_of(explanation),
            session.forecasts(self.image, explanation.request),
        )

    def takes_much_memory(self, answer: Explained) -> bool:
        return answer.explanation.passes > _FEW_PASSES


@dataclass(frozen=True, eq=False)
class ListLayers(ModelQuery[tuple[LayerInfo, ...]]):
    """List the layers for a placement."""

    image: SourceImage
    mode: PlacementMode
    detail: float
    urgency = Urgency.LAYERS

    def answer(
        self, host: ModelHost, under_way: UnderWay[tuple[LayerInfo, ...]]
    ) -> tuple[LayerInfo, ...]:
        del under_way
        return host.session.layers(self.image, self.mode, self.detail)


@dataclass(frozen=True)
class MeasureOffset(IdleQuery[str]):
    """Measure where a layer's cells look; the answer is the layer, whose maps lie elsewhere now."""

    layer: str
    urgency = Urgency.OFFSET

    def answer(self, host: ModelHost, under_way: UnderWay[str]) -> str:
        if host.session.wants_offset(self.layer):
            host.session.measure_offset(self.layer, under_way.cancelled)
        return self.layer


@dataclass(frozen=True)
class ForgetPictures(IdleQuery[None]):
    """Free what was made of pictures that were closed.

    Attributes:
        kept: hashes of the pictures that are still open.
    """

    kept: tuple[str, ...] = ()
    urgency = Urgency.FORGET

    @property
    def interrupts(self) -> tuple[type, ...]:
        return ()

    def answer(self, host: ModelHost, under_way: UnderWay[None]) -> None:
        del under_way
        host.forget_pictures(self.kept)
