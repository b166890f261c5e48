"""A slow map in the real window: it refines, can be stopped, and gives way to another wish."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QSpinBox
from pytestqt.qtbot import QtBot

from camviewer.engine.methods import find_method
from camviewer.engine.results.messages import Explanation, ScoreKind
from camviewer.ui.explain.method_box import MethodBox
from camviewer.ui.explain.option_form import OptionRows
from camviewer.ui.explain.progress_row import WorkRow
from camviewer.ui.widgets.headed_list import DETAIL
from camviewer.ui.widgets.segmented_control import Segmented
from camviewer.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE


def choose(window: MainWindow, method: str) -> None:
    box = next(
        child
        for child in window.panel.findChildren(QComboBox)
        if child.accessibleName() == "Method"
    )
    box.setCurrentIndex(box.findText(find_method(method).info.title))


def shown(window: MainWindow) -> Explanation:
    explanation = window.exploration.explanation
    assert explanation is not None
    return explanation


def wait_under_way(qtbot: QtBot, window: MainWindow, method: str) -> None:
    qtbot.waitUntil(
        lambda: shown(window).method.id == method and shown(window).underway, timeout=PATIENCE
    )


def test_escape_keeps_the_map_as_far_as_it_is_and_says_so(
    qtbot: QtBot, with_cat: MainWindow
) -> None:
    choose(with_cat, "occlusion")
    wait_under_way(qtbot, with_cat, "occlusion")
    assert "Esc stops" in with_cat.status.text
    assert with_cat.actions_by_id["stop"].isEnabled()
    qtbot.keyClick(with_cat, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shown(with_cat).underway, timeout=PATIENCE)
    share = shown(with_cat).share
    assert 0 < share < 1
    assert f"stopped at {share:.0%}" in with_cat.status.text
    assert not with_cat.actions_by_id["stop"].isEnabled()


def test_escape_stops_a_map_while_a_message_is_there_and_then_closes_that(
    qtbot: QtBot, with_cat: MainWindow
) -> None:
    choose(with_cat, "occlusion")
    wait_under_way(qtbot, with_cat, "occlusion")
    with_cat.picture_area.notice.show_error("The file b.png is not a picture.")
    qtbot.keyClick(with_cat, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shown(with_cat).underway, timeout=PATIENCE)
    assert shown(with_cat).share < 1
    assert with_cat.picture_area.notice.isVisible()
    qtbot.keyClick(with_cat, Qt.Key.Key_Escape)
    assert not with_cat.picture_area.notice.isVisible()


def test_the_time_is_told_before_and_a_button_stops_the_map_and_goes_on(
    qtbot: QtBot, with_cat: MainWindow
) -> None:
    panel = with_cat.panel
    panel.set_forecasts([("occlusion", 40.0), ("layercam", 0.1)])
    box, row = panel.findChild(MethodBox), panel.findChild(WorkRow)
    times = {box.itemText(n): box.itemData(n, DETAIL) for n in range(box.count())}
    assert times["Occlusion"] == "40 s"
    assert not times["LayerCAM"]
    assert row.isHidden()

    choose(with_cat, "occlusion")
    assert row.isVisible()
    assert row.words == "About 40 s on this machine"
    assert row.stop_button.isVisible()
    wait_under_way(qtbot, with_cat, "occlusion")
    assert "left" in row.words
    qtbot.mouseClick(row.stop_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not shown(with_cat).underway, timeout=PATIENCE)
    stopped = shown(with_cat)
    assert stopped.share < 1
    assert not row.stop_button.isVisible()

    assert row.words.startswith(f"Stopped at {stopped.share:.0%}")
    qtbot.mouseClick(row.rest_button, Qt.MouseButton.LeftButton)
    assert row.stop_button.isVisible()
    assert not row.rest_button.isVisible()
    wait_under_way(qtbot, with_cat, "occlusion")
    assert shown(with_cat).share > shown(with_cat).share_before >= stopped.share
    choose(with_cat, "grad-cam")
    assert "Stopped" not in row.words
    assert not row.rest_button.isVisible()


def test_a_method_that_is_stopped_before_it_began_gives_the_map_before_back(
    qtbot: QtBot, with_cat: MainWindow
) -> None:
    before = shown(with_cat)
    choose(with_cat, "occlusion")
    assert with_cat.actions_by_id["stop"].isEnabled()
    with_cat.actions_by_id["stop"].trigger()  # the model's thread has not taken it up yet
    qtbot.waitUntil(lambda: not with_cat.exploration.is_working, timeout=PATIENCE)
    kept = shown(with_cat)
    assert kept is before or kept.share < 0.1
    assert with_cat.exploration.request.method == kept.method.id
    assert not with_cat.actions_by_id["stop"].isEnabled()


def test_another_class_begins_the_map_anew_and_another_method_ends_it(
    qtbot: QtBot, with_cat: MainWindow
) -> None:
    choose(with_cat, "occlusion")
    wait_under_way(qtbot, with_cat, "occlusion")
    other = with_cat.exploration.verdict.top(2)[1]
    with_cat.exploration.choose_class(other)
    qtbot.waitUntil(
        lambda: shown(with_cat).class_index == other and shown(with_cat).underway, timeout=PATIENCE
    )
    assert shown(with_cat).share < 0.5
    choose(with_cat, "grad-cam")
    qtbot.waitUntil(lambda: shown(with_cat).method.id == "grad-cam", timeout=PATIENCE)
    assert not shown(with_cat).underway
    assert shown(with_cat).share == 1.0


def test_options_and_score_appear_where_the_method_has_them(
    qtbot: QtBot, with_cat: MainWindow
) -> None:
    options = with_cat.panel.findChild(OptionRows)
    score = next(
        child
        for child in with_cat.panel.findChildren(Segmented)
        if child.accessibleName() == "Score"
    )
    assert not options.isVisible()
    assert not score.isVisible()
    choose(with_cat, "grad-cam")
    assert score.isVisible()
    qtbot.mouseClick(score.segment(ScoreKind.PROBABILITY), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown(with_cat).heatmap.unit == "probability", timeout=PATIENCE)
    assert "of the probability" in with_cat.status.text
    choose(with_cat, "occlusion")
    assert options.isVisible()
    patch = next(box for box in options.findChildren(QSpinBox) if box.accessibleName() == "Patch")
    patch.setValue(112)
    qtbot.waitUntil(
        lambda: dict(shown(with_cat).request.options).get("patch") == 112, timeout=PATIENCE
    )
