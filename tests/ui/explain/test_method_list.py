"""The list of methods: what it lists, finds and lets be chosen, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from camviewer.engine.methods import find_method
from camviewer.ui.explain.method_box import MethodBox

CAM, FC_CAM, GRAD_CAM, LAYERCAM, OCCLUSION = (
    find_method(name).info for name in ("cam", "fc-cam", "grad-cam", "layercam", "occlusion")
)
METHODS = (
    (CAM, "The network has no pooling."),
    (FC_CAM, ""),
    (GRAD_CAM, ""),
    (LAYERCAM, ""),
    (OCCLUSION, ""),
)
Key = Qt.Key


@pytest.fixture
def box(qtbot: QtBot) -> Iterator[MethodBox]:
    box = MethodBox()
    qtbot.addWidget(box)
    box.set_methods(METHODS)
    box.set_chosen("grad-cam")
    box.show()
    yield box
    box.popup.close()


def rows(box: MethodBox) -> list[str]:
    view = box.popup.view
    model = view.model()
    shown = (row for row in range(model.rowCount()) if not view.isRowHidden(row))
    return [str(model.index(row, 0).data()) for row in shown]


def row_of(box: MethodBox, title: str) -> QModelIndex:
    model = box.popup.view.model()
    (found,) = (
        model.index(row, 0)
        for row in range(model.rowCount())
        if model.index(row, 0).data() == title
    )
    return found


def open_with_a_key(qtbot: QtBot, box: MethodBox) -> None:
    qtbot.keyClick(box, Key.Key_Down)
    qtbot.waitExposed(box.popup)


def test_a_method_is_found_and_chosen_with_the_keyboard_alone(qtbot: QtBot, box: MethodBox) -> None:
    open_with_a_key(qtbot, box)
    heads = {CAM.group.upper(), OCCLUSION.group.upper()}
    assert {method.title for method, _ in METHODS} <= set(rows(box))
    assert heads <= set(rows(box))
    qtbot.keyClicks(box.popup.search_field, "occ")
    assert rows(box) == [OCCLUSION.title]
    with qtbot.waitSignal(box.method_chosen) as chosen:
        qtbot.keyClick(box.popup.search_field, Key.Key_Return)
    assert chosen.args == ["occlusion"]
    assert box.currentText() == OCCLUSION.title
    assert not box.popup.isVisible()


def test_what_was_used_last_comes_first_and_is_found_once(qtbot: QtBot, box: MethodBox) -> None:
    open_with_a_key(qtbot, box)
    assert "USED LAST" not in rows(box)
    box.popup.close()
    box.set_chosen("layercam")
    open_with_a_key(qtbot, box)
    assert rows(box)[:3] == ["USED LAST", LAYERCAM.title, GRAD_CAM.title]
    qtbot.keyClicks(box.popup.search_field, "layercam")
    assert rows(box).count(LAYERCAM.title) == 1
    box.popup.search_field.clear()
    assert rows(box).count(LAYERCAM.title) == 2


def test_the_arrows_lead_from_the_field_to_the_rows_and_escape_leaves_all_as_it_was(
    qtbot: QtBot, box: MethodBox
) -> None:
    open_with_a_key(qtbot, box)
    assert box.popup.view.currentIndex().data() == GRAD_CAM.title
    qtbot.keyClick(box.popup.search_field, Key.Key_Down)
    qtbot.keyClick(box.popup.view, Key.Key_Down)
    with qtbot.assertNotEmitted(box.method_chosen):
        qtbot.keyClick(box.popup.view, Key.Key_Escape)
    assert not box.popup.isVisible()
    open_with_a_key(qtbot, box)
    qtbot.keyClick(box.popup.search_field, Key.Key_Down)
    qtbot.keyClick(box.popup.view, Key.Key_Down)
    with qtbot.waitSignal(box.method_chosen):
        qtbot.keyClick(box.popup.view, Key.Key_Return)


def test_a_refused_cam_is_answered_and_a_head_is_no_choice(qtbot: QtBot, box: MethodBox) -> None:
    open_with_a_key(qtbot, box)
    view = box.popup.view
    with qtbot.assertNotEmitted(box.method_chosen):
        middle = view.visualRect(row_of(box, OCCLUSION.group.upper())).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert box.popup.isVisible()
    with qtbot.waitSignal(box.refused_chosen) as refused:
        middle = view.visualRect(row_of(box, CAM.title)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert refused.args == ["cam"]
    assert box.currentText() == GRAD_CAM.title
