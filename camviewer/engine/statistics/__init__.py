"""Checks a network against the statistics that its batch normalisation remembers."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.statistics.check import check_statistics
    from camviewer.engine.statistics.check_result import (
        SOUND_INNER,
        SOUND_WORST,
        Convention,
        ConventionFit,
        PublishedFit,
        PublishedRecipe,
        StatisticsCheck,
        numbers_words,
    )
    from camviewer.engine.statistics.layer_fit import LayerFit, best_fit, unbeaten
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "check": ["check_statistics"],
            "layer_fit": ["LayerFit", "best_fit", "unbeaten"],
            "check_result": [
                "Convention",
                "ConventionFit",
                "PublishedFit",
                "PublishedRecipe",
                "SOUND_INNER",
                "SOUND_WORST",
                "StatisticsCheck",
                "numbers_words",
            ],
        },
    )

__all__ = [
    "SOUND_INNER",
    "SOUND_WORST",
    "Convention",
    "ConventionFit",
    "LayerFit",
    "PublishedFit",
    "PublishedRecipe",
    "StatisticsCheck",
    "best_fit",
    "check_statistics",
    "numbers_words",
    "unbeaten",
]
