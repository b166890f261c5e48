"""Trust in the window: the card, the sanity check, the comparison, and regions."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from camviewer.engine.geometry.region import Region
from camviewer.engine.trust.messages import Baseline, TrustOptions
from camviewer.ui.trust.panel import State
from camviewer.ui.widgets.tick_menu import TickMenu
from camviewer.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE

FAST = TrustOptions(
    steps=2, random_maps=1, baselines=(Baseline.BLUR,), road_fractions=(0.5,), budget=600
)
LONG = replace(FAST, random_maps=1000)
"""Goes on until it is stopped, which every one of its short steps heeds."""


@pytest.fixture
def window_with_cat(with_cat: MainWindow) -> MainWindow:
    with_cat.resize(1280, 800)
    with_cat.trust.options = FAST
    return with_cat


def measured(qtbot, window: MainWindow) -> None:
    window.actions_by_id["trust"].trigger()
    qtbot.waitUntil(lambda: window.trust.panel.state is State.DONE, timeout=PATIENCE)


def test_the_panel_is_hidden_until_it_is_asked_for(window_with_cat: MainWindow) -> None:
    assert window_with_cat.trust_dock.isHidden()
    assert window_with_cat.trust.panel.state is State.EMPTY
    assert "beside the same number for a random map" in window_with_cat.trust.panel.words


def test_the_action_measures_the_map_on_screen(qtbot, window_with_cat: MainWindow) -> None:
    window = window_with_cat
    measured(qtbot, window)
    panel = window.trust.panel

    assert not window.trust_dock.isHidden()
    assert panel.card is not None
    assert panel.card.explanation is window.exploration.explanation
    assert "Blurring the map's strongest 50% of pixels" in panel.words
    assert "a random map" in panel.words
    row = next(row for row in panel.table.words() if row[0].startswith("Deletion, blur"))
    assert len(row) == 4
    assert "–" not in row


def test_numbers_of_the_map_before_say_so(qtbot, window_with_cat: MainWindow) -> None:
    window = window_with_cat
    measured(qtbot, window)
    window.exploration.choose_class(285)
    qtbot.waitUntil(lambda: window.trust.panel.is_stale, timeout=PATIENCE)

    assert "for the map before" in window.trust.panel.words
    measured(qtbot, window)
    assert not window.trust.panel.is_stale


def test_measuring_can_be_stopped_and_gives_way_to_another_map(
    qtbot, window_with_cat: MainWindow
) -> None:
    window = window_with_cat
    window.trust.options = LONG
    window.actions_by_id["trust"].trigger()
    qtbot.waitUntil(lambda: window.trust.panel.card is not None, timeout=PATIENCE)
    window.exploration.choose_class(285)

    qtbot.waitUntil(lambda: window.trust.panel.state is State.STOPPED, timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.exploration.explanation.class_index == 285, timeout=PATIENCE)
    window.actions_by_id["trust"].trigger()
    assert window.trust.panel.state is State.RUNNING
    window.trust.stop()
    assert window.trust.panel.state is not State.RUNNING


def test_a_map_is_measured_once_it_is_made(qtbot, window_with_cat: MainWindow) -> None:
    explored, panel = window_with_cat.exploration, window_with_cat.trust.panel
    assert panel.button.isEnabled()
    explored.set_request(replace(explored.request, method="occlusion", options=()))
    qtbot.waitUntil(lambda: explored.explanation.underway, timeout=PATIENCE)
    assert not panel.button.isEnabled()
    explored.finish_early()
    qtbot.waitUntil(lambda: not explored.explanation.underway, timeout=PATIENCE)
    assert panel.button.isEnabled()


def test_another_picture_clears_the_card(qtbot, window_with_cat: MainWindow, coffee: Path) -> None:
    window = window_with_cat
    measured(qtbot, window)
    window.open_paths([coffee])

    qtbot.waitUntil(lambda: window.trust.panel.card is None, timeout=PATIENCE)
    assert window.trust.panel.state is State.EMPTY


def test_the_sanity_check_says_whether_the_map_changes(qtbot, window_with_cat: MainWindow) -> None:
    window = window_with_cat
    window.trust.check_sanity()

    qtbot.waitUntil(lambda: "as it should" in window.trust.panel.words, timeout=PATIENCE)
    table = window.trust.panel.sanity_table
    qtbot.waitUntil(lambda: len(table.words()) == 5, timeout=PATIENCE)
    assert [row[0] for row in table.words()][::4] == ["Class weights", "All layers"]
    assert all(-1.0 <= float(row[1].replace("\N{MINUS SIGN}", "-")) <= 1.0 for row in table.words())


def test_a_click_in_the_comparison_adopts_the_method(qtbot, window_with_cat: MainWindow) -> None:
    window = window_with_cat
    window.actions_by_id["compare"].trigger()
    dialog = window.comparing.dialog
    assert dialog is not None
    for action in dialog.findChildren(type(window.actions_by_id["compare"])):
        if action.data():
            action.setChecked(action.data() in ("cam", "layercam"))
    dialog.measure_box.setCurrentIndex(dialog.measure_box.findData("average-drop"))
    dialog.start_button.click()
    qtbot.waitUntil(lambda: dialog.view.count() == 4, timeout=PATIENCE)
    qtbot.waitUntil(lambda: dialog.start_button.text() == "Compare", timeout=PATIENCE)

    (item,) = [i for row in range(4) if "LayerCAM" in (i := dialog.view.item(row)).text()]
    place = dialog.view.visualItemRect(item).center()
    QTest.mouseClick(dialog.view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    qtbot.waitUntil(
        lambda: window.exploration.explanation.method.id == "layercam", timeout=PATIENCE
    )
    dialog.close()


def test_the_comparison_says_what_it_will_do_until_there_are_maps(
    qtbot, window_with_cat: MainWindow
) -> None:
    window = window_with_cat
    window.actions_by_id["compare"].trigger()
    dialog = window.comparing.dialog
    assert dialog is not None
    assert f"each of {len(dialog.chosen)} methods" in dialog.said
    assert "brings the class back early" in dialog.said
    assert "what does not beat both says little" in dialog.said
    dialog.measure_box.setCurrentIndex(dialog.measure_box.findData("stability"))
    assert "a steady map moves with it" in dialog.said
    assert "no merit of theirs" in dialog.said

    dialog.start_button.click()
    assert "Making the first map" in dialog.said
    qtbot.waitUntil(lambda: dialog.view.count() > 0, timeout=PATIENCE)
    assert dialog.said == ""
    dialog.close()


def test_the_menu_of_compared_methods_stays_open_while_they_are_ticked(
    qtbot, window_with_cat: MainWindow
) -> None:
    window_with_cat.actions_by_id["compare"].trigger()
    dialog = window_with_cat.comparing.dialog
    assert dialog is not None
    menu = dialog.findChild(TickMenu)
    menu.popup(QPoint(0, 0))
    for method in ("score-cam", "cam"):
        action = next(action for action in menu.actions() if action.data() == method)
        was = method in dialog.chosen
        place = menu.actionGeometry(action).center()
        QTest.mouseMove(menu, place)
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)
        assert (method in dialog.chosen) is not was
        assert menu.isVisible()
    menu.close()
    dialog.close()


def drag(window: MainWindow, start: tuple[float, float], stop: tuple[float, float]) -> None:
    """Draws on the canvas, in source pixels."""
    tool, canvas = window.regions.tool, window.picture_area.canvas
    first, last = (canvas.to_view(*place).toPoint() for place in (start, stop))
    QTest.mousePress(tool, Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(tool, (first + last) / 2)
    QTest.mouseMove(tool, last)
    QTest.mouseRelease(tool, Qt.MouseButton.LeftButton, pos=last)


def test_a_dragged_rectangle_is_scored_and_escape_removes_it(
    qtbot, window_with_cat: MainWindow
) -> None:
    window = window_with_cat
    tool = window.regions.tool
    window.actions_by_id["region"].trigger()
    assert tool.active
    drag(window, (120.0, 40.0), (270.0, 190.0))
    qtbot.waitUntil(lambda: tool.score is not None, timeout=PATIENCE)

    share = tool.score.share
    assert share is not None
    assert share.inside + share.outside + share.bias == pytest.approx(share.logit, rel=1e-4)
    assert tool.region.bounds == pytest.approx((120, 40, 270, 190), abs=1.0)
    assert "logit" in tool.card.words
    assert "Blurred, tiger cat goes from 39%" in tool.card.words
    assert not window.actions_by_id["region"].isChecked()

    QTest.keyClick(tool, Qt.Key.Key_Escape)
    assert tool.region is None
    assert tool.card.isHidden()


def test_the_keyboard_makes_moves_and_sizes_a_region(qtbot, window_with_cat: MainWindow) -> None:
    tool = window_with_cat.regions.tool
    window_with_cat.actions_by_id["region"].trigger()
    QTest.keyClick(tool, Qt.Key.Key_Right)
    first = tool.region.bounds
    QTest.keyClick(tool, Qt.Key.Key_Right)
    QTest.keyClick(tool, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    second = tool.region.bounds

    assert second[0] > first[0]
    assert second[2] - second[0] == pytest.approx(first[2] - first[0])
    assert second[3] - second[1] > first[3] - first[1]
    qtbot.waitUntil(lambda: tool.score is not None, timeout=PATIENCE)


def test_a_region_does_not_wait_for_measuring(qtbot, window_with_cat: MainWindow) -> None:
    window = window_with_cat
    window.trust.options = LONG
    window.actions_by_id["trust"].trigger()
    qtbot.waitUntil(lambda: window.trust.panel.card is not None, timeout=PATIENCE)
    window.regions.tool.set_region(Region.rectangle(120, 40, 150, 150))

    qtbot.waitUntil(lambda: window.regions.tool.score is not None, timeout=PATIENCE)
    assert window.trust.panel.state is State.STOPPED
    assert "Stopped" in window.trust.panel.words


def test_a_region_follows_the_class_and_goes_with_the_picture(
    qtbot, window_with_cat: MainWindow, coffee: Path
) -> None:
    window = window_with_cat
    tool = window.regions.tool
    tool.set_region(Region.rectangle(120, 40, 150, 150))
    qtbot.waitUntil(lambda: tool.score is not None, timeout=PATIENCE)
    window.exploration.choose_class(285)

    qtbot.waitUntil(lambda: tool.score.explanation.class_index == 285, timeout=PATIENCE)
    window.open_paths([coffee])
    qtbot.waitUntil(lambda: tool.region is None, timeout=PATIENCE)


def test_the_sidecar_of_a_saved_map_has_the_region(
    qtbot, window_with_cat: MainWindow, tmp_path: Path
) -> None:
    window = window_with_cat
    window.regions.tool.set_region(Region.rectangle(120, 40, 150, 150))
    qtbot.waitUntil(lambda: window.regions.tool.score is not None, timeout=PATIENCE)
    with qtbot.waitSignal(window.commands.saving.saved, timeout=PATIENCE):
        window.commands.saving.write_map(window.commands.shown(), tmp_path / "map.npy")

    record = json.loads((tmp_path / "map.json").read_text())
    assert record["region"]["logit"]["inside"] > 0
    assert np.load(tmp_path / "map.npy").shape == (7, 7)


def test_without_the_tool_the_pointer_belongs_to_the_canvas(window_with_cat: MainWindow) -> None:
    canvas, tool = window_with_cat.picture_area.canvas, window_with_cat.regions.tool
    tool.set_region(Region.rectangle(120, 40, 150, 150))

    assert canvas.childAt(canvas.to_view(200.0, 100.0).toPoint()) is not tool
    assert canvas.childAt(QPoint(2, 2)) is None
