"""A model that was named on the command line is asked without being kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from camviewer.engine.packs import store
from camviewer.ui.work.model_file_kinds import told_apart
from tests.ui.conftest import PATIENCE, wait_for_map

LOGIT = Path(__file__).parents[2] / "engine" / "cases" / "logit.onnx"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(store, "data_folder", lambda: tmp_path / "data")


def test_a_model_and_a_picture_open_together_and_the_model_is_not_kept(qtbot, window, cat) -> None:
    before = window.settings.model
    window.open_paths([LOGIT, cat])
    models = window.exploration.models
    qtbot.waitUntil(lambda: models.info is not None and models.info.one_output, timeout=PATIENCE)
    wait_for_map(qtbot, window, "chelsea.png")
    assert models.info.is_for_this_run
    assert window.exploration.verdict.probabilities.sum() == pytest.approx(1.0)
    assert "for this run only" in window.picture_area.notice.text
    window.actions_by_id["model_details"].trigger()
    qtbot.waitUntil(lambda: window.details.dialog is not None, timeout=PATIENCE)
    assert "the sides of one output" in window.details.dialog.text
    assert "does not tell its preprocessing" in window.details.dialog.text
    assert window.settings.model == before
    assert store.list_packs() == ()


def test_a_folder_with_a_config_is_a_model_and_one_of_pictures_is_none(tmp_path) -> None:
    model, pictures = tmp_path / "model", tmp_path / "pictures"
    model.mkdir()
    pictures.mkdir()
    (model / "config.json").write_text("{}")
    assert told_apart([model, pictures]) == ([model], [pictures])
    assert told_apart([model / "config.json"]) == ([model / "config.json"], [])
