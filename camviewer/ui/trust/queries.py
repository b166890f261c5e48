"""What the window asks about trust: a card, a comparison, a sanity check, a region."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest, Explanation
from camviewer.engine.trust.messages import TrustOptions
from camviewer.engine.trust.region import Region
from camviewer.ui.work.model_query import Question

if TYPE_CHECKING:
    from camviewer.engine.session.session import Session

TRUST, COMPARE, SANITY, REGION = "trust", "compare", "sanity", "region"

_OnProgress = Callable[[object], None]


@dataclass(frozen=True, eq=False)
class AskTrust(Question):
    """Measure this map; the answers are TrustCards."""

    image: SourceImage
    explanation: Explanation
    options: TrustOptions

    def answer(
        self, session: Session, cancelled: threading.Event, on_progress: _OnProgress
    ) -> object:
        from camviewer.engine.trust.assessment import assess  # noqa: PLC0415  (imports torch)

        cards = assess(session, self.image, self.explanation, self.options, cancelled)
        return _told(cards, on_progress)


@dataclass(frozen=True, eq=False)
class AskComparison(Question):
    """Rank methods for this picture; the answers are Comparisons."""

    image: SourceImage
    request: ExplainRequest
    methods: tuple[str, ...]
    measure: str

    def answer(
        self, session: Session, cancelled: threading.Event, on_progress: _OnProgress
    ) -> object:
        from camviewer.engine.trust.comparison import compare  # noqa: PLC0415  (imports torch)

        ranked = compare(
            session,
            self.image,
            self.request,
            self.methods,
            measure=self.measure,
            cancelled=cancelled,
        )
        return _told(ranked, on_progress)


@dataclass(frozen=True, eq=False)
class AskSanity(Question):
    """See whether the map depends on the weights; the answers are SanityChecks."""

    image: SourceImage
    explanation: Explanation

    def answer(
        self, session: Session, cancelled: threading.Event, on_progress: _OnProgress
    ) -> object:
        from camviewer.engine.trust.randomising import (  # noqa: PLC0415  (imports torch)
            check_sanity,
        )

        checks = check_sanity(session, self.image, self.explanation, cancelled=cancelled)
        return _told(checks, on_progress)


@dataclass(frozen=True, eq=False)
class AskRegion(Question):
    """Measure a part of the picture; the answer is a RegionScore."""

    image: SourceImage
    explanation: Explanation
    region: Region

    def answer(
        self,
        session: Session,
        cancelled: threading.Event,
        on_progress: _OnProgress,  # noqa: ARG002
    ) -> object:
        from camviewer.engine.trust.region_scoring import (  # noqa: PLC0415  (imports torch)
            score_region,
        )

        return score_region(session, self.image, self.explanation, self.region, cancelled)


def _told(parts: Iterator[object], on_progress: _OnProgress) -> object:
    """Tells every part but the last, and gives that one."""
    last = next(parts)
    for part in parts:
        on_progress(last)
        last = part
    return last
