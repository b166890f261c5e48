"""Assessments outlive kills, other writers, damage and folders that must not be written."""

from __future__ import annotations

import multiprocessing
import os
import random
import sqlite3
import time
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path

import pytest

from camviewer.engine.assessments import (
    NO_ASSESSMENT,
    Assessment,
    AssessmentStore,
    Change,
    DamagedAssessments,
    Judgement,
    PictureKey,
    split_tags,
)
from camviewer.engine.errors import CamviewerError

FIRST, SECOND = PictureKey("a1", "00ff"), PictureKey("b2", "11ee")
WRONG, UNSURE = Judgement.WRONG, Judgement.UNSURE


def change(wanted: Assessment, known: Assessment = NO_ASSESSMENT, key=FIRST) -> Change:
    return Change(key, f"{key.id}.jpg", known, wanted)


def test_what_is_kept_is_read_again_and_nothing_is_made_before(tmp_path: Path) -> None:
    store = AssessmentStore(tmp_path)
    assert store.read() == {}
    assert not store.file.exists()
    said = Assessment(WRONG, ("water", "no ear"), "Looks at the “caption”.\nTwice.")
    store.save([change(said), change(Assessment(UNSURE), key=SECOND)])
    kept = AssessmentStore(tmp_path).read()
    assert kept[FIRST].says_as(said)
    assert kept[SECOND].judgement is UNSURE
    assert kept[FIRST].reviewer == ""
    assert kept[FIRST].changed_at.endswith("+00:00")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["review.sqlite"]


def test_what_is_taken_back_is_gone(tmp_path: Path) -> None:
    store = AssessmentStore(tmp_path)
    said = Assessment(WRONG, ("water",), "Why?")
    store.save([change(said)])
    store.save([change(NO_ASSESSMENT, known=said)])
    assert store.read() == {}


def test_a_reviewer_signs_only_when_asked_to(tmp_path: Path) -> None:
    AssessmentStore(tmp_path, "Ada").save([change(Assessment(WRONG))])
    assert AssessmentStore(tmp_path).read()[FIRST].reviewer == "Ada"
    AssessmentStore(tmp_path).save([change(Assessment(UNSURE), known=Assessment(WRONG))])
    assert AssessmentStore(tmp_path).read()[FIRST].reviewer == ""


def test_two_that_say_different_things_lose_nothing_and_are_told(tmp_path: Path) -> None:
    here, there = AssessmentStore(tmp_path), AssessmentStore(tmp_path)
    there.save([change(Assessment(WRONG, ("water",), "It looks at the water."))])
    saved = here.save([change(Assessment(UNSURE, ("blurred",)))])
    assert saved.now[FIRST].says_as(
        Assessment(UNSURE, ("water", "blurred"), "It looks at the water.")
    )
    assert [(one.path, one.field, one.value) for one in saved.overwritten] == [
        ("a1.jpg", "judgement", "wrong")
    ]
    with sqlite3.connect(here.file) as connection:
        kept = connection.execute("SELECT picture, field, value FROM overwritten").fetchall()
    assert kept == [("a1", "judgement", "wrong")]
    connection.close()


def test_saying_the_same_again_overwrites_nothing(tmp_path: Path) -> None:
    store = AssessmentStore(tmp_path)
    store.save([change(Assessment(WRONG))])
    assert store.save([change(Assessment(WRONG))]).overwritten == ()


@pytest.mark.parametrize("content", [b"no database at all, but longer than a header" * 9, None])
def test_a_damaged_file_is_named_put_aside_and_never_overwritten(
    tmp_path: Path, content: bytes | None
) -> None:
    store = AssessmentStore(tmp_path)
    if content is None:
        long = Assessment(WRONG, note="a long note " * 20)
        store.save([change(long, key=PictureKey(f"{number}", "")) for number in range(200)])
        whole = bytearray(store.file.read_bytes())
        whole[4096:] = os.urandom(len(whole) - 4096)
        content = bytes(whole)
    store.file.write_bytes(content)
    with pytest.raises(DamagedAssessments, match=r"review\.sqlite cannot be read: the file is dam"):
        store.read()
    with pytest.raises(DamagedAssessments):
        store.save([change(Assessment(WRONG))])
    assert store.file.read_bytes() == content
    aside = store.put_aside()
    assert aside is not None
    assert (aside.name, aside.read_bytes()) == ("review.damaged.sqlite", content)
    store.save([change(Assessment(WRONG))])
    assert store.put_aside() is None
    assert store.read()[FIRST].judgement is WRONG
    store.file.write_bytes(content)
    again = store.put_aside()
    assert again is not None
    assert again.name == "review.damaged-2.sqlite"


