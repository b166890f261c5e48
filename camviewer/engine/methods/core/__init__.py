"""Provides what all methods share: the registry, the probe, and what runs a method."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.methods.core.attention import attention_modules
    from camviewer.engine.methods.core.limits import USUAL, Limits
    from camviewer.engine.methods.core.logit_cache import LogitCache
    from camviewer.engine.methods.core.masks import channel_masks, channels_by_range
    from camviewer.engine.methods.core.method_run import MethodRun, Outcome
    from camviewer.engine.methods.core.probe import Probe
    from camviewer.engine.methods.core.registry import (
        ClassMap,
        Effort,
        Group,
        Needs,
        ScoreAtMap,
        Step,
        find_method,
        method,
        weighted_sum,
    )
    from camviewer.engine.methods.core.resampling import sampled
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "attention": ["attention_modules"],
            "limits": ["Limits", "USUAL"],
            "logit_cache": ["LogitCache"],
            "masks": ["channel_masks", "channels_by_range"],
            "method_run": ["MethodRun", "Outcome"],
            "probe": ["Probe"],
            "registry": [
                "ClassMap",
                "Effort",
                "Group",
                "Needs",
                "ScoreAtMap",
                "Step",
                "find_method",
                "method",
                "weighted_sum",
            ],
            "resampling": ["sampled"],
        },
    )

__all__ = [
    "USUAL",
    "ClassMap",
    "Effort",
    "Group",
    "Limits",
    "LogitCache",
    "MethodRun",
    "Needs",
    "Outcome",
    "Probe",
    "ScoreAtMap",
    "Step",
    "attention_modules",
    "channel_masks",
    "channels_by_range",
    "find_method",
    "method",
    "sampled",
    "weighted_sum",
]
