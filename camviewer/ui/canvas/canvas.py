"""Shows a picture with the map upon it; zooms, pans, and says what lies under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from camviewer.engine.geometry import Box
from camviewer.engine.render import Look
from camviewer.engine.results import Concept, Heatmap
from camviewer.ui.canvas.concept_legend import ConceptLegend
from camviewer.ui.canvas.legend import Legend
from camviewer.ui.canvas.message_pill import MessagePill
from camviewer.ui.canvas.scene import CanvasScene
from camviewer.ui.canvas.viewport import Viewport
from camviewer.ui.canvas.zoom_bar import ZoomBar
from camviewer.ui.style import theme, tr, translated

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from camviewer.ui.canvas.marks import Marks

_STEP = 1.25
"""The zoom's factor for one notch of a wheel, or one click of a button."""

_NOTCH = 120.0
_PIXELS_PER_NOTCH = 60.0
"""Distance in pixels on a touchpad that zooms as much as one notch of a wheel."""

_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


_LEAST_WIDTH, _LEAST_HEIGHT = 216, 200
"""Minimum size in pixels; because the window must fit both panels and the canvas in 720 pixels."""


class Canvas(QWidget):
    """The picture, the map upon it, and what floats over them: legend, zoom bar, message.

    Space, while held, shows the bare picture. Other keys belong to the window's actions.
    """

    hovered = Signal(object)
    """(x, y, value or None): the pixel under the cursor; None when there is none."""

    zoom_changed = Signal(float)
    """Device pixels per source pixel."""

    peeking = Signal(bool)
    """Whether the bare picture is shown for the moment."""

    right_dragged = Signal(float, float)
    """(dx, dy) in pixels: the mouse was moved over the picture with its right button down."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr("Picture"))
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self._viewport = Viewport()
        self._scene = CanvasScene()
        self._peek = False
        self._message = ""
        self._drag: QPointF | None = None
        self._right_drag: QPointF | None = None
        self._cursor: QPointF | None = None
        self._told_zoom = 0.0
        self._shows_focus = False
        self._legend = Legend(self)
        self._concepts = ConceptLegend(self)
        self._pill = MessagePill(self)
        self._bar = ZoomBar(self)
        self._bar.hide()
        self._bar.zoom_out_requested.connect(lambda: self.zoom_by(1 / _STEP))
        self._bar.zoom_in_requested.connect(lambda: self.zoom_by(_STEP))
        self._bar.actual_size_requested.connect(self.actual_size)
        self._bar.fit_requested.connect(self.fit)
        self._bar.peek_requested.connect(self.set_peek)
        theme.notifier().changed.connect(self.update)

    @property
    def has_picture(self) -> bool:
        """Whether anything is shown."""
        return self._scene.picture is not None

    @property
    def zoom(self) -> float:
        """Device pixels per source pixel."""
        return self._viewport.zoom

    @property
    def fitted(self) -> bool:
        """Whether the whole picture is shown, and will be after a resize."""
        return self._viewport.fitted

    @property
    def legend(self) -> Legend:
        """The bar of colours at the right edge."""
        return self._legend

    @property
    def concept_legend(self) -> ConceptLegend:
        """What the colours of concepts mean; hidden while there are none."""
        return self._concepts

    @property
    def zoom_bar(self) -> ZoomBar:
        """The bar that floats at the bottom."""
        return self._bar

    @property
    def message(self) -> str:
        """The sentence upon the canvas; empty when there is none."""
        return self._pill.text

    def to_source(self, point: QPointF) -> tuple[float, float]:
        """Carries a point of the widget to source pixels."""
        return self._viewport.to_source(point.x(), point.y())

    def to_view(self, x: float, y: float) -> QPointF:
        """Carries source pixels to a point of the widget."""
        return QPointF(*self._viewport.to_view(x, y))

    def show_picture(self, levels: Sequence[NDArray[np.uint8]], name: str) -> None:
        """Shows another picture, whole; map, frame and message of the one before go.

        Args:
            levels: uint8 RGB (H, W, 3), level i reduced by 2**i; kept, not copied.
            name: what a screen reader calls it.
        """
        picture = self._scene.show_picture(levels)
        self._scene.marks = None
        self.setAccessibleDescription(name)
        self._forget_map()
        self._viewport.show(*picture.size)
        self._bar.show()
        self._moved()

    def redraw_picture(self, levels: Sequence[NDArray[np.uint8]]) -> None:
        """Shows the same picture in other colours; view, map and frame stay."""
        self._scene.show_picture(levels)
        self.update()

    def show_map(
        self, heatmap: Heatmap | None, look: Look, concepts: tuple[Concept, ...] = ()
    ) -> None:
        """Lays a map, or its concepts, upon the picture, or takes it away; the view stays."""
        self._scene.show_map(heatmap, look, concepts)
        self._map_changed()

    def set_look(self, look: Look) -> None:
        """Shows the map in other colours; nothing else is computed again."""
        if self._scene.map is not None:
            self.show_map(self._scene.map.heatmap, look)

    @property
    def crop_frame(self) -> Box | None:
        """What is framed as seen by the network, in source pixels."""
        return self._scene.crop_frame

    def set_crop_frame(self, box: Box | None) -> None:
        """Frames what the network saw, in source pixels; None when that was everything."""
        self._scene.crop_frame = box
        self.update()

    @property
    def marks(self) -> Marks | None:
        """The objects and lines that are drawn over the picture."""
        return self._scene.marks

    def set_marks(self, marks: Marks | None) -> None:
        """Draws objects and lines over picture and map, or takes them away."""
        self._scene.marks = marks
        self.update()

    def set_message(self, text: str) -> None:
        """Says a sentence upon the canvas; when empty, only what the map itself calls for."""
        self._message = text
        self._refresh_message()

    def set_peek(self, on: bool) -> None:
        """Shows the bare picture for as long as this is on."""
        if on == self._peek:
            return
        self._peek = on
        self.update()
        self.peeking.emit(on)

    def clear(self) -> None:
        """Shows nothing."""
        self._scene.picture = None
        self.setAccessibleDescription("")
        self._forget_map()
        self._bar.hide()
        self._tell_hover()
        self.update()

    def fit(self) -> None:
        """Shows the whole picture, and keeps it so when the window changes its size."""
        self._viewport.fit()
        self._moved()

    def actual_size(self, about: QPointF | None = None) -> None:
        """Shows every pixel of the picture as one of the screen."""
        self._zoom_to(1.0, about)

    def zoom_by(self, factor: float, about: QPointF | None = None) -> None:
        """Zooms about a point of the widget, its middle when None."""
        self._zoom_to(self._viewport.zoom * factor, about)

    def pan_by(self, dx: float, dy: float) -> None:
        """Moves the picture by view pixels."""
        if self.has_picture:
            self._viewport.pan(dx, dy)
            self._moved()

    def _zoom_to(self, zoom: float, about: QPointF | None) -> None:
        if not self.has_picture:
            return
        point = QPointF(self.width() / 2, self.height() / 2) if about is None else about
        self._viewport.zoom_to(zoom, point.x(), point.y())
        self._moved()

    def _toggle_fit(self, about: QPointF) -> None:
        if self._viewport.fitted:
            self.actual_size(about)
        else:
            self.fit()

    def _forget_map(self) -> None:
        self._scene.forget_map()
        self._message = ""
        self._map_changed()

    def _map_changed(self) -> None:
        layer, concepts = self._scene.map, self._scene.concepts
        self._concepts.describe(concepts)
        self._concepts.place_in(self.width(), self.height(), self._bar.geometry())
        if layer is not None and not layer.shows_nothing and not concepts:
            self._legend.describe(layer.heatmap, layer.look)
            self._legend.place_in(self.width(), self.height())
            self._legend.show()
        else:
            self._legend.hide()
        self._refresh_message()
        self._tell_hover()
        self.update()

    def _refresh_message(self) -> None:
        self._pill.say(translated(self._message) or self._scene.words)
        self._pill.place_in(self.width(), self.height())

    def _moved(self) -> None:
        """After the view changed."""
        zoom = self._viewport.zoom
        if zoom != self._told_zoom:
            self._told_zoom = zoom
            self._bar.set_zoom(zoom)
            self.zoom_changed.emit(zoom)
        self._tell_hover()
        self.update()

    def _tell_hover(self) -> None:
        self.hovered.emit(self._under_cursor())

    def _under_cursor(self) -> tuple[int, int, float | None] | None:
        if self._cursor is None:
            return None
        return self._scene.pixel_at(*self.to_source(self._cursor))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.current_tokens().colour("canvas"))
        self._scene.draw(painter, self._viewport, bare=self._peek)
        if self.hasFocus() and self._shows_focus:
            self._paint_focus(painter)
        painter.end()

    def _paint_focus(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.current_tokens().colour("accent"), 2.0))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        del event
        self._follow_size()

    def _follow_size(self) -> None:
        self._viewport.resize(self.width(), self.height(), self.devicePixelRatioF())
        for part in (self._legend, self._bar, self._pill):
            part.place_in(self.width(), self.height())
        self._concepts.place_in(self.width(), self.height(), self._bar.geometry())
        self._moved()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._follow_size()
        if isinstance(event, QNativeGestureEvent):
            return self._on_gesture(event)
        return super().event(event)

    def _on_gesture(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_by(max(1.0 + event.value(), 0.1), event.position())
        elif event.gestureType() is Qt.NativeGestureType.SmartZoomNativeGesture:
            self._toggle_fit(event.position())
        else:
            return False
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        pixels = event.pixelDelta().y()
        notches = pixels / _PIXELS_PER_NOTCH if pixels else event.angleDelta().y() / _NOTCH
        if notches:
            self.zoom_by(_STEP**notches, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._drag = event.position()
        elif event.button() == Qt.MouseButton.RightButton and self.has_picture:
            self._right_drag = event.position()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._cursor = event.position()
        if self._right_drag is not None:
            moved = event.position() - self._right_drag
            self._right_drag = event.position()
            self.right_dragged.emit(moved.x(), moved.y())
            return
        if self._drag is None:
            self._tell_hover()
            return
        moved = event.position() - self._drag
        self._drag = event.position()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self.pan_by(moved.x(), moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event
        self._drag = self._right_drag = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._toggle_fit(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        del event
        self._cursor = None
        self._tell_hover()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space or not self.has_picture:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.set_peek(True)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space:
            super().keyReleaseEvent(event)
        elif not event.isAutoRepeat():
            self.set_peek(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # A click says by itself where the focus is; a ring around the picture would be noise.
        self._shows_focus = event.reason() in _BY_KEYBOARD
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        del event
        self.set_peek(False)
        self.update()
