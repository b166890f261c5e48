"""The tree of layers: what it lists, finds and lets be chosen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from camviewer.engine.results.messages import LayerInfo
from camviewer.ui.explain.layer_tree import LayerTree

LAYERS = (
    LayerInfo("stem.conv", "Conv2d", (32, 112, 112), cam=False),
    LayerInfo("blocks.0", "Sequential", (16, 112, 112), cam=False),
    LayerInfo("blocks.0.conv", "Conv2d", (16, 112, 112), cam=False),
    LayerInfo("blocks.1.conv", "Conv2d", (24, 56, 84), cam=False),
    LayerInfo("head", "ConvBnAct", (1280, 7, 7), cam=True),
)

Key = Qt.Key


@pytest.fixture
def tree(qtbot: QtBot) -> Iterator[LayerTree]:
    anchor = QWidget()
    qtbot.addWidget(anchor)
    anchor.resize(300, 40)
    anchor.show()
    tree = LayerTree(anchor)
    tree.set_layers(LAYERS, "head")
    tree.open_below(anchor)
    qtbot.waitExposed(tree)
    yield tree
    tree.close()


def visible_rows(tree: LayerTree) -> list[str]:
    """The rows from above, indented by two spaces a level, with their columns."""
    rows = []
    index = tree.view.model().index(0, 0)
    while index.isValid():
        depth, parent = 0, index.parent()
        while parent.isValid():
            depth, parent = depth + 1, parent.parent()
        columns = [str(index.siblingAtColumn(column).data()) for column in range(3)]
        rows.append("  " * depth + " | ".join(column for column in columns if column))
        index = tree.view.indexBelow(index)
    return rows


def index_of(tree: LayerTree, *names: str) -> QModelIndex:
    model, index = tree.view.model(), QModelIndex()
    for name in names:
        count = model.rowCount(index)
        found = (model.index(row, 0, index) for row in range(count))
        index = next(child for child in found if child.data() == name)
    return index


def click(qtbot: QtBot, tree: LayerTree, *names: str) -> None:
    middle = tree.view.visualRect(index_of(tree, *names)).center()
    qtbot.mouseClick(tree.view.viewport(), Qt.MouseButton.LeftButton, pos=middle)


def test_dotted_names_become_a_tree_with_kinds_and_shapes(tree: LayerTree) -> None:
    assert visible_rows(tree) == [
        "stem",
        "  conv | Conv2d | 32 × 112 × 112",
        "blocks",
        "  0 | Sequential | 16 × 112 × 112",
        "    conv | Conv2d | 16 × 112 × 112",
        "  1",
        "    conv | Conv2d | 24 × 84 × 56",
        "head | ConvBnAct · exact CAM | 1280 × 7 × 7",
    ]


def test_the_layer_in_use_is_marked_when_it_opens(tree: LayerTree) -> None:
    assert tree.view.currentIndex().data() == "head"
    assert tree.search_field.hasFocus()


def test_a_click_chooses_a_layer_and_closes_the_tree(qtbot: QtBot, tree: LayerTree) -> None:
    with qtbot.waitSignal(tree.layer_chosen) as chosen:
        click(qtbot, tree, "blocks", "1", "conv")
    assert chosen.args == ["blocks.1.conv"]
    assert not tree.isVisible()


def test_a_module_with_a_grid_and_children_can_be_chosen(qtbot: QtBot, tree: LayerTree) -> None:
    with qtbot.waitSignal(tree.layer_chosen) as chosen:
        click(qtbot, tree, "blocks", "0")
    assert chosen.args == ["blocks.0"]


def test_a_module_without_a_grid_cannot_be_chosen(qtbot: QtBot, tree: LayerTree) -> None:
    with qtbot.assertNotEmitted(tree.layer_chosen):
        click(qtbot, tree, "blocks", "1")
    assert tree.isVisible()
    tip = index_of(tree, "blocks", "1").data(Qt.ItemDataRole.ToolTipRole)
    assert "no grid" in tip


def test_the_filter_keeps_what_matches_and_its_parents(qtbot: QtBot, tree: LayerTree) -> None:
    qtbot.keyClicks(tree.search_field, "1.conv")
    assert visible_rows(tree) == ["blocks", "  1", "    conv | Conv2d | 24 × 84 × 56"]
    with qtbot.waitSignal(tree.layer_chosen) as chosen:
        qtbot.keyClick(tree.search_field, Key.Key_Return)
    assert chosen.args == ["blocks.1.conv"]


def test_the_filter_finds_kinds_too(qtbot: QtBot, tree: LayerTree) -> None:
    qtbot.keyClicks(tree.search_field, "convbn")
    assert visible_rows(tree) == ["head | ConvBnAct · exact CAM | 1280 × 7 × 7"]


def test_a_filter_without_hits_says_so(qtbot: QtBot, tree: LayerTree) -> None:
    qtbot.keyClicks(tree.search_field, "xyz")
    assert visible_rows(tree) == []
    with qtbot.assertNotEmitted(tree.layer_chosen):
        qtbot.keyClick(tree.search_field, Key.Key_Return)


def test_the_keyboard_alone_reaches_a_layer(qtbot: QtBot, tree: LayerTree) -> None:
    qtbot.keyClicks(tree.search_field, "conv2d")
    qtbot.keyClick(tree.search_field, Key.Key_Down)
    assert tree.view.hasFocus()
    qtbot.keyClick(tree.view, Key.Key_End)
    with qtbot.waitSignal(tree.layer_chosen) as chosen:
        qtbot.keyClick(tree.view, Key.Key_Return)
    assert chosen.args == ["blocks.1.conv"]


def test_escape_closes_without_a_choice(qtbot: QtBot, tree: LayerTree) -> None:
    with qtbot.assertNotEmitted(tree.layer_chosen):
        qtbot.keyClick(tree.search_field, Key.Key_Escape)
    assert not tree.isVisible()
