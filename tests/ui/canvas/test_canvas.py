"""The canvas, driven by real events, and the pixels that it then shows."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from camviewer.engine.geometry.cell_grid import GridGeometry
from camviewer.engine.geometry.geometry import Box
from camviewer.engine.render import overlay as render
from camviewer.engine.render.look import Look
from camviewer.engine.results.heatmap import Heatmap
from camviewer.ui.canvas.canvas import Canvas
from camviewer.ui.style import theme

HEIGHT, WIDTH = 300, 450


def geometry(shape: tuple[int, int] = (6, 9)) -> GridGeometry:
    pitch = (WIDTH / shape[1], HEIGHT / shape[0])
    return GridGeometry(
        shape=shape,
        origin=(pitch[0] / 2, pitch[1] / 2),
        pitch=pitch,
        extent=Box(0.0, 0.0, WIDTH, HEIGHT),
        stride=(32.0, 32.0),
        offset=(0.0, 0.0),
        measured=False,
    )


def hot_spot(row: int = 1, column: int = 6, value: float = 3.0) -> Heatmap:
    values = np.zeros((6, 9), np.float32)
    values[row, column] = value
    values[5, 0] = -1.0
    return Heatmap(values, geometry(), "logit per cell", 1.0)


def grey(height: int = HEIGHT, width: int = WIDTH) -> NDArray[np.uint8]:
    pixels = np.full((height, width, 3), 100, np.uint8)
    pixels.setflags(write=False)
    return pixels


def pixels_of(canvas: Canvas) -> NDArray[np.uint8]:
    """What is on the screen, uint8 RGB (H, W, 3) in device pixels."""
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def wheel(canvas: Canvas, at: QPointF, notches: float, pixels: int = 0) -> None:
    event = QWheelEvent(
        at,
        QPointF(canvas.mapToGlobal(at.toPoint())),
        QPoint(0, pixels),
        QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def key(canvas: Canvas, kind: QEvent.Type, *, repeated: bool = False) -> None:
    no_modifier = Qt.KeyboardModifier.NoModifier
    event = QKeyEvent(kind, Qt.Key.Key_Space, no_modifier, " ", repeated)
    QApplication.sendEvent(canvas, event)


@pytest.fixture
def canvas(qtbot: Any, qapp: QApplication) -> Iterator[Canvas]:
    """A canvas of 900 x 700 that shows a grey picture of 450 x 300."""
    theme.apply(qapp, "light")
    shown = Canvas()
    qtbot.addWidget(shown)
    shown.resize(900, 700)
    shown.show()
    qtbot.waitExposed(shown)
    shown.show_picture([grey()], "grey.png")
    yield shown
    theme.apply(qapp, "system")


def test_in_a_narrow_view_the_legend_lies_beside_the_picture_and_the_zoom_bar_within(
    canvas: Canvas,
) -> None:
    canvas.resize(216, 400)
    canvas.show_map(hot_spot(), Look())
    right = canvas.to_view(WIDTH, HEIGHT).x()
    assert right <= canvas.legend.geometry().left()
    bar = canvas.zoom_bar.geometry()
    assert bar.left() >= 0
    assert bar.right() < canvas.width()


def test_another_picture_is_fitted_within_the_view(canvas: Canvas) -> None:
    assert canvas.fitted
    assert canvas.zoom == pytest.approx((900 - 2 * 72) / WIDTH)
    middle = canvas.to_view(WIDTH / 2, HEIGHT / 2)
    assert middle.x() == pytest.approx(450)
    assert middle.y() == pytest.approx(350)


@pytest.mark.parametrize("notches", [1, -2, 0.4])
def test_the_wheel_zooms_about_the_cursor(canvas: Canvas, notches: float) -> None:
    cursor = QPointF(300.25, 420.5)
    before, zoom = canvas.to_source(cursor), canvas.zoom
    wheel(canvas, cursor, notches)
    assert canvas.zoom == pytest.approx(zoom * 1.25**notches)
    assert canvas.to_source(cursor) == pytest.approx(before, abs=0.5)


def test_a_touchpad_zooms_by_its_pixels(canvas: Canvas) -> None:
    zoom = canvas.zoom
    wheel(canvas, QPointF(300, 300), 0, pixels=30)
    assert canvas.zoom == pytest.approx(zoom * 1.25**0.5)


def test_the_zoom_has_limits(canvas: Canvas) -> None:
    fit = canvas.zoom
    for _ in range(40):
        canvas.zoom_by(2.0)
    assert canvas.zoom == pytest.approx(64.0)
    for _ in range(40):
        canvas.zoom_by(0.5)
    assert canvas.zoom == pytest.approx(fit / 4)


def test_dragging_moves_the_picture(canvas: Canvas) -> None:
    left = Qt.MouseButton.LeftButton
    start = QPoint(400, 300)
    source = canvas.to_source(QPointF(start))
    QTest.mousePress(canvas, left, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(canvas, QPoint(430, 320))
    QTest.mouseMove(canvas, QPoint(461, 347))
    QTest.mouseRelease(canvas, left, Qt.KeyboardModifier.NoModifier, QPoint(461, 347))
    assert canvas.to_source(QPointF(461, 347)) == pytest.approx(source)
    assert not canvas.fitted


def test_the_picture_cannot_be_lost(canvas: Canvas) -> None:
    canvas.pan_by(1e6, -1e6)
    assert canvas.to_view(0, 0).x() < canvas.width()
    assert canvas.to_view(WIDTH, HEIGHT).y() > 0


def test_a_double_click_toggles_between_fit_and_actual_size(canvas: Canvas) -> None:
    fit = canvas.zoom
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    assert canvas.zoom == 1.0
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    assert canvas.zoom == fit


def test_a_fitted_picture_stays_fitted_when_the_window_changes(canvas: Canvas) -> None:
    canvas.resize(600, 500)
    assert canvas.zoom == pytest.approx((600 - 2 * 72) / WIDTH)
    canvas.actual_size()
    canvas.resize(900, 700)
    assert canvas.zoom == 1.0


def test_another_map_keeps_the_view_and_another_picture_does_not(canvas: Canvas) -> None:
    canvas.zoom_by(3.0, QPointF(200, 200))
    before = canvas.zoom, canvas.to_view(0, 0)
    canvas.show_map(hot_spot(), Look())
    assert (canvas.zoom, canvas.to_view(0, 0)) == before
    canvas.show_picture([grey()], "other.png")
    assert canvas.fitted


def test_hovering_says_pixel_and_value(canvas: Canvas) -> None:
    heard: list[Any] = []
    canvas.show_map(hot_spot(row=1, column=6, value=3.0), Look())
    canvas.hovered.connect(heard.append)
    QTest.mouseMove(canvas, canvas.to_view(310.5, 70.5).toPoint())
    x, y, value = heard[-1]
    assert (x, y) == pytest.approx((310, 70), abs=1)
    assert value == 3.0
    QTest.mouseMove(canvas, QPoint(3, 3))
    assert heard[-1] is None


def test_hovering_outside_the_map_gives_no_value(canvas: Canvas) -> None:
    heard: list[Any] = []
    canvas.hovered.connect(heard.append)
    QTest.mouseMove(canvas, canvas.to_view(10.5, 10.5).toPoint())
    assert heard[-1][2] is None


def test_the_hot_spot_is_seen_where_it_must_be(canvas: Canvas) -> None:
    shown = hot_spot(row=1, column=6)
    bare = pixels_of(canvas).astype(int)
    canvas.show_map(shown, Look())
    canvas.legend.hide()
    changed = np.abs(pixels_of(canvas).astype(int) - bare).sum(axis=2)
    ys, xs = np.nonzero(changed > changed.max() / 2)
    place = canvas.to_view(*shown.geometry.centre(1, 6))
    assert xs.mean() + 0.5 == pytest.approx(place.x(), abs=1.5)
    assert ys.mean() + 0.5 == pytest.approx(place.y(), abs=1.5)


def test_the_canvas_shows_what_is_saved(canvas: Canvas) -> None:
    canvas.actual_size()
    shown = hot_spot()
    canvas.show_map(shown, Look())
    canvas.zoom_bar.hide()
    canvas.legend.hide()
    corner = canvas.to_view(0, 0).toPoint()
    seen = pixels_of(canvas)[corner.y() : corner.y() + HEIGHT, corner.x() : corner.x() + WIDTH]
    image: Any = type("Picture", (), {"pixels": grey()})
    saved = render.overlay(image, shown, Look())
    assert np.abs(seen.astype(int) - saved).max() <= 6


def test_opacity_is_drawn_without_making_the_field_again(
    canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas.show_map(hot_spot(), Look(opacity=0.2))
    faint = pixels_of(canvas)
    for name in ("field", "indices"):
        monkeypatch.setattr(render, name, lambda *_: pytest.fail("computed again"))
    canvas.set_look(Look(opacity=0.9))
    assert (pixels_of(canvas) != faint).any()


def test_another_range_is_drawn_without_making_the_field_again(
    canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas.show_map(hot_spot(), Look())
    before = pixels_of(canvas)
    monkeypatch.setattr(render, "field", lambda *_: pytest.fail("computed again"))
    canvas.set_look(Look(fixed_high=6.0))
    assert (pixels_of(canvas) != before).any()
    assert canvas.legend.words == ("0", "6")


def test_space_shows_the_bare_picture_while_it_is_held(canvas: Canvas) -> None:
    heard: list[bool] = []
    canvas.peeking.connect(heard.append)
    canvas.setFocus()
    bare = pixels_of(canvas)[200:250, 500:600]
    canvas.show_map(hot_spot(), Look())
    key(canvas, QEvent.Type.KeyPress)
    key(canvas, QEvent.Type.KeyPress, repeated=True)
    key(canvas, QEvent.Type.KeyRelease, repeated=True)
    assert heard == [True]
    np.testing.assert_array_equal(pixels_of(canvas)[200:250, 500:600], bare)
    key(canvas, QEvent.Type.KeyRelease)
    assert heard == [True, False]


def test_losing_the_focus_ends_the_peek(canvas: Canvas) -> None:
    heard: list[bool] = []
    canvas.peeking.connect(heard.append)
    key(canvas, QEvent.Type.KeyPress)
    QApplication.sendEvent(canvas, QFocusEvent(QEvent.Type.FocusOut))
    assert heard == [True, False]


def test_a_map_without_evidence_says_so_instead_of_colouring(canvas: Canvas) -> None:
    bare = pixels_of(canvas)[300:400, 200:700]
    against = Heatmap(np.float32([[-1, -2], [-3, -1]]), geometry((2, 2)), "logit", 1.0)
    canvas.show_map(against, Look())
    assert "speaks for this class" in canvas.message
    assert canvas.legend.isHidden()
    np.testing.assert_array_equal(pixels_of(canvas)[300:400, 200:700], bare)
    canvas.set_look(Look(signed=True))
    assert not canvas.message
    assert canvas.legend.words == ("−3", "0", "+3")
    assert canvas.legend.unit == "logit"


def test_the_crop_frame_is_seen_on_any_picture(canvas: Canvas) -> None:
    for level in (0, 128, 255):
        canvas.show_picture([np.full((HEIGHT, WIDTH, 3), level, np.uint8)], "plain")
        canvas.set_crop_frame(Box(75.0, 0.0, 375.0, 300.0))
        edge = canvas.to_view(75.0, 150.0).toPoint()
        line = pixels_of(canvas)[edge.y() - 20 : edge.y() + 20, edge.x(), 0].astype(int)
        assert np.ptp(line) > 100


def test_reduced_pictures_are_drawn_from_their_smaller_levels(canvas: Canvas) -> None:
    levels = [np.full((2400 // n, 3200 // n, 3), 40 * n, np.uint8) for n in (1, 2, 4)]
    canvas.show_picture(levels, "large")
    middle = pixels_of(canvas)[300, 450, 0]
    assert middle == 160
    canvas.actual_size()
    assert pixels_of(canvas)[300, 450, 0] == 40


def test_a_picture_of_a_pixel_and_a_very_long_one_are_shown(canvas: Canvas) -> None:
    for shape in ((1, 1), (3, 20000), (20000, 3)):
        canvas.show_picture([np.full((*shape, 3), 200, np.uint8)], "odd")
        for zoom in (1.0, 64.0):
            canvas.zoom_by(zoom / canvas.zoom)
            assert (pixels_of(canvas) == 200).all(axis=2).any()


def test_clear_shows_nothing(canvas: Canvas) -> None:
    canvas.show_map(hot_spot(), Look())
    canvas.clear()
    assert not canvas.has_picture
    assert canvas.legend.isHidden()
    assert canvas.zoom_bar.isHidden()
    canvas.zoom_by(2.0)
    canvas.pan_by(1, 1)


def test_the_canvas_follows_the_look_of_the_system(canvas: Canvas, qapp: QApplication) -> None:
    assert pixels_of(canvas)[5, 5].tolist() == [0xE3, 0xE5, 0xE8]
    theme.apply(qapp, "dark")
    assert pixels_of(canvas)[5, 5].tolist() == [0x14, 0x16, 0x18]


_AT_TWICE_THE_DENSITY = """
import numpy as np
from PySide6.QtWidgets import QApplication
from camviewer.engine.geometry.cell_grid import GridGeometry
from camviewer.engine.geometry.geometry import Box
from camviewer.engine.results.heatmap import Heatmap
from camviewer.engine.render.look import Look
from camviewer.ui.canvas.canvas import Canvas
app = QApplication([])
canvas = Canvas()
canvas.resize(900, 700)
canvas.show()
canvas.show_picture([np.full((300, 450, 3), 100, np.uint8)], "grey")
def seen():
    image = canvas.grab().toImage()
    return np.array([[image.pixel(x, y) & 255 for x in range(0, image.width(), 2)]
                     for y in range(0, image.height(), 2)], int)
