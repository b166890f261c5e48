"""A run looked through in the window, with mouse and keyboard, as a person does."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from torchvision.models import squeezenet1_1

from benchmarks.synthetic_runs import begin_synthetic_run, write_shards
from camviewer.engine.batch import RunSettings, batch, open_run
from camviewer.engine.importing.checkpoints import import_checkpoint
from camviewer.engine.render.number_words import number_words
from camviewer.engine.review.filters import ClassRole, ForReason, Listed, OfClass
from camviewer.engine.review.reasons import Reason
from tests.engine.small_runs import write_picture
from tests.ui.conftest import PATIENCE, wait_for_map
from tests.ui.dialogs import press
from tests.ui.dragging import drop_on, urls
from tests.ui.reviewing import reviewed, shows

COUNT = 300
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture(scope="module")
def real_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of the embedded model over six small pictures, two maps each, and one that is none."""
    folder = tmp_path_factory.mktemp("real")
    for number in range(6):
        kind = ("tench", "goldfish")[number % 2]
        write_picture(folder / "in" / kind / f"{number}.jpg", number, (300, 200))
    (folder / "in" / "tench" / "broken.jpg").write_text("nothing")
    batch([folder / "in"], folder / "run", RunSettings(classes="top2", truth="folders"))
    return folder / "run"


