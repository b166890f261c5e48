"""Objects on the picture: found, opened, dropped and drawn; lines, the box, and the numbers."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QListWidget, QPushButton, QSlider

from camviewer.engine.batch import RunSettings, batch, open_run
from camviewer.engine.batch.map_statistics import evidence_box
from camviewer.engine.batch.objects import overlap
from camviewer.engine.geometry import Box
from camviewer.ui.window.main_window import MainWindow
from tests.engine.small_runs import write_picture
from tests.ui.conftest import PATIENCE, wait_for_map
from tests.ui.dialogs import name_next_file
from tests.ui.dragging import drop, urls

HEAD = Box(120.0, 20.0, 330.0, 260.0)
"""The cat's head in its photograph of 451 x 300 pixels."""


def voc(label: str, box: Box = HEAD) -> str:
    sides = zip(
        ("xmin", "ymin", "xmax", "ymax"),
        (box.left + 1, box.top + 1, box.right, box.bottom),
        strict=True,
    )
    bounds = "".join(f"<{name}>{side:g}</{name}>" for name, side in sides)
    return (
        f"<annotation><object><name>{label}</name><bndbox>{bounds}</bndbox></object></annotation>"
    )


@pytest.fixture
def photograph(tmp_path: Path, cat: Path) -> Path:
    """The cat in a folder of its own, so that something can lie beside it."""
    return Path(shutil.copy(cat, tmp_path / "cat.png"))


@pytest.fixture
def annotated(qtbot, window: MainWindow, photograph: Path) -> MainWindow:
    """A window that shows a cat, its object and its map."""
    photograph.with_suffix(".xml").write_text(voc("tiger cat"))
    window.resize(1280, 800)
    show(qtbot, window, photograph)
    qtbot.waitUntil(lambda: window.objects.measured is not None, timeout=PATIENCE)
    return window


def show(qtbot, window: MainWindow, path: Path) -> None:
    window.open_paths([path])
    wait_for_map(qtbot, window, path.name)


def settled(qtbot, window: MainWindow, objects: int) -> None:
    """Waits until so many objects are measured with the map on screen."""

    def is_settled() -> bool:
        measured = window.objects.measured
        return (
            measured is not None
            and measured.on_objects.explanation is window.exploration.explanation
            and len(measured.on_objects.objects) == objects
            and measured.on_objects.share == window.objects.choice.share
        )

    qtbot.waitUntil(is_settled, timeout=PATIENCE)


def test_what_lies_beside_a_picture_is_drawn_and_measured(qtbot, annotated: MainWindow) -> None:
    window = annotated
    marks = window.picture_area.canvas.marks
    assert marks is not None
    (drawn,) = marks.counted
    assert drawn.words == "tiger cat"
    assert drawn.lines[0].boundingRect().getRect() == pytest.approx((120, 20, 210, 240))
    QTest.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    panel = window.objects.panel
    assert not window.docks.objects.isHidden()
    assert panel.object_words == ["tiger cat: box, cat.xml"]

    found = window.objects.measured.on_objects
    box = evidence_box(window.exploration.explanation.heatmap)
    assert found.where.box_iou == pytest.approx(overlap(box, HEAD))
    assert f"{found.where.box_iou:.2f} Overlap (IoU)" in panel.words
    assert "Hit Pointing game" in panel.words
    assert f"{100 * found.where.energy_inside:.0f}% Share of the positive evidence" in panel.words


def test_the_numbers_follow_the_threshold_and_the_class(qtbot, annotated: MainWindow) -> None:
    window = annotated
    window.actions_by_id["objects_panel"].trigger()
    panel = window.objects.panel
    slider = panel.findChild(QSlider)
    before = window.objects.measured.on_objects
    for _ in range(40):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    settled(qtbot, window, 1)
    after = window.objects.measured.on_objects
    assert after.share == pytest.approx(0.6)
    assert after.box.width < 0.9 * before.box.width
    assert f"{after.where.box_iou:.2f}" in panel.words
    assert window.picture_area.canvas.marks.box.words == "60%"

    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_PageUp)
    assert window.objects.choice.share == pytest.approx(0.7)
    QTest.keyClick(slider, Qt.Key.Key_PageDown)
    assert window.objects.choice.share == pytest.approx(0.6)

    window.exploration.choose_class(285)
    qtbot.waitUntil(lambda: window.exploration.explanation.class_index == 285, timeout=PATIENCE)
    settled(qtbot, window, 1)
    assert "No object is of the class Egyptian cat: they are tiger cat." in panel.words
    marks = window.picture_area.canvas.marks
    assert (len(marks.counted), len(marks.others)) == (0, 1)


def test_keys_show_lines_box_and_objects_and_come_back(
    qtbot, annotated: MainWindow, photograph: Path
) -> None:
    window, canvas = annotated, annotated.picture_area.canvas
    canvas.setFocus()
    QTest.keyClick(window, Qt.Key.Key_O)
    assert canvas.marks is None
    QTest.keyClick(window, Qt.Key.Key_L)
    QTest.keyClick(window, Qt.Key.Key_E)
    qtbot.waitUntil(
        lambda: canvas.marks is not None and bool(canvas.marks.contours), timeout=PATIENCE
    )
    assert [line.words for line in canvas.marks.contours] == ["20%", "50%", "80%"]
    box = evidence_box(window.exploration.explanation.heatmap)
    assert canvas.marks.box.lines[0].boundingRect().left() == pytest.approx(box.left)
    assert canvas.marks.counted == ()
    assert window.settings.marks.contours
    assert not window.settings.marks.objects


