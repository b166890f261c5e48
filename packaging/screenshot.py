"""Waits until a map is on the screen and keeps a picture of it: ``screenshot.py FILE``.

The exit code is 0 when one came. It looks from outside, by the pixels alone.
"""

from __future__ import annotations

import sys
import time

import numpy as np
from PySide6.QtGui import QGuiApplication, QImage

_PATIENCE_S = 60
_FEWEST_PIXELS = 400
_SETTLE_S = 0.7


def main() -> int:
    app = QGuiApplication(sys.argv[:1])
    end = time.monotonic() + _PATIENCE_S
    seen = False
    while not seen and time.monotonic() < end:
        time.sleep(0.1)
        seen = has_map(grabbed(app))
    time.sleep(_SETTLE_S)
    grabbed(app).save(sys.argv[1])
    return 0 if seen else 1


def grabbed(app: QGuiApplication) -> QImage:
    """The whole screen."""
    return app.primaryScreen().grabWindow(0).toImage().convertToFormat(QImage.Format.Format_RGB888)


def has_map(image: QImage) -> bool:
    """Whether there is the yellow that maps end with, which nothing else on the screen has."""
    if image.isNull():
        return False
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    pixels = rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(int)
    red, green, blue = pixels[..., 0], pixels[..., 1], pixels[..., 2]
    return int(((red > 200) & (green > 160) & (blue < 130)).sum()) >= _FEWEST_PIXELS


if __name__ == "__main__":
    sys.exit(main())
