"""Teaching a model in the window: choosing pictures, watching, pausing, going on, using it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMessageBox

from camviewer.engine.support.event_lines import Failed
from camviewer.engine.training.events import (
    TRAINING_LINES,
    Epoch,
    Finished,
    Skipped,
    Split,
    Stopped,
)
from camviewer.engine.training.plan import FineTune, TrainingPlan
from camviewer.ui.training.confusion import ConfusionView
from camviewer.ui.training.dialog import TrainingDialog
from camviewer.ui.training.process import plan_words
from camviewer.ui.training.progress_page import ProgressPage
from tests.scenes import make_scenes, write_folder
from tests.ui.conftest import PATIENCE
from tests.ui.dialogs import answer_next_question, spin_box
from tests.ui.dragging import drop_on, urls

LONG = 3 * PATIENCE


@pytest.fixture
def scenes(tmp_path) -> Path:
    scenes = make_scenes(16, seed=2, size=(96, 96), classes=("ring", "dots"))
    folder = write_folder(tmp_path / "shapes", scenes)
    (folder / "ring" / "broken.png").write_text("no picture")
    return folder


@pytest.fixture
def dialog(window) -> TrainingDialog:
    window.actions_by_id["train_head"].trigger()
    assert window.training.dialog is not None
    return window.training.dialog


def test_a_dropped_folder_shows_its_classes_and_can_be_trained_on(qtbot, dialog, scenes) -> None:
    assert not dialog.main_button.isEnabled()
    drop_on(dialog, urls(scenes))
    qtbot.waitUntil(lambda: dialog.form.plan is not None, timeout=PATIENCE)
    rows = [dialog.form.class_list.topLevelItem(row) for row in range(2)]
    assert [(row.text(0), row.text(1)) for row in rows] == [("dots", "8"), ("ring", "9")]
    assert dialog.form.plan == TrainingPlan(scenes, "efficientnet-lite0", "shapes")
    assert dialog.main_button.isEnabled()


def test_a_folder_with_one_class_is_refused_in_a_sentence(qtbot, dialog, tmp_path) -> None:
    write_folder(tmp_path / "one", make_scenes(3, size=(32, 32), classes=("ring",)))
    dialog.form.look_at(tmp_path / "one")
    qtbot.waitUntil(lambda: "only the class ring" in dialog.message, timeout=PATIENCE)
    assert not dialog.main_button.isEnabled()


def test_a_model_is_taught_paused_stopped_resumed_and_used(qtbot, window, dialog, scenes) -> None:
    dialog.form.look_at(scenes)
    qtbot.waitUntil(lambda: dialog.form.plan is not None, timeout=PATIENCE)
    spin_box(dialog.form, "Epochs at most").setValue(300)
    spin_box(dialog.form, "Stop after so many worse epochs").setValue(300)
    dialog.main_button.click()
    qtbot.waitUntil(lambda: len(dialog.progress.epochs) > 1, timeout=LONG)
    assert dialog.progress.skipped_list.topLevelItem(0).text(0) == "ring/broken.png"
    dialog.pause_button.click()
    qtbot.waitUntil(lambda: dialog.process.paused, timeout=PATIENCE)
    assert dialog.progress.title == "Paused"
    assert dialog.pause_button.text() == "Resume"
    seen = len(dialog.progress.epochs)
    qtbot.wait(300)
    assert len(dialog.progress.epochs) == seen
    dialog.pause_button.click()
    qtbot.waitUntil(lambda: len(dialog.progress.epochs) > seen, timeout=PATIENCE)
    dialog.stop_button.click()
    qtbot.waitUntil(lambda: dialog.progress.title == "Stopped", timeout=PATIENCE)
    assert dialog.main_button.text() == "Resume"
    qtbot.waitUntil(dialog.main_button.isEnabled, timeout=LONG)
    dialog.main_button.click()
    with qtbot.waitSignal(dialog.trained, timeout=LONG):
        pass
    assert len(dialog.progress.epochs) == 300
    assert dialog.main_button.text() == "Use this model"
    dialog.main_button.click()
    qtbot.waitUntil(lambda: window.exploration.models.info.title == "shapes", timeout=PATIENCE)
    assert window.exploration.models.info.labels == ("dots", "ring")
    assert window.exploration.models.info.cam_layer == "grid"


def test_a_training_goes_on_only_once_its_process_is_gone(
    qtbot, dialog, scenes, monkeypatch
) -> None:
    last = TRAINING_LINES.line(Failed("The disk is full.", ""))
    lingering = (sys.executable, "-c", f"print({last!r}, flush=True); input()")
    monkeypatch.setattr("camviewer.ui.work.event_process.own_command", lambda: lingering)
    dialog.form.look_at(scenes)
    qtbot.waitUntil(lambda: dialog.form.plan is not None, timeout=PATIENCE)
    dialog.main_button.click()
    qtbot.waitUntil(lambda: "disk is full" in dialog.message, timeout=PATIENCE)
    assert dialog.main_button.isVisible()
    assert not dialog.main_button.isEnabled()
    dialog.process.cancel()
    qtbot.waitUntil(dialog.main_button.isEnabled, timeout=PATIENCE)


def test_settings_of_the_form_reach_the_command_line() -> None:
    plan = TrainingPlan(
        Path("/data"), "base", "-odd name", epochs=7, learning_rate=2.5e-05, convolution=512,
        keep_last_pool=True, fine_tune=FineTune.ALL, validation_share=0.35, flips=False,
    )  # fmt: skip
    words = plan_words(plan, resume=False, restart=True)
    for word in (
        "--epochs=7", "--lr=2.5e-05", "--conv=512", "--keep-last-pool", "--fine-tune=all",
        "--val-share=0.35", "--no-flips", "--restart", "--output=-odd name",
    ):  # fmt: skip
        assert word in words
    assert words[-2:] == ["--", str(Path("/data"))]


def epoch(number: int, phase: str = "head") -> Epoch:
    return Epoch(phase, number, 5, 1 / (number + 1), 0.5, 0.4, 0.75, 1e-3, True, 12.0)


def test_the_page_says_what_is_going_on_and_what_came_of_it(qtbot) -> None:
    page = ProgressPage()
    qtbot.addWidget(page)
    page.take(Split((4, 4), (1, 1)))
    page.take(Skipped("a/b.png", "It is empty."))
    page.take(epoch(1))
    assert page.title == "Training the head: epoch 1 of 5"
    page.take(epoch(0, "fine-tuning"))
    page.take(epoch(1, "fine-tuning"))
    assert [(e.phase, e.epoch) for e in page.epochs] == [("head", 1), ("fine-tuning", 1)]
    page.take(Finished("id", "New", ("a", "b"), 0.5, (1.0, 0.0), ((1, 0), (1, 0)), 65.0))
    assert page.title == "50.0% of 2 pictures found"
    page.take(Stopped(True))
    assert page.title == "Stopped"


def test_a_cell_of_the_confusion_matrix_says_what_it_counts(qtbot) -> None:
    view = ConfusionView()
    qtbot.addWidget(view)
    view.show_counts(("cat", "dog"), ((3, 1), (0, 4)))
    view.resize(400, 300)
    words = {
        (row, column): view.words_at(view.cell_box(row, column).center().toPoint())
        for row in range(2)
        for column in range(2)
    }
    assert words == {
        (0, 0): "cat: 3 of 4 found (75%)",
        (0, 1): "cat: 1 of 4 taken for dog (25%)",
        (1, 0): "dog: 0 of 4 taken for cat (0%)",
        (1, 1): "dog: 4 of 4 found (100%)",
    }
    assert not view.words_at(QPoint(2, 2))


def test_the_window_asks_before_it_ends_a_training(
    qtbot, window, dialog, scenes, monkeypatch
) -> None:
    until_told = (sys.executable, "-c", "input()")
    monkeypatch.setattr("camviewer.ui.work.event_process.own_command", lambda: until_told)
    dialog.form.look_at(scenes)
    qtbot.waitUntil(lambda: dialog.form.plan is not None, timeout=PATIENCE)
    dialog.start()
    answer_next_question(QMessageBox.StandardButton.Cancel)
    window.close()
    assert window.isVisible()
    assert dialog.process.running
    answer_next_question(QMessageBox.StandardButton.Yes)
    window.close()
    assert not dialog.process.running


@pytest.mark.slow
def test_a_training_that_ended_with_the_window_can_go_on(qtbot, window, dialog, scenes) -> None:
    dialog.form.look_at(scenes)
    qtbot.waitUntil(lambda: dialog.form.plan is not None, timeout=PATIENCE)
    spin_box(dialog.form, "Epochs at most").setValue(5000)
    spin_box(dialog.form, "Stop after so many worse epochs").setValue(5000)
    dialog.start()
    qtbot.waitUntil(lambda: len(dialog.progress.epochs) > 1, timeout=LONG)
    answer_next_question(QMessageBox.StandardButton.Yes)
    window.close()
    assert not dialog.process.running
    assert dialog.form.plan is not None
    from camviewer.engine.training.run_place import was_begun

    assert was_begun(dialog.form.plan)


def test_every_control_of_the_form_can_be_reached_and_named(dialog) -> None:
    from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit

    dialog.form.advanced.toggle.click()
    kinds = (QAbstractSpinBox, QComboBox, QLineEdit)
    controls = [
        control
        for kind in kinds
        for control in dialog.form.findChildren(kind)
        if not isinstance(control.parent(), QAbstractSpinBox | QComboBox)
    ]
    assert len(controls) >= 10
    for control in controls:
        assert control.accessibleName(), control
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