def test_the_box_is_copied_as_numbers(qtbot, with_cat: MainWindow) -> None:
    with qtbot.waitSignal(with_cat.objects.said, timeout=PATIENCE):
        QTest.keyClick(
            with_cat,
            Qt.Key.Key_B,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        )
    box = evidence_box(with_cat.exploration.explanation.heatmap)
    numbers = [float(word) for word in QGuiApplication.clipboard().text().split(",")]
    assert numbers == pytest.approx([box.left, box.top, box.right, box.bottom], abs=0.051)


def test_other_shares_are_typed(qtbot, with_cat: MainWindow) -> None:
    window = with_cat
    window.actions_by_id["objects_panel"].trigger()
    field = window.objects.panel.findChild(QLineEdit)
    for typed, kept in (("15, 60", "15, 60"), ("some", "15, 60"), ("120", "15, 60")):
        field.selectAll()
        QTest.keyClicks(field, typed)
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert field.text() == kept
    canvas = window.picture_area.canvas
    qtbot.waitUntil(
        lambda: canvas.marks is not None and bool(canvas.marks.contours), timeout=PATIENCE
    )
    assert [line.words for line in canvas.marks.contours] == ["15%", "60%"]


def test_a_file_is_dropped_or_opened_by_its_dialog(
    qtbot, window: MainWindow, photograph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(qtbot, window, photograph)
    assert window.objects.objects == ()
    other = tmp_path / "other"
    other.mkdir()
    (other / "cat.xml").write_text(voc("tiger cat"))
    drop(window, urls(other / "cat.xml"))
    settled(qtbot, window, 1)
    assert window.exploration.picture.image.name == "cat.png"

    shape = {"label": "Egyptian cat", "points": [[10, 10], [100, 10], [50, 90]]}
    (other / "shapes.json").write_text(json.dumps({"shapes": [shape, shape]}))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other / "shapes.json"), ""))
    window.actions_by_id["open_objects"].trigger()
    settled(qtbot, window, 2)
    marks = window.picture_area.canvas.marks
    assert [drawn.words for drawn in marks.others] == ["Egyptian cat", "Egyptian cat"]


def test_a_bad_file_says_why_and_the_picture_stays(
    qtbot, window: MainWindow, photograph: Path
) -> None:
    photograph.with_suffix(".xml").write_text("<annotation>")
    show(qtbot, window, photograph)
    window.actions_by_id["objects_panel"].trigger()
    said = "cat.xml cannot be read as XML."
    qtbot.waitUntil(lambda: said in window.objects.panel.words, timeout=PATIENCE)
    assert said in window.picture_area.notice.text
    assert window.exploration.explanation is not None


def press(window: MainWindow, text: str) -> None:
    buttons = window.objects.panel.findChildren(QPushButton)
    (button,) = (each for each in buttons if each.text() == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def drag(window: MainWindow, points: list[tuple[float, float]], *, free: bool = False) -> None:
    """With the mouse, between source pixels."""
    tool, canvas = window.objects.drawing.tool, window.picture_area.canvas
    shift = Qt.KeyboardModifier.ShiftModifier if free else Qt.KeyboardModifier.NoModifier
    places = [canvas.to_view(*point).toPoint() for point in points]
    QTest.mousePress(tool, Qt.MouseButton.LeftButton, shift, places[0])
    for place in places:
        QTest.mouseMove(tool, place)
    QTest.mouseRelease(tool, Qt.MouseButton.LeftButton, shift, places[-1])


def test_objects_are_drawn_by_mouse_and_removed(
    qtbot, with_cat: MainWindow, coffee: Path, cat: Path
) -> None:
    window = with_cat
    window.resize(1280, 800)
    window.actions_by_id["objects_panel"].trigger()
    assert "This picture has no objects." in window.objects.panel.words
    press(window, "Draw")
    assert "Drag a box" in window.objects.drawing.tool.hint
    drag(window, [(120.0, 20.0), (330.0, 260.0)])
    drag(window, [(20.0, 20.0), (90.0, 30.0), (60.0, 120.0)], free=True)
    settled(qtbot, window, 2)
    rows = window.objects.panel.object_words
    assert rows == ["tiger cat: box, drawn", "tiger cat: outline, drawn"]
    box = window.objects.objects[0].found.box
    assert [box.left, box.top, box.right, box.bottom] == pytest.approx([120, 20, 330, 260], abs=1)
    QTest.keyClick(window.objects.drawing.tool, Qt.Key.Key_Escape)
    assert not window.actions_by_id["draw_object"].isChecked()
    canvas = window.picture_area.canvas
    assert canvas.childAt(canvas.to_view(200.0, 100.0).toPoint()) is None

    # What was drawn is there again when the picture is.
    show(qtbot, window, coffee)
    assert window.objects.objects == ()
    show(qtbot, window, cat)
    settled(qtbot, window, 2)
    listed = window.objects.panel.findChild(QListWidget)
    row = listed.visualItemRect(listed.item(1)).center()
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(row))
    QTest.keyClick(listed, Qt.Key.Key_Delete)
    assert window.objects.panel.object_words == ["tiger cat: box, drawn"]
    press(window, "Remove")
    assert window.objects.objects == ()
    assert canvas.marks is None


