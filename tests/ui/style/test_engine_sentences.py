"""What the engine says is said in German in a German window, with its values."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from defusedxml import ElementTree

import camviewer
from camviewer.ui.style import report_language
from camviewer.ui.style.engine_sentences import translated

CATALOGUE = Path(camviewer.__file__).parents[1] / "resources" / "translations" / "camviewer_de.ts"


def test_an_english_window_says_what_the_engine_says() -> None:
    assert translated("a.png is empty (0 bytes).") == "a.png is empty (0 bytes)."


@pytest.mark.parametrize(
    ("said", "german_words"),
    [
        ("a.png is empty (0 bytes).", "a.png ist leer (0 Bytes)."),
        (
            "cat.png, tabby: not computed anew. Its picture is not in the folder cats.",
            "cat.png, tabby: nicht neu berechnet. Ihr Bild ist nicht im Ordner cats.",
        ),
        (
            "case.zip was changed: report.html is missing.",
            "case.zip wurde verändert: report.html fehlt.",
        ),
        (
            "All 3 maps agree within 1e-4 with what the model computes now.",
            "Alle 3 Karten stimmen überein bis auf 1e-4 mit dem, was das Modell jetzt berechnet.",
        ),
        (
            "a.png is empty (0 bytes). Choose another picture.",
            "a.png ist leer (0 Bytes). Wählen Sie ein anderes Bild.",
        ),
        ("Page 2 of 7.\nAll values", "Seite 2 von 7.\nAlle Werte"),
        (
            "CAM is not defined here: this network has no attention.",
            "CAM ist hier nicht definiert: Dieses Netz hat keine Attention.",
        ),
        (
            "These 10% alone, sharp on a blur, give 4%; a random map: 3%, a centred blob: 2%.",
            (
                "Diese 10% allein, scharf auf Unschärfe, ergeben 4%; eine Zufallskarte: 3%, ein "
                "mittiger Fleck: 2%."
            ),
        ),
        (
            "These 50% alone, sharp on a blur, give 8.6%.",  # without references
            "Diese 50% allein, scharf auf Unschärfe, ergeben 8.6%.",
        ),
        ("this is no sentence of the engine", "this is no sentence of the engine"),
        ("", ""),
    ],
)
def test_sentences_are_recognised_with_their_values(
    german: None, said: str, german_words: str
) -> None:
    assert translated(said) == german_words


def test_numbers_of_a_report_are_written_as_in_german(german: None) -> None:
    say = report_language().words
    assert say("These 50% alone, sharp on a blur, give 8.6%; a random map: 15.5%.") == (
        "Diese 50\u202f% allein, scharf auf Unschärfe, ergeben 8,6\u202f%; eine Zufallskarte: "
        "15,5\u202f%."
    )
    number = report_language().number
    assert [number(words) for words in ("1,234.5", "−0.042", "<0.1%", "a 1.5.png", "2.3.1")] == [
        "1\u202f234,5", "−0,042", "<0,1\u202f%", "a 1.5.png", "2.3.1",
    ]  # fmt: skip
    assert say("1.5.png is empty (0 bytes).") == "1.5.png ist leer (0 Bytes)."


def test_every_pattern_is_recognised_as_itself(german: None) -> None:
    wrong = []
    for context in ElementTree.parse(CATALOGUE).iter("context"):
        if context.findtext("name") != "engine":
            continue
        for message in context.iter("message"):
            source, target = message.findtext("source"), message.findtext("translation")
            assert source is not None
            if not target:
                continue  # said in English as yet
            finished, expected = (re.sub(r"\{(\d+)\}", r"<\1>", text) for text in (source, target))
            if translated(finished) != expected:
                wrong.append((finished, translated(finished)))
    assert not wrong
