"""Pictures of a run judged, tagged and noted in the window, with mouse and keyboard."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QInputDialog, QLineEdit, QMessageBox

from benchmarks.synthetic_runs import begin_synthetic_run, write_shards
from camviewer.engine.assessments import Assessment, AssessmentStore, Change, Judgement
from camviewer.engine.batch import open_run
from camviewer.ui.review.assessment_panel import AssessmentPanel
from camviewer.ui.review.control import ReviewControl
from camviewer.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE
from tests.ui.dragging import drop_on, urls
from tests.ui.reviewing import reviewed, shows

COUNT = 30
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
WRONG, UNSURE = Judgement.WRONG, Judgement.UNSURE


@pytest.fixture(autouse=True)
def quits_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window that cannot keep something is closed all the same when its test has failed."""
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    path = tmp_path / "run"
    write_shards(begin_synthetic_run(path, COUNT, shard_size=20))
    return path


@pytest.fixture
def review(qtbot, window: MainWindow, run: Path) -> ReviewControl:
    """The review of the run, with the keyboard at its first picture."""
    window.resize(1280, 800)
    review = reviewed(qtbot, window, run, COUNT)
    gallery = review.workplace.gallery
    gallery.setFocus()
    QTest.keyClick(gallery, Qt.Key.Key_Home)
    assert gallery.current_number is not None
    return review


def panel(review: ReviewControl) -> AssessmentPanel:
    return review.workplace.detail.assessment