def test_a_file_of_a_later_version_or_another_program_stays_as_it_is(tmp_path: Path) -> None:
    store = AssessmentStore(tmp_path)
    with sqlite3.connect(store.file) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
    connection.close()
    before = store.file.read_bytes()
    for act in (store.read, lambda: store.save([change(Assessment(WRONG))])):
        with pytest.raises(CamviewerError, match="later version of camviewer, or of another"):
            act()
    assert store.file.read_bytes() == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_must_not_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(CamviewerError, match="is not open to you"):
            AssessmentStore(tmp_path).save([change(Assessment(WRONG))])
    finally:
        tmp_path.chmod(0o700)


def test_a_folder_that_is_gone_is_said_in_one_sentence(tmp_path: Path) -> None:
    store = AssessmentStore(tmp_path / "gone")
    with pytest.raises(CamviewerError, match="cannot be reached"):
        store.save([change(Assessment(WRONG))])


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on a file's size")
def test_a_disk_that_takes_no_more_keeps_what_it_had(tmp_path: Path) -> None:
    import resource
    import signal

    store = AssessmentStore(tmp_path)
    store.save([change(Assessment(WRONG))])
    size = store.file.stat().st_size
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limit[1]))
    try:
        with pytest.raises(CamviewerError, match=r"cannot be (reached|kept): "):
            store.save([change(Assessment(UNSURE, note="x" * 3 * size), key=SECOND)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, before)
    assert set(store.read()) == {FIRST}
    store.save([change(Assessment(UNSURE), key=SECOND)])
    assert set(store.read()) == {FIRST, SECOND}


def test_tags_are_read_as_they_are_typed() -> None:
    assert split_tags(" water ,no  ear;water,, ") == ("water", "no ear")


# -- processes ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def processes() -> BaseContext:
    """Processes that begin with what they need imported."""
    context = multiprocessing.get_context("forkserver" if os.name != "nt" else "spawn")
    if os.name != "nt":
        context.set_forkserver_preload([__name__])
    return context


def write_on(folder: Path, name: str, told: Connection, last: int) -> None:
    """Keeps one sentence after the other, and tells each that is kept."""
    store, note = AssessmentStore(folder), ""
    for number in range(last):
        key = PictureKey(f"{name}{number % 7}", "")
        longer = f"{note}Sentence {number} of {name}. "
        known = Assessment(WRONG, note=note) if note else NO_ASSESSMENT
        store.save([change(Assessment(WRONG, note=longer), known=known, key=PictureKey(name, ""))])
        store.save([change(Assessment(UNSURE, note=str(number)), key=key)])
        note = longer
        told.send(number)


def killed_at_random_moments(context: BaseContext, folder: Path, kills: int, seed: int) -> None:
    moments = random.Random(seed)
    for kill in range(kills):
        name = f"writer {kill} "
        mine, theirs = context.Pipe(duplex=False)
        process = context.Process(target=write_on, args=(folder, name, theirs, 10_000))
        process.start()
        theirs.close()
        last = mine.recv()
        time.sleep(moments.uniform(0.0, 0.05))
        process.kill()
        process.join()
        while True:
            try:
                last = mine.recv()
            except EOFError:
                break
        kept = AssessmentStore(folder).read()
        note = kept[PictureKey(name, "")].note
        whole = "".join(f"Sentence {number} of {name}. " for number in range(last + 2))
        assert whole.startswith(note)
        assert note.startswith("".join(f"Sentence {n} of {name}. " for n in range(last + 1)))
        assert kept[PictureKey(f"{name}{last % 7}", "")].judgement is UNSURE
    assert len({key.id for key in kept if key.id.endswith(" ")}) == kills


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_writer_that_is_killed_loses_nothing_that_it_was_told_is_kept(
    processes: BaseContext, tmp_path: Path
) -> None:
    killed_at_random_moments(processes, tmp_path, kills=10, seed=1)


@pytest.mark.exhaustive
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_fifty_kills_lose_nothing(processes: BaseContext, tmp_path: Path) -> None:
    killed_at_random_moments(processes, tmp_path, kills=50, seed=2)


def test_two_programs_that_write_at_once_keep_all(processes: BaseContext, tmp_path: Path) -> None:
    pipes, writers = [], []
    for name in ("here ", "there "):
        mine, theirs = processes.Pipe(duplex=False)
        writers.append(processes.Process(target=write_on, args=(tmp_path, name, theirs, 15)))
        pipes.append(mine)
        writers[-1].start()
        theirs.close()
    for mine, process in zip(pipes, writers, strict=True):
        process.join(60)
        assert process.exitcode == 0
        mine.close()
    kept = AssessmentStore(tmp_path).read()
    for name in ("here ", "there "):
        note = "".join(f"Sentence {number} of {name}. " for number in range(15))
        assert kept[PictureKey(name, "")].note == note
        assert all(kept[PictureKey(f"{name}{n}", "")].judgement is UNSURE for n in range(7))
