"""Draws a shape on the canvas by pointer or keyboard: a rectangle, or an outline by free hand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
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
from camviewer.ui.canvas.canvas import Canvas
from camviewer.ui.widgets.keys_and_tips import ARROWS

_LEAST = 3.0
"""Minimum length of a drag in view pixels; a shorter one is a click."""

_STEP = 0.02
"""Step of an arrow key, as a share of the picture's shorter side."""

_SHIFT = Qt.KeyboardModifier.ShiftModifier


class ShapeTool(QWidget):
    """Lies over the canvas; lets everything through until it is taken up.

    Signals:
        active_changed: (bool) whether the pointer draws.
    """

    active_changed = Signal(bool)

    def __init__(self, canvas: Canvas, name: str) -> None:
        """Lies over a canvas.

        Args:
            canvas: what is drawn on.
            name: what a screen reader calls it.
        """
        super().__init__(canvas)
        self._canvas = canvas
        self._seen: QRectF | None = None
        self._active = False
        self._region: Region | None = None
        self._points: list[QPointF] = []
        self._free = False
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.stackUnder(canvas.legend)
        canvas.installEventFilter(self)
        self._let_through()

    @property
    def active(self) -> bool:
        """Whether the pointer draws."""
        return self._active

    @property
    def region(self) -> Region | None:
        """What was drawn."""
        return self._region

    def set_seen(self, box: Box | None) -> None:
        """Takes the part of the picture, in source pixels, in whose middle the keyboard begins."""
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
        elif self._region is None:
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self._activity_changed()
        self.active_changed.emit(active)
        self.update()

    def _activity_changed(self) -> None:
        """Called when the tool was taken up or laid down."""

    def _drawn(self, region: Region) -> None:
        """Called when the pointer has drawn a region."""

    def _moved(self) -> None:
        """Called when the keyboard has made, moved or sized the region."""

    def _remove(self) -> None:
        """Called when the region is to be removed."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._canvas and event.type() == QEvent.Type.Resize:
            self._follow()
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
        self._free = bool(event.modifiers() & _SHIFT)
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
        drawn = self._region_of(points)
        if drawn is not None:
            self._drawn(drawn)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._canvas.wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self._remove()
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        elif key in ARROWS and (self._active or self._region is not None):
            self._step(*ARROWS[key], resize=bool(event.modifiers() & _SHIFT))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove()
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
        self._region = moved
        self._moved()
        self.update()

    def _region_of(self, points: list[QPointF]) -> Region | None:
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

    def _let_through(self) -> None:
        """The pointer belongs to the canvas unless the tool is taken up."""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not self._active)
        self.setVisible(self._active or self._region is not None)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._follow()

    def _follow(self) -> None:
        self.setGeometry(self._canvas.rect())


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
