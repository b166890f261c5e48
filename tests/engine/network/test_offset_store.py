"""Offsets are kept with the weights that they belong to, and damaged files cost nothing."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
import torch

from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.embedded import IDENTIFIER, WEIGHTS_SHA256
from camviewer.engine.network.grid_layers import grid_layers
from camviewer.engine.network.offset_store import VERSION, OffsetStore

WEIGHTS = "ab" * 32


def test_every_layer_of_the_embedded_model_is_shipped(embedded: Classifier) -> None:
    store = OffsetStore(WEIGHTS_SHA256, shipped=IDENTIFIER)
    for layer in grid_layers(embedded.network, torch.zeros(1, 3, 224, 224)):
        offset = store.get(layer.name)
        assert offset is not None, layer.name
        assert max(abs(value) for value in offset) < 16


def test_what_was_put_comes_back_in_another_run(tmp_path: Path) -> None:
    store = OffsetStore(WEIGHTS, tmp_path / "offsets")
    assert store.get("layer4") is None
    store.put("layer4", (-15.5, 2.25))
    store.put("layer3", (1.0, 0.0))
    again = OffsetStore(WEIGHTS, tmp_path / "offsets")
    assert again.get("layer4") == (-15.5, 2.25)
    assert again.get("layer3") == (1.0, 0.0)
    assert [path.suffix for path in (tmp_path / "offsets").iterdir()] == [".json"]


def test_without_a_folder_nothing_is_written(tmp_path: Path) -> None:
    store = OffsetStore(WEIGHTS)
    store.put("layer4", (1.0, 2.0))
    assert store.get("layer4") == (1.0, 2.0)
    assert OffsetStore(WEIGHTS).get("layer4") is None


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        *(
            f'{{"weights_sha256": "{WEIGHTS}", "version": {VERSION}{rest}}}'
            for rest in (
                "",
                ', "offsets": 3',
                ', "offsets": {}, "refused": 3',
                *(
                    f', "offsets": {{"layer4": {value}}}'
                    for value in ("[1]", '["a", "b"]', "[NaN, 1]", "[1, Infinity]", "3", "null")
                ),
                f', "offsets": {{"layer4": [1{"0" * 400}, 1]}}',
            )
        ),
    ],
)
def test_a_damaged_file_is_ignored_and_said_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: str
) -> None:
    OffsetStore(WEIGHTS, tmp_path).put("layer4", (1.0, 2.0))
    (file,) = tmp_path.iterdir()
    file.write_text(content, encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        store = OffsetStore(WEIGHTS, tmp_path)
    assert store.get("layer4") is None
    assert "ignored" in caplog.text
    store.put("layer4", (3.0, 4.0))
    assert OffsetStore(WEIGHTS, tmp_path).get("layer4") == (3.0, 4.0)


def test_bytes_that_are_no_text_are_ignored(tmp_path: Path) -> None:
    OffsetStore(WEIGHTS, tmp_path).put("layer4", (1.0, 2.0))
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"\xff\xfe\x00\x81")
    assert OffsetStore(WEIGHTS, tmp_path).get("layer4") is None


def test_what_was_measured_in_an_earlier_way_is_measured_again(tmp_path: Path) -> None:
    OffsetStore(WEIGHTS, tmp_path).put("layer4", (-63.0, -63.0))
    (file,) = tmp_path.iterdir()
    content = json.loads(file.read_text(encoding="utf-8"))
    for version in (None, 1):
        content["version"] = version
        file.write_text(json.dumps(content), encoding="utf-8")
        assert OffsetStore(WEIGHTS, tmp_path).get("layer4") is None
    del content["version"]
    file.write_text(json.dumps(content), encoding="utf-8")
    assert OffsetStore(WEIGHTS, tmp_path).get("layer4") is None


def test_why_a_layer_cannot_be_measured_is_kept_where_it_lasts(tmp_path: Path) -> None:
    store = OffsetStore(WEIGHTS, tmp_path)
    store.refuse("dead", "no gradient.", lasting=True)
    store.refuse("large", "no memory.", lasting=False)
    store.put("layer4", (1.0, 2.0))
    assert store.refusal("large") == "no memory."
    again = OffsetStore(WEIGHTS, tmp_path)
    assert again.refusal("dead") == "no gradient."
    assert again.refusal("large") == ""
    again.put("dead", (0.0, 0.0))
    assert OffsetStore(WEIGHTS, tmp_path).refusal("dead") == ""


def test_the_file_of_other_weights_is_ignored(tmp_path: Path) -> None:
    OffsetStore(WEIGHTS, tmp_path).put("layer4", (1.0, 2.0))
    (file,) = tmp_path.iterdir()
    content = json.loads(file.read_text(encoding="utf-8"))
    content["weights_sha256"] = "cd" * 32
    file.write_text(json.dumps(content), encoding="utf-8")
    assert OffsetStore(WEIGHTS, tmp_path).get("layer4") is None


def test_shipped_offsets_are_for_the_shipped_weights_alone() -> None:
    assert OffsetStore(WEIGHTS, shipped=IDENTIFIER).get("head") is None
    assert OffsetStore(WEIGHTS_SHA256, shipped=IDENTIFIER).get("head") is not None


def test_a_folder_that_cannot_be_made_costs_nothing_but_the_memory_of_it(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    store = OffsetStore(WEIGHTS, blocked)
    store.put("layer4", (1.0, 2.0))
    assert store.get("layer4") == (1.0, 2.0)
    assert blocked.read_text(encoding="utf-8") == "in the way"