@pytest.fixture(scope="module")
def drawn_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of generated rows."""
    path = tmp_path_factory.mktemp("drawn") / "run"
    write_shards(begin_synthetic_run(path, COUNT, shard_size=100))
    return path


def click_at(widget, x: float, y: float) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))


def test_the_review_waits_for_a_run_and_comes_back_to_picture(qtbot, with_cat) -> None:
    assert with_cat.side_dock.isVisible()
    QTest.keyClick(with_cat, Qt.Key.Key_2, CTRL)
    review = with_cat.workplaces.review
    assert review is not None
    assert review.workplace.isVisible()
    assert review.workplace.is_empty
    assert not with_cat.side_dock.isVisible()
    assert not with_cat.actions_by_id["next_class"].isEnabled()
    QTest.keyClick(with_cat, Qt.Key.Key_1, CTRL)
    assert with_cat.picture_area.isVisible()
    assert with_cat.side_dock.isVisible()
    assert with_cat.actions_by_id["next_class"].isEnabled()


def test_a_cell_of_the_matrix_shows_its_pictures_and_a_chip_goes(qtbot, window, drawn_run) -> None:
    review = reviewed(qtbot, window, drawn_run, COUNT)
    parts = review.workplace
    matrix = parts.overview.matrix
    qtbot.waitUntil(lambda: matrix.cell_side > 0, timeout=PATIENCE)
    rows = open_run(drawn_run).rows()
    confused = rows.filter((rows["truth_index"] == 3) & (rows["predicted_index"] == 4)).height
    # Classes are taken for the next one, so the cell beside the diagonal of class 3 is confused.
    words = f"class 3: {confused} of 30 taken for class 4"
    box = next(
        matrix.cell_box(row, column)
        for row in range(10)
        for column in range(10)
        if matrix.words_at(matrix.cell_box(row, column).center().toPoint()).startswith(words)
    )
    click_at(matrix.viewport(), box.center().x(), box.center().y())
    shows(qtbot, review, confused)
    assert parts.view_bar.count == f"{confused} of {COUNT} pictures"
    assert [chip.text() for chip in parts.filters.chips] == [
        "true: class 3  ×", "said: class 4  ×",
    ]  # fmt: skip
    press(parts.filters.chips[1])
    shows(qtbot, review, 30)
    press(parts.filters.chips[0])
    shows(qtbot, review, COUNT)
    said = rows.filter(rows["predicted_index"] == 4).height
    column = matrix.words_at(QPoint(round(box.center().x()), 4))
    assert column == f"{said} pictures said to be class 4"
    click_at(matrix.viewport(), box.center().x(), 4)
    shows(qtbot, review, said)
    click_at(matrix.viewport(), 4, box.center().y())
    shows(qtbot, review, 30)


@pytest.mark.slow
def test_the_matrix_is_walked_with_the_keyboard(qtbot, window, drawn_run) -> None:
    review = reviewed(qtbot, window, drawn_run, COUNT)
    matrix = review.workplace.overview.matrix
    qtbot.waitUntil(lambda: matrix.cell_side > 0, timeout=PATIENCE)
    matrix.setFocus()
    QTest.keyClick(matrix, Qt.Key.Key_Down)
    QTest.keyClick(matrix, Qt.Key.Key_Right)
    said = matrix.accessibleDescription()
    assert "found" in said
    before = matrix.cell_side
    QTest.keyClick(matrix, Qt.Key.Key_Plus)
    assert matrix.cell_side > before
    QTest.keyClick(matrix, Qt.Key.Key_Return)
    shows(qtbot, review, int(said.split(":")[1].split("of")[0]))


@pytest.mark.slow
def test_filters_are_typed_into_the_form(qtbot, window, drawn_run) -> None:
    review = reviewed(qtbot, window, drawn_run, COUNT)
    filters = review.workplace.filters
    press(filters.add_button)
    form = filters.form
    assert form is not None
    edits = {edit.accessibleName(): edit for edit in form.findChildren(QLineEdit)}
    QTest.keyClicks(edits["Probability, %, from"], "90")
    QTest.keyClicks(edits["Path has"], "class 1/")
    QTest.keyClick(edits["Path has"], Qt.Key.Key_Return)
    rows = open_run(drawn_run).rows()
    wanted = (rows["predicted_probability"] >= 0.9) & rows["path"].str.starts_with("class 1/")
    shows(qtbot, review, rows.filter(wanted).height)
    assert [chip.text() for chip in filters.chips] == ["p ≥ 0.9  ×", "path has “class 1/”  ×"]


@pytest.mark.slow
def test_the_order_is_chosen_and_turned_around(qtbot, window, drawn_run) -> None:
    review = reviewed(qtbot, window, drawn_run, COUNT)
    parts, facts = review.workplace, review.facts
    assert facts is not None
    cards, box = parts.gallery.cards, parts.view_bar.sort_box
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)  # confidence
    confidence = facts.captions.confidence

    def first_is(wanted: float) -> bool:
        return confidence[cards.number_at(0)] == wanted

    qtbot.waitUntil(lambda: first_is(confidence.max()), timeout=PATIENCE)
    press(parts.view_bar.direction_button)
    qtbot.waitUntil(lambda: first_is(confidence.min()), timeout=PATIENCE)
    assert parts.view_bar.direction_button.text() == "least sure first"


def test_enter_opens_exactly_this_map_and_back_returns_to_its_card(qtbot, window, real_run) -> None:
    review = reviewed(qtbot, window, real_run, 7)
    gallery = review.workplace.gallery
    qtbot.waitUntil(
        lambda: not gallery.cards.lacking(map(gallery.cards.number_at, range(6))),
        timeout=PATIENCE,
    )
    assert not any(gallery.cards.failure(gallery.cards.number_at(n)) for n in range(6))
    gallery.setFocus()
    gallery.setCurrentIndex(gallery.cards.index(0))
    for _ in range(2):
        QTest.keyClick(gallery, Qt.Key.Key_Right)
    number = gallery.current_number
    qtbot.waitUntil(lambda: review.workplace.detail.number == number, timeout=PATIENCE)
    rows = open_run(real_run).rows()
    row = rows.filter(rows["rank"] == 1).row(2, named=True)
    assert f"Map of: {row['class']}" in review.workplace.detail.words
    QTest.keyClick(gallery, Qt.Key.Key_Return)
    wait_for_map(qtbot, window, Path(row["path"]).name)
    shown = window.exploration.explanation
    assert shown is not None
    assert (shown.class_name, shown.method.id) == (row["class"], row["method"])
    stored = np.reshape(row["map"], (row["map_rows"], row["map_columns"]))
    np.testing.assert_allclose(shown.heatmap.values, stored, atol=1e-4 * np.abs(stored).max())
    assert shown.heatmap.geometry.origin == pytest.approx((row["origin_x"], row["origin_y"]))
    assert window.picture_area.isVisible()
    assert row["path"] in window.workplaces.back_bar.words
    QTest.keyClick(window, Qt.Key.Key_Left, ALT)
    assert review.workplace.isVisible()
    assert gallery.current_number == number


def test_a_map_of_another_target_is_named_and_opened_as_such(qtbot, window, tmp_path) -> None:
    write_picture(tmp_path / "in" / "0.jpg", 0, (300, 200))
    settings = RunSettings(method="grad-cam", classes="top1", target="against")
    batch([tmp_path / "in"], tmp_path / "run", settings)
    review = reviewed(qtbot, window, tmp_path / "run", 1)
    assert review.facts is not None
    assert review.facts.method == "Grad-CAM, against each class"
    gallery = review.workplace.gallery
    gallery.setFocus()
    gallery.setCurrentIndex(gallery.cards.index(0))
    qtbot.waitUntil(lambda: review.workplace.detail.number == 0, timeout=PATIENCE)
    row = open_run(tmp_path / "run").rows().row(0, named=True)
    assert f"Map of: against {row['class']}" in review.workplace.detail.words
    QTest.keyClick(gallery, Qt.Key.Key_Return)
    wait_for_map(qtbot, window, "0.jpg")
    shown = window.exploration.explanation
    assert shown is not None
    assert shown.target_name == f"against {row['class']}"
    stored = np.reshape(row["map"], (row["map_rows"], row["map_columns"]))
    np.testing.assert_allclose(shown.heatmap.values, stored, atol=1e-4 * np.abs(stored).max())


def test_values_have_their_numbers_in_the_place_of_probabilities(qtbot, window, tmp_path) -> None:
    write_picture(tmp_path / "in" / "0.jpg", 0, (300, 200))
    torch.save(squeezenet1_1(num_classes=1).state_dict(), tmp_path / "age.pth")
    info = import_checkpoint(tmp_path / "age.pth", activation="none", unit="years")
    settings = RunSettings(model=info.id, method="grad-cam", nominal=True)
    batch([tmp_path / "in"], tmp_path / "run", settings)
    review = reviewed(qtbot, window, tmp_path / "run", 1)
    row = open_run(tmp_path / "run").rows().row(0, named=True)
    value = number_words(row["logit"])
    gallery = review.workplace.gallery
    gallery.setFocus()
    gallery.setCurrentIndex(gallery.cards.index(0))
    qtbot.waitUntil(lambda: review.workplace.detail.number == 0, timeout=PATIENCE)
    assert f"Map of: output 0 {value}" in review.workplace.detail.words
    card = gallery.cards.words(0)
    assert (card.name, card.share) == ("output 0", value)


def test_without_the_run_s_model_the_stored_map_is_shown_and_said_so(
    qtbot, window, real_run, tmp_path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(real_run, other)
    record = json.loads((other / "run.json").read_text())
    record["configuration"]["weights_sha256"] = "0" * 64
    record["model"]["title"] = "A lost model"
    (other / "run.json").write_text(json.dumps(record))
    review = reviewed(qtbot, window, other, 7)
    gallery = review.workplace.gallery
    box = gallery.visualRect(gallery.cards.index(0)).center()
    click_at(gallery.viewport(), box.x(), box.y())
    QTest.mouseDClick(gallery.viewport(), Qt.MouseButton.LeftButton, pos=box)
    qtbot.waitUntil(lambda: window.workplaces.stored_map is not None, timeout=PATIENCE)
    page = window.workplaces.stored_map
    qtbot.waitUntil(lambda: page.canvas.has_picture, timeout=PATIENCE)
    assert "A lost model made it" in page.words
    assert page.canvas.legend.isVisible()
    press(page.back_button)
    assert review.workplace.isVisible()
    assert window.exploration.picture is None


def test_rows_of_a_run_that_goes_on_wait_until_they_are_wanted(qtbot, window, tmp_path) -> None:
    folder = begin_synthetic_run(tmp_path / "run", 60, shard_size=20)
    write_shards(folder, 0, 1)
    review = reviewed(qtbot, window, tmp_path / "run", 20)
    parts = review.workplace
    gallery = parts.gallery
    gallery.setCurrentIndex(gallery.cards.index(7))
    number = gallery.current_number
    write_shards(folder, 1)
    qtbot.waitUntil(parts.more_button.isVisible, timeout=PATIENCE)
    assert parts.more_button.text() == "Show 40 more"
    assert gallery.cards.rowCount() == 20
    press(parts.more_button)
    shows(qtbot, review, 60)
    assert gallery.current_number == number
    assert not parts.more_button.isVisible()


def test_wrong_reasons_and_mean_cells_lead_to_their_pictures(qtbot, window, drawn_run) -> None:
    review = reviewed(qtbot, window, drawn_run, COUNT)
    overview, filters = review.workplace.overview, review.workplace.filters
    qtbot.waitUntil(lambda: overview.matrix.cell_side > 0, timeout=PATIENCE)
    press(overview.choice.segment("reasons"))
    assert overview.reasons.model().rowCount() > 0
    box = overview.reasons.visualRect(overview.reasons.model().index(0, 0))
    border = overview.reasons.header().sectionViewportPosition(3) + 5
    click_at(overview.reasons.viewport(), border, box.center().y())
    qtbot.waitUntil(lambda: len(filters.filters) == 2, timeout=PATIENCE)
    of_class, reason = filters.filters
    assert isinstance(of_class, OfClass)
    assert of_class.role is ClassRole.TRUTH
    assert reason == ForReason(Reason.BORDER)
    press(overview.choice.segment("means"))
    grid = overview.means.grid
    qtbot.waitUntil(lambda: overview.means.words.startswith("Mean of"), timeout=PATIENCE)
    index = overview.means.chosen_class
    cell = grid.cell_box(index % 7, index // 7)
    click_at(grid, cell.center().x(), cell.center().y())
    qtbot.waitUntil(
        lambda: len(filters.filters) == 1 and isinstance(filters.filters[0], Listed),
        timeout=PATIENCE,
    )
    qtbot.waitUntil(
        lambda: 0 < review.workplace.gallery.cards.rowCount() <= COUNT // 10, timeout=PATIENCE
    )


@pytest.mark.slow
def test_a_dropped_folder_of_pictures_is_offered_to_be_run(qtbot, window, real_run) -> None:
    QTest.keyClick(window, Qt.Key.Key_2, CTRL)
    review = window.workplaces.review
    assert review is not None
    drop_on(review.workplace, urls(real_run.parent / "in"))
    dialog = window.runs.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.form.summary == "7 pictures.", timeout=PATIENCE)
    dialog.close()


@pytest.mark.slow
def test_a_picture_dragged_out_of_a_browser_opens_in_picture(qtbot, window, cat) -> None:
    QTest.keyClick(window, Qt.Key.Key_2, CTRL)
    review = window.workplaces.review
    assert review is not None
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/cat.png")])
    mime.setData("image/png", cat.read_bytes())
    drop_on(review.workplace, mime)
    wait_for_map(qtbot, window, "Clipboard")
    assert window.picture_area.isVisible()


@pytest.mark.slow
def test_what_is_no_run_is_refused_in_one_sentence(qtbot, window, tmp_path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "run.json").write_text("{}")
    QTest.keyClick(window, Qt.Key.Key_2, CTRL)
    review = window.workplaces.review
    assert review is not None
    drop_on(review.workplace, urls(tmp_path / "bad"))
    qtbot.waitUntil(review.workplace.notice.isVisible, timeout=PATIENCE)
    assert "cannot be read as a run" in review.workplace.notice.text
    assert review.workplace.is_empty


@pytest.mark.slow
def test_selected_pictures_are_exported_and_opened_together(
    qtbot, window, real_run, tmp_path, monkeypatch
) -> None:
    review = reviewed(qtbot, window, real_run, 7)
    parts = review.workplace
    gallery = parts.gallery
    shift = Qt.KeyboardModifier.ShiftModifier
    for place, key, count in ((4, Qt.KeyboardModifier.NoModifier, 1), (2, shift, 3),
                              (1, Qt.KeyboardModifier.NoModifier, 1), (3, CTRL, 2)):  # fmt: skip
        box = gallery.visualRect(gallery.cards.index(place)).center()
        QTest.mouseClick(gallery.viewport(), Qt.MouseButton.LeftButton, key, box)
        assert gallery.selected_count == count
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    parts.export_selection_button.menu().actions()[0].trigger()
    qtbot.waitUntil(parts.notice.isVisible, timeout=PATIENCE)
    assert parts.notice.text.startswith("The overlays are saved.")
    assert len(list((tmp_path / "run overlays").glob("*.png"))) == 2
    press(parts.open_selection_button)
    rows = open_run(real_run).rows()
    paths = rows.filter(rows["rank"] == 1)["path"].to_list()
    wait_for_map(qtbot, window, Path(paths[1]).name)
    assert [path.name for path in window.exploration.pictures.files] == [
        Path(paths[place]).name for place in (1, 3)
    ]
    assert window.filmstrip.isVisible()


@pytest.mark.slow
def test_the_dialog_of_runs_leads_to_the_review(qtbot, window, real_run) -> None:
    window.runs.open()
    dialog = window.runs.dialog
    assert dialog is not None
    dialog.form.look_for_run(real_run)
    qtbot.waitUntil(lambda: dialog.main_button.text() == "Open", timeout=PATIENCE)
    qtbot.waitUntil(dialog.main_button.isEnabled, timeout=PATIENCE)
    press(dialog.main_button)
    press(dialog.review_button)
    review = window.workplaces.review
    assert review is not None
    shows(qtbot, review, 7)
    assert window.settings.recent[0] == real_run
    dialog.close()


@pytest.mark.slow
def test_a_picture_without_a_map_says_why(qtbot, window, real_run) -> None:
    review = reviewed(qtbot, window, real_run, 7)
    gallery, detail = review.workplace.gallery, review.workplace.detail
    gallery.setFocus()
    QTest.keyClick(gallery, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: "broken.jpg has no map" in detail.words, timeout=PATIENCE)
    assert not detail.open_button.isEnabled()
    assert "1 without a map" in review.workplace.facts_line
    QTest.keyClick(gallery, Qt.Key.Key_Return)
    qtbot.waitUntil(review.workplace.notice.isVisible, timeout=PATIENCE)
    assert "broken.jpg has no map" in review.workplace.notice.text
