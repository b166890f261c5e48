"""The panel that chooses method, layer, placement and look."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLabel, QPushButton, QSlider
from pytestqt.qtbot import QtBot

from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.render.look import COLORMAPS, SIGNED_COLORMAPS, Look
from camviewer.engine.results.messages import Cost, ExplainRequest, LayerInfo, MethodInfo
from camviewer.ui.explain.explain_panel import ExplainPanel
from camviewer.ui.explain.layer_box import LayerBox
from camviewer.ui.explain.method_box import MethodBox
from camviewer.ui.widgets.headed_list import DETAIL
from camviewer.ui.widgets.segmented_control import Segmented

CAM = MethodInfo("cam", "CAM (exact)", "Which cells add to the class.", "Zhou", Cost.INSTANT, "")
GRAD = MethodInfo("grad-cam", "Grad-CAM", "Which channels matter.", "Selvaraju", Cost.FAST, "")
REFUSAL = "The class weights belong to 4096 fully connected features."
LAYERS = (
    LayerInfo("stem", "Conv2d", (32, 112, 112), cam=False),
    LayerInfo("head.conv", "Conv2d", (1280, 10, 15), cam=True),
)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot: QtBot) -> ExplainPanel:
    widget = ExplainPanel()
    qtbot.addWidget(widget)
    widget.resize(304, 480)
    widget.set_methods([(CAM, ""), (GRAD, "")])
    widget.set_layers(LAYERS, "head.conv")
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def named(panel: ExplainPanel, kind: type, name: str) -> Any:
    return next(child for child in panel.findChildren(kind) if child.accessibleName() == name)


def button(panel: ExplainPanel, text: str) -> QPushButton:
    return next(child for child in panel.findChildren(QPushButton) if child.text() == text)


def said(panel: ExplainPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def test_the_first_words_are_the_method_and_what_it_shows(panel: ExplainPanel) -> None:
    assert named(panel, QComboBox, "Method").currentText() == "CAM (exact)"
    assert CAM.summary in said(panel)
    assert named(panel, QComboBox, "Layer").currentText() == "head.conv · 15 × 10"


def test_another_method_is_asked_for_with_the_keyboard(qtbot: QtBot, panel: ExplainPanel) -> None:
    box = panel.findChild(MethodBox)
    with qtbot.waitSignal(panel.request_changed) as changed:
        qtbot.keyClick(box, Qt.Key.Key_Down)  # opens the list, in which the one in use is marked
        qtbot.keyClick(box.popup.search_field, Qt.Key.Key_Down)
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
            qtbot.keyClick(box.popup.view, key)
    assert changed.args == [ExplainRequest(method="grad-cam")]
    assert GRAD.summary in said(panel)


def test_a_refused_method_cannot_be_chosen_and_says_why(qtbot: QtBot, panel: ExplainPanel) -> None:
    panel.set_methods([(GRAD, ""), (CAM, REFUSAL)])
    panel.set_request(ExplainRequest(method="grad-cam"))
    box = named(panel, QComboBox, "Method")
    with qtbot.assertNotEmitted(panel.request_changed):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == "Grad-CAM"
    assert box.itemData(1, Qt.ItemDataRole.ToolTipRole) == REFUSAL


def test_when_the_method_in_use_is_refused_the_hint_is_the_reason(panel: ExplainPanel) -> None:
    panel.set_methods([(CAM, REFUSAL), (GRAD, "")])
    assert REFUSAL in said(panel)
    assert named(panel, QComboBox, "Method").currentText() == "CAM (exact)"


def test_another_request_keeps_the_seconds_in_the_list(panel: ExplainPanel) -> None:
    panel.set_forecasts([("grad-cam", 40.0)])
    panel.set_request(ExplainRequest(method="grad-cam", detail=2.0))
    assert named(panel, QComboBox, "Method").itemData(1, DETAIL) == "40 s"


def test_a_click_on_a_segment_asks_for_that_placement(qtbot: QtBot, panel: ExplainPanel) -> None:
    picture = named(panel, Segmented, "Picture")
    with qtbot.waitSignal(panel.request_changed) as changed:
        qtbot.mouseClick(picture.segment(PlacementMode.WHOLE), LEFT)
    assert changed.args == [ExplainRequest(mode=PlacementMode.WHOLE)]
    with qtbot.assertNotEmitted(panel.request_changed):
        qtbot.mouseClick(picture.segment(PlacementMode.WHOLE), LEFT)


def test_arrow_keys_move_through_the_details_and_stop_at_the_end(
    qtbot: QtBot, panel: ExplainPanel
) -> None:
    detail = named(panel, Segmented, "Detail")
    asked: list[float] = []
    panel.request_changed.connect(lambda request: asked.append(request.detail))
    detail.segment(1.0).setFocus()
    for _ in range(4):
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Right)
    qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Left)
    assert asked == [1.5, 2.0, 3.0, 2.0]
    assert panel.request.detail == 2.0


def test_a_placement_that_the_network_refuses_is_passed_over(
    qtbot: QtBot, panel: ExplainPanel
) -> None:
    panel.set_unavailable_placements({PlacementMode.WHOLE: "Only 224 x 224."}, {})
    picture = named(panel, Segmented, "Picture")
    assert not picture.segment(PlacementMode.WHOLE).isEnabled()
    assert picture.segment(PlacementMode.WHOLE).toolTip() == "Only 224 x 224."
    picture.segment(PlacementMode.CROP).setFocus()
    with qtbot.waitSignal(panel.request_changed) as changed:
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Right)
    assert changed.args[0].mode is PlacementMode.STRETCH


def test_the_layer_is_chosen_in_a_tree(qtbot: QtBot, panel: ExplainPanel) -> None:
    box = panel.findChild(LayerBox)
    assert box is not None
    qtbot.mouseClick(box, LEFT, pos=QPoint(20, 10))
    assert box.tree.isVisible()
    qtbot.keyClicks(box.tree.search_field, "stem")
    with qtbot.waitSignal(panel.request_changed) as changed:
        qtbot.keyClick(box.tree.search_field, Qt.Key.Key_Return)
    assert changed.args == [ExplainRequest(layer="stem")]
    assert box.currentText() == "stem · 112 × 112"


def test_the_tree_opens_by_a_shortcut_of_the_window_too(panel: ExplainPanel) -> None:
    box = panel.findChild(LayerBox)
    panel.set_enabled_for_picture(False)
    panel.open_layers()
    assert not box.tree.isVisible()
    panel.set_enabled_for_picture(True)
    panel.open_layers()
    assert box.tree.isVisible()
    box.tree.close()


def test_before_the_model_is_there_method_and_layer_are_open(qtbot: QtBot) -> None:
    panel = ExplainPanel()
    qtbot.addWidget(panel)
    assert named(panel, QComboBox, "Method").placeholderText() == "…"
    assert named(panel, QComboBox, "Layer").currentText() == "…"


def test_every_move_of_the_opacity_slider_is_told(qtbot: QtBot, panel: ExplainPanel) -> None:
    slider = named(panel, QSlider, "Opacity")
    looks: list[Look] = []
    panel.look_changed.connect(looks.append)
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    qtbot.keyClick(slider, Qt.Key.Key_PageUp)
    assert [look.opacity for look in looks] == [0.61, 0.71]
    assert "71%" in said(panel)


def test_signed_values_offer_diverging_colours(qtbot: QtBot, panel: ExplainPanel) -> None:
    colours = named(panel, QComboBox, "Colours")

    def offered() -> tuple[str, ...]:
        return tuple(colours.itemText(row) for row in range(colours.count()))

    assert offered() == COLORMAPS
    with qtbot.waitSignal(panel.look_changed) as changed:
        qtbot.mouseClick(named(panel, Segmented, "Values").segment(True), LEFT)
    assert changed.args == [Look(signed=True)]
    assert offered() == SIGNED_COLORMAPS
    with qtbot.waitSignal(panel.look_changed) as changed:
        qtbot.keyClick(colours, Qt.Key.Key_Down)
    assert changed.args == [Look(signed=True, signed_colormap=SIGNED_COLORMAPS[1])]
    qtbot.mouseClick(named(panel, Segmented, "Values").segment(False), LEFT)
    assert colours.currentText() == COLORMAPS[0]


def test_each_colormap_has_a_swatch_once_shown(qtbot: QtBot, panel: ExplainPanel) -> None:
    colours = named(panel, QComboBox, "Colours")
    qtbot.waitUntil(lambda: not colours.itemIcon(0).isNull())
    strip = colours.itemIcon(0).pixmap(colours.iconSize()).toImage()
    dark = strip.pixelColor(2, strip.height() // 2).lightness()
    light = strip.pixelColor(strip.width() - 3, strip.height() // 2).lightness()
    assert dark < 40
    assert light > 120


def test_a_fixed_range_begins_at_the_maps_own_and_can_be_typed(
    qtbot: QtBot, panel: ExplainPanel
) -> None:
    number = panel.findChild(QDoubleSpinBox)
    assert number is not None
    assert not number.isVisible()
    panel.set_map_high(3.1)
    with qtbot.waitSignal(panel.look_changed) as changed:
        qtbot.mouseClick(named(panel, Segmented, "Range").segment(True), LEFT)
    assert changed.args == [Look(fixed_high=3.1)]
    assert number.isVisible()
    number.setFocus()
    number.selectAll()
    decimal = number.locale().decimalPoint()
    with qtbot.waitSignal(panel.look_changed) as changed:
        qtbot.keyClicks(number.lineEdit(), f"7{decimal}5")
        qtbot.keyClick(number.lineEdit(), Qt.Key.Key_Return)
    assert changed.args == [Look(fixed_high=7.5)]


def test_another_map_does_not_move_a_fixed_range(qtbot: QtBot, panel: ExplainPanel) -> None:
    panel.set_look(Look(fixed_high=3.0))
    with qtbot.assertNotEmitted(panel.look_changed):
        panel.set_map_high(9.0)
    assert panel.look.fixed_high == 3.0


def test_fading_is_switched_with_the_space_key(qtbot: QtBot, panel: ExplainPanel) -> None:
    fade = panel.findChild(QCheckBox)
    with qtbot.waitSignal(panel.look_changed) as changed:
        qtbot.keyClick(fade, Qt.Key.Key_Space)
    assert changed.args == [Look(fade=False)]


def test_what_the_program_sets_is_shown_and_not_told(qtbot: QtBot, panel: ExplainPanel) -> None:
    request = ExplainRequest(7, "grad-cam", "stem", PlacementMode.STRETCH, 3.0, nominal=True)
    look = Look("viridis", "RdBu_r", 0.25, signed=True, fixed_high=0.0123, fade=False)
    with (
        qtbot.assertNotEmitted(panel.request_changed),
        qtbot.assertNotEmitted(panel.look_changed),
    ):
        panel.set_request(request)
        panel.set_look(look)
        panel.set_methods([(CAM, ""), (GRAD, "")])
        panel.set_layers(LAYERS, "stem")
    assert panel.request == ExplainRequest(
        None, "grad-cam", "stem", PlacementMode.STRETCH, 3.0, nominal=True
    )
    assert panel.look == look
    assert named(panel, QComboBox, "Colours").currentText() == "RdBu_r"
    assert named(panel, QComboBox, "Layer").currentText() == "stem · 112 × 112"
    assert panel.findChild(QDoubleSpinBox).value() == pytest.approx(0.0123)


def test_nothing_can_be_changed_without_a_picture(qtbot: QtBot, panel: ExplainPanel) -> None:
    panel.set_enabled_for_picture(False)
    with qtbot.assertNotEmitted(panel.save_requested):
        qtbot.mouseClick(button(panel, "Save…"), LEFT)
    panel.set_enabled_for_picture(True)
    with qtbot.waitSignal(panel.save_requested):
        qtbot.mouseClick(button(panel, "Save…"), LEFT)
    with qtbot.waitSignal(panel.copy_requested):
        qtbot.mouseClick(button(panel, "Copy"), LEFT)


def test_everything_fits_a_narrow_column(panel: ExplainPanel) -> None:
    assert panel.minimumSizeHint().width() <= 304
