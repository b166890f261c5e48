"""``camviewer structure``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Command = Callable[..., Any]


def test_the_network_is_printed_as_a_tree_with_shapes_and_counts(command: Command) -> None:
    done = command("structure")
    assert done.code == 0
    lines = done.out.splitlines()
    assert "input 224 x 224" in lines[0]
    (tapped,) = (line for line in lines if line.strip().startswith("*"))
    assert "1280 x 7 x 7" in tapped
    stem = next(line for line in lines if "Conv2d(3, 32, kernel_size=(3, 3)" in line)
    assert "32 x 112 x 112" in stem
    assert stem.rstrip().endswith("864")


def test_shapes_are_those_of_the_picture_and_placement(command: Command, photographs: Path) -> None:
    options = ("--placement", "whole", "--detail", "2", "--json")
    parts = json.loads(command("structure", photographs / "chelsea.png", *options).out)
    assert [1280, 14, 21] in [part["output"] for part in parts]
    assert parts[0]["name"] == ""
    assert parts[0]["output"] == [1000]


def test_a_text_finds_modules(command: Command) -> None:
    found = json.loads(command("structure", "--find", "LINEAR", "--json").out)
    assert {part["kind"] for part in found} == {"Linear"}


def test_bands_and_values_are_those_of_explain(command: Command, photographs: Path) -> None:
    chosen = ("--bands", "3,2,1", "--values", "0,128")
    assert command("structure", photographs / "chelsea.png", *chosen).code == 0
    plain = command("trust", photographs / "chelsea.png", "--steps", "2", "--budget", "1", "--json")
    other = command(
        "trust", photographs / "chelsea.png", *chosen, "--steps", "2", "--budget", "1", "--json"
    )
    scores = [json.loads(done.out)["probability_where_mapped"] for done in (plain, other)]
    assert scores[0] != scores[1]
    refused = command("structure", "--bands", "1,2")
    assert refused.code == 2
    assert "Traceback" not in refused.err
