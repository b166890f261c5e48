"""The status line: the words of a map and of the cell under the cursor."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from camviewer.engine.geometry.geometry import PlacementMode, Recipe, place
from camviewer.engine.results.messages import Cost, Explanation, MethodInfo
from camviewer.ui.style.wording import percent
from camviewer.ui.window.status_line import StatusLine, hover_words, words
from tests.ui.explanations import exact_cam

GRAD_CAM = MethodInfo("grad-cam", "Grad-CAM", "", "", Cost.FAST, "logit")


@pytest.fixture
def explanation() -> Explanation:
    return exact_cam()


def test_the_words_say_class_method_layer_placement_time_and_device(
    explanation: Explanation,
) -> None:
    said = words(explanation)
    assert said == ("tiger cat 39%", "CAM (exact)", "head 7 × 7", "trained crop", "11 ms on CPU")


@pytest.mark.parametrize(
    ("mode", "detail", "expected"),
    [
        (PlacementMode.CROP, 1.5, "trained crop, 1.5×"),
        (PlacementMode.WHOLE, 1.0, "whole picture"),
        (PlacementMode.WHOLE, 1.5, "whole picture, 1.5×"),
        (PlacementMode.STRETCH, 2.0, "stretched, 2×"),
    ],
)
def test_every_placement_has_its_words(
    explanation: Explanation, mode: PlacementMode, detail: float, expected: str
) -> None:
    placement = place((224, 224), Recipe(), mode, detail)
    assert words(replace(explanation, placement=placement))[3] == expected


@pytest.mark.parametrize(
    ("milliseconds", "expected"),
    [(0.0, "<1 ms"), (0.9, "<1 ms"), (140.0, "140 ms"), (1234.0, "1.2 s")],
)
def test_time_is_said_in_a_fitting_unit(
    explanation: Explanation, milliseconds: float, expected: str
) -> None:
    assert words(replace(explanation, milliseconds=milliseconds))[4] == f"{expected} on CPU"


def test_nominal_centres_are_said_when_wanted_and_when_nothing_was_measured(
    explanation: Explanation,
) -> None:
    wanted = replace(explanation, request=replace(explanation.request, nominal=True))
    geometry = replace(explanation.heatmap.geometry, measured=False)
    unknown = replace(explanation, heatmap=replace(explanation.heatmap, geometry=geometry))
    assert words(wanted)[-1] == "nominal centres"
    assert words(unknown)[-1] == "nominal centres"


def test_a_grid_is_said_width_first(explanation: Explanation) -> None:
    geometry = replace(explanation.heatmap.geometry, shape=(10, 15))
    wide = replace(explanation, heatmap=replace(explanation.heatmap, geometry=geometry))
    assert words(wide)[2] == "head 15 × 10"


@pytest.mark.parametrize(
    ("probability", "expected"),
    [
        *((0.391, "39%"), (1.0, "100%"), (0.0123, "1%"), (0.0042, "0.4%"), (1e-9, "<0.1%")),
        *((0.994, "99%"), (0.996, "99.6%"), (0.99996, ">99.9%")),
    ],
)
def test_percentages_never_round_to_nothing_or_to_certainty(
    probability: float, expected: str
) -> None:
    assert percent(probability) == expected


def test_a_cell_of_an_exact_map_says_its_share_of_the_logit(explanation: Explanation) -> None:
    said = hover_words(212.7, 148.2, 12.25, explanation)
    assert said == "x 212 y 148 · adds 0.25 of 9.11 logit"


def test_a_cell_that_speaks_against_the_class_takes_from_it(explanation: Explanation) -> None:
    assert hover_words(0, 0, -4.9, explanation) == "x 0 y 0 · takes 0.1 from 9.11 logit"


def test_the_share_is_of_the_logit_where_the_map_was_made(explanation: Explanation) -> None:
    elsewhere = replace(explanation, logit_here=7.0, target_score=7.0)
    assert hover_words(0, 0, 4.9, elsewhere).endswith("adds 0.1 of 7 logit")


def test_other_methods_say_the_cells_value(explanation: Explanation) -> None:
    gradients = replace(explanation, method=GRAD_CAM)
    assert hover_words(212, 148, 12.4, gradients) == "x 212 y 148 · cell 12.4 logit"


def test_outside_the_map_only_the_place_is_said(explanation: Explanation) -> None:
    assert hover_words(3.0, 4.0, None, explanation) == "x 3 y 4"


@pytest.fixture
def line(qtbot: QtBot, explanation: Explanation) -> StatusLine:
    widget = StatusLine()
    qtbot.addWidget(widget)
    widget.resize(900, 28)
    widget.show_explanation(explanation)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def test_the_line_can_be_read_aloud(line: StatusLine) -> None:
    assert line.text == "tiger cat 39% · CAM (exact) · head 7 × 7 · trained crop · 11 ms on CPU"
    line.show_hover("x 1 y 2")
    assert line.hover_text == "x 1 y 2"


def test_a_message_takes_the_place_of_the_words(line: StatusLine) -> None:
    line.show_message("Saved cat.png.")
    assert line.text == "Saved cat.png."
    line.clear()
    assert line.text == ""


def test_a_narrow_line_gives_way_from_the_right_and_keeps_the_class(line: StatusLine) -> None:
    line.resize(260, 28)
    shown = [text for text, _ in line.shown_parts()]
    assert shown[0] == "tiger cat 39%"
    assert len(shown) < 5
    assert line.toolTip() == "" or "11 ms on CPU" in line.toolTip()
    assert "11 ms on CPU" in line.text


def test_it_can_become_very_narrow(line: StatusLine) -> None:
    line.show_hover("x 212 y 148 · adds 0.84 of 9.11 logit")
    assert line.minimumSizeHint().width() < 420
