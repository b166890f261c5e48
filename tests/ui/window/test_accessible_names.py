"""Every control of every window, panel and dialog has a name that a screen reader can say."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from benchmarks.synthetic_runs import begin_synthetic_run, write_shards
from camviewer.ui.classes.class_count_spin import TopSpin
from camviewer.ui.explain.layer_box import LayerBox
from camviewer.ui.explain.method_box import MethodBox
from camviewer.ui.window.main_window import MainWindow
from tests.ui.accessible import confusable, controls, description_of, name_of, nameless
from tests.ui.conftest import PATIENCE
from tests.ui.every_dialog import dialog_classes, opened, ways
from tests.ui.reviewing import reviewed

CTRL = Qt.KeyboardModifier.ControlModifier


def check(root: QWidget) -> None:
    """Fails with all that is wrong."""
    wrong = faults(root)
    assert not wrong, "\n".join(wrong)


def faults(root: QWidget) -> list[str]:
    """What a person who hears the window could not tell."""
    return [
        *(f"no name: {one}" for one in nameless(root)),
        *(f"the same name: {one}" for one in confusable(root)),
    ]


def test_the_controls_of_every_dialog_have_names_of_their_own(
    qtbot: QtBot, with_cat: MainWindow
) -> None:
    opening = ways(with_cat)
    assert set(opening) == dialog_classes()
    found: list[str] = []
    for name, way in opening.items():
        dialog = opened(qtbot, name, way)
        assert dialog.windowTitle()
        assert list(controls(dialog))
        found += (f"{name}: {fault}" for fault in faults(dialog))
        dialog.close()
    assert not found, "\n".join(found)


def test_the_controls_of_picture_have_names_of_their_own(
    qtbot: QtBot, with_cat: MainWindow
) -> None:
    window = with_cat
    for name in ("structure", "trust", "brightness", "region"):
        window.actions_by_id[name].trigger()
    qtbot.waitUntil(window.trust.panel.isVisible, timeout=PATIENCE)
    check(window)
    window.actions_by_id["command_palette"].trigger()
    layers, methods = window.panel.findChild(LayerBox), window.panel.findChild(MethodBox)
    for popup in (layers.tree, methods.popup, window.command_palette.popup):
        assert popup is not None
        check(popup)
        popup.close()


def test_the_controls_of_review_have_names_of_their_own(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    write_shards(begin_synthetic_run(tmp_path / "run", 40, shard_size=40))
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    check(window)
    review = reviewed(qtbot, window, tmp_path / "run", 40)
    for page in ("matrix", "pairs", "reasons", "means"):
        qtbot.mouseClick(review.workplace.overview.choice.segment(page), Qt.MouseButton.LeftButton)
        check(window)
    qtbot.mouseClick(review.workplace.filters.add_button, Qt.MouseButton.LeftButton)
    form = review.workplace.filters.form
    assert form is not None
    check(form)
    form.close()


def test_what_is_painted_is_told_as_well(qtbot: QtBot, with_cat: MainWindow) -> None:
    """Drawn parts say what they are, and what they show."""
    canvas = with_cat.picture_area.canvas
    assert name_of(canvas) == "Picture"
    said = description_of(canvas)
    assert "chelsea.png" in said
    assert "tiger cat" in said
    with_cat.actions_by_id["brightness"].trigger()
    painted = {
        type(widget).__name__: widget
        for widget in with_cat.findChildren(QWidget)
        if type(widget).paintEvent is not QWidget.paintEvent and widget.isVisible()
    }
    for kind in ("HistogramView", "Legend"):
        assert name_of(painted[kind]), kind
        assert description_of(painted[kind]), kind
    rows = with_cat.classes.view.model()
    spoken = rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "tiger cat" in spoken
    assert "39.5 percent" in spoken


def test_tab_leads_through_the_window_as_it_is_read(qtbot: QtBot, with_cat: MainWindow) -> None:
    """From Copy and Save back up: each stop lies below, or right of, the one before it."""
    window = with_cat
    window.activateWindow()
    window.classes.findChild(TopSpin).setFocus(Qt.FocusReason.TabFocusReason)
    stops: list[QWidget] = []
    while window.side_dock.isAncestorOf(QApplication.focusWidget()):
        here = QApplication.focusWidget()
        if here in stops:
            break
        stops.append(here)
        qtbot.keyClick(here, Qt.Key.Key_Tab)
    places = [stop.mapTo(window, QPoint(0, 0)).y() for stop in stops]
    assert len(stops) > 8
    order = [f"{place} {name_of(stop)}" for place, stop in zip(places, stops, strict=True)]
    assert places == sorted(places), "\n".join(order)


def test_a_label_with_a_key_belongs_to_a_control(with_cat: MainWindow) -> None:
    """Labels that stand beside a control name it for a screen reader."""
    for label in with_cat.panel.findChildren(QLabel):
        buddy = label.buddy()
        if buddy is not None:
            assert label.text()
            assert name_of(buddy)
