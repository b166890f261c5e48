"""``camviewer batch``: a run at the terminal, its state, and how it is stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from camviewer.engine.batch import open_run
from tests.engine.compared_runs import Said, write_run
from tests.engine.small_runs import write_picture

Command = Callable[..., object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(5):
        write_picture(tmp_path / "in" / f"{number}.jpg", number)
    (tmp_path / "in" / "broken.png").write_text("nothing")
    return tmp_path / "in"


def test_a_run_its_state_and_a_refusal(command: Command, folder: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    done = command("batch", folder, "-o", run, "--shard-size", 2, "--classes", "tench, 281")
    assert (done.code, done.err) == (0, "")
    assert f"6 of 6 pictures are in {run} (6 of them new)." in done.out
    assert "broken.png is not a picture" in done.out
    rows = open_run(run).rows()
    assert sorted(set(rows["class"].drop_nulls())) == ["tabby", "tench"]
    state = command("batch", "status", run)
    assert state.out.startswith("6 of 6 pictures, 3 of 3 shards.\n1 picture could not be explained")
    record = json.loads(command("batch", "status", run, "--json").out)
    assert (record["done"], record["pictures"], len(record["failures"])) == (True, 6, 1)
    refused = command("batch", folder, "-o", run, "--shard-size", 2, "--detail", 2)
    assert refused.code == 2
    assert "detail 1.0 and not 2.0" in refused.err
    assert "classes 0,281 and not top3" in refused.err


def test_exports_and_a_report_at_the_terminal(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    run, out = tmp_path / "run", tmp_path / "out"
    (folder / "0.xml").write_text("<annotation>")
    words = ("--classes", "top1", "--objects", "beside", "--features")
    done = command("batch", folder, "-o", run, *words)
    assert "0.xml cannot be read as XML." in done.out
    files = ("--csv", out / "a.csv", "--boxes", out / "b.csv", "--coco", out / "c.json")
    done = command("batch", "export", run, *files, "--fiftyone", out / "dataset")
    assert (done.code, done.err) == (0, "")
    assert f"4 results are in {out / 'c.json'}." in done.out
    assert f"A dataset of 4 samples is in {out / 'dataset'}." in done.out
    done = command("batch", "report", run, "-o", out / "report.html")
    assert done.out == f"The report is in {out / 'report.html'}.\n"
    refused = command("batch", "report", run, "-o", out / "report.html")
    assert refused.code == 2
    assert "is there already" in refused.err
    assert "Say what is to be written" in command("batch", "export", run).err


def test_json_lines_tell_how_far_it_is(command: Command, folder: Path, tmp_path: Path) -> None:
    done = command("batch", folder, "-o", tmp_path / "run", "--json-lines", "--shard", "1/2")
    events = [json.loads(line) for line in done.out.splitlines()]
    assert events[-1]["event"] == "end"
    assert (events[-1]["pictures"], events[-1]["made"], events[-1]["failed"]) == (6, 6, 1)
    assert events[-2]["event"] == "progress"
    assert events[-2]["done"] == events[-2]["total"] == 6


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--shard", "3/2"], "is no part like 7/200"),
        (["--classes", "truth"], "nothing says which it is"),
        (["--classes", "no such animal"], "There is no class no such animal."),
        (["--truth", "none.csv"], "The truth cannot be read from none.csv"),
        (["--objects", "none.json"], "The objects cannot be read from none.json"),
        (["--objects", "beside"], "There are no objects of these pictures beside the pictures."),
        (["--measures", "beauty"], "There is no measure beauty."),
        (["--method", "none"], "There is no method called none."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    command: Command, folder: Path, tmp_path: Path, words: list[str], said: str
) -> None:
    done = command("batch", folder, "-o", tmp_path / "run", *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert not (tmp_path / "run").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
@pytest.mark.slow
def test_ctrl_c_ends_after_the_pictures_at_work_and_the_command_goes_on(
    command: Command, environment: Callable[..., dict[str, str]], folder: Path, tmp_path: Path
) -> None:
    for number in range(5, 400):
        os.link(folder / "0.jpg", folder / f"{number}.jpg")
    run = tmp_path / "run"
    words = ["batch", str(folder), "-o", str(run), "--shard-size", "5", "--jobs", "1"]
    with subprocess.Popen(
        [sys.executable, "-m", "camviewer", *words],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        while process.poll() is None and not list(run.glob("shards/*.parquet")):
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "the same command goes on from there" in said
    left = open_run(run).status()
    assert 0 < left.pictures_done < left.pictures == 401
    assert left.shards_claimed == 0


@pytest.mark.parametrize(
    "words",
    [
        ("status", "ftp://127.0.0.1:9/run"),
        ("resume", "ftp://127.0.0.1:9/run"),
        ("report", "ftp://127.0.0.1:9/run", "-o", "report.html"),
        ("export", "ftp://127.0.0.1:9/run", "--csv", "rows.csv"),
    ],
    ids=lambda words: words[0],
)
def test_a_run_at_an_address_is_not_looked_at_over_a_network(
    command: Command, words: tuple[str, ...]
) -> None:
    done = command("batch", *words)
    assert done.code == 2
    assert "nothing is opened over a network" in done.err


def test_two_runs_are_compared_at_the_terminal(command: Command, tmp_path: Path) -> None:
    first = [Said("cat/1.jpg", "cat"), Said("cat/2.jpg", "cat"), Said("dog/3.jpg", "cat")]
    second = [Said("cat/1.jpg", "dog"), Said("cat/2.jpg", "cat"), Said("dog/4.jpg", "cat")]
    write_run(tmp_path / "a", first)
    write_run(tmp_path / "b", second)
    words = ("batch", "compare", tmp_path / "a", tmp_path / "b")
    done = command(*words, "--csv", tmp_path / "rows.csv")
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "A: a, Generated, CAM, 100.0% right\n"
        "B: b, Generated, CAM, 50.0% right\n"
        "2 pictures in both; the verdict changed of 1 (50.0%).\n"
        "Of 2 pictures with a true class, 0 got better and 1 worse; 1 are right in both, "
        "0 wrong in both.\n"
        "McNemar's exact test, two-sided: p = 1.\n"
        "Of 1 picture, the two maps are of different classes.\n"
        "In the median picture, 0% of the evidence lies elsewhere.\n"
        "       1  cat → dog\n"
        "2 pictures are left out:\n"
        "  dog/3.jpg: in A alone\n"
        "  dog/4.jpg: in B alone\n"
        f"2 rows are in {tmp_path / 'rows.csv'}.\n"
    )
    assert (tmp_path / "rows.csv").read_text().startswith("path,page,path_b,sha256,truth,outcome,")
    record = json.loads(command(*words, "--json").out)
    assert (record["changed"], record["worse"], record["b"]["accuracy"]) == (1, 1, 0.5)
    assert record["left_out"][0] == {"path": "dog/3.jpg", "why": "in A alone"}
    write_run(tmp_path / "c", [Said("cow/9.jpg")])
    refused = command("batch", "compare", tmp_path / "a", tmp_path / "c")
    assert refused.code == 2
    assert "a and c have no picture in common" in refused.err
    missing = command("batch", "compare", tmp_path / "a", tmp_path / "nothing")
    assert missing.code == 2
