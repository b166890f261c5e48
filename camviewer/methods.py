"""What a package needs that brings a method of its own: see docs/add-a-method.md."""

from camviewer.engine.methods.core.probe import Probe
from camviewer.engine.methods.core.registry import (
    ClassMap,
    Effort,
    Group,
    Needs,
    Step,
    method,
    weighted_sum,
)
from camviewer.engine.network.forward import Forward
from camviewer.engine.results.messages import Cost, MethodOption, ScoreKind

__all__ = [
    "ClassMap",
    "Cost",
    "Effort",
    "Forward",
    "Group",
    "MethodOption",
    "Needs",
    "Probe",
    "ScoreKind",
    "Step",
    "method",
    "weighted_sum",
]
