"""``camviewer trust``, ``compare`` and ``explain --region``: tables, JSON and refusals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

Command = Callable[..., Any]
FAST = ("--steps", 2, "--random-maps", 1)


def test_a_card_stands_beside_a_random_map_and_a_blob(command: Command, photographs: Path) -> None:
    done = command("trust", photographs / "coffee.png", *FAST, "--sanity")

    assert done.code == 0
    lines = done.out.splitlines()
    head = next(line for line in lines if line.split()[:1] == ["measure"])
    assert [head.index(word) for word in ("this map", "random map", "centred blob")]
    for title in ("Deletion AUC, blurred", "Insertion AUC, black", "ROAD", "ADCC", "Stability"):
        (row,) = [line for line in lines if line.strip().startswith(title)]
        assert len([word for word in row.split() if word.lstrip("-").startswith("0.")]) == 3
    assert "Blurring the map's strongest 50% of pixels" in done.out  # the only step there is
    assert "With random class weights the map changes" in done.out


@pytest.mark.slow
def test_a_card_as_json_has_its_curves_and_what_was_cut(
    command: Command, photographs: Path
) -> None:
    done = command("trust", photographs / "coffee.png", *FAST, "--method", "layercam", "--json")
    document = json.loads(done.out)

    assert done.code == 0
    assert document["method"] == "layercam"
    assert {m["id"] for m in document["measures"]} >= {"deletion-blur", "road", "arcc"}
    curve = document["curves"][0]
    assert curve["fractions"] == [0.0, 0.5, 1.0]
    assert len(curve["deletion"]) == len(curve["insertion"]) == 3
    assert document["cut"] == []
    assert document["next_class"]["nearly_the_same"] in (True, False)


def test_methods_are_ranked_best_first(command: Command, photographs: Path) -> None:
    path = photographs / "coffee.png"
    words = ("compare", path, "--methods", "cam,layercam", "--measure", "insertion", "--steps", 2)
    table = command(*words)
    document = json.loads(command(*words, "--json").out)

    scores = [entry["score"] for entry in document["ranking"]]
    assert scores == sorted(scores, reverse=True)
    rows = table.out.splitlines()[3:]
    assert len(rows) == 4  # two methods, chance and a blob
    for row, entry in zip(rows, document["ranking"], strict=True):
        assert entry["title"] in row
        assert f"{entry['score']:.4f}" in row


def test_a_region_is_printed_and_kept_in_the_sidecar(
    command: Command, photographs: Path, tmp_path: Path
) -> None:
    done = command(
        "explain", photographs / "chelsea.png", "--region", "120,40,200,150", "-o", tmp_path
    )
    record = json.loads((tmp_path / "chelsea.tiger-cat.cam.json").read_text())
    logit = record["region"]["logit"]

    assert "of the logit 9.25 come from here" in done.out
    assert record["region"]["points"] == [[120, 40], [320, 40], [320, 190], [120, 190]]
    assert logit["inside"] + logit["outside"] + logit["bias"] == pytest.approx(
        logit["logit"], rel=1e-4
    )


def test_a_region_of_the_whole_picture_is_all_that_there_is(
    command: Command, photographs: Path, tmp_path: Path
) -> None:
    command("explain", photographs / "chelsea.png", "--region", "0,0,451,300", "-o", tmp_path)
    region = json.loads((tmp_path / "chelsea.tiger-cat.cam.json").read_text())["region"]
    assert region["area_of_what_was_seen"] == pytest.approx(1.0)
    assert region["share_of_positive_values"] == pytest.approx(1.0)
    assert region["logit"]["outside"] == pytest.approx(0.0, abs=1e-6)
    assert region["probability_with_all_else_blurred"] == pytest.approx(region["probability"])
    assert region["probability_with_region_blurred"] < 0.5 * region["probability"]


def test_a_region_of_the_upper_cells_has_the_share_of_their_values(
    command: Command, photographs: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "first"
    command("explain", photographs / "chelsea.png", "-o", folder)
    values = np.clip(np.load(folder / "chelsea.tiger-cat.cam.npy"), 0.0, None)
    grid = json.loads((folder / "chelsea.tiger-cat.cam.json").read_text())["grid"]
    # Cells meet half way between their centres; the third and the fourth row do here.
    border = grid["origin"]["y"] + 2.5 * grid["pitch"]["y"]
    words = ("--region", f"0,0,451,{border}", "-o", tmp_path)
    command("explain", photographs / "chelsea.png", *words)
    region = json.loads((tmp_path / "chelsea.tiger-cat.cam.json").read_text())["region"]
    share = values[:3].sum() / values.sum()
    assert region["share_of_positive_values"] == pytest.approx(share, rel=1e-4)
    assert share != pytest.approx(values[:, :3].sum() / values.sum(), rel=0.05)


@pytest.mark.parametrize("words", ["1,2,3", "a,b,c,d", "10,10,0,50", "10,10,-5,5"])
def test_what_is_no_rectangle_is_refused(command: Command, photographs: Path, words: str) -> None:
    done = command("explain", photographs / "chelsea.png", "--no-files", "--region", words)

    assert done.code == 2
    assert "is not a rectangle" in done.err


def test_an_unknown_method_is_refused_with_the_known_ones(
    command: Command, photographs: Path
) -> None:
    done = command("compare", photographs / "coffee.png", "--methods", "cam,magic")

    assert done.code == 2
    assert "There is no method called magic" in done.err
