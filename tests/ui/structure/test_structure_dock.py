"""The dock Model structure: the network as a tree, taps by a click, channels one by one."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeView

from camviewer.engine.render.look import Look
from camviewer.engine.session.session import Session
from camviewer.engine.structure import channels, structure_queries
from camviewer.engine.structure.module_tree import (
    ChannelOrder,
    ChannelSheet,
    ChannelWish,
    NetworkParts,
    Part,
)
from camviewer.ui.structure import channel_list
from camviewer.ui.structure.channel_list import ChannelList, Role, channel_words
from camviewer.ui.structure.module_tree_model import Role as PartRole
from camviewer.ui.structure.module_tree_model import count_words
from camviewer.ui.structure.tree import StructureTree
from camviewer.ui.window.main_window import MainWindow
from tests.ui.conftest import PATIENCE

Key = Qt.Key


def part(name: str, parent: int, grid: bool = True, reason: str = "") -> Part:
    shape = (8, 14, 14) if grid else (8,)
    return Part(name, "Conv2d", "3, 8", parent, 224, shape, (8, 14, 14) if grid else None, reason)


NETWORK = NetworkParts(
    (
        Part("", "VGG", "", -1, 1000, (5,), None, "This is the whole network."),
        part("features", 0),
        part("features.0", 1),
        part("features.1", 1),
        part("classifier", 0, grid=False, reason="It puts out 8 numbers."),
    ),
    (224, 224),
    "features.1",
)


@pytest.fixture
def tree(qtbot) -> StructureTree:
    tree = StructureTree()
    qtbot.addWidget(tree)
    tree.resize(400, 400)
    tree.set_parts(NETWORK)
    tree.set_tapped("features.1")
    tree.show()
    return tree


def shown(view: QTreeView) -> list[str]:
    rows = []
    index = view.model().index(0, 0)
    while index.isValid():
        rows.append(index.data(PartRole.PART).name)
        index = view.indexBelow(index)
    return rows


def row_of(view: QTreeView, name: str) -> QModelIndex:
    index = view.model().index(0, 0)
    while index.data(PartRole.PART).name != name:
        index = view.indexBelow(index)
    return index


def test_the_tree_reads_as_torch_prints_the_network(tree: StructureTree) -> None:
    assert shown(tree.view) == ["", "features", "features.0", "features.1", "classifier"]
    row = row_of(tree.view, "features.0")
    texts = [row.siblingAtColumn(column).data() for column in range(3)]
    assert texts == ["(0): Conv2d(3, 8)", "8 × 14 × 14", "224"]
    assert "4 modules, 1,000 parameters" in tree.said


def test_the_tapped_layer_is_marked(tree: StructureTree) -> None:
    assert row_of(tree.view, "features.1").data(PartRole.TAPPED)
    assert not row_of(tree.view, "features.0").data(PartRole.TAPPED)
    assert tree.view.currentIndex().data(PartRole.PART).name == "features.1"


def test_a_click_taps_a_layer_and_elsewhere_says_why_not(qtbot, tree: StructureTree) -> None:
    with qtbot.waitSignal(tree.layer_chosen) as tapped:
        tree.view.clicked.emit(row_of(tree.view, "features.0"))
    assert tapped.args == ["features.0"]
    with qtbot.assertNotEmitted(tree.layer_chosen):
        tree.view.clicked.emit(row_of(tree.view, "classifier"))
    assert tree.said == "classifier: It puts out 8 numbers."


def test_the_keyboard_finds_and_taps(qtbot, tree: StructureTree) -> None:
    QTest.keyClicks(tree.search_field, "features.0")
    qtbot.waitUntil(lambda: shown(tree.view) == ["", "features", "features.0"])
    QTest.keyClick(tree.search_field, Key.Key_Down)
    with qtbot.waitSignal(tree.layer_chosen) as tapped:
        QTest.keyClick(tree.view, Key.Key_Return)
    assert tapped.args == ["features.0"]
    QTest.keyClick(tree.search_field, Key.Key_Escape)
    qtbot.waitUntil(lambda: len(shown(tree.view)) == 5)
    QTest.keyClicks(tree.search_field, "nothing of the kind")
    qtbot.waitUntil(lambda: tree.said == "No module matches.")


def test_other_shapes_of_the_same_network_leave_what_is_folded(tree: StructureTree) -> None:
    from dataclasses import replace

    tree.view.collapse(row_of(tree.view, "features"))
    larger = tuple(replace(p, output=(8, 28, 28)) if p.grid else p for p in NETWORK.parts)
    tree.set_parts(NetworkParts(larger, (448, 448), "features.1"))
    assert "features.0" not in shown(tree.view)
    assert row_of(tree.view, "features").siblingAtColumn(1).data() == "8 × 28 × 28"


def test_two_thousand_modules_are_listed_folded_and_found(qtbot, tree: StructureTree) -> None:
    parts = [NETWORK.parts[0]]
    for block in range(100):
        place = len(parts)
        parts.append(part(f"blocks{block}", 0))
        parts += [part(f"blocks{block}.{number}", place) for number in range(20)]
    tree.set_parts(NetworkParts(tuple(parts), (224, 224), "blocks0"))
    tree.set_tapped("blocks99.19")
    QTest.keyClicks(tree.search_field, "blocks57.3")
    qtbot.waitUntil(lambda: shown(tree.view) == ["", "blocks57", "blocks57.3"])


def test_counts_are_said_in_three_digits() -> None:
    assert [count_words(count) for count in (64, 1792, 138_357_544)] == ["64", "1.79 k", "138 M"]


def sheet(count: int = 2048, side: int = 7) -> ChannelSheet:
    values = np.arange(count, dtype=np.float32)[::-1].copy()
    return ChannelSheet(
        wish=ChannelWish("layer4", 3, order=ChannelOrder.MEAN),
        shape=(count, side, side),
        channels=np.arange(count, dtype=np.int32)[::-1].copy(),
        places=np.full((count, side, side), 255, np.uint8),
        lows=np.zeros(count, np.float32),
        highs=values,
        ends=values,
        means=values / 2,
        weights=-values,
        weight_meaning="class weight",
    )


def test_of_two_thousand_channels_only_those_in_sight_become_pictures(qtbot, monkeypatch) -> None:
    made: list[int] = []

    class CountedImage(QImage):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments)
            made.append(1)

    monkeypatch.setattr(channel_list, "QImage", CountedImage)
    grid = ChannelList()
    qtbot.addWidget(grid)
    grid.resize(380, 300)
    grid.channels.set_sheet(sheet())
    grid.channels.set_look(Look())
    grid.show()
    qtbot.waitUntil(lambda: bool(made))
    qtbot.wait(100)
    assert len(made) < 300  # some twenty are in sight, and are painted more than once
    assert grid.channels.rowCount() == 2048


def test_a_channel_says_its_range_mean_and_weight() -> None:
    words = channel_words(sheet(4), 1)
    assert words[0] == "Channel 2 of layer4"
    assert words[1] == "0 to 2, mean 1"
    assert words[2] == "Class weight −2"


@pytest.fixture
def with_structure(qtbot, with_cat: MainWindow) -> MainWindow:
    with_cat.show()
    with_cat.structure_dock.show()
    with_cat.structure_dock.raise_()
    channels = with_cat.structure.panel.channels.list.channels
    qtbot.waitUntil(lambda: channels.sheet is not None, timeout=PATIENCE)
    return with_cat


def test_the_dock_follows_the_map_and_the_map_the_dock(qtbot, with_structure) -> None:
    window = with_structure
    tree, channels = window.structure.panel.tree, window.structure.panel.channels.list.channels
    info = window.exploration.models.info
    assert row_of(tree.view, info.cam_layer).data(PartRole.TAPPED)
    assert channels.sheet.wish.layer == info.cam_layer
    assert channels.sheet.shape == (1280, 7, 7)
    tree.layer_chosen.emit("blocks.4")
    qtbot.waitUntil(lambda: channels.sheet.wish.layer == "blocks.4", timeout=PATIENCE)
    assert window.exploration.explanation.layer.name == "blocks.4"
    assert window.exploration.explanation.method.id == "grad-cam"
    assert row_of(tree.view, "blocks.4").data(PartRole.TAPPED)


def test_a_channel_is_enlarged_and_esc_brings_the_class_map_back(qtbot, with_structure) -> None:
    window = with_structure
    grid = window.structure.panel.channels.list
    before = window.exploration.explanation
    row = grid.channels.index(5)
    number = row.data(Role.CHANNEL)
    grid.clicked.emit(row)
    qtbot.waitUntil(lambda: window.exploration.explanation.method.id == "channel", timeout=PATIENCE)
    shown_map = window.exploration.explanation
    assert shown_map.request.options == (("channel", number),)
    assert shown_map.layer.name == before.layer.name
    assert f"channel {number} of" in window.status.text
    assert window.picture_area.canvas.legend.unit == "activation"
    assert grid.currentIndex().data(Role.CHANNEL) == number
    QTest.keyClick(grid, Key.Key_Escape)
    qtbot.waitUntil(
        lambda: window.exploration.explanation.method.id == before.method.id, timeout=PATIENCE
    )
    after = window.exploration.explanation
    assert np.array_equal(after.heatmap.values, before.heatmap.values)


def test_nothing_is_asked_while_the_dock_is_hidden(qtbot, with_cat) -> None:
    assert with_cat.structure.panel.channels.list.channels.sheet is None
    assert with_cat.structure.panel.tree.view.model().rowCount() == 0


def no_memory(*_: object, **__: object) -> None:
    raise MemoryError


def test_a_map_that_failed_is_not_waited_for(qtbot, window, cat, monkeypatch) -> None:
    monkeypatch.setattr(Session, "explain", no_memory)
    window.show()
    window.structure_dock.show()
    window.structure_dock.raise_()
    with qtbot.waitSignal(window.exploration.failed, timeout=PATIENCE):
        window.open_paths([cat])
    assert window.structure.panel.channels.words == "There is no map of this picture."


@pytest.mark.parametrize("what", ["channels", "modules"])
def test_what_could_not_be_read_is_asked_for_again(qtbot, with_cat, monkeypatch, what) -> None:
    module, name = (
        (channels, "channel_sheet") if what == "channels" else (structure_queries, "parts_at")
    )
    read = getattr(module, name)
    monkeypatch.setattr(module, name, no_memory)
    with_cat.show()
    with qtbot.waitSignal(with_cat.exploration.failed, timeout=PATIENCE):
        with_cat.structure_dock.show()
        with_cat.structure_dock.raise_()
    panel = with_cat.structure.panel
    if what == "channels":
        assert panel.channels.words == "The channels of this layer could not be read."
    monkeypatch.setattr(module, name, read)
    with_cat.structure_dock.hide()
    with_cat.structure_dock.show()
    with_cat.structure_dock.raise_()
    qtbot.waitUntil(lambda: panel.tree.view.model().rowCount() > 0, timeout=PATIENCE)
    qtbot.waitUntil(lambda: panel.channels.list.channels.sheet is not None, timeout=PATIENCE)
