"""How pictures are to be seen, in words: a window of two values, or a preset."""

from __future__ import annotations

import numpy as np
import pytest

from camviewer.engine.errors import CamviewerError
from camviewer.engine.picture.eye import EyeWindow
from camviewer.engine.picture.eye_choice import (
    EyeChoice,
    eye_choice_of_words,
    eye_choice_words,
    seen_by,
)
from camviewer.engine.picture.input_range import InputRange
from camviewer.engine.picture.source_image import image_from_pixels, image_from_values

CHOICES = (
    EyeChoice(EyeWindow(-160.0, 240.0), ""),
    EyeChoice(EyeWindow(0.0, 4095.0, inverted=True, gamma=1.5), "", (2, 1, 0), "uint16"),
    EyeChoice(None, "lung"),
    EyeChoice(None, "automatic", (3,)),
)


@pytest.mark.parametrize("choice", CHOICES)
def test_a_choice_survives_its_words(choice: EyeChoice) -> None:
    assert eye_choice_of_words(eye_choice_words(choice)) == choice


@pytest.mark.parametrize(
    "words",
    ["", "40", "40,0", "1,2,3", "40,400;wide", "40,400;gamma=1,2", "lung;inverted", "a;bands=1,2"],
)
def test_what_is_no_window_is_refused(words: str) -> None:
    with pytest.raises(CamviewerError):
        eye_choice_of_words(words)


def test_windows_hold_in_the_units_of_the_file_and_leave_photographs_alone() -> None:
    scan = image_from_values(np.arange(1200, dtype=np.uint16).reshape(30, 40) * 3, "scan")
    photo = image_from_pixels(np.full((8, 8, 3), 77, np.uint8), "photo")
    choice = eye_choice_of_words("2000,1000")
    seen = seen_by(scan, choice, None).pixels[..., 0]
    expected = np.clip((scan.values.array[..., 0] - 1500.0) / 1000.0, 0, 1) * 255
    assert np.abs(seen - expected).max() <= 1
    assert seen_by(photo, choice, None) is photo
    fed = seen_by(scan, eye_choice_of_words("fed"), InputRange(0.0, 4095.0, "")).pixels[..., 0]
    assert np.abs(fed - scan.values.array[..., 0] / 4095.0 * 255).max() <= 1
    lung = seen_by(scan, eye_choice_of_words("lung"), None)
    assert (lung.pixels == scan.pixels).all()  # no tomography: as it is opened
    with pytest.raises(CamviewerError, match="no window called soft for scan"):
        seen_by(scan, eye_choice_of_words("soft"), None)
