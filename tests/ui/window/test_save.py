"""Saving and copying from the window."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import numpy as np
from PIL import Image
from PySide6.QtGui import QGuiApplication, QImage

from tests.ui.conftest import PATIENCE


def test_the_overlay_is_saved_at_the_pictures_full_resolution(qtbot, with_cat, tmp_path) -> None:
    path = tmp_path / "overlay.png"
    with qtbot.waitSignal(with_cat.commands.saving.saved, timeout=PATIENCE):
        with_cat.commands.saving.write_overlay(with_cat.commands.shown(), path)
    with Image.open(path) as saved:
        assert saved.size == (451, 300)
        assert saved.mode == "RGB"


def test_the_overlay_is_saved_in_the_look_on_screen(qtbot, with_cat, tmp_path, cat) -> None:
    with Image.open(cat) as picture:
        pixels = np.asarray(picture.convert("RGB")).astype(int)
    differences = []
    for place, opacity in enumerate((0.0, 0.5, 1.0)):
        with_cat.map_view.set_look(replace(with_cat.panel.look, opacity=opacity))
        path = tmp_path / f"{place}.png"
        with qtbot.waitSignal(with_cat.commands.saving.saved, timeout=PATIENCE):
            with_cat.commands.saving.write_overlay(with_cat.commands.shown(), path)
        with Image.open(path) as saved:
            differences.append(np.abs(np.asarray(saved).astype(int) - pixels).mean())
    assert differences[0] == 0.0
    assert 1.0 < differences[1] < differences[2]


def test_the_raw_map_and_its_sidecar_are_saved(qtbot, with_cat, tmp_path, cat) -> None:
    path = tmp_path / "cat.npy"
    with qtbot.waitSignal(with_cat.commands.saving.saved, timeout=PATIENCE):
        with_cat.commands.saving.write_map(with_cat.commands.shown(), path)
    values = np.load(path, allow_pickle=False)
    assert values.dtype == np.float32
    assert np.array_equal(values, with_cat.exploration.explanation.heatmap.values)
    text = path.with_suffix(".json").read_text(encoding="utf-8")
    assert hashlib.sha256(cat.read_bytes()).hexdigest() in text
    assert with_cat.exploration.models.info.weights_sha256 in text
    json.loads(text)


def test_a_place_that_cannot_be_written_gives_a_sentence(qtbot, with_cat, tmp_path) -> None:
    (tmp_path / "file").touch()
    with_cat.commands.saving.write_overlay(
        with_cat.commands.shown(), tmp_path / "file" / "overlay.png"
    )
    qtbot.waitUntil(with_cat.picture_area.notice.isVisible, timeout=PATIENCE)
    assert "overlay.png" in with_cat.picture_area.notice.text


def test_the_overlay_is_copied_to_the_clipboard(qtbot, with_cat) -> None:
    QGuiApplication.clipboard().clear()
    with qtbot.waitSignal(with_cat.commands.saving.saved, timeout=PATIENCE):
        with_cat.actions_by_id["copy"].trigger()
    image = QGuiApplication.clipboard().image()
    assert isinstance(image, QImage)
    assert (image.width(), image.height()) == (451, 300)