canvas.zoom_bar.hide()
bare = seen()
values = np.zeros((6, 9), np.float32)
values[1, 6] = 3
grid = GridGeometry((6, 9), (25, 25), (50, 50), Box(0, 0, 450, 300), (32, 32), (0, 0), False)
canvas.show_map(Heatmap(values, grid, "logit", 1.0), Look(colormap="viridis", fade=True))
canvas.legend.hide()
changed = abs(seen() - bare)
ys, xs = np.nonzero(changed > changed.max() / 3)
place = canvas.to_view(325, 75)
print(canvas.devicePixelRatioF(), xs.mean() - place.x(), ys.mean() - place.y())
canvas.actual_size()
print(canvas.zoom, canvas.to_view(450, 0).x() - canvas.to_view(0, 0).x())
"""


def test_the_hot_spot_is_where_it_must_be_at_twice_the_density() -> None:
    result = subprocess.run(
        [sys.executable, "-c", _AT_TWICE_THE_DENSITY],
        env={**os.environ, "QT_SCALE_FACTOR": "2", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    first, second = result.stdout.strip().splitlines()
    ratio, off_x, off_y = map(float, first.split())
    assert ratio == 2.0
    assert abs(off_x) < 1.5
    assert abs(off_y) < 1.5
    assert [float(word) for word in second.split()] == [1.0, 225.0]
