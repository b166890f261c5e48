"""``camviewer models``, ``methods`` and ``layers``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from camviewer.engine.network.embedded import WEIGHTS_SHA256

Command = Callable[..., Any]


def test_models_are_listed_with_their_weights(command: Command) -> None:
    words = command("models")
    assert words.code == 0
    for part in ("efficientnet-lite0", "1000 classes", "224 x 224", WEIGHTS_SHA256):
        assert part in words.out
    listed = {model["id"]: model for model in json.loads(command("models", "--json").out)}
    model = listed["efficientnet-lite0"]
    assert model["weights_sha256"] == WEIGHTS_SHA256
    assert model["classes"] == 1000


def test_methods_are_listed_with_whether_they_are_defined(command: Command) -> None:
    words = command("methods")
    assert words.code == 0
    assert "grad-cam" in words.out
    methods = {method["id"]: method for method in json.loads(command("methods", "--json").out)}
    assert methods["cam"]["defined"] is True
    assert methods["cam"]["cost"] == "instant"
    assert "Zhou" in methods["cam"]["citation"]


def test_layers_are_a_tree_with_shapes_and_the_layer_of_cam(command: Command) -> None:
    lines = command("layers").out.splitlines()
    assert "centre crop at 1x (input 224 x 224)" in lines[0]
    (cam,) = (line for line in lines if "CAM is exact here" in line)
    assert "1280" in cam
    assert "7 x 7" in cam
    nested = next(line for line in lines if "blocks.0.0 " in line)
    assert nested.index("blocks") > next(line for line in lines if "stem " in line).index("stem")


def test_layers_have_the_shapes_of_the_picture_at_hand(command: Command, photographs: Path) -> None:
    options = ("--placement", "whole", "--detail", "2", "--json")
    listed = json.loads(command("layers", photographs / "chelsea.png", *options).out)
    (cam,) = (layer for layer in listed if layer["cam"])
    assert (cam["columns"], cam["rows"], cam["channels"]) == (21, 14, 1280)


def test_layers_of_a_picture_that_is_not_there_are_refused(
    command: Command, photographs: Path
) -> None:
    done = command("layers", photographs / "gone.png")
    assert done.code == 2
    assert done.err.startswith("gone.png is not there any more, or never was.")
    assert done.err.count("\n") == 1
