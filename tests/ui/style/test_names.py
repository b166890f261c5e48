"""Units, and what is explained, are said in German in a German window; other names stay."""

from __future__ import annotations

import pytest

from camviewer.engine.batch import COLUMNS
from camviewer.engine.methods import all_methods
from camviewer.engine.results.method_info import ScoreKind
from camviewer.engine.results.target_words import read_target, target_name
from camviewer.ui.style.names import method_words, target_words, unit_words

LABELS = ("tabby", "tiger cat", "2")


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("against:tabby", "gegen tabby"),
        ("against:", "gegen die wahrscheinlichste Klasse"),
        ("difference:tabby:tiger cat", "tabby eher als tiger cat"),
        ("output:0:up", "tabby nach oben"),
        ("output:2:down", "Ausgabe 2 nach unten"),
        ("like:/home/me/like a cat.png", "ähnlich like a cat.png"),
        ("like:cat.png@1,2,30,40", "ähnlich einem Teil von cat.png"),
        ("unlike:cat.png", "anders als cat.png"),
        ("unlike:a.png;b.png", "anders als 2 Bilder"),
        ("pixels:tabby", "tabby, wo die Klasse gewinnt"),
        ("pixels:tabby@1,2,30,40", "tabby in einem Bereich"),
        ("class:tiger cat", "tiger cat"),
    ],
)
def test_what_is_explained_is_said_in_german(german: None, target: str, said: str) -> None:
    assert target_words(target_name(read_target(target, LABELS), LABELS)) == said


def test_what_a_run_explains_is_said_beside_its_method(german: None) -> None:
    assert method_words("LayerCAM, against each class") == "LayerCAM, gegen jede Klasse"
    assert method_words("CAM (exact)") == "CAM (exact)"


def test_an_english_window_calls_it_as_the_engine_does() -> None:
    assert target_words("against tabby") == "against tabby"
    assert unit_words("share of attention") == "share of attention"


def test_every_unit_of_the_program_is_said_in_german(german: None) -> None:
    units = {method.info.unit for method in all_methods()} | {kind.value for kind in ScoreKind}
    units |= {column.unit for column in COLUMNS if column.name != "map"}
    assert not {unit for unit in units if unit and unit_words(unit) == unit}


def test_a_unit_of_a_model_stays_as_it_was_written(german: None) -> None:
    assert unit_words("years") == "years"
