"""The queries about trust: a card, a comparison, a sanity check, a region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from camviewer.engine.results.messages import ExplainRequest, Explanation
from camviewer.ui.work.model_query import IdleQuery, LongQuery
from camviewer.ui.work.query import UnderWay

if TYPE_CHECKING:
    from camviewer.engine.geometry.region import Region
    from camviewer.engine.picture.source_image import SourceImage
    from camviewer.engine.trust.messages import Comparison, TrustCard, TrustOptions
    from camviewer.engine.trust.region import RegionScore
    from camviewer.engine.trust.sanity import SanityCheck
    from camviewer.ui.work.model_thread import ModelHost


@dataclass(frozen=True, eq=False)
class MeasureTrust(LongQuery["TrustCard"]):
    """Measure this map."""

    image: SourceImage
    explanation: Explanation
    options: TrustOptions

    def answer(self, host: ModelHost, under_way: UnderWay[TrustCard]) -> TrustCard:
        from camviewer.engine.trust.assessment import assess  # noqa: PLC0415  (imports torch)

        cards = assess(
            host.session, self.image, self.explanation, self.options, under_way.cancelled
        )
        return under_way.last_of(cards)


@dataclass(frozen=True, eq=False)
class CheckSanity(LongQuery["SanityCheck"]):
    """See whether the map depends on the weights."""

    image: SourceImage
    explanation: Explanation

    def answer(self, host: ModelHost, under_way: UnderWay[SanityCheck]) -> SanityCheck:
        from camviewer.engine.trust.randomising import (  # noqa: PLC0415  (imports torch)
            check_sanity,
        )

        checks = check_sanity(
            host.session, self.image, self.explanation, cancelled=under_way.cancelled
        )
        return under_way.last_of(checks)


@dataclass(frozen=True, eq=False)
class RankMethods(LongQuery["Comparison"]):
    """Rank methods for this picture."""

    image: SourceImage
    request: ExplainRequest
    methods: tuple[str, ...]
    measure: str

    @property
    def interrupts(self) -> tuple[type, ...]:
        return (IdleQuery, MeasureTrust, CheckSanity)

    def answer(self, host: ModelHost, under_way: UnderWay[Comparison]) -> Comparison:
        from camviewer.engine.trust.comparison import compare  # noqa: PLC0415  (imports torch)

        ranked = compare(
            host.session,
            self.image,
            self.request,
            self.methods,
            measure=self.measure,
            cancelled=under_way.cancelled,
        )
        return under_way.last_of(ranked)


@dataclass(frozen=True, eq=False)
class ScoreRegion(LongQuery["RegionScore"]):
    """Measure a part of the picture."""

    image: SourceImage
    explanation: Explanation
    region: Region

    @property
    def interrupts(self) -> tuple[type, ...]:
        return (IdleQuery, MeasureTrust, CheckSanity, RankMethods)

    def answer(self, host: ModelHost, under_way: UnderWay[RegionScore]) -> RegionScore:
        from camviewer.engine.trust.region_scoring import (  # noqa: PLC0415  (imports torch)
            score_region,
        )

        return score_region(
            host.session, self.image, self.explanation, self.region, under_way.cancelled
        )
