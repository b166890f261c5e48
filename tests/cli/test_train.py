"""``camviewer train`` as a program of its own: refusals, events, signals and crashes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.scenes import make_scenes, write_folder

PROGRAM = [sys.executable, "-m", "camviewer", "train"]
LONG = ["--epochs", "4000", "--patience", "4000"]
KINDS = ("CACHE", "DATA", "STATE")


@pytest.fixture(scope="module")
def scenes(tmp_path_factory) -> Path:
    scenes = make_scenes(24, seed=4, size=(96, 96), classes=("ring", "dots"))
    return write_folder(tmp_path_factory.mktemp("scenes"), scenes)


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def start(home, scenes) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts a training: ``start(*options)``; it and its pipes end with the test."""
    children: list[subprocess.Popen[str]] = []

    def run(*options: str, data: Path = scenes, limit: int = 0) -> subprocess.Popen[str]:
        folders = {f"XDG_{kind}_HOME": str(home / kind) for kind in KINDS}
        command = [*PROGRAM, str(data), *options]
        if limit:
            script = (
                "import resource, runpy, sys; sys.argv = sys.argv[1:]; "
                f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); "
                "runpy.run_module('camviewer', run_name='__main__', alter_sys=True)"
            )
            command = [sys.executable, "-c", script, "camviewer", "train", str(data), *options]
        child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | folders | {"OMP_NUM_THREADS": "1"},
        )
        children.append(child)
        return child

    yield run
    for child in children:
        if child.poll() is None:
            child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout, child.stderr):
            if pipe is not None:
                pipe.close()


def wait_for(child: subprocess.Popen[str], wanted: Callable[[dict], bool]) -> dict:
    assert child.stdout is not None
    for line in child.stdout:
        event = json.loads(line)
        if wanted(event):
            return event
    raise AssertionError(child.stderr.read() if child.stderr else "ended")


def weights(home: Path, identifier: str) -> bytes:
    return (home / "DATA/camviewer/models" / identifier / "weights.safetensors").read_bytes()


def epoch_after(number: int) -> Callable[[dict], bool]:
    return lambda event: event["event"] == "epoch" and event["epoch"] > number


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_training_that_was_killed_ends_as_if_it_never_was(
    start, home, scenes, command, monkeypatch
) -> None:
    for kind in KINDS:
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind))
    short = ["--epochs", "700", "--patience", "700"]
    out, _ = start("-o", "Whole", *short).communicate(timeout=200)
    assert "Kept as whole" in out
    child = start("-o", "Killed", *short)
    runs = home / "DATA/camviewer/training"
    deadline = time.monotonic() + 120
    while not list(runs.glob("killed-*/state.json")):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    child.kill()
    assert "Kept" not in child.communicate()[0]
    for options, words in ((short, "--resume"), (["--resume", "--seed", "5"], "another seed")):
        refused = command("train", scenes, "-o", "Killed", *options)
        assert refused.code == 2
        assert words in refused.err
    resumed = start("-o", "Killed", "--resume")
    out, err = resumed.communicate(timeout=200)
    assert resumed.returncode == 0, err
    assert weights(home, "killed") == weights(home, "whole")
    assert not list(runs.glob("killed-*"))


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for one child")
@pytest.mark.slow
def test_an_interrupt_stops_cleanly_and_says_how_to_go_on(start) -> None:
    child = start("-o", "Interrupted", *LONG)
    assert child.stdout is not None
    next(line for line in child.stdout if line.startswith("Head"))
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=60)
    assert child.returncode == 130
    assert "--resume goes on from here" in err
    assert "Traceback" not in err


@pytest.mark.slow
def test_another_program_pauses_resumes_and_cancels_by_words(start) -> None:
    child = start("-o", "Led", *LONG, "--json-lines")
    wait_for(child, epoch_after(0))
    child.stdin.write("pause\n")
    child.stdin.flush()
    wait_for(child, lambda event: event == {"event": "paused", "paused": True})
    child.stdin.write("resume\n")
    child.stdin.flush()
    wait_for(child, lambda event: event == {"event": "paused", "paused": False})
    wait_for(child, epoch_after(0))
    child.stdin.write("cancel\n")
    child.stdin.flush()
    wait_for(child, lambda event: event == {"event": "stopped", "resumable": True})
    child.communicate(timeout=60)
    assert child.returncode == 130


@pytest.mark.slow
def test_a_training_ends_when_the_program_that_started_it_is_gone(start) -> None:
    with start("-o", "Orphan", *LONG, "--json-lines") as child:
        wait_for(child, epoch_after(0))
        child.stdin.close()
        wait_for(child, lambda event: event["event"] == "stopped")
        assert child.wait(timeout=60) == 130


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["-o", "X", "--base", "nothing-like-it"], "no model nothing-like-it"),
        (["-o", "X", "--val-share", "1.5"], "share of validation pictures cannot be 1.5"),
        (["-o", "X", "--resume"], "no unfinished training"),
        (["-o", " "], "needs a name"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    command, scenes, options: list[str], words: str
) -> None:
    done = command("train", scenes, *options)
    assert done.code == 2
    assert words in done.err
    assert done.err.count("\n") == 1


def test_one_class_is_refused_as_a_failure_event_too(command, tmp_path, monkeypatch) -> None:
    write_folder(tmp_path, make_scenes(3, size=(32, 32), classes=("ring",)))
    reading, writing = os.pipe()  # another program, which says nothing
    with os.fdopen(reading) as words:
        monkeypatch.setattr(sys, "stdin", words)
        done = command("train", tmp_path, "-o", "X", "--json-lines")
        os.close(writing)
    assert done.code == 2
    event = json.loads(done.out.splitlines()[-1])
    assert event["event"] == "failed"
    assert "only the class ring" in event["message"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no limits")
def test_a_disk_that_takes_no_more_is_told_in_a_sentence_and_costs_nothing_learnt(
    start, home, tmp_path
) -> None:
    # Its own pictures: those of the other tests have their features already.
    write_folder(tmp_path, make_scenes(12, seed=9, size=(64, 64), classes=("ring", "dots")))

    def said(limit: int, *options: str) -> str:
        child = start("-o", "Full", *options, data=tmp_path, limit=limit)
        _, err = child.communicate(timeout=120)
        assert child.returncode == (2 if limit else 0)
        assert "Traceback" not in err
        return err

    assert "The features of the pictures could not be kept: the disk is full." in said(20_000)
    assert "Full could not be kept: the disk is full." in said(200_000)
    assert not said(0, "--resume")
    assert weights(home, "full")
