"""One or several things are picked from a list that can be searched, by mouse and by keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from camviewer.ui.explain.method_box import MethodBox
from camviewer.ui.explain.option_form import OptionRows
from camviewer.ui.widgets.pick_box import PickBox, PickItem
from tests.ui.conftest import PATIENCE

ITEMS = [
    PickItem("281", "tabby", "17%"),
    PickItem("282", "tiger cat", "39%"),
    PickItem("287", "lynx", "1%"),
]


@pytest.fixture
def one(qtbot) -> PickBox:
    return shown(qtbot, several=False)


@pytest.fixture
def several(qtbot) -> PickBox:
    return shown(qtbot, several=True)


def shown(qtbot, *, several: bool) -> PickBox:
    box = PickBox("Nearest", several=several)
    qtbot.addWidget(box)
    box.set_items(ITEMS)
    box.show()
    return box


def test_nothing_picked_is_the_automatic_choice(one) -> None:
    assert one.value == ""
    assert one.currentText() == "Nearest"


def test_the_first_hit_of_a_search_is_picked_with_enter(qtbot, one) -> None:
    one.showPopup()
    qtbot.keyClicks(one.popup.search_field, "tig")
    with qtbot.waitSignal(one.changed) as told:
        qtbot.keyClick(one.popup.search_field, Qt.Key.Key_Return)
    assert told.args == ["282"]
    assert one.value == "282"
    assert one.currentText() == "tiger cat"
    assert not one.popup.isVisible()


def test_a_click_picks_one_and_the_first_row_takes_it_back(qtbot, one) -> None:
    click_row(qtbot, one, 1)
    assert one.value == "281"
    click_row(qtbot, one, 0)
    assert one.value == ""


def test_several_are_ticked_and_told_once_the_list_is_closed(qtbot, several) -> None:
    told: list[str] = []
    several.changed.connect(told.append)
    several.showPopup()
    for row in (3, 1):
        click(qtbot, several, row)
    assert told == []
    several.popup.close()
    assert told == ["281, 287"]
    assert several.currentText() == "tabby, lynx"


def test_a_tick_is_taken_away_by_another_click_and_by_the_space_bar(qtbot, several) -> None:
    several.set_value("281, 282")
    several.showPopup()
    click(qtbot, several, 1)
    view = several.popup.view
    view.setCurrentIndex(view.model().index(3, 0))
    qtbot.keyClick(view, Qt.Key.Key_Space)
    several.popup.close()
    assert several.value == "282, 287"


def test_the_first_row_takes_all_ticks_back(qtbot, several) -> None:
    several.set_value("281, 282, 287")
    assert several.currentText() == "3 chosen"
    several.showPopup()
    click(qtbot, several, 0)
    assert several.value == ""
    assert several.currentText() == "Nearest"


def test_a_value_is_shown_by_its_title_without_a_signal(qtbot, one) -> None:
    with qtbot.assertNotEmitted(one.changed):
        one.set_value("287")
    assert one.currentText() == "lynx"


def click_row(qtbot, box: PickBox, row: int) -> None:
    box.showPopup()
    click(qtbot, box, row)


def click(qtbot, box: PickBox, row: int) -> None:
    view = box.popup.view
    place = view.visualRect(view.model().index(row, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_other_class_of_a_difference_is_picked_in_the_window(qtbot, with_cat) -> None:
    explored = with_cat.exploration
    explored.set_request(replace(explored.request, method="difference"))
    qtbot.waitUntil(lambda: explored.explanation.method.id == "difference", timeout=PATIENCE)
    (pick,) = with_cat.findChild(OptionRows).findChildren(PickBox)
    pick.showPopup()
    qtbot.keyClicks(pick.popup.search_field, "tabby")
    qtbot.keyClick(pick.popup.search_field, Qt.Key.Key_Return)
    tabby = explored.models.info.labels.index("tabby")
    qtbot.waitUntil(lambda: explored.explanation.versus == (tabby,), timeout=PATIENCE)
    assert "against tabby" in with_cat.status.text


def test_a_difference_is_shown_signed_and_the_next_method_as_before(qtbot, with_cat) -> None:
    explored, panel = with_cat.exploration, with_cat.panel
    panel.findChild(MethodBox).method_chosen.emit("difference")
    qtbot.waitUntil(lambda: explored.explanation.method.id == "difference", timeout=PATIENCE)
    assert panel.look.signed
    assert with_cat.picture_area.canvas.legend.words[1] == "0"
    panel.findChild(MethodBox).method_chosen.emit("grad-cam")
    qtbot.waitUntil(lambda: explored.explanation.method.id == "grad-cam", timeout=PATIENCE)
    assert not panel.look.signed


def test_layers_to_fuse_are_picked_in_the_window(qtbot, with_cat) -> None:
    explored = with_cat.exploration
    explored.set_request(replace(explored.request, method="refine-cam"))
    qtbot.waitUntil(lambda: explored.explanation.method.id == "refine-cam", timeout=PATIENCE)
    picks = with_cat.findChild(OptionRows).findChildren(PickBox)
    (pick,) = (pick for pick in picks if pick.accessibleName() == "Layers")
    qtbot.waitUntil(lambda: bool(pick.popup.view.model().rowCount() > 2), timeout=PATIENCE)
    pick.showPopup()
    for name in ("blocks.4", "head"):
        qtbot.keyClicks(pick.popup.search_field, name)
        qtbot.keyClick(pick.popup.search_field, Qt.Key.Key_Return)
        pick.popup.search_field.clear()
    pick.popup.close()
    qtbot.waitUntil(lambda: "blocks.4 × head" in with_cat.status.text, timeout=PATIENCE)


def test_concepts_have_a_legend_with_the_classes_that_they_speak_for(qtbot, with_cat) -> None:
    explored, canvas = with_cat.exploration, with_cat.picture_area.canvas
    explored.set_request(replace(explored.request, method="dff"))
    qtbot.waitUntil(lambda: bool(explored.explanation.concepts), timeout=PATIENCE)
    assert canvas.concept_legend.isVisible()
    assert not canvas.legend.isVisible()
    assert len(canvas.concept_legend.rows) == 4
    assert "tiger cat" in canvas.concept_legend.rows[0][0]
    assert "no class" in with_cat.status.text
    explored.set_request(replace(explored.request, method="grad-cam"))
    qtbot.waitUntil(lambda: explored.explanation.method.id == "grad-cam", timeout=PATIENCE)
    assert not canvas.concept_legend.isVisible()
    assert canvas.legend.isVisible()
