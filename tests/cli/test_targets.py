"""``--target``: what is explained in place of a class."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from camviewer.engine.batch import open_run
from camviewer.engine.render.sidecar import request_of
from camviewer.engine.results.targets import ClassDifference
from tests.engine.small_runs import write_picture

Command = Callable[..., Any]


def test_a_difference_is_printed_written_and_repeated_from_its_sidecar(
    command: Command, photographs: Path, tmp_path: Path
) -> None:
    target = ("--target", "difference:tiger cat:tabby", "-o", tmp_path)
    done = command("explain", photographs / "chelsea.png", *target)
    assert done.code == 0
    assert "CAM (exact) of tiger cat more than tabby (+" in done.out
    stem = "chelsea.tiger-cat-more-than-tabby.cam"
    record = json.loads((tmp_path / f"{stem}.json").read_text())
    assert record["request"]["target"] == "difference:282:281"
    assert record["explained"]["name"] == "tiger cat more than tabby"
    assert record["explained"]["unit"] == "logit"
    assert request_of(record).target == ClassDifference(282, 281)
    assert np.load(tmp_path / f"{stem}.npy").shape == (7, 7)


def test_a_reference_is_named_without_its_folder(
    command: Command, photographs: Path, tmp_path: Path
) -> None:
    target = ("--target", f"like:{photographs / 'coffee.png'}", "--no-files", "--json")
    done = command("explain", photographs / "chelsea.png", *target)
    (record,) = json.loads(done.out)
    assert record["request"]["target"] == "like:coffee.png"
    assert record["class"] is None
    (reference,) = record["explained"]["references"]
    assert reference["name"] == "coffee.png"
    assert len(reference["sha256"]) == 64
    assert -1.0 <= record["explained"]["score"] <= 1.0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--target", "nothing"), "There is no target nothing."),
        (("--target", "against:zebra crossing of"), "There is no class zebra crossing of."),
        (("--target", "output:1000:down"), "There is no output 1000: this network has 1000."),
        (("--target", "like:missing.png"), "missing.png"),
        (("--target", "pixels:tabby"), "does not score every pixel"),
        (("--target", "like:a.png", "--method", "cam"), "it explains sums of class scores"),
    ],
)
def test_a_target_that_cannot_be_explained_is_refused_in_a_sentence(
    command: Command, photographs: Path, words: tuple[str, ...], message: str
) -> None:
    done = command("explain", photographs / "chelsea.png", "--no-files", *words)
    assert done.code == 2
    assert message in done.err
    assert "Traceback" not in done.err


def test_methods_are_compared_by_a_target(command: Command, photographs: Path) -> None:
    target = ("--target", "against:tabby", "--methods", "grad-cam,hirescam", "--steps", "2")
    done = command("compare", photographs / "chelsea.png", *target)
    assert done.code == 0, done.err
    assert "Maps of against tabby by " in done.out
    refused = command("compare", photographs / "chelsea.png", "--class", "lynx", *target)
    assert refused.code == 2
    assert "The target against tabby names itself what is explained, and lynx" in refused.err


def test_a_run_takes_a_target(command: Command, tmp_path: Path) -> None:
    write_picture(tmp_path / "in" / "0.jpg", 0)
    run = ("batch", tmp_path / "in", "-o", tmp_path / "run", "--method", "grad-cam")
    assert command(*run, "--target", "output:tabby:down").code == 0
    assert open_run(tmp_path / "run").rows()["target"].to_list() == ["tabby down"]
    assert command("batch", "resume", tmp_path / "run").code == 0
    refused = command(*run)
    assert refused.code == 2
    assert "target output:281:down and not none" in refused.err
