"""The zoom bar, the progress line and the icons that are recoloured."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget

from camviewer.ui.canvas.zoom_bar import ZoomBar
from camviewer.ui.style import theme
from camviewer.ui.widgets.progress_line import ProgressLine


def luminance(colour: str) -> float:
    shares = [QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_text_can_be_read_on_every_ground(tokens: theme.Tokens) -> None:
    for ground in (tokens.window, tokens.panel, tokens.canvas, tokens.field, tokens.selected):
        assert contrast(tokens.text, ground) >= 4.5
        assert contrast(tokens.muted, ground) >= 4.5
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5


def ink(icon: QIcon) -> QColor:
    """The colour of the most opaque pixel of an icon."""
    image = icon.pixmap(QSize(16, 16), 2.0).toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(pixels, key=QColor.alpha)


def test_icons_follow_the_look(qtbot: Any, qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    button = QPushButton()
    qtbot.addWidget(button)
    theme.set_icon(button, "eye", "text")
    assert ink(button.icon()).name() == theme.LIGHT.text
    with qtbot.waitSignal(theme.notifier().changed):
        theme.apply(qapp, "dark")
    assert ink(button.icon()).name() == theme.DARK.text
    theme.apply(qapp, "system")


def test_a_deleted_button_is_forgotten(qtbot: Any, qapp: QApplication) -> None:
    button = QPushButton()
    theme.set_icon(button, "eye")
    button.deleteLater()
    qapp.sendPostedEvents(button)
    theme.apply(qapp, "dark")
    theme.apply(qapp, "system")


def test_icons_are_crisp_on_dense_screens(qapp: QApplication) -> None:
    pixmap = theme.icon("zoom-in").pixmap(QSize(16, 16), 2.0)
    assert pixmap.size() == QSize(32, 32)


def test_the_zoom_bar_asks_and_shows(qtbot: Any) -> None:
    bar = ZoomBar()
    qtbot.addWidget(bar)
    bar.set_zoom(1.604)
    assert bar.words == "160%"
    bar.set_zoom(0.0251)
    assert bar.words == "2.5%"
    heard: list[Any] = []
    bar.zoom_out_requested.connect(lambda: heard.append("out"))
    bar.actual_size_requested.connect(lambda: heard.append("actual"))
    bar.zoom_in_requested.connect(lambda: heard.append("in"))
    bar.fit_requested.connect(lambda: heard.append("fit"))
    bar.peek_requested.connect(heard.append)
    for button in bar.findChildren(QToolButton):
        assert button.toolTip()
        assert min(button.width(), button.height()) >= 26
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert heard == ["out", "actual", "in", "fit", True, False]


def test_quick_work_leaves_no_trace_on_the_progress_line(qtbot: Any) -> None:
    line = ProgressLine()
    qtbot.addWidget(line)
    line.show()
    line.set_busy(True)
    qtbot.wait(40)
    line.set_busy(False)
    qtbot.wait(200)
    assert not line.showing


def test_slow_work_shows_and_ends_at_once(qtbot: Any) -> None:
    line = ProgressLine()
    qtbot.addWidget(line)
    line.show()
    line.set_busy(True)
    qtbot.waitUntil(lambda: line.showing, timeout=2000)
    line.set_fraction(0.5)
    assert line.showing
    line.set_busy(False)
    assert not line.showing


def test_a_moving_line_leaves_the_picture_below_alone(qtbot: Any) -> None:
    class Below(QWidget):
        paints = 0

        def paintEvent(self, event: QPaintEvent) -> None:
            del event
            self.paints += 1

    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 100)
    below, line = Below(window), ProgressLine(window)
    below.setGeometry(0, 0, 200, 100)
    line.setGeometry(0, 0, 200, line.height())
    window.show()
    line.set_busy(True)
    qtbot.waitUntil(lambda: line.showing, timeout=2000)
    qtbot.wait(100)
    before = below.paints
    left = line.grab().toImage()
    qtbot.waitUntil(lambda: line.grab().toImage() != left, timeout=2000)
    qtbot.wait(200)
    assert below.paints == before
