"""Measures how far a map can be trusted: faithfulness, stability, sanity checks, regions."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.trust.assessment import assess
    from camviewer.engine.trust.comparison import compare
    from camviewer.engine.trust.messages import (
        Baseline,
        Better,
        Comparison,
        Measure,
        Subject,
        TrustCard,
        TrustOptions,
    )
    from camviewer.engine.trust.randomising import check_sanity
    from camviewer.engine.trust.records import region_record
    from camviewer.engine.trust.region import RegionScore
    from camviewer.engine.trust.region_scoring import score_region
    from camviewer.engine.trust.sanity import SanityCheck
    from camviewer.engine.trust.words import findings, region_words, sanity_words, warnings
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "assessment": ["assess"],
            "comparison": ["compare"],
            "messages": [
                "Baseline",
                "Better",
                "Comparison",
                "Measure",
                "Subject",
                "TrustCard",
                "TrustOptions",
            ],
            "randomising": ["check_sanity"],
            "records": ["region_record"],
            "region": ["RegionScore"],
            "region_scoring": ["score_region"],
            "sanity": ["SanityCheck"],
            "words": ["findings", "region_words", "sanity_words", "warnings"],
        },
    )

__all__ = [
    "Baseline",
    "Better",
    "Comparison",
    "Measure",
    "RegionScore",
    "SanityCheck",
    "Subject",
    "TrustCard",
    "TrustOptions",
    "assess",
    "check_sanity",
    "compare",
    "findings",
    "region_record",
    "region_words",
    "sanity_words",
    "score_region",
    "warnings",
]
