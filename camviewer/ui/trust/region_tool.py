"""Draws a region on the canvas, by pointer or keyboard, and says what it means to the class."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from camviewer.engine.geometry.geometry import Box
from camviewer.engine.geometry.region import Region
from camviewer.engine.results.messages import Explanation
from camviewer.engine.trust.region import RegionScore
from camviewer.ui.canvas.canvas import Canvas
from camviewer.ui.trust.region_card import RegionCard
from camviewer.ui.widgets.keys_and_tips import ARROWS

_HINT = "Drag a rectangle, or hold Shift and draw an outline. Arrow keys move one; Esc ends."
_LEAST = 3.0
"""Minimum length of a drag in view pixels; a shorter one is a click."""

_SETTLE = 250
"""Delay in ms from the last key to the measurement."""

_STEP = 0.02
"""Step of an arrow key, as a share of the picture's shorter side."""


class RegionTool(QWidget):
    """Lies over the canvas; lets everything through until it is taken up.

    Signals:
        region_drawn: (Region) is to be measured.
        region_removed: there is none any more.
        active_changed: (bool) whether the pointer draws.
    """

    region_drawn = Signal(object)
    region_removed = Signal()
    active_changed = Signal(bool)

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._seen: QRectF | None = None
        self._active = False
        self._region: Region | None = None
        self._score: RegionScore | None = None
        self._points: list[QPointF] = []
        self._free = False
        self._card = RegionCard(canvas)
        self._card.closed.connect(self.remove)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._tell)
        self.setAccessibleName("Region")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.stackUnder(canvas.legend)
        canvas.installEventFilter(self)
        canvas.zoom_changed.connect(lambda _: self._place_card())
        self._let_through()

    @property
    def active(self) -> bool:
        """Whether the pointer draws."""
        return self._active

    @property
    def region(self) -> Region | None:
        """What was drawn."""
        return self._region

    @property
    def score(self) -> RegionScore | None:
        """What it means, once that is known."""
        return self._score

    def score_of(self, explanation: Explanation) -> RegionScore | None:
        """What the region means to this map; None where it was not measured for it."""
        known = self._score
        return known if known is not None and known.explanation is explanation else None

    @property
    def card(self) -> RegionCard:
        """The label beside the region."""
        return self._card

    def set_seen(self, box: Box | None) -> None:
        """Takes what the network saw, in source pixels: there a region begins."""
        self._seen = None if box is None else QRectF(box.left, box.top, box.width, box.height)

    def set_active(self, active: bool) -> None:
        """Takes the tool up, or lays it down; what was drawn stays."""
        if active == self._active or (active and not self._canvas.has_picture):
            return
        self._active = active
        self._points = []
        self._let_through()
        if active:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if self._region is None:
                self._card.say("Draw a region", _HINT)
        elif self._region is None:
            self._card.hide()
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self._place_card()
        self.active_changed.emit(active)
        self.update()

    def set_region(self, region: Region) -> None:
        """Draws a region and has it measured."""
        self._region, self._score = region, None
        self._let_through()
        self._card.say("Measuring…")
        self._place_card()
        self.update()
        self._tell()

    def show_score(self, score: RegionScore | None) -> None:
        """Says what the region means; None when that could not be measured."""
        if self._region is None or (score is not None and score.region != self._region):
            return
        self._score = score
        self._card.show_score(score)
        self._place_card()

    def remove(self) -> None:
        """Takes the region away and lays the tool down."""
        had = self._region is not None
        self._settle.stop()
        self._region = self._score = None
        self._card.hide()
        self.set_active(False)
        self._let_through()
        self.update()
        if had:
            self.region_removed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._canvas and event.type() == QEvent.Type.Resize:
            self._follow()
        elif watched is self._canvas and event.type() == QEvent.Type.Paint:
            self._place_card()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        outline = self._outline()
        if outline is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((QColor(0, 0, 0, 150), 3.5), (QColor(255, 255, 255), 1.5)):
            pen = QPen(colour, width)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.drawPath(outline)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._free = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._points = [event.position()]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._points:
            event.ignore()
        elif self._free:
            self._points.append(event.position())
        else:
            self._points = [self._points[0], event.position()]
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event
        points, self._points = self._points, []
        drawn = self._drawn(points)
        if drawn is not None:
            self.set_active(False)
            self.set_region(drawn)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._canvas.wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.remove()
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        elif key in ARROWS and (self._active or self._region is not None):
            self._step(*ARROWS[key], resize=bool(event.modifiers() & _SHIFT))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove()
        else:
            super().keyPressEvent(event)

    def _step(self, across: int, down: int, *, resize: bool) -> None:
        """Moves the region by a step, or its lower right corner; the first press makes one."""
        seen = self._seen
        if seen is None:
            return
        if self._region is None:
            quarter = seen.adjusted(
                seen.width() / 4, seen.height() / 4, -seen.width() / 4, -seen.height() / 4
            )
            moved = _rectangle(quarter)
        else:
            step = _STEP * min(seen.width(), seen.height())
            moved = _changed(self._region, across * step, down * step, resize=resize)
        self._region, self._score = moved, None
        self._card.say("Measuring…")
        self._place_card()
        self.update()
        self._settle.start()

    def _drawn(self, points: list[QPointF]) -> Region | None:
        if len(points) < 2:
            return None
        around = QPolygonF(points).boundingRect()
        if around.width() < _LEAST or around.height() < _LEAST:
            return None
        if not self._free:
            corners = [around.topLeft(), around.bottomRight()]
            (left, top), (right, bottom) = (self._canvas.to_source(corner) for corner in corners)
            return Region.rectangle(left, top, right - left, bottom - top)
        return Region(tuple(self._canvas.to_source(point) for point in points))

    def _outline(self) -> QPainterPath | None:
        path = QPainterPath()
        if len(self._points) > 1 and not self._free:
            path.addRect(QRectF(self._points[0], self._points[-1]).normalized())
        elif len(self._points) > 1:
            path.addPolygon(QPolygonF(self._points))
        elif self._region is not None:
            path.addPolygon(QPolygonF([self._canvas.to_view(x, y) for x, y in self._region.points]))
            path.closeSubpath()
        else:
            return None
        return path

    def _tell(self) -> None:
        if self._region is not None:
            self.region_drawn.emit(self._region)

    def _let_through(self) -> None:
        """The pointer belongs to the canvas unless the tool is taken up."""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not self._active)
        self.setVisible(self._active or self._region is not None)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._follow()

    def _follow(self) -> None:
        self.setGeometry(self._canvas.rect())
        self._place_card()

    def _place_card(self) -> None:
        if self._card.isHidden():
            return
        if self._region is None:
            self._card.place_at_top(self._canvas.width())
            return
        left, top, right, bottom = self._region.bounds
        box = QRectF(self._canvas.to_view(left, top), self._canvas.to_view(right, bottom))
        self._card.place_beside(box, QRectF(self._canvas.rect()))


_SHIFT = Qt.KeyboardModifier.ShiftModifier


def _rectangle(box: QRectF) -> Region:
    return Region.rectangle(box.left(), box.top(), box.width(), box.height())


def _changed(region: Region, x: float, y: float, *, resize: bool) -> Region:
    """Moved by (x, y), or with its lower right corner moved so far."""
    if not resize:
        return Region(tuple((px + x, py + y) for px, py in region.points))
    left, top, right, bottom = region.bounds
    wide, tall = max(right - left + x, 1.0), max(bottom - top + y, 1.0)
    across, down = wide / max(right - left, 1e-6), tall / max(bottom - top, 1e-6)
    return Region(
        tuple((left + (px - left) * across, top + (py - top) * down) for px, py in region.points)
    )
