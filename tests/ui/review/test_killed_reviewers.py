"""The window's process is killed while somebody judges and writes notes: what was said is there."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.synthetic_runs import begin_synthetic_run, write_shards
from camviewer.engine.assessments import AssessmentStore

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

TYPIST = """
import sys
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from camviewer.engine.assessments import Judgement
from camviewer.engine.render import Look
from camviewer.ui.app.launch import make_application
from camviewer.ui.review import ReviewControl
from camviewer.ui.state import Settings

run, begun = Path(sys.argv[1]), int(sys.argv[2])
QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(run.parent))
app = make_application()
window = QWidget()
review = ReviewControl(Look(), Settings(), window)
review.workplace.resize(1280, 800)
window.resize(1280, 800)
window.show()
review.open(run)
gallery, panel = review.workplace.gallery, review.workplace.detail.assessment


def wait_for(condition):
    while not condition():
        app.processEvents()


wait_for(lambda: gallery.cards.rowCount() and review.judging.keeper.is_kept)
gallery.setFocus()
QTest.keyClick(gallery, Qt.Key.Key_Home)
for _ in range(begun):
    QTest.keyClick(gallery, Qt.Key.Key_Right)
QTest.keyClick(gallery, Qt.Key.Key_3)
QTest.keyClick(gallery, Qt.Key.Key_N)
for number in range(10_000):
    QTest.keyClicks(panel.note, f"Sentence {number} is typed. ")
    wait_for(lambda: panel.note.is_handed_out and panel.state_words == "Kept")
    print(number, flush=True)
"""


def killed_while_typing(run: Path, kills: int, seed: int) -> None:
    moments = random.Random(seed)
    ids = []
    for kill in range(kills):
        command = [sys.executable, "-c", TYPIST, str(run), str(kill)]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env=environment
        ) as typist:
            assert typist.stdout is not None
            told = typist.stdout.readline()
            time.sleep(moments.uniform(0.0, 1.0))
            typist.kill()
            last = int((told + typist.stdout.read()).splitlines()[-1])
        said = AssessmentStore(run).read()
        (new,) = [key for key in said if key not in ids]
        ids.append(new)
        kept = "".join(f"Sentence {number} is typed. " for number in range(last + 1))
        note = said[new].note
        assert note.startswith(kept)
        assert f"{kept}Sentence {last + 1} is typed. Sentence {last + 2}".startswith(note)
        assert said[new].judgement == "wrong"
    assert len(said) == kills


@pytest.fixture
def run(tmp_path: Path) -> Path:
    path = tmp_path / "run"
    write_shards(begin_synthetic_run(path, 60, shard_size=60))
    return path


@pytest.mark.slow
def test_a_killed_window_loses_at_most_the_sentence_being_typed(run: Path) -> None:
    killed_while_typing(run, kills=3, seed=1)


@pytest.mark.exhaustive
@pytest.mark.timeout(1200)
def test_fifty_killed_windows_lose_at_most_the_sentence_being_typed(run: Path) -> None:
    killed_while_typing(run, kills=50, seed=2)