def press(review: ReviewControl, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(review.workplace.gallery, key)


def kept(qtbot, review: ReviewControl, run: Path) -> dict[str, Assessment]:
    """What is on the disk once the panel says so, by path."""
    qtbot.waitUntil(lambda: panel(review).state_words == "Kept", timeout=PATIENCE)
    rows = open_run(run).rows()
    paths = dict(zip(rows["id"], rows["path"], strict=True))
    return {paths[key.id]: said for key, said in AssessmentStore(run).read().items()}


def place(review: ReviewControl) -> int:
    return review.workplace.gallery.currentIndex().row()


def test_keys_judge_and_ctrl_z_takes_the_last_one_back(qtbot, review, run) -> None:
    paths = open_run(run).rows()["path"].to_list()
    press(review, Qt.Key.Key_3, Qt.Key.Key_Right, Qt.Key.Key_1, Qt.Key.Key_Space, Qt.Key.Key_4)
    assert place(review) == 2
    assert panel(review).button(UNSURE).isChecked()
    qtbot.waitUntil(lambda: panel(review).progress_words == "3 of 30 judged", timeout=PATIENCE)
    found = kept(qtbot, review, run)
    assert [found[path].judgement for path in paths[:3]] == [
        WRONG, Judgement.RIGHT_REASON, UNSURE,
    ]  # fmt: skip
    assert all(said.reviewer == "" for said in found.values())
    press(review, Qt.Key.Key_Home)
    QTest.keyClick(review.workplace.gallery, Qt.Key.Key_Z, CTRL)
    assert place(review) == 2
    assert not panel(review).button(UNSURE).isChecked()
    press(review, Qt.Key.Key_Left, Qt.Key.Key_0)
    qtbot.waitUntil(lambda: panel(review).progress_words == "1 of 30 judged", timeout=PATIENCE)
    assert {path: said.judgement for path, said in kept(qtbot, review, run).items()} == {
        paths[0]: WRONG
    }
    cards = review.workplace.gallery.cards
    assert "Judged: Wrong" in cards.words(cards.number_at(0)).all


def test_a_button_judges_and_a_second_click_takes_it_away(qtbot, review, run) -> None:
    button = panel(review).button(Judgement.WRONG_REASON)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    (said,) = kept(qtbot, review, run).values()
    assert said.judgement is Judgement.WRONG_REASON
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not kept(qtbot, review, run)


@pytest.mark.slow
def test_a_judgement_goes_on_to_the_next_picture_when_wanted(qtbot, review, run) -> None:
    panel(review).go_on.trigger()
    press(review, Qt.Key.Key_3, Qt.Key.Key_3, Qt.Key.Key_2)
    assert place(review) == 3
    QTest.keyClick(review.workplace.gallery, Qt.Key.Key_Z, CTRL)
    assert place(review) == 2
    assert len(kept(qtbot, review, run)) == 2


def test_a_note_is_kept_while_it_is_typed_and_is_there_again(qtbot, window, review, run) -> None:
    press(review, Qt.Key.Key_N)
    note = panel(review).note
    assert note.hasFocus()
    QTest.keyClicks(note, "It looks at the caption 1. ")
    QTest.keyClicks(note, "And at")
    qtbot.waitUntil(lambda: note.is_handed_out, timeout=PATIENCE)
    (said,) = kept(qtbot, review, run).values()
    assert (said.note, said.judgement) == ("It looks at the caption 1. And at", None)
    QTest.keyClick(note, Qt.Key.Key_Escape)
    assert review.workplace.gallery.hasFocus()
    press(review, Qt.Key.Key_Right)
    assert note.toPlainText() == ""
    press(review, Qt.Key.Key_Left)
    assert note.toPlainText() == said.note
    drop_on(review.workplace, urls(run))  # opened anew
    qtbot.waitUntil(lambda: place(review) == -1, timeout=PATIENCE)
    shows(qtbot, review, COUNT)
    press(review, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: note.toPlainText() == said.note, timeout=PATIENCE)


def test_what_is_typed_last_is_kept_when_the_window_closes(qtbot, window, review, run) -> None:
    press(review, Qt.Key.Key_N)
    QTest.keyClicks(panel(review).note, "Half a sent")
    window.close()
    (said,) = AssessmentStore(run).read().values()
    assert said.note == "Half a sent"


def test_several_pictures_are_judged_and_tagged_together(qtbot, review, run) -> None:
    gallery = review.workplace.gallery
    press(review, Qt.Key.Key_T)
    tags = panel(review).tags
    QTest.keyClicks(tags, "water, caption")
    QTest.keyClick(tags, Qt.Key.Key_Return)
    assert gallery.hasFocus()
    for _ in range(2):
        QTest.keyClick(gallery, Qt.Key.Key_Right, SHIFT)
    assert gallery.selected_count == 3
    assert not panel(review).note.isEnabled()
    assert tags.text() == ""  # what all three have
    press(review, Qt.Key.Key_3, Qt.Key.Key_T)
    completer = tags.completer()
    assert completer is not None
    qtbot.waitUntil(lambda: completer.model().rowCount() == 2, timeout=PATIENCE)
    QTest.keyClicks(tags, "Cap")
    assert completer.currentCompletion() == "caption"
    popup = completer.popup()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    QTest.keyClick(tags, Qt.Key.Key_Return)
    paths = open_run(run).rows()["path"].to_list()
    found = kept(qtbot, review, run)
    assert [found[path].tags for path in paths[:3]] == [
        ("water", "caption"), ("caption",), ("caption",),
    ]  # fmt: skip
    assert {said.judgement for said in found.values()} == {WRONG}
    QTest.keyClick(gallery, Qt.Key.Key_Z, CTRL)  # the tag
    QTest.keyClick(gallery, Qt.Key.Key_Z, CTRL)  # the judgement
    assert {path: said.tags for path, said in kept(qtbot, review, run).items()} == {
        paths[0]: ("water", "caption")
    }


def test_filters_and_the_order_know_what_was_said(qtbot, review, run) -> None:
    parts = review.workplace
    cards = parts.gallery.cards
    press(review, Qt.Key.Key_3, Qt.Key.Key_Right, Qt.Key.Key_4)
    first = [cards.number_at(at) for at in range(3)]
    box = parts.view_bar.sort_box
    box.setCurrentIndex(box.findText("Judgement"))
    qtbot.waitUntil(lambda: cards.number_at(0) == first[2], timeout=PATIENCE)
    assert [cards.number_at(COUNT - 2), cards.number_at(COUNT - 1)] == first[:2]
    QTest.mouseClick(parts.filters.add_button, Qt.MouseButton.LeftButton)
    form = parts.filters.form
    assert form is not None
    boxes = {one.accessibleName(): one for one in form.findChildren(QComboBox)}
    QTest.keyClicks(boxes["Judgement"], "Uns")
    path = next(e for e in form.findChildren(QLineEdit) if e.accessibleName() == "Path has")
    QTest.keyClick(path, Qt.Key.Key_Return)
    shows(qtbot, review, 1)
    assert cards.number_at(0) == first[1]
    assert [chip.text() for chip in parts.filters.chips] == ["judged unsure  ×"]
    again = parts.view_bar.again_button
    assert not again.isVisible()
    parts.gallery.setFocus()
    press(review, Qt.Key.Key_Home, Qt.Key.Key_2)
    assert cards.rowCount() == 1
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    shows(qtbot, review, 0)
    assert not again.isVisible()


def test_what_cannot_be_kept_stays_in_the_window_and_is_tried_again(qtbot, review, run) -> None:
    notice = review.workplace.notice
    (run / "review.sqlite").mkdir()
    press(review, Qt.Key.Key_3)
    qtbot.waitUntil(notice.isVisible, timeout=PATIENCE)
    assert "cannot be reached" in notice.text
    assert "kept in this window and tried again" in notice.text
    assert panel(review).state_words == "Not kept yet"
    assert panel(review).button(WRONG).isChecked()
    (run / "review.sqlite").rmdir()
    press(review, Qt.Key.Key_Right, Qt.Key.Key_4)
    assert sorted(said.judgement for said in kept(qtbot, review, run).values()) == [UNSURE, WRONG]
    assert "The judgements are kept now." in notice.text


def test_closing_asks_before_what_cannot_be_kept_is_lost(
    qtbot, window, review, run, monkeypatch
) -> None:
    asked: list[str] = []

    def cancel(_parent: object, _title: str, words: str, *_: object) -> object:
        asked.append(words)
        return QMessageBox.StandardButton.Cancel

    monkeypatch.setattr(QMessageBox, "question", cancel)
    (run / "review.sqlite").mkdir()
    press(review, Qt.Key.Key_3)
    qtbot.waitUntil(review.workplace.notice.isVisible, timeout=PATIENCE)
    window.close()
    assert window.isVisible()
    assert "cannot be reached" in asked[0]
    (run / "review.sqlite").rmdir()
    window.close()
    assert not window.isVisible()
    assert len(asked) == 1
    (said,) = AssessmentStore(run).read().values()
    assert said.judgement is WRONG


@pytest.mark.slow
def test_what_is_left_of_a_run_is_kept_after_another_is_opened(
    qtbot, window, review, run, tmp_path
) -> None:
    other = tmp_path / "other"
    write_shards(begin_synthetic_run(other, 5))
    (run / "review.sqlite").mkdir()
    press(review, Qt.Key.Key_3)
    qtbot.waitUntil(review.workplace.notice.isVisible, timeout=PATIENCE)
    window.workplaces.open_run(other)
    shows(qtbot, review, 5)
    assert panel(review).progress_words != "1 of 5 judged"
    (run / "review.sqlite").rmdir()
    window.workplaces.open_run(run)
    shows(qtbot, review, COUNT)
    (said,) = kept(qtbot, review, run).values()
    assert said.judgement is WRONG
    assert not AssessmentStore(other).file.exists()


def test_a_file_that_is_removed_is_written_again(qtbot, review, run) -> None:
    press(review, Qt.Key.Key_3)
    before = kept(qtbot, review, run)
    file = AssessmentStore(run).file
    file.unlink()
    qtbot.waitUntil(file.exists, timeout=PATIENCE)
    assert [said.judgement for said in kept(qtbot, review, run).values()] == [WRONG]
    assert before
    assert "was removed, and is written again" in review.workplace.notice.text


@pytest.mark.slow
def test_a_folder_that_is_out_of_reach_for_a_while_loses_nothing(qtbot, review, run) -> None:
    press(review, Qt.Key.Key_3)
    kept(qtbot, review, run)
    away = run.rename(run.with_name("away"))
    notice = review.workplace.notice
    qtbot.waitUntil(lambda: "cannot be reached" in notice.text, timeout=PATIENCE)
    press(review, Qt.Key.Key_Right, Qt.Key.Key_4)
    assert panel(review).button(UNSURE).isChecked()
    qtbot.waitUntil(lambda: panel(review).state_words == "Not kept yet", timeout=PATIENCE)
    away.rename(run)
    press(review, Qt.Key.Key_Right, Qt.Key.Key_4)
    judged = [said.judgement for said in kept(qtbot, review, run).values()]
    assert sorted(map(str, judged)) == ["unsure", "unsure", "wrong"]


@pytest.mark.slow
def test_a_damaged_file_is_put_aside_and_said_so(qtbot, review, run) -> None:
    content = b"not a database, but long enough to be taken for one" * 9
    (run / "review.sqlite").write_bytes(content)
    press(review, Qt.Key.Key_3)
    qtbot.waitUntil(review.workplace.notice.isVisible, timeout=PATIENCE)
    assert "is now called review.damaged.sqlite" in review.workplace.notice.text
    assert (run / "review.damaged.sqlite").read_bytes() == content
    assert len(kept(qtbot, review, run)) == 1


def test_what_another_program_says_is_shown(qtbot, review, run) -> None:
    press(review, Qt.Key.Key_3)
    (key,) = (kept(qtbot, review, run), AssessmentStore(run).read())[1]
    before = Assessment(WRONG)
    other = Change(key, "", before, Assessment(WRONG, ("theirs",), "Said elsewhere."))
    AssessmentStore(run).save([other])
    note = panel(review).note
    qtbot.waitUntil(lambda: note.toPlainText() == "Said elsewhere.", timeout=PATIENCE)
    assert panel(review).tags.text() == "theirs"


def test_a_selection_goes_out_as_a_table_with_its_judgements(
    qtbot, review, run, tmp_path, monkeypatch
) -> None:
    file = tmp_path / "selection.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    press(review, Qt.Key.Key_2)
    QTest.keyClick(review.workplace.gallery, Qt.Key.Key_Right, SHIFT)
    menu = review.workplace.export_selection_button.menu()
    next(action for action in menu.actions() if action.text().startswith("Table")).trigger()
    notice = review.workplace.notice
    qtbot.waitUntil(lambda: "The table is saved." in notice.text, timeout=PATIENCE)
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["path"] for row in rows] == open_run(run).rows()["path"].to_list()[:2]
    assert [row["judgement"] for row in rows] == ["right for the wrong reason", ""]


@pytest.mark.slow
def test_a_name_is_kept_only_when_one_signs(qtbot, review, run, monkeypatch) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("Ada", True))
    panel(review).sign.trigger()
    press(review, Qt.Key.Key_3)
    (said,) = kept(qtbot, review, run).values()
    assert said.reviewer == "Ada"
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("", True))
    panel(review).sign.trigger()
    assert not panel(review).sign.isChecked()
    press(review, Qt.Key.Key_4)
    (said,) = kept(qtbot, review, run).values()
    assert said.reviewer == ""
