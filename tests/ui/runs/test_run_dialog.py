"""A run over a folder in the window: begun, watched, paused, stopped, gone on with, exported."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLineEdit, QMessageBox

from camviewer.engine.batch import RunSettings, batch, open_run
from camviewer.engine.results.run_events import (
    RUN_LINES,
    PictureFailed,
    RunEnded,
    RunProgress,
)
from camviewer.engine.results.targets import AgainstClass
from camviewer.ui.runs.dialog import RunDialog
from camviewer.ui.runs.plan import RunPlan, plan_words
from camviewer.ui.runs.progress_page import RunPage
from tests.engine.small_runs import write_picture
from tests.ui.conftest import PATIENCE
from tests.ui.dialogs import answer_next_question, name_next_file, press
from tests.ui.dragging import drop_on, urls

LONG = 3 * PATIENCE


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    for number in range(3):
        write_picture(tmp_path / "in" / "tench" / f"{number}.jpg", number)
    (tmp_path / "in" / "broken.png").write_text("nothing")
    return tmp_path / "in"


@pytest.fixture
def dialog(window) -> RunDialog:
    QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier(0x06000000))  # Ctrl+Shift
    assert window.runs.dialog is not None
    return window.runs.dialog


def box(dialog: RunDialog, name: str) -> QComboBox:
    (found,) = (b for b in dialog.form.findChildren(QComboBox) if b.accessibleName() == name)
    return found


def edit(dialog: RunDialog, name: str) -> QLineEdit:
    (found,) = (e for e in dialog.form.findChildren(QLineEdit) if e.accessibleName() == name)
    return found


def test_a_dropped_folder_is_explained_and_exported(
    qtbot, dialog, pictures, tmp_path, monkeypatch
) -> None:
    assert not dialog.main_button.isEnabled()
    drop_on(dialog, urls(pictures))
    qtbot.waitUntil(lambda: dialog.form.summary == "4 pictures.", timeout=PATIENCE)
    assert dialog.form.run_edit.text() == str(tmp_path / "in-run")
    box(dialog, "True class").setFocus()
    QTest.keyClick(box(dialog, "True class"), Qt.Key.Key_Down)
    box(dialog, "Maps of").setFocus()
    QTest.keyClick(box(dialog, "Maps of"), Qt.Key.Key_Up)
    press(dialog.main_button)
    with qtbot.waitSignal(dialog.finished_run, timeout=LONG):
        pass
    assert dialog.page.title == "4 pictures are in the table"
    row = dialog.page.failure_list.topLevelItem(0)
    assert (row.text(0), "is not a picture" in row.text(1)) == ("broken.png", True)
    rows = open_run(tmp_path / "in-run").rows()
    assert rows.filter(pl.col("error").is_null())["truth"].to_list() == ["tench"] * 3
    assert not dialog.main_button.isVisible()
    table = tmp_path / "rows.csv"
    name_next_file(table.with_suffix(""))
    press(dialog.csv_button)
    qtbot.waitUntil(lambda: "4 rows are in" in dialog.message, timeout=LONG)
    assert pl.read_csv(table)["path"].len() == 4
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "maps"))
    qtbot.waitUntil(dialog.overlays_button.isEnabled, timeout=PATIENCE)
    press(dialog.overlays_button)
    qtbot.waitUntil(lambda: "The overlays are in" in dialog.message, timeout=LONG)
    assert len(list((tmp_path / "maps").rglob("*.png"))) == 3


def choose(dialog: RunDialog, name: str, title: str) -> None:
    """Takes an entry of a box."""
    chosen = box(dialog, name)
    chosen.setCurrentIndex(chosen.findText(title))
    chosen.activated.emit(chosen.currentIndex())


def test_a_run_explains_the_target_and_keeps_the_scores_that_are_chosen(
    qtbot, dialog, pictures, tmp_path
) -> None:
    form = dialog.form
    form.look_at(pictures)
    qtbot.waitUntil(lambda: form.summary == "4 pictures.", timeout=PATIENCE)
    form.choose_method("finer-cam")
    assert dialog.main_button.isEnabled()
    choose(dialog, "What is explained", "Against this class")
    assert dialog.message == (
        "Finer-CAM cannot explain that: it explains the score of a class, and no other target. "
        "Choose another method, or explain the classes."
    )
    assert not dialog.main_button.isEnabled()
    form.choose_method("grad-cam")
    assert (dialog.message, dialog.main_button.isEnabled()) == ("", True)
    assert box(dialog, "Maps of").isVisible()
    choose(dialog, "What is explained", "What lowers an output…")
    output = box(dialog, "The output that is explained")
    output.popup.close()
    assert dialog.message == "No class or output is chosen for what is explained. Choose one."
    assert output.isVisible()
    assert not dialog.main_button.isEnabled()
    output.showPopup()
    QTest.keyClicks(output.popup.search_field, "tiger cat")
    QTest.keyClick(output.popup.search_field, Qt.Key.Key_Return)
    assert (dialog.message, output.currentText()) == ("", "tiger cat")
    assert not box(dialog, "Maps of").isVisible()
    (tick,) = dialog.form.findChildren(QCheckBox)
    assert "Confidence… in Review" in tick.accessibleDescription()
    tick.setFocus()
    QTest.keyClick(tick, Qt.Key.Key_Space)
    press(dialog.main_button)
    with qtbot.waitSignal(dialog.finished_run, timeout=LONG):
        pass
    run = open_run(tmp_path / "in-run")
    assert run.method_words == "Grad-CAM, tiger cat down"
    assert run.rows()["target"].drop_nulls().to_list() == ["tiger cat down"] * 3
    rows = run.rows().filter(pl.col("target").is_not_null())
    assert rows["logits"].list.len().to_list() == [1000] * 3
    assert rows["features"].list.len().to_list() == [1280] * 3


def test_the_form_of_a_run_takes_the_target_of_the_picture(window, dialog, pictures) -> None:
    dialog.close()
    explored = window.exploration
    explored.set_request(replace(explored.request, method="grad-cam", target=AgainstClass()))
    window.runs.open_over(pictures)
    assert box(dialog, "What is explained").currentText() == "Against this class"
    assert dialog.form.plan.target == "against"
    assert "--target=against" in plan_words(dialog.form.plan)
    explored.set_request(replace(explored.request, target=None))
    window.runs.open()
    assert dialog.form.plan.target == ""


@pytest.mark.slow
def test_a_run_is_paused_stopped_and_gone_on_with(qtbot, window, dialog, pictures) -> None:
    for number in range(3, 2000):
        (pictures / f"{number}.jpg").hardlink_to(pictures / "tench" / "0.jpg")
    dialog.form.look_at(pictures)
    press(dialog.main_button)
    qtbot.waitUntil(lambda: re.match(r"[1-9].* of ", dialog.page.title), timeout=LONG)
    press(dialog.pause_button)
    qtbot.waitUntil(lambda: dialog.page.title == "Paused", timeout=PATIENCE)
    seen = dialog.page.remaining
    qtbot.wait(500)
    assert (dialog.page.title, dialog.page.remaining) == ("Paused", seen)
    answer_next_question(QMessageBox.StandardButton.Cancel)
    window.close()
    assert window.isVisible()
    press(dialog.pause_button)
    qtbot.waitUntil(lambda: not dialog.process.paused, timeout=PATIENCE)
    press(dialog.stop_button)
    qtbot.waitUntil(lambda: dialog.page.title == "Stopped", timeout=PATIENCE)
    assert dialog.main_button.text() == "Resume"
    qtbot.waitUntil(dialog.main_button.isEnabled, timeout=LONG)
    press(dialog.main_button)
    with qtbot.waitSignal(dialog.finished_run, timeout=LONG):
        pass


@pytest.mark.parametrize(
    ("source", "run"),
    [
        ("2024.06", "2024.06-run"),
        ("lists/tiles.v1.CSV", "lists/tiles.v1-run"),
        ("paths.txt", "paths-run"),
    ],
)
def test_a_run_is_suggested_beside_its_pictures_by_their_whole_name(
    dialog, tmp_path, source, run
) -> None:
    dialog.form.look_at(tmp_path / source)
    assert dialog.form.run_edit.text() == str(tmp_path / run)


def test_a_source_without_a_name_is_counted_and_the_run_is_left_to_the_user(
    qtbot, dialog, pictures, monkeypatch
) -> None:
    dialog.form.look_at(pictures)
    monkeypatch.chdir(pictures)
    dialog.form.look_at(Path())
    assert dialog.form.run_edit.text() == ""
    qtbot.waitUntil(lambda: dialog.form.summary == "4 pictures.", timeout=PATIENCE)
    assert not dialog.main_button.isEnabled()


def test_what_cannot_be_read_is_said_until_something_else_is_chosen(
    qtbot, dialog, pictures, tmp_path
) -> None:
    (tmp_path / "in-run").mkdir()
    (tmp_path / "in-run" / "run.json").write_text("{")
    (tmp_path / "empty").mkdir()
    dialog.form.look_at(pictures)
    qtbot.waitUntil(lambda: "cannot be read as a run" in dialog.message, timeout=PATIENCE)
    qtbot.waitUntil(lambda: dialog.form.summary == "4 pictures.", timeout=PATIENCE)
    box(dialog, "True class").setCurrentIndex(1)
    assert "cannot be read as a run" in dialog.message
    dialog.form.look_at(tmp_path / "empty")
    qtbot.waitUntil(lambda: "no pictures in" in dialog.message, timeout=PATIENCE)
    box(dialog, "True class").setCurrentIndex(0)
    assert "no pictures in" in dialog.message
    dialog.form.look_for_run(tmp_path / "other")
    dialog.form.look_at(pictures)
    qtbot.waitUntil(lambda: dialog.message == "", timeout=PATIENCE)


def test_a_run_goes_on_only_once_its_process_is_gone(qtbot, dialog, pictures, monkeypatch) -> None:
    last = RUN_LINES.line(RunEnded(4, 2, 2, 0, 0, stopped=True))
    lingering = (sys.executable, "-c", f"print({last!r}, flush=True); input()")
    monkeypatch.setattr("camviewer.ui.work.event_process.own_command", lambda: lingering)
    dialog.form.look_at(pictures)
    press(dialog.main_button)
    qtbot.waitUntil(lambda: dialog.page.title == "Stopped", timeout=PATIENCE)
    assert dialog.main_button.text() == "Resume"
    assert not dialog.main_button.isEnabled()
    dialog.process.cancel()
    qtbot.waitUntil(dialog.main_button.isEnabled, timeout=PATIENCE)


def test_the_window_asks_before_it_ends_an_export(qtbot, window, dialog, monkeypatch) -> None:
    waiting = (sys.executable, "-c", "import time; time.sleep(60)")
    monkeypatch.setattr("camviewer.ui.work.event_process.own_command", lambda: waiting)
    dialog.export.run([])
    answer_next_question(QMessageBox.StandardButton.Cancel)
    window.close()
    assert window.isVisible()
    assert dialog.export.running
    dialog.export.shut_down()
    assert window.runs.may_close()


@pytest.mark.slow
def test_a_run_with_other_settings_is_refused_and_its_own_go_on(
    qtbot, dialog, pictures, tmp_path
) -> None:
    run = tmp_path / "in-run"
    batch([pictures], run, RunSettings(classes="top1", shard_size=2), shard=(1, 2))
    dialog.form.look_at(pictures)
    qtbot.waitUntil(lambda: "2 of 4 pictures are done" in dialog.message, timeout=PATIENCE)
    assert dialog.main_button.text() == "Resume"
    press(dialog.main_button)
    qtbot.waitUntil(lambda: "has another configuration" in dialog.message, timeout=LONG)
    assert "classes top1 and not top3" in dialog.message
    assert dialog.page.title == "The run could not go on"
    dialog.form.source_edit.clear()
    dialog.form.source_edit.editingFinished.emit()
    (back,) = (b for b in dialog.findChildren(type(dialog.main_button)) if b.text() == "Back")
    press(back)
    qtbot.waitUntil(lambda: dialog.form.found is not None, timeout=PATIENCE)
    qtbot.waitUntil(dialog.main_button.isEnabled, timeout=PATIENCE)
    press(dialog.main_button)
    with qtbot.waitSignal(dialog.finished_run, timeout=LONG):
        pass
    assert set(open_run(run).rows()["rank"].drop_nulls()) == {1}


def test_the_choices_of_the_form_reach_the_command_line() -> None:
    plan = RunPlan(Path("/out"), "/in", "resnet", "grad-cam", "tench, 285", "/truth.csv")
    words = plan_words(plan)
    assert words[:2] == ["batch", "run"]
    for word in ("--output=/out", "--model=resnet", "--classes=tench, 285", "--truth=/truth.csv"):
        assert word in words
    assert words[-2:] == ["--", "/in"]
    assert plan_words(RunPlan(Path("-run")), retry_failed=True) == [
        "batch", "resume", "--json-lines", "--commands", "--retry-failed", "--", "-run",
    ]  # fmt: skip


def test_named_classes_and_a_table_are_asked_for_when_they_are_wanted(dialog, pictures) -> None:
    dialog.form.source_edit.setText(str(pictures))
    dialog.form.run_edit.setText("/out")
    assert dialog.form.plan is not None
    assert not edit(dialog, "Classes").isVisible()
    classes = box(dialog, "Maps of")
    classes.setCurrentIndex(classes.count() - 1)
    assert edit(dialog, "Classes").isVisible()
    assert dialog.form.plan is None
    QTest.keyClicks(edit(dialog, "Classes"), "tench, 285")
    assert dialog.form.plan.classes == "tench, 285"
    classes.setCurrentIndex(classes.findData("truth"))
    assert dialog.form.plan is None
    box(dialog, "True class").setCurrentIndex(2)
    QTest.keyClicks(edit(dialog, "Table of true classes"), "t.csv")
    assert dialog.form.plan.truth == "t.csv"


def test_the_page_tells_rate_remaining_time_and_failures(qtbot) -> None:
    page = RunPage()
    qtbot.addWidget(page)
    page.take(RunProgress(1200, 30, 1, 12.34, 95.0))
    assert page.title == "30 of 1,200 pictures"
    assert page.remaining == "12.3 pictures a second · 2 min left"
    page.take(PictureFailed("a/b.png", "It is empty."))
    assert page.failure_list.topLevelItem(0).text(1) == "It is empty."
    page.take(RunEnded(1200, 30, 30, 1, 0, stopped=True))
    assert page.title == "Stopped"


def test_every_control_of_the_form_can_be_reached_and_named(dialog) -> None:
    for kind in (QComboBox, QLineEdit):
        for control in dialog.form.findChildren(kind):
            if not isinstance(control.parent(), QComboBox):
                assert control.accessibleName(), control
                assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