def test_an_object_is_drawn_by_keyboard(qtbot, with_cat: MainWindow) -> None:
    window = with_cat
    QTest.keyClick(window, Qt.Key.Key_D)
    tool = window.objects.drawing.tool
    assert tool.active
    QTest.keyClick(tool, Qt.Key.Key_Right)
    QTest.keyClick(tool, Qt.Key.Key_Right)
    assert "Enter keeps it" in tool.hint
    bounds = tool.region.bounds
    QTest.keyClick(tool, Qt.Key.Key_Return)
    settled(qtbot, window, 1)
    box = window.objects.objects[0].found.box
    assert (box.left, box.top, box.right, box.bottom) == pytest.approx(bounds)
    QTest.keyClick(tool, Qt.Key.Key_Escape)
    assert not tool.isVisible()


def test_saved_overlays_have_the_lines_when_they_are_wanted(
    qtbot, annotated: MainWindow, tmp_path: Path
) -> None:
    window, saving = annotated, annotated.commands.saving
    saved = {}
    for name in ("plain", "marked"):
        with qtbot.waitSignal(saving.saved, timeout=PATIENCE):
            saving.write_overlay(window.commands.shown(), tmp_path / f"{name}.png")
        saved[name] = np.asarray(Image.open(tmp_path / f"{name}.png")).astype(int)
        window.actions_by_id["save_marks"].trigger()
    different = np.abs(saved["plain"] - saved["marked"]).sum(2) > 0
    assert different[:, int(HEAD.left)].any()
    assert different[int(HEAD.top), int(HEAD.left) : int(HEAD.right)].all()
    assert not different[int(HEAD.bottom) + 8 :].any()
    # In the object's colour, where its edge is.
    red, green, blue = saved["marked"][200, int(HEAD.left)]
    assert red > 180
    assert red > blue + 60
    assert green > blue

    with qtbot.waitSignal(saving.saved, timeout=PATIENCE):
        saving.write_map(window.commands.shown(), tmp_path / "map.npy")
    record = json.loads((tmp_path / "map.json").read_text())["map_on_objects"]
    assert record["pointing"] is True
    assert record["objects"][0]["label"] == "tiger cat"
    assert record["box_iou"] == window.objects.measured.on_objects.where.box_iou


def test_a_picture_of_a_run_has_its_objects_and_the_numbers_of_its_row(
    qtbot, window: MainWindow, tmp_path: Path
) -> None:
    picture = write_picture(tmp_path / "in" / "tench" / "a.jpg", 1, (300, 200))
    labels = tmp_path / "objects"
    labels.mkdir()
    (labels / "a.xml").write_text(voc("tench", Box(20.0, 30.0, 200.0, 180.0)))
    settings = RunSettings(classes="truth", truth="folders", objects=str(labels))
    batch([tmp_path / "in"], tmp_path / "run", settings)
    (row,) = open_run(tmp_path / "run").rows().iter_rows(named=True)

    window.workplaces.open_run(tmp_path / "run")
    gallery = window.workplaces.review.workplace.gallery
    qtbot.waitUntil(lambda: gallery.cards.rowCount() == 1, timeout=PATIENCE)
    gallery.setCurrentIndex(gallery.cards.index(0))
    QTest.keyClick(gallery, Qt.Key.Key_Return)
    wait_for_map(qtbot, window, picture.name)
    settled(qtbot, window, 1)
    where = window.objects.measured.on_objects.where
    assert where.energy_inside == pytest.approx(row["energy_inside"], rel=1e-4)
    assert where.box_iou == pytest.approx(row["box_iou"], rel=1e-4)
    assert where.pointing == row["pointing"]


def test_drawn_objects_are_saved_beside_the_picture_and_found_by_a_new_window(
    qtbot, new_window, photograph: Path
) -> None:
    window = new_window(photograph)
    wait_for_map(qtbot, window, "cat.png")
    window.actions_by_id["save_objects"].trigger()
    assert "has no objects to save" in window.picture_area.notice.text
    window.actions_by_id["objects_panel"].trigger()
    press(window, "Draw")
    drag(window, [(120.0, 20.0), (330.0, 260.0)])
    name_next_file(photograph.with_suffix(".json"))
    with qtbot.waitSignal(window.objects.said, timeout=PATIENCE):
        press(window, "Save…")
    assert photograph.with_suffix(".json").is_file()

    other = new_window(photograph)
    wait_for_map(qtbot, other, "cat.png")
    settled(qtbot, other, 1)
    assert other.objects.objects[0].origin == "cat.json"
    assert other.objects.objects[0].found.label == "tiger cat"
