"""Says what model and which versions made the maps of a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from camviewer.engine.report.language import ENGLISH, Language

Rows = tuple[tuple[str, str], ...]
"""What is told, and its value."""

_PREPROCESSING = {
    "input_size": "input size",
    "crop_fraction": "share of the picture",
    "std": "deviation",
    "resize_mode": "resized by",
    "blue_first": "blue first",
    "no_data": "value without data",
}
"""What the fields of a recipe are called where that is not their name."""


def model_rows(record: Mapping[str, Any], language: Language = ENGLISH) -> Rows:
    """What is known of the model, from the sidecar of one of its maps."""
    model, say = record["model"], language.say
    fed = model["preprocessing"].items()
    words = "; ".join(
        f"{_field(key, language)} {value_words(value, language)}" for key, value in fed
    )
    return (
        (say("Model"), model["title"]),
        (say("Weights, SHA-256"), model["weights_sha256"]),
        (say("Classes"), f"{language.count(model['classes'])}, {say(model['activation'])}"),
        (say("Preprocessing"), words),
    )


def program_rows(record: Mapping[str, Any]) -> Rows:
    """The versions of what made the maps, from the sidecar of one of them."""
    return tuple((name, str(version)) for name, version in record["versions"].items())


def value_words(value: object, language: Language) -> str:
    """A value of a recipe or an option, in the language."""
    if isinstance(value, list):
        return " ".join(value_words(part, language) for part in value)
    if isinstance(value, bool):
        return language.say("yes") if value else language.say("no")
    if isinstance(value, float):
        return language.number(f"{value:.6g}")
    if isinstance(value, Mapping):
        return " ".join(
            f"{_field(str(key), language)} {value_words(part, language)}"
            for key, part in value.items()
        )
    return language.say("none") if value is None else language.words(str(value))


def _field(key: str, language: Language) -> str:
    return language.words(_PREPROCESSING.get(key) or key.replace("_", " "))
