"""Defines what the engine hands out: heatmaps, messages, descriptions of methods."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.results.class_search import find_class, split_names
    from camviewer.engine.results.guessed_recipe import CHANGE_IT, without_guesses
    from camviewer.engine.results.heatmap import Concept, Evidence, Heatmap
    from camviewer.engine.results.messages import (
        BoundLayer,
        Cost,
        DeviceInfo,
        ExplainRequest,
        Explanation,
        LayerInfo,
        ModelInfo,
        OptionValues,
        Verdict,
    )
    from camviewer.engine.results.method_info import (
        MethodInfo,
        MethodOption,
        OptionValue,
        ScoreKind,
        method_for_any_layer,
        usual_method,
    )
    from camviewer.engine.results.method_options import options_of_words
    from camviewer.engine.results.notes import Note, NoteKind, Severity
    from camviewer.engine.results.one_output import (
        SIDES,
        both_names,
        one_output_note,
        require_sigmoid,
    )
    from camviewer.engine.results.run_events import (
        RUN_LINES,
        PictureFailed,
        RunEnded,
        RunEvent,
        RunProgress,
    )
    from camviewer.engine.results.values import class_count
    from camviewer.engine.results.without_classes import (
        FEATURES,
        NO_CLASS,
        TEACH_CLASSES,
        WITHOUT_CLASSES,
        feature_names,
        require_classes,
        require_no_labels,
    )
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "class_search": ["find_class", "split_names"],
            "guessed_recipe": ["CHANGE_IT", "without_guesses"],
            "heatmap": ["Concept", "Evidence", "Heatmap"],
            "messages": [
                "BoundLayer",
                "Cost",
                "DeviceInfo",
                "ExplainRequest",
                "Explanation",
                "LayerInfo",
                "ModelInfo",
                "OptionValues",
                "Verdict",
            ],
            "method_info": [
                "MethodInfo",
                "MethodOption",
                "OptionValue",
                "ScoreKind",
                "method_for_any_layer",
                "usual_method",
            ],
            "method_options": ["options_of_words"],
            "notes": ["Note", "NoteKind", "Severity"],
            "one_output": [
                "SIDES",
                "both_names",
                "one_output_note",
                "require_sigmoid",
            ],
            "run_events": ["PictureFailed", "RUN_LINES", "RunEnded", "RunEvent", "RunProgress"],
            "values": ["class_count"],
            "without_classes": [
                "FEATURES",
                "NO_CLASS",
                "TEACH_CLASSES",
                "WITHOUT_CLASSES",
                "feature_names",
                "require_classes",
                "require_no_labels",
            ],
        },
    )

__all__ = [
    "CHANGE_IT",
    "FEATURES",
    "NO_CLASS",
    "RUN_LINES",
    "SIDES",
    "TEACH_CLASSES",
    "WITHOUT_CLASSES",
    "BoundLayer",
    "Concept",
    "Cost",
    "DeviceInfo",
    "Evidence",
    "ExplainRequest",
    "Explanation",
    "Heatmap",
    "LayerInfo",
    "MethodInfo",
    "MethodOption",
    "ModelInfo",
    "Note",
    "NoteKind",
    "OptionValue",
    "OptionValues",
    "PictureFailed",
    "RunEnded",
    "RunEvent",
    "RunProgress",
    "ScoreKind",
    "Severity",
    "Verdict",
    "both_names",
    "class_count",
    "feature_names",
    "find_class",
    "method_for_any_layer",
    "one_output_note",
    "options_of_words",
    "require_classes",
    "require_no_labels",
    "require_sigmoid",
    "split_names",
    "usual_method",
    "without_guesses",
]
