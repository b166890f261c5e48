"""Notes of a map: told by their kind, none of them dropped."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from camviewer.engine.results.heatmap import Evidence
from camviewer.engine.results.messages import Explanation
from camviewer.engine.results.notes import Note, NoteKind
from camviewer.ui.window.main_window import MainWindow
from camviewer.ui.work.model_answers import Explained

THREE = (
    Note(NoteKind.METHOD, "No evidence for the class on layer4."),
    Note(NoteKind.RUN, "Scores are less exact: evidence bag."),
    Note(NoteKind.RUN, "A third thing to know."),
)


@pytest.fixture
def map_of(with_cat: MainWindow) -> Explanation:
    assert with_cat.exploration.explanation is not None
    return with_cat.exploration.explanation


def test_every_note_is_said(with_cat: MainWindow, map_of: Explanation) -> None:
    with_cat.exploration.explanation_changed.emit(replace(map_of, notes=THREE))
    said = with_cat.picture_area.notice.text
    assert all(note.text in said for note in THREE)
    assert not pill(with_cat)


def test_a_class_called_evidence_bag_is_a_class_like_any_other(
    with_cat: MainWindow, map_of: Explanation
) -> None:
    note = Note(NoteKind.METHOD, "Behind this layer the score of evidence bag does not bend.")
    with_cat.exploration.explanation_changed.emit(
        replace(map_of, class_name="evidence bag", notes=(note,))
    )
    assert note.text in with_cat.picture_area.notice.text
    assert not pill(with_cat)


def test_signed_values_show_what_a_map_without_positive_evidence_holds(
    with_cat: MainWindow, map_of: Explanation
) -> None:
    values = -np.abs(map_of.heatmap.values) - 1.0
    only_negative = replace(map_of.heatmap, values=values)
    assert only_negative.evidence is Evidence.ONLY_NEGATIVE
    note = Note(NoteKind.EVIDENCE, "No positive evidence for No positive here.")
    explanation = replace(map_of, heatmap=only_negative, notes=(note,))
    with_cat.exploration.show_map(Explained(with_cat.exploration.verdict, explanation))
    assert pill(with_cat) == note.text
    with_cat.actions_by_id["signed"].trigger()
    assert "evidence for No positive" not in pill(with_cat)


def test_what_was_said_of_a_map_goes_with_it(with_cat: MainWindow, map_of: Explanation) -> None:
    notice = with_cat.picture_area.notice
    with_cat.exploration.explanation_changed.emit(replace(map_of, notes=THREE))
    assert notice.isVisible()
    with_cat.exploration.explanation_changed.emit(replace(map_of, notes=()))
    assert not notice.isVisible()
    with_cat.exploration.explanation_changed.emit(replace(map_of, notes=THREE))
    notice.show_error("The file b.png is not a picture.")
    with_cat.exploration.explanation_changed.emit(replace(map_of, notes=()))
    assert notice.isVisible()


def pill(window: MainWindow) -> str:
    return window.picture_area.canvas.message
