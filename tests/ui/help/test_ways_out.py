"""Choosing CAM where it is not defined is answered with the reason and two ways out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.results.messages import (
    BoundLayer,
    Cost,
    ExplainRequest,
    MethodInfo,
    ModelInfo,
)
from camviewer.ui.explain.method_box import MethodBox
from camviewer.ui.help.cam_refusal_dialog import WaysOutDialog, show_vgg_page
from camviewer.ui.help.help_page import HelpPage
from camviewer.ui.state.request_rules import RequestFitting
from camviewer.ui.widgets.segmented_control import Segmented

REASON = "The class weights are 1000 x 4096, the last grid has 512 channels."


def method(identifier: str, layer: BoundLayer = BoundLayer.ANY) -> MethodInfo:
    return MethodInfo(identifier, identifier, "", "", Cost.INSTANT, "logit", bound_layer=layer)


CAM, GRAD = method("cam", BoundLayer.CAM), method("grad-cam")
WINDOWS = replace(method("fc-cam", BoundLayer.DEFAULT), detail=2.0, stands_in_for="cam")
METHODS = ((CAM, REASON), (GRAD, ""), (WINDOWS, ""))
VGG = ModelInfo(
    id="vgg16",
    title="VGG16 · ImageNet",
    labels=("cat",),
    activation="softmax",
    recipe=Recipe(),
    default_layer="features",
    weights_sha256="0" * 64,
    device="CPU",
    cam_layer=None,
    cam_refusal=REASON,
)


def words_of(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_a_refused_cam_can_be_chosen_and_leaves_the_method_in_use(qtbot) -> None:
    box = MethodBox()
    qtbot.addWidget(box)
    box.set_methods(METHODS)
    box.set_chosen("grad-cam")
    with (
        qtbot.waitSignal(box.refused_chosen) as refused,
        qtbot.assertNotEmitted(box.method_chosen),
    ):
        box.setCurrentIndex(box.findText("cam"))
    assert refused.args == ["cam"]
    assert box.currentText() == "grad-cam"


def dialog(qtbot, *, refusal: str = "", can_train: bool = True) -> WaysOutDialog:
    parent = QWidget()
    qtbot.addWidget(parent)
    shown = WaysOutDialog(VGG.title, REASON, refusal, can_train, parent)
    shown.parent_kept = parent  # type: ignore[attr-defined]
    return shown


def test_the_answer_has_the_models_own_numbers_and_both_ways(qtbot) -> None:
    shown = dialog(qtbot)
    words = words_of(shown)
    assert "CAM is not defined for VGG16" in words
    assert REASON in words
    assert "Fully convolutional CAM" in words
    with qtbot.waitSignal(shown.convolutional_chosen):
        shown.convolutional_button.click()


def test_the_second_way_leads_to_training(qtbot) -> None:
    shown = dialog(qtbot)
    with qtbot.waitSignal(shown.training_chosen):
        shown.training_button.click()


def test_a_way_that_is_closed_says_why(qtbot) -> None:
    shown = dialog(qtbot, refusal="No linear layer is fed a grid.", can_train=False)
    assert not shown.convolutional_button.isEnabled()
    assert not shown.training_button.isEnabled()
    assert "Not here: No linear layer is fed a grid." in words_of(shown)


def test_the_page_tells_the_whole_question_without_leaving_this_computer(qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    show_vgg_page(parent)
    page = parent.findChild(HelpPage).page
    text = page.toPlainText()
    assert "1000 × 4096" in text
    assert "512 × 14 × 14" in text
    assert "Fully convolutional CAM" in text
    assert not page.openLinks()


@pytest.fixture
def fitting() -> RequestFitting:
    fitting = RequestFitting()
    fitting.know(VGG, {info.id: info for info, _ in METHODS})
    return fitting


GRADIENT = ExplainRequest(method="grad-cam", layer="features.10")


def test_fc_cam_enlarges_the_picture_and_takes_its_own_layer(fitting: RequestFitting) -> None:
    fitted = fitting.fitted(replace(GRADIENT, method="fc-cam"), GRADIENT)
    assert (fitted.detail, fitted.layer) == (2.0, "features")


def test_a_larger_detail_that_was_chosen_stays(fitting: RequestFitting) -> None:
    before = replace(GRADIENT, detail=3.0)
    assert fitting.fitted(replace(before, method="fc-cam"), before).detail == 3.0


def test_leaving_fc_cam_brings_the_detail_back(fitting: RequestFitting) -> None:
    windows = fitting.fitted(replace(GRADIENT, method="fc-cam"), GRADIENT)
    assert fitting.fitted(replace(windows, method="grad-cam"), windows).detail == 1.0


def test_a_layer_chosen_after_fc_cam_takes_grad_cam(fitting: RequestFitting) -> None:
    windows = fitting.fitted(replace(GRADIENT, method="fc-cam"), GRADIENT)
    fitted = fitting.fitted(replace(windows, layer="features.3"), windows)
    assert (fitted.method, fitted.layer, fitted.detail) == ("grad-cam", "features.3", 1.0)


def test_a_choice_that_is_left_out_is_neither_seen_nor_reached(qtbot) -> None:
    row = Segmented([(1, "1×"), (2, "2×"), (4, "4×")], "Detail")
    qtbot.addWidget(row)
    row.set_value(2)
    row.set_choice_shown(4, False)
    row.show()
    assert not row.segment(4).isVisible()
    qtbot.keyClick(row.segment(2), Qt.Key.Key_Right)
    assert row.value == 2
