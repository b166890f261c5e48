"""The box that chooses what is explained."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.geometry.region import Region
from camviewer.engine.results.messages import ModelInfo
from camviewer.engine.results.targets import (
    AgainstClass,
    ClassDifference,
    LikePicture,
    Output,
    Reference,
    RegionPixels,
    UnlikePictures,
)
from camviewer.ui.explain.target_box import TargetBox
from camviewer.ui.widgets.pick_box import PickItem
from camviewer.ui.window.main_window import MainWindow

AREA = Region.rectangle(1.0, 2.0, 30.0, 40.0)


@pytest.fixture
def box(qtbot: QtBot) -> TargetBox:
    widget = TargetBox()
    qtbot.addWidget(widget)
    widget.set_classes(lambda: (PickItem("0", "tabby"), PickItem("1", "lynx")))
    widget.show()
    return widget


def offered(box: TargetBox) -> list[str]:
    return [box.box.itemText(place) for place in range(box.box.count())]


def choose(box: TargetBox, title: str) -> None:
    place = offered(box).index(title)
    box.box.setCurrentIndex(place)
    box.box.activated.emit(place)


def info(**fields: Any) -> ModelInfo:
    usual = {
        "id": "m",
        "title": "M",
        "labels": ("a", "b"),
        "activation": "softmax",
        "recipe": Recipe(),
        "default_layer": "l",
        "weights_sha256": "",
        "device": "CPU",
        "cam_layer": None,
    }
    return ModelInfo(**(usual | fields))


def test_against_and_back(qtbot: QtBot, box: TargetBox) -> None:
    with qtbot.waitSignal(box.target_chosen) as chosen:
        choose(box, "Against this class")
    assert chosen.args == [AgainstClass()]
    with qtbot.waitSignal(box.target_chosen) as chosen:
        choose(box, "This class")
    assert chosen.args == [None]


def test_a_difference_waits_for_its_other_class(qtbot: QtBot, box: TargetBox) -> None:
    with qtbot.waitSignal(box.other_wanted, check_params_cb=lambda wanted: wanted):
        choose(box, "More than…")
    box.other.popup.close()
    with qtbot.waitSignal(box.target_chosen) as chosen:
        box.other.popup.picked.emit(("1",))
    assert chosen.args == [ClassDifference(None, 1)]
    assert box.other.currentText() == "lynx"


def test_pictures_are_chosen_in_a_dialog_and_named(
    qtbot: QtBot, box: TargetBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/pictures/ref.jpg", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (["/a.png", "/b.png"], ""))
    with qtbot.waitSignal(box.target_chosen) as chosen:
        choose(box, "Like a picture…")
    assert chosen.args == [LikePicture(Reference("/pictures/ref.jpg"))]
    assert box.box.currentText() == "Like ref.jpg"
    with qtbot.waitSignal(box.target_chosen) as chosen:
        choose(box, "Unlike pictures…")
    assert chosen.args == [UnlikePictures((Reference("/a.png"), Reference("/b.png")))]
    assert box.box.currentText() == "Unlike 2 pictures"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    choose(box, "Like a picture…")
    assert box.box.currentText() == "Unlike 2 pictures"


def test_a_model_is_asked_what_it_can_answer(qtbot: QtBot, box: TargetBox) -> None:
    box.set_model(info())
    assert "More than…" in offered(box)
    assert "Pixels where it wins" not in offered(box)
    box.set_model(info(activation="none", labels=("age",), unit="years"))
    assert offered(box)[:2] == ["What raises it", "What lowers it"]
    assert "More than…" not in offered(box)
    box.set_model(info(activation="none", scores_pixels=True))
    box.set_region(AREA)
    with qtbot.waitSignal(box.target_chosen) as chosen:
        choose(box, "Pixels of the region")
    assert chosen.args == [RegionPixels(None, AREA)]
    with qtbot.waitSignal(box.target_chosen) as chosen:
        box.set_region(None)
    assert chosen.args == [None]


def test_for_a_run_outputs_are_offered_and_no_region(qtbot: QtBot) -> None:
    box = TargetBox(over_run=True)
    qtbot.addWidget(box)
    box.set_classes(lambda: (PickItem("0", "a"), PickItem("1", "b")))
    box.set_model(info(scores_pixels=True))
    assert "Pixels where it wins" in offered(box)
    assert "Pixels of the region" not in offered(box)
    with qtbot.waitSignal(box.output_wanted, check_params_cb=lambda wanted: wanted):
        choose(box, "What raises an output…")
    assert box.lacks_class
    box.output.popup.close()
    with qtbot.waitSignal(box.target_chosen) as chosen:
        box.output.popup.picked.emit(("1",))
    assert chosen.args == [Output(1)]
    with qtbot.waitSignal(box.target_chosen) as chosen:
        choose(box, "What lowers an output…")
    assert chosen.args == [Output(1, up=False)]
    assert not box.lacks_class
    choose(box, "This class")
    box.set_model(info(one_output=True))
    assert "What raises an output…" not in offered(box)


def test_the_window_explains_a_target_of_any_class(
    qtbot: QtBot, with_cat: MainWindow, coffee: Path
) -> None:
    window, box = with_cat, with_cat.findChild(TargetBox)
    explored = window.exploration

    def shows(name: str, method: str) -> bool:
        found = explored.finished_map
        return found is not None and (found.target_name, found.method.id) == (name, method)

    choose(box, "Against this class")
    qtbot.waitUntil(lambda: shows("against tiger cat", "cam"), timeout=20_000)
    explored.choose_class(281)
    qtbot.waitUntil(lambda: shows("against tabby", "cam"), timeout=20_000)
    assert window.status.text.startswith("against tabby")
    target = LikePicture(Reference(str(coffee)))
    box.target_chosen.emit(target)
    qtbot.waitUntil(lambda: shows("like coffee.png", "grad-cam"), timeout=20_000)
    box.target_chosen.emit(LikePicture(Reference("/nowhere/at/all.png")))
    qtbot.waitUntil(lambda: box.box.currentText() == "Like coffee.png", timeout=20_000)
    assert window.picture_area.notice.isVisible()
