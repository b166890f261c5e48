"""Says names of the engine in the window's language: of columns, units, and what is explained.

They are English in files. What is explained is recognised by its form.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from camviewer.ui.style.translation import ENGLISH, mark, shown_language, tr

if TYPE_CHECKING:
    from camviewer.engine.results.messages import Explanation

_COLUMNS = "columns"
"""The context of the columns of a run in the catalogue."""
_UNITS = frozenset(
    {
        mark("logit"),
        mark("log-probability"),
        mark("probability"),
        mark("output"),
        mark("mean score"),
        mark("cosine similarity"),
        mark("distance of features"),
        mark("activation"),
        mark("gradient"),
        mark("gradient × logit"),
        mark("kernel component"),
        mark("product of shares"),
        mark("share of each layer's largest"),
        mark("share of attention"),
        mark("score per attention"),
        mark("share of the diagonal"),
        mark("0 to 1"),
        mark("-1 to 1"),
        mark("as the map"),
        mark("cells"),
        mark("nats"),
        mark("of the score"),
        mark("source pixels"),
    }
)
_TARGETS = (
    mark("unlike {count} pictures"),
    mark("unlike {picture}"),
    mark("like a part of {picture}"),
    mark("like {picture}"),
    mark("against {name}"),
    mark("{name} more than {other}"),
    mark("{name} where it wins"),
    mark("{name} in a region"),
    mark("{name} up"),
    mark("{name} down"),
)
"""What is explained in place of a class; of two that match, the first one is meant."""
_CLASSES = frozenset({mark("each class"), mark("the most probable class")})
_OUTPUT = mark("output {number}")
_PLACE = re.compile(r"\\\{(\w+)\\\}")


def column_words(name: str) -> str:
    """What a column of numbers is called on screen; one that is not known keeps its own words.

    Args:
        name: as files have it, for example ``border_share``.
    """
    return QCoreApplication.translate(_COLUMNS, name.replace("_", " "))


def unit_words(unit: str) -> str:
    """A unit of values; one that a model brings stays as its author wrote it."""
    return tr(unit) if unit in _UNITS else unit


def subject_words(explanation: Explanation) -> str:
    """What a map is of: the target, or the class; empty without either."""
    if explanation.target_name == explanation.class_name:
        return explanation.class_name  # as it is, whatever it looks like
    return target_words(explanation.target_name) or explanation.class_name


def target_words(name: str) -> str:
    """What is explained in place of the score of a class: ``against tabby``.

    Args:
        name: as the engine calls it.
    """
    if shown_language() == ENGLISH:
        return name
    for pattern in _TARGETS:
        values = _values(pattern, name)
        if values is not None:
            named = {place: _class_words(value) for place, value in values.items()}
            return tr(pattern).format(**named)
    return name


def method_words(words: str) -> str:
    """A run's method and, where it is not the score of a class, what it explains.

    Args:
        words: as the run calls them.
    """
    method, comma, target = words.partition(", ")
    return f"{method}{comma}{target_words(target)}"


def _class_words(name: str) -> str:
    if name in _CLASSES:
        return tr(name)
    values = _values(_OUTPUT, name)
    return tr(_OUTPUT).format(**values) if values and values["number"].isdigit() else name


def _values(pattern: str, words: str) -> dict[str, str] | None:
    """What stands at the places of a pattern; None where the words have another form."""
    found = re.fullmatch(_PLACE.sub(r"(?P<\1>.+?)", re.escape(pattern)), words, re.DOTALL)
    return None if found is None else found.groupdict()
