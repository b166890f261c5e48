"""The class list: what it shows, finds and tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QLabel, QSpinBox
from pytestqt.qtbot import QtBot

from camviewer.engine.geometry.geometry import PlacementMode, Recipe, place
from camviewer.engine.results.confidence import Confidence
from camviewer.engine.results.messages import ExplainRequest, Explanation, Verdict
from camviewer.ui.classes.class_list import ClassList, here_line
from camviewer.ui.classes.class_rows import ROW_HEIGHT, ClassRowPainter, ClassRows
from tests.ui.explanations import exact_cam

LABELS = ("tiger cat", "Egyptian cat", "tabby", "lynx", "window screen", "fire engine", "cat flap")
LOGITS = (5.0, 4.8, 4.0, 2.0, -1.0, -9.0, -3.0)

Key = Qt.Key


def verdict_of(logits: tuple[float, ...] | np.ndarray) -> Verdict:
    values = np.asarray(logits, np.float32)
    shares = np.exp(values - values.max())
    return Verdict(values, shares / shares.sum())


@pytest.fixture
def classes(qtbot: QtBot) -> ClassList:
    widget = ClassList()
    qtbot.addWidget(widget)
    widget.resize(304, 600)
    widget.set_labels(LABELS)
    widget.show_verdict(verdict_of(LOGITS), 0)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def rows(classes: ClassList) -> list[str]:
    model = classes.view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def spoken(classes: ClassList, row: int) -> str:
    index = classes.view.model().index(row, 0)
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def marked(classes: ClassList) -> str | None:
    return classes.view.currentIndex().data()


def click_row(qtbot: QtBot, classes: ClassList, row: int) -> None:
    view = classes.view
    middle = view.visualRect(view.model().index(row, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)


def said(classes: ClassList) -> list[str]:
    return [label.text() for label in classes.findChildren(QLabel) if label.isVisible()]


def test_the_five_most_probable_classes_are_listed_best_first(classes: ClassList) -> None:
    assert rows(classes) == list(LABELS[:5])
    assert marked(classes) == "tiger cat"
    assert spoken(classes, 0) == "tiger cat, 44.7 percent"
    assert spoken(classes, 4) == "window screen, 0.1 percent"


def test_a_hardly_possible_class_has_less_than_a_tenth_of_a_percent(classes: ClassList) -> None:
    classes.set_k(7)
    assert spoken(classes, 6) == "fire engine, less than 0.1 percent"


def test_the_tooltip_holds_index_logit_and_many_digits(classes: ClassList) -> None:
    tip = classes.view.model().index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.splitlines()[:2] == ["Egyptian cat", "class #1"]
    assert "probability 0.36" in tip
    assert "logit 4.8000" in tip


def test_a_click_chooses_a_class_once(qtbot: QtBot, classes: ClassList) -> None:
    with qtbot.waitSignal(classes.class_chosen) as chosen:
        click_row(qtbot, classes, 2)
    assert chosen.args == [2]
    with qtbot.assertNotEmitted(classes.class_chosen):
        click_row(qtbot, classes, 2)


@pytest.mark.parametrize(
    ("key", "expected"), [(Key.Key_Down, 1), (Key.Key_End, 4), (Key.Key_PageDown, 4)]
)
def test_keys_move_through_the_classes(
    qtbot: QtBot, classes: ClassList, key: Qt.Key, expected: int
) -> None:
    classes.view.setFocus()
    with qtbot.waitSignal(classes.class_chosen) as chosen:
        qtbot.keyClick(classes.view, key)
    assert chosen.args == [expected]


def test_home_and_up_lead_back_to_the_first_class(qtbot: QtBot, classes: ClassList) -> None:
    click_row(qtbot, classes, 3)
    with qtbot.waitSignal(classes.class_chosen) as chosen:
        qtbot.keyClick(classes.view, Key.Key_Up)
    assert chosen.args == [2]
    with qtbot.waitSignal(classes.class_chosen) as chosen:
        qtbot.keyClick(classes.view, Key.Key_Home)
    assert chosen.args == [0]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("cat", ["tiger cat", "Egyptian cat", "cat flap"]),
        ("CAT tig", ["tiger cat"]),
        ("#5", ["fire engine"]),
        ("5", ["fire engine"]),
        ("engine fire", ["fire engine"]),
    ],
)
def test_the_search_finds_classes_by_words_and_by_index(
    qtbot: QtBot, classes: ClassList, query: str, found: list[str]
) -> None:
    qtbot.keyClicks(classes.search_field, query)
    assert rows(classes) == found


def test_a_search_without_hits_says_so(qtbot: QtBot, classes: ClassList) -> None:
    qtbot.keyClicks(classes.search_field, "xyz")
    assert rows(classes) == []
    assert "No class matches “xyz”." in said(classes)
    qtbot.keyClick(classes.search_field, Key.Key_Escape)
    assert rows(classes) == list(LABELS[:5])


def test_enter_goes_to_the_first_hit_which_stays_listed_after_the_search(
    qtbot: QtBot, classes: ClassList
) -> None:
    qtbot.keyClicks(classes.search_field, "engine")
    with qtbot.waitSignal(classes.class_chosen) as chosen:
        qtbot.keyClick(classes.search_field, Key.Key_Return)
    assert chosen.args == [5]
    classes.search_field.clear()
    assert rows(classes) == [*LABELS[:5], "fire engine"]
    assert marked(classes) == "fire engine"


def test_down_leads_from_the_search_into_the_hits_and_up_leads_back(
    qtbot: QtBot, classes: ClassList
) -> None:
    classes.search_field.setFocus()
    qtbot.keyClicks(classes.search_field, "flap")
    with qtbot.waitSignal(classes.class_chosen) as chosen:
        qtbot.keyClick(classes.search_field, Key.Key_Down)
    assert chosen.args == [6]
    assert classes.view.hasFocus()
    qtbot.keyClick(classes.view, Key.Key_Up)
    assert classes.search_field.hasFocus()


def test_typing_a_search_chooses_nothing(qtbot: QtBot, classes: ClassList) -> None:
    with qtbot.assertNotEmitted(classes.class_chosen):
        qtbot.keyClicks(classes.search_field, "cat")
        classes.search_field.clear()
    assert marked(classes) == "tiger cat"


def test_the_program_may_mark_a_class_without_a_signal(qtbot: QtBot, classes: ClassList) -> None:
    with qtbot.assertNotEmitted(classes.class_chosen):
        classes.select_class(3)
        classes.select_class(5)
        classes.set_k(2)
        classes.show_verdict(verdict_of(LOGITS), 1)
    assert rows(classes) == ["tiger cat", "Egyptian cat"]
    assert marked(classes) == "Egyptian cat"


@pytest.mark.parametrize(("typed", "k"), [("2", 2), ("all", 7)])
def test_the_number_of_classes_is_typed_in_place(
    qtbot: QtBot, classes: ClassList, typed: str, k: int
) -> None:
    number = classes.findChild(QSpinBox)
    assert number is not None
    assert number.text() == "top 5 of 7"
    number.setFocus()
    number.selectAll()
    with qtbot.waitSignal(classes.k_changed) as changed:
        qtbot.keyClicks(number.lineEdit(), typed)
        qtbot.keyClick(number.lineEdit(), Key.Key_Return)
    assert changed.args == [k]
    assert len(rows(classes)) == k
    assert number.text() == f"top {k} of 7"


def test_quiet_rows_stand_in_while_the_model_works(qtbot: QtBot, classes: ClassList) -> None:
    classes.show_placeholders()
    assert rows(classes) == [None] * 5
    with qtbot.assertNotEmitted(classes.class_chosen):
        click_row(qtbot, classes, 1)
    classes.show_verdict(verdict_of(LOGITS), 0)
    assert rows(classes) == list(LABELS[:5])


def test_without_a_picture_it_says_what_will_stand_here(qtbot: QtBot, classes: ClassList) -> None:
    classes.clear()
    assert rows(classes) == []
    assert "The classes appear here." in said(classes)
    qtbot.keyClicks(classes.search_field, "cat")
    assert len(rows(classes)) == 3
    with qtbot.assertNotEmitted(classes.class_chosen):
        click_row(qtbot, classes, 0)
        qtbot.keyClick(classes.search_field, Key.Key_Return)


def test_of_twenty_thousand_classes_only_those_on_screen_are_read(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[int] = set()

    def counted(method: Callable[..., object], place: int) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            index = arguments[place]
            assert isinstance(index, QModelIndex)
            asked.add(index.row())
            return method(*arguments)

        return call

    monkeypatch.setattr(ClassRows, "data", counted(ClassRows.data, 1))
    monkeypatch.setattr(ClassRowPainter, "sizeHint", counted(ClassRowPainter.sizeHint, 2))
    classes = ClassList()
    qtbot.addWidget(classes)
    classes.resize(304, 600)
    count = 21_841
    classes.set_labels([f"class number {index}" for index in range(count)])
    classes.show()
    qtbot.waitExposed(classes)
    logits = np.random.default_rng(0).normal(size=count).astype(np.float32)

    def rows_read(step: Callable[[], object]) -> int:
        asked.clear()
        step()
        classes.grab()
        return len(asked)

    assert 5 <= rows_read(lambda: classes.show_verdict(verdict_of(logits), 7)) <= 6
    on_screen = 600 // ROW_HEIGHT + 2  # one is cut, and the first is measured
    assert 5 < rows_read(lambda: classes.set_k(count)) <= on_screen
    assert len(rows(classes)) == count
    assert 5 < rows_read(lambda: qtbot.keyClicks(classes.search_field, "9")) <= on_screen
    assert 5 < rows_read(classes.search_field.clear) <= on_screen


def test_the_line_under_the_list_comes_and_goes(classes: ClassList) -> None:
    classes.set_here_line("This map sees the picture <b>whole</b>: tabby <b>3%</b> there.")
    assert any("tabby <b>3%</b> there" in text for text in said(classes))
    classes.set_here_line("")
    assert not any("there." in text for text in said(classes))


def test_the_mark_is_painted_over_the_whole_row(classes: ClassList) -> None:
    """The marked row differs from its neighbour in colour at both ends."""
    picture = classes.view.viewport().grab().toImage()
    width = classes.view.viewport().width()
    for x in (4, width - 5):
        assert picture.pixelColor(QPoint(x, 14)) != picture.pixelColor(QPoint(x, 46))


def explanation(mode: PlacementMode, detail: float, name: str = "tiger cat") -> Explanation:
    return replace(
        exact_cam(),
        request=ExplainRequest(0, "cam", "head", mode, detail),
        placement=place((200, 300), Recipe(), mode, detail),
        class_name=name,
        probability_here=0.28,
    )


@pytest.mark.parametrize(
    ("mode", "detail", "expected"),
    [
        (PlacementMode.CROP, 1.0, ""),
        (PlacementMode.CROP, 2.0, "sees the <b>trained crop, at 2×</b>: tiger cat <b>28%</b>"),
        (PlacementMode.WHOLE, 1.0, "sees the picture <b>whole</b>: tiger cat <b>28%</b>"),
        (PlacementMode.WHOLE, 1.5, "sees the picture <b>whole, at 1.5×</b>: tiger cat <b>28%</b>"),
        (PlacementMode.STRETCH, 3.0, "the picture <b>stretched, at 3×</b>: tiger cat <b>28%</b>"),
    ],
)
def test_the_line_says_what_the_class_scores_where_the_map_was_made(
    mode: PlacementMode, detail: float, expected: str
) -> None:
    line = here_line(explanation(mode, detail))
    assert expected in line
    assert bool(line) == bool(expected)


def test_a_class_name_is_never_taken_for_markup() -> None:
    assert "&lt;b&gt;" in here_line(explanation(PlacementMode.WHOLE, 1.0, "<b>"))


def hints(classes: ClassList) -> list[str]:
    return [label.text() for label in classes.findChildren(QLabel) if label.isVisible()]


def test_what_was_fitted_on_a_run_stands_beside_the_verdict(classes: ClassList) -> None:
    fitted = Confidence("birds", 1.7, 0, 0.31, 0.95, (0, 1), 0.998)
    before = rows(classes)
    classes.show_verdict(replace(verdict_of(LOGITS), confidence=fitted), 0)
    assert rows(classes) == before, "the verdict stays"
    (told,) = (words for words in hints(classes) if "Calibrated" in words)
    assert told.splitlines() == [
        "Calibrated (temperature 1.70): tiger cat 31%.",
        "One of: tiger cat, Egyptian cat: right in 95% of cases like those of birds.",
        (
            "Unlike the pictures of birds: further from its classes than 99.8% of them, so the "
            "rest may not hold."
        ),
    ]
    classes.show_verdict(verdict_of(LOGITS), 0)
    assert not any("Calibrated" in words for words in hints(classes))
