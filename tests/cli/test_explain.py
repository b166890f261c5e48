"""``camviewer explain``: what it prints, what it writes, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from camviewer.cli import map_making
from camviewer.engine.runtime.half_precision import is_in_hardware
from camviewer.engine.session.session import Session

Command = Callable[..., Any]


def test_the_top_classes_are_printed_in_aligned_columns(
    command: Command, photographs: Path
) -> None:
    done = command("explain", photographs / "chelsea.png", "-k", 3, "--no-files")
    lines = done.out.splitlines()
    assert done.code == 0
    assert done.err == ""
    assert lines[0] == "chelsea.png (451 x 300)"
    assert lines[1].split() == ["rank", "probability", "class", "index"]
    assert [line.split()[0] for line in lines[2:5]] == ["1", "2", "3"]
    assert lines[2].split(maxsplit=2)[2].split("  ")[0] == "tiger cat"
    assert len({line.rindex(line.split()[-1]) + len(line.split()[-1]) for line in lines[1:5]}) == 1
    assert lines[5].startswith("CAM (exact) of tiger cat (39")
    told = command("explain", photographs / "chelsea.png", "-k", 3, "--no-files", "--json")
    best = json.loads(told.out)[0]["top"]
    assert best[0]["probability"] == pytest.approx(0.394, abs=0.005)
    shares = [float(line.split()[1].rstrip("%")) / 100 for line in lines[2:5]]
    assert shares == pytest.approx([each["probability"] for each in best], abs=0.0006)
    assert "7 x 7 cells, centre crop at 1x (input 224 x 224)" in lines[5]


def test_overlay_map_and_sidecar_are_written_and_named(
    command: Command, photographs: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "folder"
    done = command("explain", photographs / "chelsea.png", "-o", folder)
    assert done.code == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        f"chelsea.tiger-cat.cam{suffix}" for suffix in (".json", ".npy", ".png")
    ]
    assert f"Written: {folder / 'chelsea.tiger-cat.cam.png'}, .npy, .json" in done.out
    with Image.open(folder / "chelsea.tiger-cat.cam.png") as overlay:
        assert overlay.size == (451, 300)
    record = json.loads((folder / "chelsea.tiger-cat.cam.json").read_text())
    assert record["map"]["shape"] == [7, 7]


def test_a_signed_overlay_shows_what_speaks_against_the_class_too(
    command: Command, photographs: Path, tmp_path: Path
) -> None:
    with Image.open(photographs / "chelsea.png") as picture:
        pixels = np.asarray(picture.convert("RGB")).astype(int)
    changes = {}
    for options in ((), ("--signed",)):
        words = ("--class", "espresso", "--opacity", "1", "-o", tmp_path, "--json")
        done = command("explain", photographs / "chelsea.png", *words, *options)
        (record,) = json.loads(done.out)
        row, column = np.unravel_index(np.load(record["files"][1]).argmin(), (7, 7))
        grid = record["grid"]
        x = round(grid["origin"]["x"] + column * grid["pitch"]["x"])
        y = round(grid["origin"]["y"] + row * grid["pitch"]["y"])
        with Image.open(record["files"][0]) as overlay:
            changes[options] = np.abs(np.asarray(overlay)[y, x].astype(int) - pixels[y, x]).max()
    assert changes[()] < 10
    assert changes["--signed",] > 60


def test_without_a_folder_the_files_go_to_the_current_one(
    command: Command, photographs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert command("explain", photographs / "coffee.png").code == 0
    assert (tmp_path / "coffee.espresso.cam.npy").is_file()


def test_nothing_is_written_when_only_printing(
    command: Command, photographs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert command("explain", photographs / "coffee.png", "--no-files").code == 0
    assert list(tmp_path.iterdir()) == []


def test_a_second_run_keeps_the_files_of_the_first(
    command: Command, photographs: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        command("explain", photographs / "coffee.png", "-o", tmp_path)
    assert (tmp_path / "coffee.espresso.cam-2.png").is_file()
    command("explain", photographs / "coffee.png", "-o", tmp_path, "--overwrite")
    assert len(list(tmp_path.iterdir())) == 6


def test_a_folder_stands_for_its_pictures_but_not_for_our_overlays(
    command: Command, photographs: Path
) -> None:
    for _ in range(2):
        done = command("explain", photographs, "-o", photographs, "--json")
        results = json.loads(done.out)
        assert [result["picture"]["name"] for result in results] == ["chelsea.png", "coffee.png"]


def test_json_is_one_document_with_everything(
    command: Command, photographs: Path, tmp_path: Path
) -> None:
    done = command("explain", photographs / "chelsea.png", "--json", "-o", tmp_path, "-k", 7)
    (result,) = json.loads(done.out)
    assert done.err == ""
    assert result["path"] == str(photographs / "chelsea.png")
    assert [entry["rank"] for entry in result["top"]] == list(range(1, 8))
    assert result["class"]["index"] == result["top"][0]["index"] == 282
    values = np.load(result["files"][1], allow_pickle=False)
    assert values.max() == pytest.approx(result["map"]["max"])


@pytest.mark.parametrize("words", ["282", "tiger cat", "Tiger Cat", "tiger c"])
def test_a_class_is_named_by_index_name_or_a_part_of_it(
    command: Command, photographs: Path, words: str
) -> None:
    done = command("explain", photographs / "coffee.png", "--class", words, "--json", "--no-files")
    (result,) = json.loads(done.out)
    assert result["class"]["name"] == "tiger cat"
    assert result["files"] is None


def test_a_name_wins_over_the_names_that_contain_it(command: Command, photographs: Path) -> None:
    done = command("explain", photographs / "coffee.png", "--class", "tiger", "--no-files")
    assert "CAM (exact) of tiger (" in done.out


def test_placement_detail_method_and_layer_are_obeyed(command: Command, photographs: Path) -> None:
    done = command(
        *("explain", photographs / "chelsea.png", "--json", "--no-files", "--nominal"),
        *("--placement", "whole", "--detail", "1.5x", "--method", "grad-cam"),
        *("--layer", "blocks"),
    )
    (result,) = json.loads(done.out)
    assert result["placement"]["mode"] == "whole"
    assert result["placement"]["detail"] == 1.5
    assert result["placement"]["box"] == {"left": 0, "top": 0, "right": 451, "bottom": 300}
    assert (result["method"]["id"], result["layer"]["name"]) == ("grad-cam", "blocks")
    assert result["grid"]["offset_measured"] is False


def test_a_layer_without_a_method_takes_one_that_is_defined_there(
    command: Command, photographs: Path
) -> None:
    done = command(
        "explain", photographs / "chelsea.png", "--layer", "blocks", "--no-files", "--nominal"
    )
    assert "Grad-CAM of tiger cat" in done.out


def test_a_layer_whose_place_is_unknown_is_measured_first(
    command: Command,
    photographs: Path,
    loaded_session: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    measured: list[str] = []
    monkeypatch.setattr(loaded_session, "wants_offset", lambda layer: layer not in measured)
    monkeypatch.setattr(loaded_session, "measure_offset", measured.append)
    done = command("explain", photographs, "--layer", "blocks", "--no-files")
    assert measured == ["blocks"]
    assert done.err.count("Measuring where the cells of blocks look") == 1


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--class", "cat"], "classes are meant by cat."),
        (["--class", "cat"], "282 tiger cat"),
        (["--class", "tigre"], "The closest are: 3 tiger shark, 282 tiger cat, 292 tiger."),
        (["--class", "1000"], "Choose 0 to 999."),
        (["--class", "-1"], "There is no class -1"),
        (["--class", ""], "There is no class"),
        (["--method", "magic"], "Choose one of: cam, fc-cam, grad-cam"),
        (["--method", "cam", "--layer", "blocks"], "CAM (exact) is not defined here"),
        (["--layer", "nowhere"], "`camviewer layers` lists them."),
        (["--colormap", "grey"], "There is no colormap named grey."),
        (["--colormap", "jet", "--signed"], "has no middle"),
    ],
)
def test_an_order_that_cannot_be_met_is_one_sentence(
    command: Command, photographs: Path, options: list[str], sentence: str
) -> None:
    done = command("explain", photographs, "--no-files", *options)
    assert done.code == 2
    assert sentence in done.err
    assert done.err.count("\n") == 1
    assert done.out == ""


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--detail", "5"], "'5' is not one of 1, 1.5, 2, 3"),
        (["--placement", "left"], "'left' is not one of"),
        (["-k", "0"], "0 is not in the range x>=1"),
        (["--opacity", "2"], "is not in the range 0.0<=x<=1.0"),
        (["--nonsense"], "No such option"),
    ],
)
def test_an_option_out_of_range_is_refused(
    command: Command, photographs: Path, options: list[str], reason: str
) -> None:
    done = command("explain", photographs, *options)
    assert done.code == 2
    (said,) = (line for line in done.err.splitlines() if line.startswith("Error: "))
    assert options[0] in said
    assert reason in said


def test_a_bad_picture_is_named_and_the_rest_go_on(
    command: Command, photographs: Path, tmp_path: Path
) -> None:
    (photographs / "text.jpg").write_text("no picture")
    (photographs / "zero.png").touch()
    (photographs / "empty").mkdir()
    bad = [photographs / name for name in ("text.jpg", "zero.png", "empty", "gone.png")]
    done = command("explain", *bad, photographs / "coffee.png", "-o", tmp_path)
    assert done.code == 2
    assert len(done.err.splitlines()) == 4
    sentences = (
        "text.jpg is not a picture that can be opened.",
        "zero.png is empty (0 bytes).",
        "The folder empty has no pictures.",
        "gone.png is not there any more, or never was.",
    )
    for sentence, said in zip(sentences, done.err.splitlines(), strict=True):
        assert said.startswith(sentence)
    assert "espresso" in done.out
    assert (tmp_path / "coffee.espresso.cam.png").is_file()


def test_json_tells_of_bad_pictures_in_their_place(command: Command, photographs: Path) -> None:
    (photographs / "zero.png").touch()
    done = command(
        "explain", photographs / "zero.png", photographs / "coffee.png", "--json", "--no-files"
    )
    first, second = json.loads(done.out)
    assert first["error"]["message"] == "zero.png is empty (0 bytes)."
    assert second["class"]["name"] == "espresso"
    assert done.code == 2


def test_an_output_folder_that_is_a_file_is_refused(
    command: Command, photographs: Path, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.touch()
    for folder in (file, file / "below"):
        done = command("explain", photographs / "coffee.png", "-o", folder)
        assert done.code == 2
        assert "not a folder" in done.err
        assert done.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == [file]


def test_too_little_memory_is_a_sentence(
    command: Command, photographs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_path: Path, _page: int) -> None:
        raise MemoryError

    monkeypatch.setattr(map_making, "read_image", read)
    done = command("explain", photographs / "coffee.png")
    assert done.code == 2
    assert done.err.startswith("There is not enough memory for coffee.png.")


def test_a_bug_is_one_sentence_that_names_the_log(
    command: Command, photographs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_path: Path, _page: int) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(map_making, "read_image", read)
    done = command("explain", photographs / "coffee.png")
    assert done.code == 1
    assert "ZeroDivisionError" in done.err
    assert "camviewer.log" in done.err
    assert done.err.count("\n") == 1


def test_score_and_options_of_a_method_are_set_and_kept_in_the_sidecar(
    command: Command, photographs: Path, tmp_path: Path
) -> None:
    done = command(
        "explain",
        photographs / "chelsea.png",
        *("--method", "occlusion", "--score", "probability"),
        *("--option", "patch=112", "--option", "stride=112"),
        *("-o", tmp_path, "--json"),
    )
    assert done.code == 0
    (sidecar,) = tmp_path.glob("*.json")
    record = json.loads(sidecar.read_text())
    assert record["request"]["score"] == "probability"
    assert record["request"]["options"] == {"patch": 112, "stride": 112}
    assert record["map"]["unit"] == "probability"
    assert record["map"]["shape"] == [2, 2]
    assert record["run"]["share"] == 1.0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--method", "occlusion", "--option", "size=8"), "no option called size"),
        (("--method", "occlusion", "--option", "patch"), "says no value"),
        (("--method", "occlusion", "--option", "patch=wide"), "cannot be wide"),
        (("--method", "cam", "--score", "probability"), "does not explain the probability"),
    ],
)
def test_what_a_method_does_not_have_is_refused_in_a_sentence(
    command: Command, photographs: Path, options: tuple[str, ...], words: str
) -> None:
    done = command("explain", photographs / "chelsea.png", *options, "--no-files")
    assert done.code == 2
    assert words in done.err


@pytest.mark.skipif(not is_in_hardware(), reason="this processor does not compute in bfloat16")
def test_scores_in_bfloat16_are_said_to_be_less_exact(
    command: Command, photographs: Path, loaded_session: Session
) -> None:
    words = ("explain", photographs / "coffee.png", "--method", "occlusion", "--no-files")
    words = (*words, "--option", "patch=112", "--option", "stride=56")
    try:
        done = command(*words, "--bfloat16")
    finally:
        loaded_session.allow_half_precision(allowed=False)
    assert done.code == 0
    assert "Scored in bfloat16: class scores are off by up to" in done.out
    assert "bfloat16" not in command(*words).out


def test_bfloat16_is_refused_where_the_processor_lacks_it(
    command: Command, photographs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("camviewer.engine.session.loaded_model.is_in_hardware", lambda: False)
    done = command("explain", photographs / "coffee.png", "--bfloat16", "--no-files")
    assert done.code == 2
    assert "does not compute in bfloat16" in done.err
