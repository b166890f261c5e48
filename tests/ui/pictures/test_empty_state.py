"""The empty state: what it invites to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from camviewer.ui.pictures.empty_state import EmptyState

LEFT = Qt.MouseButton.LeftButton
COLOURS = ((200, 30, 30), (30, 200, 30), (30, 30, 200))
PATHS = (Path("cat.png"), Path("coffee_cup.png"), Path("rocket.jpg"))


@pytest.fixture
def empty(qtbot: QtBot) -> EmptyState:
    widget = EmptyState()
    qtbot.addWidget(widget)
    widget.resize(700, 600)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def with_samples(empty: EmptyState) -> tuple[QAbstractButton, ...]:
    thumbnails = [np.full((60, 90, 3), colour, np.uint8) for colour in COLOURS]
    empty.set_samples(list(zip(PATHS, thumbnails, strict=True)))
    return empty.sample_buttons


def button(empty: EmptyState, name: str) -> QPushButton:
    buttons = empty.findChildren(QPushButton)
    return next(child for child in buttons if name in (child.text(), child.accessibleName()))


def test_it_says_what_can_be_dropped(empty: EmptyState) -> None:
    words = [label.text() for label in empty.findChildren(QLabel) if label.isVisible()]
    assert "Drop a picture here" in words
    assert "or a folder, or a model file (.pth, .safetensors, .camviewer)" in words
    assert "Try a sample. Nothing leaves this computer." in words


def test_its_buttons_open_and_paste(qtbot: QtBot, empty: EmptyState) -> None:
    with qtbot.waitSignal(empty.open_requested):
        qtbot.mouseClick(button(empty, "Open picture…"), LEFT)
    with qtbot.waitSignal(empty.paste_requested):
        qtbot.mouseClick(button(empty, "Paste"), LEFT)
    with qtbot.waitSignal(empty.open_requested):
        qtbot.keyClick(button(empty, "Open picture…"), Qt.Key.Key_Space)


def test_a_click_on_the_word_paste_counts_as_the_button(qtbot: QtBot, empty: EmptyState) -> None:
    paste = button(empty, "Paste")
    with qtbot.waitSignal(empty.paste_requested):
        qtbot.mouseClick(paste, LEFT, pos=paste.rect().center())


def test_a_sample_can_be_clicked_once_its_thumbnail_is_there(
    qtbot: QtBot, empty: EmptyState
) -> None:
    assert not any(sample.isEnabled() for sample in empty.sample_buttons)
    samples = with_samples(empty)
    with qtbot.waitSignal(empty.sample_chosen) as chosen:
        qtbot.mouseClick(samples[1], LEFT)
    assert chosen.args == [PATHS[1]]
    assert samples[1].accessibleName() == "Sample photograph coffee cup"


def test_a_sample_is_chosen_with_the_keyboard(qtbot: QtBot, empty: EmptyState) -> None:
    sample = with_samples(empty)[2]
    sample.setFocus()
    with qtbot.waitSignal(empty.sample_chosen) as chosen:
        qtbot.keyClick(sample, Qt.Key.Key_Space)
    assert chosen.args == [PATHS[2]]


def test_the_samples_are_shown_in_their_colours_with_round_corners(empty: EmptyState) -> None:
    for sample, colour in zip(with_samples(empty), COLOURS, strict=True):
        picture = empty.grab(sample.rect().translated(sample.mapTo(empty, QPoint()))).toImage()
        middle = picture.pixelColor(picture.rect().center())
        assert (middle.red(), middle.green(), middle.blue()) == colour
        assert picture.pixelColor(0, 0) != middle


def test_something_dragged_over_the_window_lights_the_area_up(empty: EmptyState) -> None:
    quiet = empty.grab().toImage()
    empty.set_drop_active(True)
    assert empty.grab().toImage() != quiet
    empty.set_drop_active(False)
    assert empty.grab().toImage() == quiet


def test_it_fits_from_480_pixels_on(empty: EmptyState) -> None:
    empty.resize(480, 460)
    assert empty.minimumSizeHint().width() <= 480
    inside = empty.rect().adjusted(16, 16, -16, -16)
    for child in (*empty.sample_buttons, *empty.findChildren(QPushButton)):
        assert inside.contains(child.rect().translated(child.mapTo(empty, QPoint())))
