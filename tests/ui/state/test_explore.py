"""Looking at maps: classes, methods, layers, placements, colours; and what is said of them."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.results.messages import ExplainRequest
from camviewer.ui.state.settings import Settings
from tests.ui.conftest import PATIENCE, wait_for_map


def wait_for(qtbot, window, condition) -> None:
    qtbot.waitUntil(lambda: condition(window.exploration.explanation), timeout=PATIENCE)


def test_arrow_keys_in_the_list_change_the_map_without_a_new_pass(qtbot, with_cat) -> None:
    first = with_cat.exploration.explanation
    view = with_cat.classes.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    wait_for(qtbot, with_cat, lambda e: e.class_index != first.class_index)
    second = with_cat.exploration.explanation
    assert second.class_index == with_cat.exploration.verdict.top(2)[1]
    assert second.passes == 0
    assert not np.array_equal(second.heatmap.values, first.heatmap.values)


def test_any_class_is_found_by_name(qtbot, with_cat) -> None:
    with_cat.actions_by_id["find_class"].trigger()
    field = with_cat.classes.search_field
    QTest.keyClicks(field, "espresso maker")
    QTest.keyClick(field, Qt.Key.Key_Return)
    wait_for(qtbot, with_cat, lambda e: e.class_name == "espresso maker")


def test_grad_cam_on_an_earlier_layer_has_its_grid(qtbot, with_cat) -> None:
    with_cat.actions_by_id["next_method"].trigger()
    wait_for(qtbot, with_cat, lambda e: e.method.id == "grad-cam")
    request = replace(with_cat.exploration.request, layer="blocks.4")
    with_cat.panel.request_changed.emit(request)
    wait_for(qtbot, with_cat, lambda e: e.layer.name == "blocks.4")
    assert with_cat.exploration.explanation.heatmap.values.shape == (14, 14)
    assert "Grad-CAM" in with_cat.status.text


def test_choosing_another_layer_leaves_exact_cam_for_grad_cam(qtbot, with_cat) -> None:
    request = replace(with_cat.panel.request, layer="blocks.3")
    with_cat.panel.request_changed.emit(request)
    wait_for(qtbot, with_cat, lambda e: e.layer.name == "blocks.3")
    assert with_cat.exploration.explanation.method.id == "grad-cam"
    assert with_cat.panel.request.method == "grad-cam"


def test_another_placement_keeps_the_verdict_and_says_what_the_class_scores_there(
    qtbot, with_cat
) -> None:
    before = with_cat.exploration.explanation
    with_cat.actions_by_id["placement_whole"].trigger()
    wait_for(qtbot, with_cat, lambda e: e.placement.mode is PlacementMode.WHOLE)
    after = with_cat.exploration.explanation
    assert after.probability == before.probability
    assert after.probability_here != before.probability_here
    assert "whole picture" in with_cat.status.text
    assert after.heatmap.geometry.extent.width == pytest.approx(451)


def test_a_map_of_another_placement_that_comes_first_leaves_the_verdict_to_the_recipe(
    qtbot, settings_folder, new_window, cat
) -> None:
    Settings().set_request(ExplainRequest(mode=PlacementMode.WHOLE))
    window = new_window(cat)
    wait_for_map(qtbot, window, "chelsea.png")
    shown = window.exploration.explanation
    assert shown.placement.mode is PlacementMode.WHOLE
    assert shown.probability == pytest.approx(0.394, abs=0.005)
    assert shown.probability_here != pytest.approx(0.394, abs=0.005)
    assert "tiger cat 39" in window.status.text
    assert window.exploration.verdict.probabilities.max() == pytest.approx(0.394, abs=0.005)


def test_the_crop_frame_is_what_the_network_saw_as_long_as_it_is_wanted(qtbot, with_cat) -> None:
    canvas = with_cat.picture_area.canvas
    frame = canvas.crop_frame
    # 300 pixels are 256 of the resized picture, of which 224 in the middle are seen.
    side = 300 * 224 / 256
    wanted = ((451 - side) / 2, (300 - side) / 2, side, side)
    assert (frame.left, frame.top, frame.width, frame.height) == pytest.approx(wanted, abs=1.0)
    with_cat.actions_by_id["crop_frame"].trigger()
    assert canvas.crop_frame is None
    with_cat.actions_by_id["crop_frame"].trigger()
    assert canvas.crop_frame == frame
    with_cat.actions_by_id["placement_whole"].trigger()
    wait_for(qtbot, with_cat, lambda e: e.placement.mode is PlacementMode.WHOLE)
    assert canvas.crop_frame is None


def test_the_status_bar_says_the_pixel_under_the_pointer_and_its_cell(with_cat) -> None:
    canvas, explanation = with_cat.picture_area.canvas, with_cat.exploration.explanation
    geometry = explanation.heatmap.geometry
    x = geometry.origin[0] + 5 * geometry.pitch[0]
    y = geometry.origin[1] + 2 * geometry.pitch[1]
    QTest.mouseMove(canvas, canvas.to_view(x, y).toPoint())
    said = with_cat.status.hover_text
    found = re.match(r"x (\d+) y (\d+) · (adds|takes) ([\d.]+) ", said)
    assert found, said
    assert (int(found[1]), int(found[2])) == pytest.approx((x, y), abs=2)
    share = abs(float(explanation.heatmap.values[2, 5])) / 49
    assert float(found[4]) == pytest.approx(share, rel=0.01)


def test_the_status_bar_says_all_that_is_shown(with_cat) -> None:
    text = with_cat.status.text
    for word in ("tiger cat 39", "CAM (exact)", "7 × 7", "trained crop", "ms", "CPU"):
        assert word in text


def test_nominal_alignment_moves_the_map(qtbot, with_cat) -> None:
    measured = with_cat.exploration.explanation.heatmap.geometry
    assert measured.measured
    with_cat.actions_by_id["nominal"].trigger()
    wait_for(qtbot, with_cat, lambda e: not e.heatmap.geometry.measured)
    nominal = with_cat.exploration.explanation.heatmap.geometry
    assert nominal.origin != measured.origin
    assert nominal.extent == measured.extent


def test_space_shows_the_bare_picture_while_it_is_held(qtbot, with_cat) -> None:
    canvas = with_cat.picture_area.canvas
    canvas.setFocus()
    with_map = canvas.grab().toImage()
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    bare = canvas.grab().toImage()
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert bare != with_map
    assert canvas.grab().toImage() == with_map


def test_an_answer_to_an_older_request_never_shows(qtbot, window, cat, coffee) -> None:
    shown = []
    window.exploration.explanation_changed.connect(
        lambda e: shown.append((window.exploration.picture.image.name, e.placement.source_size))
    )
    for _ in range(6):
        window.open_paths([cat])
        qtbot.wait(20)
        window.open_paths([coffee])
        qtbot.wait(20)
    wait_for_map(qtbot, window, "coffee.png")
    qtbot.wait(300)
    sizes = {"chelsea.png": (300, 451), "coffee.png": (400, 600)}
    assert shown
    assert all(sizes[name] == size for name, size in shown)


def test_switching_classes_during_a_pass_ends_at_the_last(qtbot, window, cat) -> None:
    window.open_paths([cat])
    qtbot.waitUntil(lambda: window.exploration.picture is not None, timeout=PATIENCE)
    for index in (10, 20, 30, 40, 281):
        window.exploration.choose_class(index)
    wait_for(qtbot, window, lambda e: e is not None and e.class_index == 281)
    qtbot.wait(200)
    assert window.exploration.explanation.class_index == 281


@pytest.mark.parametrize("moment", [0, 30, 150])
def test_closing_during_work_ends_cleanly(qtbot, window, cat, moment) -> None:
    window.open_paths([cat])
    qtbot.wait(moment)
    window.actions_by_id["placement_whole"].trigger()
    answers = []
    window.exploration.explanation_changed.connect(answers.append)
    window.close()
    assert not window.isVisible()
    answers.clear()
    qtbot.wait(50)
    assert answers == []  # its threads have ended, and nothing comes from them any more


def test_settings_come_back(qtbot, with_cat, new_window) -> None:
    with_cat.classes.set_k(9)
    with_cat.classes.k_changed.emit(9)
    with_cat.actions_by_id["less_opaque"].trigger()
    with_cat.actions_by_id["signed"].trigger()
    with_cat.actions_by_id["placement_whole"].trigger()
    opacity = with_cat.panel.look.opacity
    with_cat.resize(760, 640)
    with_cat.close()
    again = new_window()
    assert again.classes.k == 9
    assert again.panel.look.opacity == pytest.approx(opacity)
    assert again.panel.look.signed
    assert again.exploration.request.mode is PlacementMode.WHOLE
    assert (again.width(), again.height()) == (760, 640)
