"""Targets are read from text and written back."""

from __future__ import annotations

import pytest

from camviewer.engine.errors import CamviewerError
from camviewer.engine.results.target_words import read_target, target_name, target_text
from camviewer.engine.results.targets import (
    AgainstClass,
    ClassDifference,
    OneClass,
    Output,
    Target,
)

LABELS = ("tabby", "tiger cat", "ratio 4:3", "beach")


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("class", OneClass()),
        ("class:tiger cat", OneClass(1)),
        ("against:Tabby", AgainstClass(0)),
        ("against", AgainstClass()),
        ("difference:tiger cat:tabby", ClassDifference(1, 0)),
        ("difference::beach", ClassDifference(None, 3)),
        ("difference:ratio 4:3:beach", ClassDifference(2, 3)),
        ("difference:beach:ratio 4:3", ClassDifference(3, 2)),
        ("output:3:down", Output(3, up=False)),
        ("output:3", Output(3)),
        ("Output:beach:up", Output(3)),
        ("output:ratio 4:3:down", Output(2, up=False)),
    ],
)
def test_a_text_means_a_target_and_the_target_is_written_as_a_text_that_means_it(
    words: str, target: Target
) -> None:
    assert read_target(words, LABELS) == target
    assert read_target(target_text(target), LABELS) == target


@pytest.mark.parametrize(
    ("target", "name"),
    [
        (AgainstClass(1), "against tiger cat"),
        (ClassDifference(1, 0), "tiger cat more than tabby"),
        (Output(3, up=False), "beach down"),
        (Output(7), "output 7 up"),
    ],
)
def test_a_target_has_a_name(target: Target, name: str) -> None:
    assert target_name(target, LABELS) == name


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("tiger cat", "There is no target tiger cat."),
        ("", "There is no target without a name."),
        ("output", "There is no target output."),
        ("difference:tabby", "A difference has two classes."),
        ("against:zebra", "There is no class zebra."),
        ("function:total", "This map explains a function of a Python script"),
    ],
)
def test_what_is_no_target_is_refused_with_the_reason(words: str, message: str) -> None:
    with pytest.raises(CamviewerError) as refused:
        read_target(words, LABELS)
    assert refused.value.message.startswith(message)
    assert refused.value.hint
