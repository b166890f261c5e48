"""The command line takes the classes to compare with, and the layers to fuse, by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from camviewer.engine.results.class_search import split_names

Command = Callable[..., Any]


def told(command: Command, *arguments: object) -> dict[str, Any]:
    done = command("explain", *arguments, "--no-files", "--json")
    assert done.code == 0, done.err
    record: dict[str, Any] = json.loads(done.out)[0]
    return record


def test_classes_to_compare_with_are_named(command: Command, photographs: Path) -> None:
    cat = photographs / "chelsea.png"
    record = told(
        command, cat, "--class", "tiger cat", "--method", "finer-cam", "--versus", "tabby,287"
    )
    assert [other["name"] for other in record["versus"]] == ["tabby", "lynx"]
    assert record["facts"] == ["against tabby, lynx"]


def test_layers_to_fuse_are_named(command: Command, photographs: Path) -> None:
    cat = photographs / "chelsea.png"
    record = told(command, cat, "--method", "layer-fusion", "--layers", "head,blocks.4")
    assert record["facts"] == ["mean of head, blocks.4"]
    assert record["layer"]["name"] == "several layers"


def test_concepts_are_told_with_their_colours(command: Command, photographs: Path) -> None:
    done = command("explain", photographs / "coffee.png", "--method", "dff", "--no-files")
    assert done.code == 0
    assert "of no class" in done.out
    assert "  orange, " in done.out
    assert "espresso +" in done.out


def test_a_method_that_does_not_compare_says_so(command: Command, photographs: Path) -> None:
    done = command(
        "explain", photographs, "--no-files", "--method", "grad-cam", "--versus", "tabby"
    )
    assert done.code == 2
    assert "Grad-CAM has no option called versus" in done.err


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("tabby, lynx", ["tabby", "lynx"]),
        ("tench, Tinca tinca,lynx", ["tench, Tinca tinca", "lynx"]),
        ("281,282", ["281", "282"]),
        ("tabby,", ["tabby"]),
    ],
)
def test_a_comma_may_be_a_part_of_a_classs_name(words: str, names: list[str]) -> None:
    labels = ["tench, Tinca tinca", "tabby", "lynx"]
    assert split_names(words, labels) == names
