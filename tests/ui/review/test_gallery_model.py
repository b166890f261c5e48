"""The gallery keeps the thumbnails that are in sight, and lets those go that were seen last."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from camviewer.ui.review.gallery_model import GalleryModel

KEPT = 400


def test_a_thumbnail_that_comes_into_sight_again_outlasts_those_that_do_not(
    qapp: QApplication,
) -> None:
    del qapp
    cards = GalleryModel()
    cards.set_numbers(np.arange(2 * KEPT, dtype=np.uint32))
    image, nowhere = QImage(8, 8, QImage.Format.Format_RGB32), range(0)
    for number in range(KEPT):
        cards.set_thumbnail(number, image, nowhere)
    seen = [0, 1, KEPT]
    assert cards.lacking(seen) == [KEPT]
    for number in range(KEPT, KEPT + 10):
        cards.set_thumbnail(number, image, nowhere)
    assert cards.lacking(seen) == []
    assert cards.lacking(range(2, 12)) == list(range(2, 12))
